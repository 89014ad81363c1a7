/** @module Size, rate and bit rate of a pipeline's output, from what the source says about itself. */
import type { Sps } from '@tessera/media/codec/sps'

export type OutputFormat = {
  readonly size: { readonly width: number; readonly height: number }
  readonly fps: number
  readonly bitrateBps: number
  /** The output's tables list an audio track. Undefined until they are written. */
  readonly audio: boolean | undefined
}

const DEFAULT_FPS = 30
const MAX_FPS = 120
/** Line drawings have more edges than photographs: twice the 0.1 bits a pixel that suit filmed material. */
const BITS_PER_PIXEL = 0.2

/** Same shape as the source, at most about `maxPixels`, sides even as 4:2:0 wants. 1920 × 1080 gives 640 × 360. */
export function encodingOf(sps: Sps, maxPixels: number): OutputFormat {
  const scale = Math.min(1, Math.sqrt(maxPixels / (sps.width * sps.height)))
  const even = (side: number): number => Math.max(16, 2 * Math.round((side * scale) / 2))
  const size = { width: even(sps.width), height: even(sps.height) }
  const { timing } = sps
  const signalled =
    timing && timing.unitsInTick > 0 ? timing.timeScale / (2 * timing.unitsInTick) : DEFAULT_FPS
  const fps = signalled >= 1 && signalled <= MAX_FPS ? signalled : DEFAULT_FPS
  return {
    size,
    fps,
    bitrateBps: Math.round(size.width * size.height * fps * BITS_PER_PIXEL),
    audio: undefined,
  }
}
