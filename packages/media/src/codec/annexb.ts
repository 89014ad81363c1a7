/** @module H.264 byte stream format (Annex B): start codes and NAL units. */
import { concatBytes } from '@tessera/runtime/bytes'

/** NAL unit types used here, H.264 table 7-1. */
export const NAL = { slice: 1, idr: 5, sei: 6, sps: 7, pps: 8, delimiter: 9 } as const

const START_CODE = Uint8Array.of(0, 0, 0, 1)

/** `primary_pic_type` 7: any slice type may follow. */
const ACCESS_UNIT_DELIMITER = Uint8Array.of(0x09, 0xf0)

export const nalType = (nal: Uint8Array): number => (nal[0] ?? 0) & 0x1f

/** NAL units without start codes, as views; trailing zero bytes removed (7.4.1: a NAL unit never ends in zero). */
export function splitAnnexB(bytes: Uint8Array): Uint8Array[] {
  const nals: Uint8Array[] = []
  let start = nextStartCode(bytes, 0)
  while (start < bytes.length) {
    const from = start + 3
    const next = nextStartCode(bytes, from)
    let to = next
    while (to > from && bytes[to - 1] === 0) to--
    if (to > from) nals.push(bytes.subarray(from, to))
    start = next
  }
  return nals
}

/** Offset of the next `00 00 01`, or the length. */
function nextStartCode(bytes: Uint8Array, from: number): number {
  for (let one = bytes.indexOf(1, from + 2); one !== -1; one = bytes.indexOf(1, one + 1)) {
    if (bytes[one - 1] === 0 && bytes[one - 2] === 0) return one - 2
  }
  return bytes.length
}

/**
 * One access unit from its NAL units: a delimiter first (H.222.0 2.14 asks for it in transport streams), then the
 * given parameter sets, then the units. Delimiters among `nals` are dropped.
 */
export function joinAccessUnit(
  parameterSets: readonly Uint8Array[],
  nals: readonly Uint8Array[],
): Uint8Array {
  const kept = nals.filter((nal) => nalType(nal) !== NAL.delimiter)
  const all = [ACCESS_UNIT_DELIMITER, ...parameterSets, ...kept]
  return concatBytes(...all.flatMap((nal) => [START_CODE, nal]))
}
