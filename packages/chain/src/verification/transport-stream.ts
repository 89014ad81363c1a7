/** @module The one property of a rendition that the chain can check by itself. */

/** ISO/IEC 13818-1, 2.4.3.2 */
const PACKET_BYTES = 188
const SYNC_BYTE = 0x47

/** Whole packets, each with its sync byte, and at least one: the rule of the Verifier. */
export function isTransportStream(data: Uint8Array): boolean {
  if (data.length === 0 || data.length % PACKET_BYTES !== 0) return false
  for (let at = 0; at < data.length; at += PACKET_BYTES) {
    if (data[at] !== SYNC_BYTE) return false
  }
  return true
}
