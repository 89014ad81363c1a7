/** @module H.264 sequence parameter set: the picture's size and shape, and the frame rate where the encoder wrote it. */
import { MalformedError } from '@tessera/runtime/errors'
import { BitReader } from './bit-reader.ts'

export type Sps = {
  readonly profileIdc: number
  /** The six constraint flags and two reserved bits, as in the bit stream. */
  readonly constraints: number
  readonly levelIdc: number
  /** Luma samples after cropping. */
  readonly width: number
  readonly height: number
  /** Width ÷ height of a sample: 1 unless the picture is to be shown stretched. */
  readonly sampleAspect: number
  /** Frames per second = `timeScale` ÷ (2 × `unitsInTick`). Absent when not signalled. */
  readonly timing?: { readonly timeScale: number; readonly unitsInTick: number }
}

/** Profiles whose SPS has the chroma fields, H.264 7.3.2.1.1. */
const HIGH_PROFILES = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135])

/** Level 6.2 allows no dimension above 16,888 (A.3.1 h); nobody publishes above this one. */
const MAX_DIMENSION = 8192

const EXTENDED_SAR = 255
/** Width and height of a sample by `aspect_ratio_idc`, H.264 table E-1; others are square or reserved. */
const SAMPLE_ASPECTS: readonly (readonly [width: number, height: number])[] = [
  ...([
    [1, 1],
    [1, 1],
    [12, 11],
    [10, 11],
    [16, 11],
    [40, 33],
    [24, 11],
    [20, 11],
    [32, 11],
  ] as const),
  ...([
    [80, 33],
    [18, 11],
    [15, 11],
    [64, 33],
    [160, 99],
    [4, 3],
    [3, 2],
    [2, 1],
  ] as const),
]

/**
 * @param nal the NAL unit with its header byte, without start code.
 * @throws {MalformedError}
 * @see H.264 7.3.2.1.1, E.1.1
 */
export function parseSps(nal: Uint8Array): Sps {
  const reader = new BitReader(removeEmulationPrevention(nal), 'H.264 sequence parameter set')
  if ((reader.bits(8) & 0x1f) !== 7) throw new MalformedError('H.264 sequence parameter set', { nal: nal[0] })
  const profileIdc = reader.bits(8)
  const constraints = reader.bits(8)
  const levelIdc = reader.bits(8)
  reader.ue()
  const chroma = HIGH_PROFILES.has(profileIdc) ? readChroma(reader) : { format: 1, separatePlanes: false }
  reader.ue()
  skipPictureOrder(reader)
  reader.ue()
  reader.skip(1)
  const size = readSize(reader, chroma)
  const hasUsability = reader.flag()
  const sampleAspect = hasUsability ? readSampleAspect(reader) : 1
  const timing = hasUsability ? readTiming(reader) : undefined
  return { profileIdc, constraints, levelIdc, ...size, sampleAspect, ...(timing && { timing }) }
}

/** RFC 6381 3.3: `avc1.` and profile, constraints, level in hex. */
export function avcCodecString(sps: Sps): string {
  const hex = [sps.profileIdc, sps.constraints, sps.levelIdc].map((b) => b.toString(16).padStart(2, '0'))
  return `avc1.${hex.join('')}`
}

type Chroma = { readonly format: number; readonly separatePlanes: boolean }

function readChroma(reader: BitReader): Chroma {
  const format = reader.ue()
  if (format > 3) throw new MalformedError('H.264 chroma format', { format })
  const separatePlanes = format === 3 && reader.flag()
  reader.ue()
  reader.ue()
  reader.skip(1)
  if (reader.flag()) {
    for (let list = 0; list < (format === 3 ? 12 : 8); list++) {
      if (reader.flag()) skipScalingList(reader, list < 6 ? 16 : 64)
    }
  }
  return { format, separatePlanes }
}

function skipScalingList(reader: BitReader, size: number): void {
  let last = 8
  let next = 8
  for (let i = 0; i < size; i++) {
    if (next !== 0) next = (last + reader.se() + 256) % 256
    if (next !== 0) last = next
  }
}

function skipPictureOrder(reader: BitReader): void {
  const type = reader.ue()
  if (type === 0) {
    reader.ue()
  } else if (type === 1) {
    reader.skip(1)
    reader.se()
    reader.se()
    const cycle = reader.ue()
    if (cycle > 255) throw new MalformedError('H.264 picture order cycle', { cycle })
    for (let i = 0; i < cycle; i++) reader.se()
  } else if (type !== 2) {
    throw new MalformedError('H.264 picture order type', { type })
  }
}

function readSize(reader: BitReader, chroma: Chroma): { width: number; height: number } {
  const widthInMacroblocks = reader.ue() + 1
  const heightInMapUnits = reader.ue() + 1
  const framesOnly = reader.flag()
  if (!framesOnly) reader.skip(1)
  reader.skip(1)
  const fieldFactor = framesOnly ? 1 : 2
  const crop = reader.flag() ? [reader.ue(), reader.ue(), reader.ue(), reader.ue()] : [0, 0, 0, 0]
  const [left = 0, right = 0, top = 0, bottom = 0] = crop
  const isLumaOnly = chroma.format === 0 || chroma.separatePlanes
  const cropX = isLumaOnly || chroma.format === 3 ? 1 : 2
  const cropY = (isLumaOnly || chroma.format !== 1 ? 1 : 2) * fieldFactor
  const width = widthInMacroblocks * 16 - cropX * (left + right)
  const height = heightInMapUnits * 16 * fieldFactor - cropY * (top + bottom)
  if (width < 1 || height < 1 || width > MAX_DIMENSION || height > MAX_DIMENSION) {
    throw new MalformedError('H.264 picture size', { width, height })
  }
  return { width, height }
}

function readSampleAspect(reader: BitReader): number {
  if (!reader.flag()) return 1
  const code = reader.bits(8)
  const listed = SAMPLE_ASPECTS[code] ?? [1, 1]
  const [width, height] = code === EXTENDED_SAR ? [reader.bits(16), reader.bits(16)] : listed
  return width > 0 && height > 0 ? width / height : 1
}

function readTiming(reader: BitReader): Sps['timing'] {
  if (reader.flag()) reader.skip(1)
  if (reader.flag()) {
    reader.skip(4)
    if (reader.flag()) reader.skip(24)
  }
  if (reader.flag()) {
    reader.ue()
    reader.ue()
  }
  if (!reader.flag()) return undefined
  const unitsInTick = reader.bits(32)
  const timeScale = reader.bits(32)
  return unitsInTick > 0 && timeScale > 0 ? { unitsInTick, timeScale } : undefined
}

/** H.264 7.4.1: `00 00 03` in a NAL unit stands for `00 00`. */
function removeEmulationPrevention(nal: Uint8Array): Uint8Array {
  const kept = new Uint8Array(nal.length)
  let length = 0
  let zeros = 0
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0
      continue
    }
    zeros = byte === 0 ? zeros + 1 : 0
    kept[length++] = byte
  }
  return kept.subarray(0, length)
}
