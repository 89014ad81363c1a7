/** @module A whole gateway from its settings. */
import { join } from 'node:path'
import { findPipeline, livePipelines } from '@tessera/ai/registry'
import { FolderStore } from '@tessera/media/store/folder'
import { TricklePublisher } from '@tessera/media/trickle/publisher'
import { TrickleSubscriber } from '@tessera/media/trickle/subscriber'
import { freePayer } from '@tessera/payments/free'
import type { Address } from '@tessera/protocol/address'
import type { NetworkView } from '@tessera/protocol/network-view'
import { privateKeySigner } from '@tessera/protocol/private-key-signer'
import type { Signer } from '@tessera/protocol/signer'
import { fromHex } from '@tessera/runtime/bytes'
import type { Clock } from '@tessera/runtime/clock'
import { BaseError, MalformedError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import type { Metrics } from '@tessera/runtime/metrics'
import type { Random } from '@tessera/runtime/random'
import { TaskScope } from '@tessera/runtime/task-scope'
import { z } from 'zod'
import { noChainFacts } from '../gateway/chain-facts.ts'
import { type GatewayConfig, parseGatewayConfig } from '../gateway/config.ts'
import { listDirectory } from '../gateway/directory.ts'
import { Gateway } from '../gateway/gateway.ts'
import type { GatewayDeps } from '../gateway/gateway-deps.ts'
import type { RealtimeChannelFactory } from '../gateway/realtime-channel.ts'
import { anonymousSigner } from '../rpc/anonymous-signer.ts'
import { HttpClient } from '../rpc/http-client.ts'
import { OrchestratorClient } from '../rpc/orchestrator-client.ts'
import { GatewayChain } from './gateway-chain.ts'

export type StartGatewayDeps = {
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly metrics: Metrics
}

export type RunningGateway = AsyncDisposable & {
  readonly rtmpPort: number
  readonly httpPort: number
  /** Without the stream key, e.g. `rtmp://localhost:1935/live`. */
  readonly publishUrl: string
  /** Address zero off chain. */
  readonly address: Address
  view(): NetworkView
}

const STATUS_TIMEOUT_MS = 2_000
const MAX_STATUS_BYTES = 64 * 1024
const statusSchema = z.object({ ticketsWon: z.number().int().nonnegative() })

class UnknownPipelineError extends BaseError {
  constructor(modelId: string) {
    super({
      code: 'UNKNOWN_PIPELINE',
      message: 'The gateway is to use a real-time pipeline that does not exist.',
      facts: { modelId },
      advice: `Set realtime.modelId to one of: ${livePipelines.map((pipeline) => pipeline.modelId).join(', ')}.`,
    })
  }
}

/**
 * Resolves when both ports serve. The order is: books and store, chain, ports; closing goes the other way.
 *
 * @param settings as JSON; see {@link GatewayConfig}.
 * @throws {BaseError} wrong settings, unreachable chain, a port in use: nothing is left running then.
 */
export async function startGateway(settings: unknown, deps: StartGatewayDeps): Promise<RunningGateway> {
  const config = parseGatewayConfig(settings)
  const scope = new TaskScope()
  try {
    const gateway = await open(config, deps, scope)
    return {
      rtmpPort: gateway.rtmpPort,
      httpPort: gateway.httpPort,
      publishUrl: gateway.publishUrl,
      address: gateway.view().gateway.address,
      view: () => gateway.view(),
      [Symbol.asyncDispose]: () => scope.close(),
    }
  } catch (error) {
    await scope.close()
    throw error
  }
}

async function open(config: GatewayConfig, deps: StartGatewayDeps, scope: TaskScope): Promise<Gateway> {
  const signer: Signer = config.chain ? privateKeySigner(fromHex(config.chain.privateKey)) : anonymousSigner
  const folder = join(config.dataFolder, 'segments')
  const store = await FolderStore.open({ folder, maxBytes: config.maxStoreBytes })
  const api = new OrchestratorClient({ clock: deps.clock, signer })
  scope.defer(() => api[Symbol.asyncDispose]())
  const gateway = await Gateway.start(config, {
    ...deps,
    ...(await money(config, signer, deps, scope)),
    api,
    store,
    channels: trickleChannels(deps),
    pipeline: config.realtime && describePipeline(config.realtime.modelId),
    statusOf: statusOf(deps.clock, scope),
  })
  scope.defer(() => gateway[Symbol.asyncDispose]())
  return gateway
}

/** On chain or off: the same ports, filled differently. */
async function money(
  config: GatewayConfig,
  signer: Signer,
  deps: StartGatewayDeps,
  scope: TaskScope,
): Promise<Pick<GatewayDeps, 'directory' | 'payer' | 'chainFacts'>> {
  if (!config.chain) {
    return { directory: listDirectory(config.orchestrators), payer: freePayer(), chainFacts: noChainFacts }
  }
  const chain = await GatewayChain.connect(config.chain, { ...deps, signer })
  scope.defer(() => chain[Symbol.asyncDispose]())
  return { directory: chain.directory, payer: chain.payer, chainFacts: chain }
}

function trickleChannels(deps: { readonly clock: Clock; readonly log: Log }): RealtimeChannelFactory {
  return {
    publisher: (url, contentType) => new TricklePublisher({ url, contentType, acceptSelfSigned: true }, deps),
    subscriber: (url) => new TrickleSubscriber({ url, from: 0, acceptSelfSigned: true }, deps),
  }
}

function describePipeline(modelId: string): NonNullable<GatewayDeps['pipeline']> {
  const pipeline = findPipeline(modelId)
  if (!pipeline) throw new UnknownPipelineError(modelId)
  return { title: pipeline.title, description: pipeline.description }
}

function statusOf(clock: Clock, scope: TaskScope): GatewayDeps['statusOf'] {
  const http = new HttpClient(clock)
  scope.defer(() => http[Symbol.dispose]())
  return async (url, signal) => {
    const answer = await http.request({
      method: 'GET',
      url: `${url}/status`,
      headersTimeoutMs: STATUS_TIMEOUT_MS,
      totalTimeoutMs: STATUS_TIMEOUT_MS,
      maxAnswerBytes: MAX_STATUS_BYTES,
      signal,
    })
    const parsed = statusSchema.safeParse(JSON.parse(new TextDecoder().decode(answer.body)))
    if (!parsed.success) throw new MalformedError('status of an orchestrator', { url })
    return parsed.data
  }
}
