/** @module SegmentOrder <-> SegData and its header. */
import { create, toBinary } from '@bufbuild/protobuf'
import { MalformedError } from '@tessera/runtime/errors'
import { type SegData, SegDataSchema } from '../gen/net/segment_pb.ts'
import type { SegmentOrder } from '../segment-order.ts'
import { durationMs, seq } from '../units.ts'
import { authTokenFromWire, authTokenToWire } from './auth-token.ts'
import { capabilitiesFromWire, capabilitiesToWire } from './capabilities.ts'
import { atMost, exactly, parseMessage, safeNumber } from './fields.ts'
import { fromBase64, toBase64 } from './headers.ts'
import { DEFAULT_SEGMENT_MS, MAX_PROFILES, MAX_SEGMENT_MS, MAX_SEGMENT_ORDER_BYTES } from './limits.ts'
import { profileFromWire, profilesField, profileToWire } from './video-profile.ts'

/** Fills the field of the oldest profile encoding, which today's nodes only check for this text. */
export const OBSOLETE_PROFILES: Uint8Array = new TextEncoder().encode('invalid')
const MAX_MANIFEST_ID_BYTES = 256

export function encodeSegmentHeader(order: SegmentOrder): string {
  return toBase64(encodeSegmentOrder(order))
}

/** @throws {MalformedError} */
export function decodeSegmentHeader(header: string): SegmentOrder {
  return decodeSegmentOrder(fromBase64(header, MAX_SEGMENT_ORDER_BYTES, 'segment header'))
}

export function encodeSegmentOrder(order: SegmentOrder): Uint8Array {
  return toBinary(SegDataSchema, segmentOrderToWire(order))
}

/** @throws {MalformedError} */
export function decodeSegmentOrder(bytes: Uint8Array): SegmentOrder {
  return segmentOrderFromWire(parseMessage(SegDataSchema, bytes, MAX_SEGMENT_ORDER_BYTES))
}

export function segmentOrderToWire(order: SegmentOrder): SegData {
  const profiles = order.profiles.map(profileToWire)
  return create(SegDataSchema, {
    manifestId: new TextEncoder().encode(order.manifestId),
    seq: BigInt(order.seq),
    hash: order.hash,
    profiles: OBSOLETE_PROFILES,
    sig: order.signature,
    duration: order.duration,
    ...(order.capabilities && { capabilities: capabilitiesToWire(order.capabilities) }),
    ...(order.authToken && { authToken: authTokenToWire(order.authToken) }),
    [profilesField(profiles)]: profiles,
    ...(order.clip && {
      segmentParameters: { from: BigInt(order.clip.fromMs), to: BigInt(order.clip.toMs) },
    }),
    ForceSessionReinit: order.restartsCodec ?? false,
  })
}

/** @throws {MalformedError} */
export function segmentOrderFromWire(message: SegData): SegmentOrder {
  const profiles = [message.fullProfiles3, message.fullProfiles2, message.fullProfiles].find(
    (p) => p.length > 0,
  )
  const clip = message.segmentParameters
  return {
    manifestId: manifestIdFromWire(message.manifestId),
    seq: seq(safeNumber(message.seq, 'segment number')),
    hash: exactly(message.hash, 32, 'segment hash'),
    duration: durationMs(durationFromWire(message.duration)),
    profiles: atMost(profiles ?? [], MAX_PROFILES, 'list of profiles').map(profileFromWire),
    ...(message.capabilities && { capabilities: capabilitiesFromWire(message.capabilities) }),
    ...(message.authToken && { authToken: authTokenFromWire(message.authToken) }),
    ...(clip && {
      clip: { fromMs: safeNumber(clip.from, 'clip start'), toMs: safeNumber(clip.to, 'clip end') },
    }),
    ...(message.ForceSessionReinit && { restartsCodec: true }),
    signature: message.sig.length === 0 ? message.sig : exactly(message.sig, 65, 'segment signature'),
  }
}

function manifestIdFromWire(bytes: Uint8Array): string {
  atMost([...bytes], MAX_MANIFEST_ID_BYTES, 'manifest id')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new MalformedError('manifest id', {}, cause)
  }
}

function durationFromWire(ms: number): number {
  if (ms < 0 || ms > MAX_SEGMENT_MS) throw new MalformedError('segment duration', { ms })
  return ms === 0 ? DEFAULT_SEGMENT_MS : ms
}
