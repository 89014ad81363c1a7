/** @module Constants and small codes of MPEG-2 transport streams that the muxer and the demuxer share. */

/** H.222.0 2.4.3.2. */
export const PACKET_BYTES = 188
export const SYNC_BYTE = 0x47
export const HEADER_BYTES = 4
export const PAT_PID = 0

/** H.222.0 table 2-34. */
export const STREAM_TYPE = { aacAdts: 0x0f, h264: 0x1b } as const

/** Timestamps have 33 bits of 90 kHz: they wrap after 26.5 hours. */
export const TIMESTAMP_MODULUS: number = 2 ** 33

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000_0000 ? (crc << 1) ^ 0x04c1_1db7 : crc << 1
  return crc >>> 0
})

/** CRC of program tables, H.222.0 annex A. Over a table that includes its own CRC the result is 0. */
export function crc32Mpeg(bytes: Uint8Array): number {
  let crc = 0xffff_ffff
  for (const byte of bytes) crc = ((crc << 8) ^ CRC_TABLE[((crc >>> 24) ^ byte) & 0xff]!) >>> 0
  return crc
}
