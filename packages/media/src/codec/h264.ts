/** @module H.264 as FLV and MP4 carry it (length-prefixed, parameter sets apart) to self-contained Annex B. */
import { ByteReader, equalBytes } from '@tessera/runtime/bytes'
import { MalformedError } from '@tessera/runtime/errors'
import { joinAccessUnit, NAL, nalType } from './annexb.ts'
import { parseSps, type Sps } from './sps.ts'

/** AVCDecoderConfigurationRecord, ISO/IEC 14496-15 5.3.3.1. */
export type AvcConfig = {
  /** Bytes of the length before each NAL unit: 1, 2 or 4. */
  readonly lengthSize: number
  readonly sps: readonly Uint8Array[]
  readonly pps: readonly Uint8Array[]
}

/** More NAL units than any real picture has: level 6.2 allows a few hundred slices. */
const MAX_NALS_PER_UNIT = 2048

/** @throws {MalformedError} */
export function parseAvcConfig(bytes: Uint8Array): AvcConfig {
  const reader = new ByteReader(bytes, 'AVC decoder configuration')
  const version = reader.u8()
  if (version !== 1) throw new MalformedError('AVC decoder configuration', { version })
  reader.skip(3)
  const lengthSize = (reader.u8() & 3) + 1
  const sps = readParameterSets(reader, reader.u8() & 0x1f)
  const pps = readParameterSets(reader, reader.u8())
  if (lengthSize === 3 || sps.length === 0 || pps.length === 0) {
    throw new MalformedError('AVC decoder configuration', { lengthSize, sps: sps.length, pps: pps.length })
  }
  return { lengthSize, sps, pps }
}

function readParameterSets(reader: ByteReader, count: number): Uint8Array[] {
  return Array.from({ length: count }, () => reader.take(reader.u16()).slice())
}

/** The NAL units of a length-prefixed sample, as views. @throws {MalformedError} */
export function splitLengthPrefixed(bytes: Uint8Array, lengthSize: number): Uint8Array[] {
  const reader = new ByteReader(bytes, 'H.264 sample')
  const nals: Uint8Array[] = []
  while (reader.remaining > 0) {
    const length = lengthSize === 4 ? reader.u32() : lengthSize === 2 ? reader.u16() : reader.u8()
    if (length > 0) nals.push(reader.take(length))
    if (nals.length > MAX_NALS_PER_UNIT) throw new MalformedError('H.264 sample', { nals: nals.length })
  }
  return nals
}

/** Turns the samples of one stream into access units, remembering its parameter sets. */
export class H264Repackager {
  #lengthSize = 4
  #sps: readonly Uint8Array[] = []
  #pps: readonly Uint8Array[] = []
  #parsed: Sps | undefined
  #haveChanged = false

  /** Undefined until `configure` was called. */
  get sps(): Sps | undefined {
    return this.#parsed
  }

  /** Takes a new configuration record (an FLV "AVC sequence header"). @throws {MalformedError} */
  configure(record: Uint8Array): void {
    const config = parseAvcConfig(record)
    this.#lengthSize = config.lengthSize
    this.#adopt(config.sps, config.pps)
  }

  /**
   * One sample to one access unit; undefined when it holds no picture.
   * `haveParametersChanged` is true on the first keyframe after the parameter sets changed.
   * @throws {MalformedError}
   */
  convert(
    sample: Uint8Array,
  ): { data: Uint8Array; isKeyframe: boolean; haveParametersChanged: boolean } | undefined {
    const nals = splitLengthPrefixed(sample, this.#lengthSize)
    const isKeyframe = nals.some((nal) => nalType(nal) === NAL.idr)
    if (!isKeyframe && !nals.some((nal) => nalType(nal) >= NAL.slice && nalType(nal) < NAL.idr)) {
      return undefined
    }
    const sps = nals.filter((nal) => nalType(nal) === NAL.sps)
    const pps = nals.filter((nal) => nalType(nal) === NAL.pps)
    if (sps.length > 0 && pps.length > 0) this.#adopt(sps.map(copy), pps.map(copy))
    const isSelfContained = sps.length > 0 && pps.length > 0
    const haveParametersChanged = isKeyframe && this.#haveChanged
    if (isKeyframe) this.#haveChanged = false
    const inserted = isKeyframe && !isSelfContained ? [...this.#sps, ...this.#pps] : []
    return { data: joinAccessUnit(inserted, withoutSets(nals, inserted)), isKeyframe, haveParametersChanged }
  }

  #adopt(sps: readonly Uint8Array[], pps: readonly Uint8Array[]): void {
    const isSame = sameSets(sps, this.#sps) && sameSets(pps, this.#pps)
    if (isSame) return
    this.#haveChanged = this.#parsed !== undefined
    this.#parsed = parseSps(sps[0]!)
    this.#sps = sps
    this.#pps = pps
  }
}

const copy = (bytes: Uint8Array): Uint8Array => bytes.slice()

/** When sets are inserted, a lone SPS or PPS in the sample would repeat one of them. */
function withoutSets(nals: readonly Uint8Array[], inserted: readonly Uint8Array[]): readonly Uint8Array[] {
  if (inserted.length === 0) return nals
  return nals.filter((nal) => !inserted.some((set) => equalBytes(set, nal)))
}

function sameSets(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((set, i) => equalBytes(set, b[i]!))
}
