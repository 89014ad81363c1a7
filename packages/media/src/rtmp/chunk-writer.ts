/** @module RTMP messages to chunks, with a full header each: what a server sends is little. */
import { bigintToBytes, concatBytes } from '@tessera/runtime/bytes'
import { MESSAGE, type RtmpMessage } from './messages.ts'

const CONTROL_CHUNK_STREAM = 2
const COMMAND_CHUNK_STREAM = 3
const CONTINUATION = 0xc0
const EXTENDED = 0xffffff

/** @see Adobe RTMP 1.0, section 5.3.1 */
export function writeChunks(message: RtmpMessage, chunkBytes: number): Uint8Array {
  const id = message.type <= MESSAGE.setPeerBandwidth ? CONTROL_CHUNK_STREAM : COMMAND_CHUNK_STREAM
  const { payload, timestamp } = message
  const extension = timestamp >= EXTENDED ? uint(timestamp, 4) : new Uint8Array()
  const parts = [
    Uint8Array.of(id),
    uint(Math.min(timestamp, EXTENDED), 3),
    uint(payload.length, 3),
    Uint8Array.of(message.type),
    uint(message.streamId, 4).reverse(),
    extension,
  ]
  for (let at = 0; at < payload.length; at += chunkBytes) {
    if (at > 0) parts.push(Uint8Array.of(CONTINUATION | id), extension)
    parts.push(payload.subarray(at, at + chunkBytes))
  }
  return concatBytes(...parts)
}

const uint = (value: number, size: number): Uint8Array => bigintToBytes(BigInt(value), size)
