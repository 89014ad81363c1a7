/** @module Scales pictures to one size and pixel format. */
import { type AVPixelFormat, SWS_BICUBIC, type SwsFlags } from 'node-av/constants'
import { Frame, SoftwareScaleContext } from 'node-av/lib'
import { check } from './check.ts'

/** Follows the source when its size or format changes between frames. */
export class PictureScaler implements Disposable {
  readonly #output = new Frame()
  readonly #flags: SwsFlags
  #context: SoftwareScaleContext | undefined
  #source = ''

  constructor(
    target: { width: number; height: number; format: AVPixelFormat },
    flags: SwsFlags = SWS_BICUBIC,
  ) {
    this.#flags = flags
    this.#output.alloc()
    this.#output.width = target.width
    this.#output.height = target.height
    this.#output.format = target.format
    check(this.#output.getBuffer(), 'allocate a picture')
  }

  /** The result is valid until the next call; it carries the time of `source`. */
  scale(source: Frame): Frame {
    check(this.#output.makeWritable(), 'make a picture writable')
    check(this.#contextFor(source).scaleFrameSync(this.#output, source), 'scale a picture')
    this.#output.pts = source.pts
    return this.#output
  }

  #contextFor(source: Frame): SoftwareScaleContext {
    const key = `${source.width}x${source.height}:${source.format}`
    if (this.#context && this.#source === key) return this.#context
    this.#context?.freeContext()
    const { width, height, format } = this.#output
    this.#context = new SoftwareScaleContext()
    this.#context.getContext(
      source.width,
      source.height,
      source.format as AVPixelFormat,
      width,
      height,
      format as AVPixelFormat,
      this.#flags,
    )
    this.#source = key
    return this.#context
  }

  [Symbol.dispose](): void {
    this.#context?.freeContext()
    this.#output.free()
  }
}
