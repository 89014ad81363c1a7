/** @module Capabilities <-> their message. */
import { create } from '@bufbuild/protobuf'
import { type Capabilities, capabilities, type ModelConstraint } from '../capabilities.ts'
import {
  CapabilitiesSchema,
  type Capabilities as WireCapabilities,
  type Capabilities_CapabilityConstraints as WireModels,
} from '../gen/net/capabilities_pb.ts'
import { atMost, text } from './fields.ts'
import { MAX_CAPABILITY_ENTRIES, MAX_CAPABILITY_WORDS } from './limits.ts'

const WORD = 64n

/** Words of 64 bits, least significant first, as many as the highest bit needs. */
export function bitsToWords(bits: bigint): bigint[] {
  const words: bigint[] = []
  for (let rest = bits; rest > 0n; rest >>= WORD) words.push(BigInt.asUintN(64, rest))
  return words
}

export function wordsToBits(words: readonly bigint[]): bigint {
  atMost(words, MAX_CAPABILITY_WORDS, 'capability bits')
  return words.reduceRight((bits, word) => (bits << WORD) | word, 0n)
}

/** Constraints are always written: go-livepeer's AI selector reads them unchecked. */
export function capabilitiesToWire(value: Capabilities): WireCapabilities {
  return create(CapabilitiesSchema, {
    bitstring: bitsToWords(value.bits),
    mandatories: bitsToWords(value.mandatory),
    capacities: Object.fromEntries(value.capacities),
    version: value.version,
    constraints: {
      minVersion: value.minVersion,
      PerCapability: Object.fromEntries(
        [...value.models].map(([capability, models]) => [capability, { models: Object.fromEntries(models) }]),
      ),
    },
  })
}

/** @throws {MalformedError} for more entries than any node has. */
export function capabilitiesFromWire(message: WireCapabilities): Capabilities {
  const capacities = Object.entries(message.capacities)
  const models = Object.entries(message.constraints?.PerCapability ?? {})
  atMost(capacities, MAX_CAPABILITY_ENTRIES, 'capacities')
  atMost(models, MAX_CAPABILITY_ENTRIES, 'capability constraints')
  return capabilities(wordsToBits(message.bitstring), {
    mandatory: wordsToBits(message.mandatories),
    capacities: new Map(capacities.map(([capability, capacity]) => [Number(capability), capacity])),
    version: text(message.version, 'version'),
    minVersion: text(message.constraints?.minVersion ?? '', 'minimum version'),
    models: new Map(models.map(([capability, list]) => [Number(capability), modelsFromWire(list)])),
  })
}

function modelsFromWire(message: WireModels): ReadonlyMap<string, ModelConstraint> {
  const models = atMost(Object.entries(message.models), MAX_CAPABILITY_ENTRIES, 'models')
  return new Map(
    models.map(([id, model]) => [
      text(id, 'model id'),
      {
        warm: model.warm,
        capacity: model.capacity,
        runnerVersion: text(model.runnerVersion, 'runner version'),
        capacityInUse: model.capacityInUse,
      },
    ]),
  )
}
