/** @module AAC: AudioSpecificConfig and ADTS headers. */
import { BaseError, MalformedError } from '@tessera/runtime/errors'
import { BitReader } from './bit-reader.ts'

/** ISO/IEC 14496-3 table 1.18. */
const SAMPLE_RATES = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
]

/** Samples of one frame of AAC-LC. */
export const AAC_FRAME_SAMPLES = 1024

const ADTS_HEADER_BYTES = 7
/** `aac_frame_length` has 13 bits. */
const MAX_ADTS_FRAME = 8191

const SBR = 5
const PARAMETRIC_STEREO = 29

/** What ADTS can say about a stream. */
export type AacConfig = {
  /** MPEG-4 audio object type of the core, 1 to 4 (2 = LC). */
  readonly objectType: number
  readonly sampleRate: number
  /** `channel_configuration`, 1 to 7. */
  readonly channelConfig: number
}

/** A valid AAC configuration that ADTS cannot carry. */
class UnsupportedAacError extends BaseError {
  constructor(what: string) {
    super({
      code: 'AAC_UNSUPPORTED',
      message: `This kind of AAC is not accepted: ${what}.`,
      advice: 'Publish AAC-LC, mono to 7.1, up to 96 kHz (ffmpeg: -c:a aac).',
    })
  }
}

/**
 * HE-AAC is described by its core, which any decoder plays.
 * @throws {MalformedError} @throws {UnsupportedAacError}
 * @see ISO/IEC 14496-3 1.6.2.1
 */
export function parseAudioSpecificConfig(bytes: Uint8Array): AacConfig {
  const reader = new BitReader(bytes, 'AAC configuration')
  let objectType = readObjectType(reader)
  const sampleRate = readSampleRate(reader)
  const channelConfig = reader.bits(4)
  if (objectType === SBR || objectType === PARAMETRIC_STEREO) {
    readSampleRate(reader)
    objectType = readObjectType(reader)
  }
  if (objectType < 1 || objectType > 4) throw new UnsupportedAacError(`object type ${objectType}`)
  if (!SAMPLE_RATES.includes(sampleRate)) throw new UnsupportedAacError(`sample rate ${sampleRate}`)
  if (channelConfig < 1 || channelConfig > 7) {
    throw new UnsupportedAacError(`channel configuration ${channelConfig}`)
  }
  if (reader.flag()) throw new UnsupportedAacError('frames of 960 samples')
  return { objectType, sampleRate, channelConfig }
}

function readObjectType(reader: BitReader): number {
  const type = reader.bits(5)
  return type === 31 ? 32 + reader.bits(6) : type
}

function readSampleRate(reader: BitReader): number {
  const index = reader.bits(4)
  if (index === 15) return reader.bits(24)
  const rate = SAMPLE_RATES[index]
  if (rate === undefined) throw new MalformedError('AAC sample rate index', { index })
  return rate
}

/** Channels of a `channel_configuration`: 7 means 7.1. */
export const channelCount = (config: AacConfig): number =>
  config.channelConfig === 7 ? 8 : config.channelConfig

/** RFC 6381 3.3, e.g. `mp4a.40.2`. */
export const aacCodecString = (config: AacConfig): string => `mp4a.40.${config.objectType}`

/** A raw AAC frame with an ADTS header, MPEG-4, without CRC. @throws {MalformedError} when it is too long for ADTS. */
export function withAdtsHeader(config: AacConfig, frame: Uint8Array): Uint8Array {
  const length = frame.length + ADTS_HEADER_BYTES
  if (frame.length === 0 || length > MAX_ADTS_FRAME) throw new MalformedError('AAC frame', { length })
  const rateIndex = SAMPLE_RATES.indexOf(config.sampleRate)
  const framed = new Uint8Array(length)
  framed[0] = 0xff
  framed[1] = 0xf1
  framed[2] = ((config.objectType - 1) << 6) | (rateIndex << 2) | (config.channelConfig >> 2)
  framed[3] = ((config.channelConfig & 3) << 6) | (length >> 11)
  framed[4] = (length >> 3) & 0xff
  // The buffer fullness that means "variable bit rate": all ones.
  framed[5] = ((length & 7) << 5) | 0x1f
  framed[6] = 0xfc
  framed.set(frame, ADTS_HEADER_BYTES)
  return framed
}

/** The header at `offset`, and the length of its frame with the header. @throws {MalformedError} */
export function readAdtsHeader(bytes: Uint8Array, offset: number): AacConfig & { frameBytes: number } {
  const header = bytes.subarray(offset, offset + ADTS_HEADER_BYTES)
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0] = header
  const frameBytes = ((b3 & 3) << 11) | (b4 << 3) | (b5 >> 5)
  const sampleRate = SAMPLE_RATES[(b2 >> 2) & 15]
  const isSync = b0 === 0xff && (b1 & 0xf6) === 0xf0
  if (header.length < ADTS_HEADER_BYTES || !isSync || sampleRate === undefined) {
    throw new MalformedError('ADTS header', { offset })
  }
  if (frameBytes <= ADTS_HEADER_BYTES || offset + frameBytes > bytes.length) {
    throw new MalformedError('ADTS frame length', { offset, frameBytes })
  }
  const channelConfig = ((b2 & 1) << 2) | (b3 >> 6)
  return { objectType: (b2 >> 6) + 1, sampleRate, channelConfig, frameBytes }
}
