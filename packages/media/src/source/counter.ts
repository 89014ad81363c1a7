/**
 * @module A number that a machine can read off a picture: two rows of black and white cells, sized relative to the
 * picture, so that it survives scaling to 240 lines and compression. Pure and without imports: browsers use it too.
 *
 * Layout, in cells of 1/48 of the width by 1/27 of the height, from column 1 and row 24:
 *
 *     row 24:  light dark  b31 b30 … b16
 *     row 25:  dark light  b15 b14 … b0       b31…b8 = the number, b7…b0 = its CRC-8
 */

const COLUMNS = 48
const ROWS = 27
const LEFT = 1
const TOP = 24
const REFERENCE_CELLS = 2
const BITS_PER_ROW = 16
const WIDTH_CELLS = REFERENCE_CELLS + BITS_PER_ROW

/** Numbers go from 0 to here, then start again: 186 hours at 25 pictures per second. */
export const COUNTER_MODULUS: number = 2 ** 24

/** Where the cells lie, as fractions of width and height, for whoever draws around them. */
export const COUNTER_AREA: { left: number; top: number; width: number; height: number } = {
  left: LEFT / COLUMNS,
  top: TOP / ROWS,
  width: WIDTH_CELLS / COLUMNS,
  height: 2 / ROWS,
}

/** Well inside video range (16 to 235), so that clipping does not touch them. */
const DARK = 24
const LIGHT = 224

type Size = { readonly width: number; readonly height: number }
type Cell = { readonly column: number; readonly row: number }

/** Brightness 0 to 255 of one pixel; both whole numbers inside the picture. */
export type LumaAt = (x: number, y: number) => number

/** Draws the cells into a luma plane of `width` bytes a row. */
export function drawCounter(luma: Uint8Array, size: Size, value: number): void {
  const number = value % COUNTER_MODULUS
  const code = number * 256 + crc8(number)
  for (const row of [0, 1]) {
    for (let column = 0; column < WIDTH_CELLS; column++) {
      fillCell(luma, size, { column, row }, isLight(code, column, row) ? LIGHT : DARK)
    }
  }
}

/** Undefined when there is no code, or it cannot be read for sure. */
export function readCounter(size: Size, lumaAt: LumaAt): number | undefined {
  const sample = (column: number, row: number): number => meanOfCell(size, lumaAt, { column, row })
  const light = (sample(0, 0) + sample(1, 1)) / 2
  const dark = (sample(1, 0) + sample(0, 1)) / 2
  if (light - dark < MIN_CONTRAST) return undefined
  let code = 0
  for (const row of [0, 1]) {
    for (let column = REFERENCE_CELLS; column < WIDTH_CELLS; column++) {
      const level = (sample(column, row) - dark) / (light - dark)
      if (Math.abs(level - 0.5) < MIN_CERTAINTY) return undefined
      code = code * 2 + (level > 0.5 ? 1 : 0)
    }
  }
  const number = Math.floor(code / 256)
  return crc8(number) === code % 256 ? number : undefined
}

const MIN_CONTRAST = 60
/** Distance from the middle between dark and light that a cell must keep. */
const MIN_CERTAINTY = 0.12

function isLight(code: number, column: number, row: number): boolean {
  if (column < REFERENCE_CELLS) return (column === 0) === (row === 0)
  const bit = 31 - row * BITS_PER_ROW - (column - REFERENCE_CELLS)
  return Math.floor(code / 2 ** bit) % 2 === 1
}

function fillCell(luma: Uint8Array, { width, height }: Size, { column, row }: Cell, level: number): void {
  const left = Math.round(((LEFT + column) * width) / COLUMNS)
  const right = Math.round(((LEFT + column + 1) * width) / COLUMNS)
  const bottom = Math.round(((TOP + row + 1) * height) / ROWS)
  for (let y = Math.round(((TOP + row) * height) / ROWS); y < bottom; y++) {
    luma.fill(level, y * width + left, y * width + right)
  }
}

/** Nine points of the inner half: the rim is blurred by scaling. */
const SAMPLE_POINTS = [0.3, 0.5, 0.7]

function meanOfCell({ width, height }: Size, lumaAt: LumaAt, { column, row }: Cell): number {
  let sum = 0
  for (const down of SAMPLE_POINTS) {
    const y = Math.floor(((TOP + row + down) * height) / ROWS)
    for (const right of SAMPLE_POINTS)
      sum += lumaAt(Math.floor(((LEFT + column + right) * width) / COLUMNS), y)
  }
  return sum / SAMPLE_POINTS.length ** 2
}

/** CRC-8 (x⁸ + x² + x + 1) of three bytes; starts at 0xff, so that an all-dark code is not valid. */
function crc8(number: number): number {
  let crc = 0xff
  for (const shift of [16, 8, 0]) {
    crc ^= (number >>> shift) & 0xff
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1
  }
  return crc
}
