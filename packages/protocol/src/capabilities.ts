/** @module What a node can do and what a job needs, as Livepeer numbers it. */

/** Capability numbers of the wire; they never change. Only those that this code uses have a name. */
export const CAPABILITY = {
  h264: 0,
  mpegts: 1,
  mp4: 2,
  fractionalFramerates: 3,
  storageDirect: 4,
  h264Baseline: 7,
  h264Main: 8,
  h264High: 9,
  h264ConstrainedHigh: 10,
  gop: 11,
  authToken: 12,
  hevcEncode: 16,
  vp8Encode: 19,
  vp9Encode: 20,
  segmentSlicing: 26,
  liveVideoToVideo: 35,
} as const

/**
 * Bits {0..12, 14, 26}: what every go-livepeer node claims, AI-only ones too. A gateway's AI job asks for all of
 * them, so a node that claims less is never chosen by one.
 */
export const DEFAULT_CAPABILITY_BITS: bigint = 67_133_439n

/** Version that filters on a minimum go-livepeer version read; the wire described here is that of 0.9.1. */
export const WIRE_VERSION = '0.9.1'

/** A model offered or asked for. */
export type ModelConstraint = {
  readonly warm: boolean
  /** Real-time pipelines: free places; others: all places. */
  readonly capacity: number
  /** Empty when the model states none. */
  readonly runnerVersion: string
  readonly capacityInUse: number
}

export type Capabilities = {
  /** Bit i set: capability i. */
  readonly bits: bigint
  /** Bits that the other side must have. */
  readonly mandatory: bigint
  /** Capability to capacity. */
  readonly capacities: ReadonlyMap<number, number>
  /** go-livepeer version the node is compatible with; empty in a gateway's transcoding job. */
  readonly version: string
  /** Lowest version the other side may have; empty: any. */
  readonly minVersion: string
  /** Capability to model id to constraint. */
  readonly models: ReadonlyMap<number, ReadonlyMap<string, ModelConstraint>>
}

/** Capabilities with the given bits and nothing else, changed by `more`. */
export function capabilities(bits: bigint, more: Partial<Omit<Capabilities, 'bits'>> = {}): Capabilities {
  return {
    bits,
    mandatory: 0n,
    capacities: new Map(),
    version: '',
    minVersion: '',
    models: new Map(),
    ...more,
  }
}

export function hasCapability(bits: bigint, capability: number): boolean {
  return ((bits >> BigInt(capability)) & 1n) === 1n
}

/** The mask with these bits set. Negative numbers (Livepeer's "unused" and "invalid") set nothing. */
export function capabilityBits(list: Iterable<number>): bigint {
  let bits = 0n
  for (const capability of list) if (capability >= 0) bits |= 1n << BigInt(capability)
  return bits
}

/**
 * True when `orchestrator` can take `job`: version, mandatory bits, models, bits, in Livepeer's sense.
 * A capability for which the orchestrator lists no models passes.
 */
export function isCompatible(job: Capabilities, orchestrator: Capabilities): boolean {
  return (
    meetsMinimum(job.minVersion, orchestrator.version) &&
    (orchestrator.mandatory & job.bits) === orchestrator.mandatory &&
    offersModels(job, orchestrator) &&
    (job.bits & orchestrator.bits) === job.bits
  )
}

function offersModels(job: Capabilities, orchestrator: Capabilities): boolean {
  for (const [capability, asked] of job.models) {
    const offered = orchestrator.models.get(capability)
    if (!offered) continue
    for (const [model, need] of asked) {
      const offer = offered.get(model)
      if (!offer || (need.warm && !offer.warm)) return false
      if (need.runnerVersion !== '' && !meetsMinimum(need.runnerVersion, offer.runnerVersion)) return false
    }
  }
  return true
}

/** An unreadable minimum asks for nothing; an unreadable version fails a minimum. Pre-release parts are ignored. */
function meetsMinimum(minimum: string, version: string): boolean {
  const least = versionNumbers(minimum)
  if (!least) return true
  const actual = versionNumbers(version)
  if (!actual) return false
  for (let i = 0; i < 3; i++) if (actual[i] !== least[i]) return actual[i]! > least[i]!
  return true
}

function versionNumbers(text: string): readonly number[] | undefined {
  const match = /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:[-+].*)?$/.exec(text)
  return match?.slice(1).map(Number)
}
