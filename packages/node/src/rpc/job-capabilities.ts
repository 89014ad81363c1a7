/** @module What a job needs of an orchestrator, as Livepeer's gateways state it. */
import {
  CAPABILITY,
  type Capabilities,
  capabilities,
  capabilityBits,
  DEFAULT_CAPABILITY_BITS,
  WIRE_VERSION,
} from '@tessera/protocol/capabilities'
import type { Profile } from '@tessera/protocol/profile'
import type { Needs } from './orchestrator-api.ts'

const H264_PROFILE = {
  baseline: CAPABILITY.h264Baseline,
  main: CAPABILITY.h264Main,
  high: CAPABILITY.h264High,
  'constrained-high': CAPABILITY.h264ConstrainedHigh,
} as const

const ENCODE = {
  h264: CAPABILITY.h264,
  hevc: CAPABILITY.hevcEncode,
  vp8: CAPABILITY.vp8Encode,
  vp9: CAPABILITY.vp9Encode,
} as const

/** The source is always H.264 in MPEG-TS, sent in the request (`storageDirect`). */
export function transcodingCapabilities(profiles: readonly Profile[]): Capabilities {
  const needed = new Set<number>([
    CAPABILITY.h264,
    CAPABILITY.mpegts,
    CAPABILITY.storageDirect,
    CAPABILITY.authToken,
  ])
  for (const profile of profiles) {
    needed.add(ENCODE[profile.codec])
    needed.add(profile.format === 'mp4' ? CAPABILITY.mp4 : CAPABILITY.mpegts)
    if (profile.fps && profile.fps.denominator !== 1) needed.add(CAPABILITY.fractionalFramerates)
    if (profile.h264Profile) needed.add(H264_PROFILE[profile.h264Profile])
    if (profile.gopMs !== undefined) needed.add(CAPABILITY.gop)
  }
  return capabilities(capabilityBits(needed))
}

/** The default bits and that of live pipelines, each with capacity 1: the orchestrator prices by walking them. */
export function liveCapabilities(modelId: string): Capabilities {
  const bits = DEFAULT_CAPABILITY_BITS | capabilityBits([CAPABILITY.liveVideoToVideo])
  const set = [...bits.toString(2)].reverse().flatMap((bit, i) => (bit === '1' ? [[i, 1] as const] : []))
  const model = { warm: false, capacity: 1, runnerVersion: '', capacityInUse: 0 }
  return capabilities(bits, {
    capacities: new Map(set),
    version: WIRE_VERSION,
    models: new Map([[CAPABILITY.liveVideoToVideo, new Map([[modelId, model]])]]),
  })
}

export function capabilitiesFor(needs: Needs, profiles: readonly Profile[] = []): Capabilities {
  return needs.kind === 'transcode' ? transcodingCapabilities(profiles) : liveCapabilities(needs.modelId)
}

/** Balance key that a live pipeline's setup request names: `35_<model>` (go-livepeer wire). */
export function liveManifestId(modelId: string): string {
  return `${CAPABILITY.liveVideoToVideo}_${modelId}`
}
