/** @module RTMP messages: types, and those that a server sends. @see Adobe RTMP 1.0, section 5.4 and 7 */
import { bigintToBytes, concatBytes } from '@tessera/runtime/bytes'
import { type AmfValue, amfObject, encodeAmf0 } from './amf0.ts'

export const MESSAGE = {
  setChunkSize: 1,
  abort: 2,
  acknowledgement: 3,
  userControl: 4,
  windowAckSize: 5,
  setPeerBandwidth: 6,
  audio: 8,
  video: 9,
  dataAmf3: 15,
  commandAmf3: 17,
  dataAmf0: 18,
  commandAmf0: 20,
  aggregate: 22,
} as const

/** User control events, section 7.1.7. */
export const EVENT = { streamBegin: 0, pingRequest: 6, pingResponse: 7 } as const

export type RtmpMessage = {
  readonly type: number
  readonly streamId: number
  /** Milliseconds, 32 bits, wraps after 49.7 days. */
  readonly timestamp: number
  readonly payload: Uint8Array
}

/** The peer says it has got this many bytes before it needs an acknowledgement. */
const WINDOW_ACK_BYTES = 2_500_000
const LIMIT_DYNAMIC = 2

/** The size that holds before anybody sets another; all we send is short. */
export const OUTGOING_CHUNK_BYTES = 128

/** The one message stream of a connection. */
export const STREAM_ID = 1

const control = (type: number, payload: Uint8Array): RtmpMessage => ({
  type,
  streamId: 0,
  timestamp: 0,
  payload,
})

const u32 = (value: number): Uint8Array => bigintToBytes(BigInt(value), 4)

export const acknowledgement = (received: number): RtmpMessage =>
  control(MESSAGE.acknowledgement, u32(received % 2 ** 32))

export const userControl = (event: number, data: Uint8Array): RtmpMessage =>
  control(MESSAGE.userControl, concatBytes(Uint8Array.of(0, event), data))

/** What precedes the answer to `connect`. */
export const connectionSettings = (): RtmpMessage[] => [
  control(MESSAGE.windowAckSize, u32(WINDOW_ACK_BYTES)),
  control(MESSAGE.setPeerBandwidth, concatBytes(u32(WINDOW_ACK_BYTES), Uint8Array.of(LIMIT_DYNAMIC))),
]

export const streamBegin = (): RtmpMessage => userControl(EVENT.streamBegin, u32(STREAM_ID))

export const command = (streamId: number, ...values: readonly AmfValue[]): RtmpMessage => ({
  type: MESSAGE.commandAmf0,
  streamId,
  timestamp: 0,
  payload: encodeAmf0(...values),
})

export const connectSuccess = (transaction: number): RtmpMessage =>
  command(
    0,
    '_result',
    transaction,
    amfObject({ fmsVer: 'FMS/3,0,1,123', capabilities: 31 }),
    amfObject({
      level: 'status',
      code: 'NetConnection.Connect.Success',
      description: 'Connection accepted.',
      objectEncoding: 0,
    }),
  )

/** A status of the message stream, section 7.2.2: what encoders show to their user. */
export const status = (level: 'status' | 'error', code: string, description: string): RtmpMessage =>
  command(STREAM_ID, 'onStatus', 0, null, amfObject({ level, code, description }))
