/** @module An orchestrator: sells transcoding and live pipelines that its workers do, over Livepeer's wire. */
import { join } from 'node:path'
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect'
import { TrickleServer } from '@tessera/media/trickle/server'
import type { Payee } from '@tessera/payments/payee'
import { sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import { Orchestrator as OrchestratorGrpc } from '@tessera/protocol/gen/net/session_pb'
import { AIWorker, Transcoder } from '@tessera/protocol/gen/net/worker_pb'
import { keccak256 } from '@tessera/protocol/keccak'
import type { Signer } from '@tessera/protocol/signer'
import { authTokenFromWire } from '@tessera/protocol/wire/auth-token'
import { orchestratorInfoToWire, orchestratorRequestFromWire } from '@tessera/protocol/wire/orchestrator-info'
import { toHex } from '@tessera/runtime/bytes'
import type { Clock } from '@tessera/runtime/clock'
import { describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import type { Random } from '@tessera/runtime/random'
import { TaskScope } from '@tessera/runtime/task-scope'
import { HttpClient } from '../rpc/http-client.ts'
import { HttpRefusal, type HttpRequest, type HttpResponse, send, sendJson } from '../rpc/http-message.ts'
import type { Route } from '../rpc/router.ts'
import { selfSignedCertificate } from '../rpc/self-signed-certificate.ts'
import { TlsServer } from '../rpc/tls-server.ts'
import { RESULTS_PATH, runnerToken } from '../rpc/worker-protocol.ts'
import type { OrchestratorConfig } from './config.ts'
import { type Counters, newCounters } from './counters.ts'
import type { CredentialsDeps } from './credentials.ts'
import type { SignatureCheck } from './ports.ts'
import { Pricing } from './pricing.ts'
import { QuoteRefusedError, Quoter } from './quote.ts'
import { RealtimeService, TRICKLE_PATH } from './realtime-service.ts'
import { RenditionStore } from './rendition-store.ts'
import { RunnerRegistry } from './runner-registry.ts'
import { SegmentService } from './segment-service.ts'
import { SessionTable } from './session-table.ts'
import { WorkerLink } from './worker-link.ts'
import { WorkerPool } from './worker-pool.ts'

const SWEEP_MS = 5_000

export type OrchestratorDeps = {
  readonly payee: Payee
  /** Signs results; `anonymousSigner` off chain. */
  readonly signer: Signer
  readonly isSignedBy: SignatureCheck
  /** 32 bytes, kept over restarts. */
  readonly authSecret: Uint8Array
  /** Further routes, e.g. admin ones; and what they add to `GET /status`. */
  readonly routes?: readonly Route[]
  readonly extraStatus?: () => Promise<Readonly<Record<string, unknown>>>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** Closing it ends live sessions with an event, gives segments in progress 2 s, then closes the port. */
export class Orchestrator implements AsyncDisposable {
  readonly port: number
  readonly serviceUrl: string
  readonly counters: Counters
  readonly #scope: TaskScope

  private constructor(parts: { port: number; serviceUrl: string; counters: Counters; scope: TaskScope }) {
    this.port = parts.port
    this.serviceUrl = parts.serviceUrl
    this.counters = parts.counters
    this.#scope = parts.scope
  }

  /** @throws {ListenError} when the port is taken */
  static async start(config: OrchestratorConfig, deps: OrchestratorDeps): Promise<Orchestrator> {
    const { clock, random, log } = deps
    const scope = new TaskScope({ onFailure: ({ task, error }) => log.error({ task, error }, 'task failed') })
    const host = config.serviceUrl ? new URL(config.serviceUrl).hostname : config.host
    const certificate = await selfSignedCertificate(
      { dir: join(config.dataFolder, 'tls'), host },
      { clock, random },
    )
    // With port 0 the service URL is known only once the port is: the parts that need it are made right after.
    const late: { parts?: Parts } = {}
    const parts = (): Parts => {
      if (!late.parts) throw new HttpRefusal(503, 'starting')
      return late.parts
    }
    const server = await TlsServer.listen(
      {
        host: config.host,
        port: config.port,
        certificate,
        routes: [...routes(parts), ...(deps.routes ?? [])],
        grpc: (router) => {
          router.service(OrchestratorGrpc, grpcService(parts, deps))
          router.service(Transcoder, {
            registerTranscoder: (r, c) => parts().link.transcoder.registerTranscoder(r, c),
          })
          router.service(AIWorker, {
            registerAIWorker: (r, c) => parts().link.aiWorker.registerAIWorker(r, c),
          })
        },
      },
      { clock, log },
    )
    const serviceUrl = config.serviceUrl?.replace(/\/$/, '') ?? `https://${config.host}:${server.port}`
    const built = buildParts(config, deps, serviceUrl)
    late.parts = built
    scope.defer(() => built.http[Symbol.dispose]())
    scope.defer(() => built.trickle[Symbol.asyncDispose]())
    scope.defer(() => server.close())
    scope.defer(() => built.realtime.close())
    scope.run('end idle sessions', async (signal) => {
      while (true) {
        await clock.sleep(SWEEP_MS, { signal })
        built.sessions.sweep()
        built.realtime.sweep()
      }
    })
    log.info({ url: serviceUrl }, 'orchestrator ready')
    return new Orchestrator({ port: server.port, serviceUrl, counters: built.counters, scope })
  }

  close(): Promise<void> {
    return this.#scope.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

type Parts = {
  readonly quoter: Quoter
  readonly segments: SegmentService
  readonly realtime: RealtimeService
  readonly link: WorkerLink
  readonly pool: WorkerPool
  readonly runners: RunnerRegistry
  readonly sessions: SessionTable
  readonly store: RenditionStore
  readonly trickle: TrickleServer
  readonly http: HttpClient
  readonly counters: Counters
  readonly credentials: CredentialsDeps
  readonly status: () => Promise<Readonly<Record<string, unknown>>>
}

function buildParts(config: OrchestratorConfig, deps: OrchestratorDeps, serviceUrl: string): Parts {
  const { clock, random, log, payee, signer, isSignedBy, authSecret } = deps
  const counters = newCounters()
  const store = new RenditionStore({ maxBytes: config.storeBytes })
  const pool = new WorkerPool({ clock, log, newSourceKey: () => toHex(random.bytes(16)).slice(2) })
  const runners = new RunnerRegistry({ log })
  const sessions = new SessionTable(config, {
    clock,
    onEnded: (sessionId) => {
      store.dropSession(sessionId)
      pool.forgetSession(sessionId)
    },
  })
  const pricing = new Pricing(config)
  const quoter = new Quoter(
    { serviceUrl, nodes: config.nodes, authSecret },
    { payee, pricing, sessions, runners, isSignedBy, clock, random },
  )
  const credentials = { authSecret, isSignedBy, clock, capabilities: () => quoter.capabilities }
  const segments = new SegmentService(
    { serviceUrl },
    { credentials, quoter, payee, pricing, sessions, workers: pool, store, signer, counters, clock, log },
  )
  const trickle = new TrickleServer({ basePath: TRICKLE_PATH }, { clock, log })
  const http = new HttpClient(clock)
  const realtime = new RealtimeService(
    {
      serviceUrl,
      paymentIntervalMs: config.livePaymentIntervalMs,
      runnerToken: runnerToken(config.secret),
    },
    { credentials, segments, payee, pricing, runners, trickle, http, counters, clock, random, log },
  )
  const isOffChain = sameAddress(signer.address, ZERO_ADDRESS)
  const link = new WorkerLink(
    { secret: config.secret, serviceUrl, orchestratorId: isOffChain ? 'offchain' : signer.address },
    { pool, runners, log },
  )
  const status = async (): Promise<Readonly<Record<string, unknown>>> => ({
    address: signer.address,
    url: serviceUrl,
    sessions: { active: sessions.size, max: config.maxSessions },
    workers: pool.workers.map(({ id, capacity, active }) => ({ id, capacity, active })),
    segmentsRetried: pool.retried,
    runners: runners.size,
    models: Object.fromEntries(runners.models),
    realtime: { active: realtime.active },
    storedBytes: store.bytes,
    ...counters,
    pixels: counters.pixels.toString(),
    ...(await deps.extraStatus?.()),
  })
  return {
    quoter,
    segments,
    realtime,
    link,
    pool,
    runners,
    sessions,
    store,
    trickle,
    http,
    counters,
    credentials,
    status,
  }
}

function routes(parts: () => Parts): readonly Route[] {
  return [
    { method: 'POST', path: '/segment', handle: (q, s) => parts().segments.handleSegment(q, s) },
    {
      method: 'POST',
      path: '/payment',
      handle: (q, s) => parts().segments.handlePayment(q, s, (id) => parts().realtime.purposeOf(id)),
    },
    { method: 'POST', path: '/live-video-to-video', handle: (q, s) => parts().realtime.handleStart(q, s) },
    { method: 'POST', path: RESULTS_PATH, handle: (q, s) => parts().link.handleResults(q, s) },
    { method: 'GET', path: '/source/', handle: (q, s, rest) => parts().link.handleSource(q, s, rest) },
    { method: 'GET', path: '/stream/', handle: (_, s, rest) => serveRendition(parts().store, s, rest) },
    { path: TRICKLE_PATH, handle: (q, s) => serveTrickle(parts().trickle, q, s) },
    { method: 'GET', path: '/status', handle: async (_, s) => sendJson(s, await parts().status()) },
    { method: 'GET', path: '/healthz', handle: async (_, s) => sendJson(s, { ok: true }) },
  ]
}

async function serveRendition(store: RenditionStore, response: HttpResponse, key: string): Promise<void> {
  const bytes = store.get(key)
  if (!bytes) throw new HttpRefusal(404, '404 page not found')
  send(response, 200, 'video/mp2t', bytes)
}

async function serveTrickle(
  trickle: TrickleServer,
  request: HttpRequest,
  response: HttpResponse,
): Promise<void> {
  // The union of both kinds of response has each method that trickle calls; only their overloads differ.
  trickle.handle(request, response as Parameters<TrickleServer['handle']>[1])
}

/** Errors travel with status UNKNOWN and their text, which is what peers compare (go-livepeer wire). */
function grpcService(parts: () => Parts, deps: OrchestratorDeps): ServiceImpl<typeof OrchestratorGrpc> {
  const answering = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof QuoteRefusedError)) deps.log.warn({ error }, 'gRPC call failed')
      throw new ConnectError(describeError(error), Code.Unknown, undefined, undefined, error)
    }
  }
  return {
    getOrchestrator: (message) =>
      answering(async () =>
        orchestratorInfoToWire(await parts().quoter.answer(orchestratorRequestFromWire(message))),
      ),
    endTranscodingSession: (message) =>
      answering(async () => {
        const token = message.authToken && authTokenFromWire(message.authToken)
        if (!token || !parts().sessions.endByToken(token)) throw new QuoteRefusedError('Invalid auth token')
        return {}
      }),
    ping: (message) =>
      answering(async () => ({ value: await deps.signer.signMessageHash(keccak256(message.value)) })),
  }
}
