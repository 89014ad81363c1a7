/** @module Offers to gateways: `GetOrchestrator`, and the fresh info in each answer. */
import type { Payee, Work } from '@tessera/payments/payee'
import type { AuthToken } from '@tessera/protocol/auth-token'
import {
  CAPABILITY,
  type Capabilities,
  capabilities,
  capabilityBits,
  DEFAULT_CAPABILITY_BITS,
  type ModelConstraint,
  WIRE_VERSION,
} from '@tessera/protocol/capabilities'
import type { CapabilityPrice, OrchestratorInfo } from '@tessera/protocol/orchestrator-info'
import { issueAuthToken } from '@tessera/protocol/wire/auth-token'
import type { OrchestratorRequest } from '@tessera/protocol/wire/orchestrator-info'
import { orchestratorRequestHash } from '@tessera/protocol/wire/signatures'
import type { Clock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import type { Random } from '@tessera/runtime/random'
import type { SignatureCheck } from './ports.ts'
import { modelOf, type Pricing, type Purpose, purposeOf } from './pricing.ts'
import type { RunnerRegistry } from './runner-registry.ts'
import type { SessionTable } from './session-table.ts'

/** No quote: `message` is the text for the wire. */
export class QuoteRefusedError extends BaseError {
  constructor(text: string) {
    super({ code: 'QUOTE_REFUSED', message: text })
  }
}

export type QuoterConfig = {
  readonly serviceUrl: string
  readonly nodes: readonly string[]
  /** 32 bytes. Kept over restarts, so that sessions survive them. */
  readonly authSecret: Uint8Array
}

export type QuoterDeps = {
  readonly payee: Payee
  readonly pricing: Pricing
  readonly sessions: SessionTable
  readonly runners: RunnerRegistry
  readonly isSignedBy: SignatureCheck
  readonly clock: Clock
  readonly random: Random
}

export class Quoter {
  readonly #config: QuoterConfig
  readonly #deps: QuoterDeps

  constructor(config: QuoterConfig, deps: QuoterDeps) {
    this.#config = config
    this.#deps = deps
  }

  /** Now: runners come and go. Default bits always, as every Livepeer node claims them. */
  get capabilities(): Capabilities {
    const models = this.#deps.runners.models
    const live = models.size > 0 ? [CAPABILITY.liveVideoToVideo] : []
    const constraints = [...models].map(([id, { idle, busy }]): [string, ModelConstraint] => [
      id,
      { warm: true, capacity: idle, runnerVersion: '', capacityInUse: busy },
    ])
    const idle = [...models.values()].reduce((total, model) => total + model.idle, 0)
    return capabilities(DEFAULT_CAPABILITY_BITS | capabilityBits(live), {
      version: WIRE_VERSION,
      ...(models.size > 0 && {
        capacities: new Map([[CAPABILITY.liveVideoToVideo, idle]]),
        models: new Map([[CAPABILITY.liveVideoToVideo, new Map(constraints)]]),
      }),
    })
  }

  /**
   * Answers `GetOrchestrator` in go-livepeer's order: signature, capacity, price, ticket parameters, token.
   * @throws {QuoteRefusedError}
   */
  async answer(request: OrchestratorRequest): Promise<OrchestratorInfo> {
    const { sender, signature } = request
    if (!this.#deps.isSignedBy(sender, orchestratorRequestHash(sender), signature)) {
      throw new QuoteRefusedError('Invalid orchestrator request: orchestrator req sig check failed')
    }
    const purpose = purposeOf(request.capabilities)
    // A refresh on behalf of a running session must not fail because the node is full. (go-livepeer's does.)
    if (!request.ignoresCapacity && this.#isFull(purpose)) {
      throw new QuoteRefusedError('Invalid orchestrator request: OrchestratorCapped')
    }
    const authToken = issueAuthToken(this.#config.authSecret, {
      sender,
      sessionBytes: this.#deps.random.bytes(4),
      nowSeconds: this.#deps.clock.nowMs() / 1000,
    })
    const account = { sender, balanceKey: authToken.sessionId }
    const info = await this.info(this.#deps.pricing.work(account, purpose), authToken)
    return request.capabilities ? info : { ...info, capabilityPrices: this.#livePrices() }
  }

  /**
   * What an answer to work carries: fresh ticket parameters, the token of the request.
   * @throws {QuoteRefusedError} when the sender's funds do not allow tickets
   */
  async info(work: Work, authToken: AuthToken): Promise<OrchestratorInfo> {
    const quoted = await this.#deps.payee.quote(work)
    if (quoted.kind === 'refused') throw new QuoteRefusedError(quoted.text)
    return {
      url: this.#config.serviceUrl,
      address: this.#deps.payee.recipient,
      ...quoted.terms,
      capabilities: this.capabilities,
      authToken,
      capabilityPrices: [],
      nodes: this.#config.nodes,
    }
  }

  #isFull(purpose: Purpose): boolean {
    const model = modelOf(purpose)
    if (model === undefined) return this.#deps.sessions.isFull
    return (this.#deps.runners.models.get(model)?.idle ?? 0) === 0
  }

  #livePrices(): readonly CapabilityPrice[] {
    return [...this.#deps.runners.models.keys()].map((model) => ({
      capability: CAPABILITY.liveVideoToVideo,
      model,
      price: this.#deps.pricing.priceOf(`live-video-to-video/${model}`),
    }))
  }
}
