/** @module What the first picture of an input segment tells before it is decoded. */
import { NAL, nalType, splitAnnexB } from '@tessera/media/codec/annexb'
import { parseSps, type Sps } from '@tessera/media/codec/sps'
import { TsStreamReader } from '@tessera/media/frames/ts-stream-reader'

export type FirstPicture = {
  /** Raw 33-bit ticks: compare modulo 2^33. */
  readonly pts: number
  readonly sps: Sps | undefined
}

/** Reads along with the decoder from the start of a segment until the first picture is complete. */
export class SegmentProbe {
  readonly #reader = new TsStreamReader()
  #hasAudio = false

  /** Audio was seen before the first picture was complete. */
  get hasAudio(): boolean {
    return this.#hasAudio
  }

  /** The first picture once its last byte is here. */
  push(bytes: Uint8Array): FirstPicture | undefined {
    for (const unit of this.#reader.push(bytes)) {
      if (unit.kind === 'audio') this.#hasAudio = true
      else return { pts: unit.pts, sps: readSps(unit.data) }
    }
    return undefined
  }
}

function readSps(accessUnit: Uint8Array): Sps | undefined {
  const nal = splitAnnexB(accessUnit).find((unit) => nalType(unit) === NAL.sps)
  try {
    return nal && parseSps(nal)
  } catch {
    // A damaged parameter set: the decoder will say what is wrong, a later segment may be whole.
    return undefined
  }
}
