/** @module What transcoding gives back. */
import type { Pixels } from './units.ts'

export type Rendition = {
  /** Name of the profile that was asked for. */
  readonly name: string
  readonly bytes: Uint8Array
  /** Measured from the encoder's output: width × height × frames. */
  readonly pixels: Pixels
  readonly frames: number
}
