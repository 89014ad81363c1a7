/** @module OrchestratorInfo <-> its message, and the request for it. */
import { create, toBinary } from '@bufbuild/protobuf'
import { MalformedError } from '@tessera/runtime/errors'
import { type Address, address, addressBytes, ZERO_ADDRESS } from '../address.ts'
import type { Capabilities } from '../capabilities.ts'
import {
  OrchestratorInfoSchema,
  OrchestratorRequestSchema,
  type OrchestratorInfo as WireInfo,
  type OrchestratorRequest as WireRequest,
} from '../gen/net/session_pb.ts'
import type { CapabilityPrice, OrchestratorInfo } from '../orchestrator-info.ts'
import { authTokenFromWire, authTokenToWire } from './auth-token.ts'
import { capabilitiesFromWire, capabilitiesToWire } from './capabilities.ts'
import { atMost, exactly, parseMessage, text } from './fields.ts'
import { MAX_CAPABILITY_ENTRIES, MAX_NODES, MAX_ORCHESTRATOR_INFO_BYTES } from './limits.ts'
import { priceFromWire, priceToWire } from './price-info.ts'
import { ticketParamsFromWire, ticketParamsToWire } from './ticket-params.ts'

export function encodeOrchestratorInfo(info: OrchestratorInfo): Uint8Array {
  return toBinary(OrchestratorInfoSchema, orchestratorInfoToWire(info))
}

/** @throws {MalformedError} */
export function decodeOrchestratorInfo(bytes: Uint8Array): OrchestratorInfo {
  return orchestratorInfoFromWire(parseMessage(OrchestratorInfoSchema, bytes, MAX_ORCHESTRATOR_INFO_BYTES))
}

export function orchestratorInfoToWire(info: OrchestratorInfo): WireInfo {
  return create(OrchestratorInfoSchema, {
    transcoder: info.url,
    ...(info.ticketParams && { ticketParams: ticketParamsToWire(info.ticketParams, 'quote') }),
    ...(info.price && { priceInfo: priceToWire(info.price) }),
    address: addressBytes(info.address),
    capabilities: capabilitiesToWire(info.capabilities),
    authToken: authTokenToWire(info.authToken),
    capabilitiesPrices: info.capabilityPrices.map(({ capability, model, price }) => ({
      ...priceToWire(price),
      capability,
      constraint: model,
    })),
    nodes: [...info.nodes],
  })
}

/** @throws {MalformedError} also when the token, the URL or the capabilities are missing: no work is possible then. */
export function orchestratorInfoFromWire(message: WireInfo): OrchestratorInfo {
  if (!message.authToken || !message.capabilities)
    throw new MalformedError('OrchestratorInfo without auth token or capabilities')
  const params = message.ticketParams
  return {
    url: workUrl(message.transcoder),
    address:
      message.address.length === 0
        ? ZERO_ADDRESS
        : address(exactly(message.address, 20, 'orchestrator address')),
    ...(params && { ticketParams: ticketParamsFromWire(params, params.expirationParams) }),
    ...(message.priceInfo && { price: priceFromWire(message.priceInfo) }),
    capabilities: capabilitiesFromWire(message.capabilities),
    authToken: authTokenFromWire(message.authToken),
    capabilityPrices: atMost(message.capabilitiesPrices, MAX_CAPABILITY_ENTRIES, 'list of prices').map(
      (price): CapabilityPrice => ({
        capability: price.capability,
        model: text(price.constraint, 'model id'),
        price: priceFromWire(price),
      }),
    ),
    nodes: atMost(message.nodes, MAX_NODES, 'list of nodes').map(workUrl),
  }
}

function workUrl(value: string): string {
  if (!URL.canParse(text(value, 'node URL')) || !/^https?:\/\//.test(value)) {
    throw new MalformedError('node URL', { length: value.length })
  }
  return value
}

/** Who asks and what for. */
export type OrchestratorRequest = {
  readonly sender: Address
  /** Over `orchestratorRequestBytes(sender)`; empty off chain. */
  readonly signature: Uint8Array
  /** Absent: everything is wanted. */
  readonly capabilities?: Capabilities
  readonly ignoresCapacity: boolean
}

export function orchestratorRequestToWire(request: OrchestratorRequest): WireRequest {
  return create(OrchestratorRequestSchema, {
    address: addressBytes(request.sender),
    sig: request.signature,
    ...(request.capabilities && { capabilities: capabilitiesToWire(request.capabilities) }),
    ignoreCapacityCheck: request.ignoresCapacity,
  })
}

/** @throws {MalformedError} */
export function orchestratorRequestFromWire(message: WireRequest): OrchestratorRequest {
  return {
    sender:
      message.address.length === 0 ? ZERO_ADDRESS : address(exactly(message.address, 20, 'gateway address')),
    signature: message.sig.length === 0 ? message.sig : exactly(message.sig, 65, 'request signature'),
    ...(message.capabilities && { capabilities: capabilitiesFromWire(message.capabilities) }),
    ignoresCapacity: message.ignoreCapacityCheck,
  }
}
