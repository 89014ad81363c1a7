/** @module Renders the generated source: a landscape as a mosaic, with the counter for machines and for people. */
import { drawText, textHeight, textWidth } from './bitmap-font.ts'
import { COUNTER_AREA, drawCounter } from './counter.ts'
import { landscapeColour, type Rgb } from './landscape.ts'

export type SceneConfig = { readonly width: number; readonly height: number; readonly fps: number }

/** Tiles from top to bottom; their number from left to right follows from the shape. */
const TILE_ROWS = 36
/** Share of a tile that shows; the rest is the joint between tiles. */
const FACE_SHARE = 0.88
const PANEL_LUMA = 30
const TEXT_LUMA = 215
const NEUTRAL = 128

/**
 * I420 pictures, one after the other. Colours are worked out once a tile and rows are copied, which keeps a
 * 1280 × 720 picture far below 3 ms.
 */
export class Scene {
  readonly #config: SceneConfig
  readonly #columns: number
  readonly #data: Uint8Array
  readonly #luma: Uint8Array
  readonly #chroma: readonly [Uint8Array, Uint8Array]

  /** @param config width and height even. */
  constructor(config: SceneConfig) {
    const { width, height } = config
    const pixels = width * height
    this.#config = config
    this.#columns = Math.round((TILE_ROWS * width) / height)
    this.#data = new Uint8Array((pixels * 3) / 2)
    this.#luma = this.#data.subarray(0, pixels)
    this.#chroma = [this.#data.subarray(pixels, (pixels * 5) / 4), this.#data.subarray((pixels * 5) / 4)]
  }

  /** Picture number `index` from 0. The bytes are valid until the next call. */
  render(index: number): Uint8Array {
    const seconds = index / this.#config.fps
    for (let row = 0; row < TILE_ROWS; row++) this.#tileRow(row, seconds)
    this.#panel(index)
    return this.#data
  }

  #tileRow(row: number, seconds: number): void {
    const { width, height } = this.#config
    const aspect = width / height
    const colours = Array.from({ length: this.#columns }, (_, column) => {
      const x = ((column + 0.5) / this.#columns) * aspect
      return toYuv(landscapeColour(x, (row + 0.5) / TILE_ROWS, seconds, aspect), tileShade(column, row))
    })
    const joint = (2 * height) / TILE_ROWS / 20
    this.#plane(this.#luma, { width, height, row, joint, levels: colours.map(([y]) => y), jointLevel: 0.72 })
    for (const [plane, data] of this.#chroma.entries()) {
      const levels = colours.map((colour) => colour[plane + 1]!)
      this.#plane(data, { width: width / 2, height: height / 2, row, joint: 0, levels, jointLevel: 1 })
    }
  }

  /** Draws one line of tiles into a plane: the first pixel row by hand, the others are copies of it. */
  #plane(
    plane: Uint8Array,
    of: {
      width: number
      height: number
      row: number
      joint: number
      levels: readonly number[]
      jointLevel: number
    },
  ): void {
    const top = Math.round((of.row * of.height) / TILE_ROWS)
    const bottom = Math.round(((of.row + 1) * of.height) / TILE_ROWS)
    const faceEnd = of.joint > 0 ? Math.round(top + (bottom - top) * FACE_SHARE) : bottom
    this.#line(plane.subarray(top * of.width, (top + 1) * of.width), of.levels, of.joint > 0 ? FACE_SHARE : 1)
    for (let y = top + 1; y < faceEnd; y++)
      plane.copyWithin(y * of.width, top * of.width, (top + 1) * of.width)
    if (faceEnd >= bottom) return
    const dark = of.levels.map((level) => level * of.jointLevel)
    this.#line(plane.subarray(faceEnd * of.width, (faceEnd + 1) * of.width), dark, 1)
    for (let y = faceEnd + 1; y < bottom; y++) {
      plane.copyWithin(y * of.width, faceEnd * of.width, (faceEnd + 1) * of.width)
    }
  }

  #line(line: Uint8Array, levels: readonly number[], faceShare: number): void {
    const size = line.length / levels.length
    for (const [column, level] of levels.entries()) {
      const left = Math.round(column * size)
      const right = Math.round((column + 1) * size)
      const faceEnd = faceShare < 1 ? Math.round(left + size * faceShare) : right
      line.fill(level, left, faceEnd)
      if (faceEnd < right) line.fill(level * 0.72, faceEnd, right)
    }
  }

  /** A plain band at the bottom that carries the code, the number and the time. */
  #panel(index: number): void {
    const { width, height, fps } = this.#config
    const half = (value: number): number => 2 * Math.round(value / 2)
    const unit = height / 27
    const top = half(COUNTER_AREA.top * height - unit / 2)
    const bottom = half((COUNTER_AREA.top + COUNTER_AREA.height) * height + unit / 2)
    this.#luma.fill(PANEL_LUMA, top * width, bottom * width)
    for (const plane of this.#chroma) plane.fill(NEUTRAL, (top * width) / 4, (bottom * width) / 4)
    drawCounter(this.#luma, this.#config, index)
    const scale = Math.max(1, Math.floor((1.6 * unit) / textHeight(1)))
    const y = Math.round((top + bottom - textHeight(scale)) / 2)
    const time = timecode(index, fps)
    const right = width - Math.round(unit) - textWidth(time, scale)
    drawText(this.#luma, width, time, { x: right, y, scale, level: TEXT_LUMA })
    const number = `#${String(index).padStart(6, '0')}`
    const middle = Math.round((COUNTER_AREA.left + COUNTER_AREA.width) * width + unit)
    drawText(this.#luma, width, number, { x: middle, y, scale, level: TEXT_LUMA })
  }
}

/** Each tile a little different, as cut stone is; always the same for one place. */
function tileShade(column: number, row: number): number {
  const hash = Math.imul(column * 73_856_093 + row * 19_349_663, 2_654_435_761) >>> 24
  return 0.94 + (0.12 * hash) / 255
}

/** BT.709, video range. */
function toYuv([red, green, blue]: Rgb, shade: number): readonly [number, number, number] {
  const [r, g, b] = [red * shade, green * shade, blue * shade]
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b
  const level = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))
  return [
    level(16 + 219 * y, 16, 235),
    level(128 + (224 * (b - y)) / 1.8556, 16, 240),
    level(128 + (224 * (r - y)) / 1.5748, 16, 240),
  ]
}

/** `minutes:seconds.hundredths` of the picture's own time. */
function timecode(index: number, fps: number): string {
  const hundredths = Math.floor((index * 100) / fps)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(hundredths / 6000))}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`
}
