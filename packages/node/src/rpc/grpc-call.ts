/** @module gRPC calls to an orchestrator, on a connection of their own as go-livepeer makes them. */
import { Code, ConnectError, type Transport } from '@connectrpc/connect'
import { createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node'
import { type Clock, deadline } from '@tessera/runtime/clock'
import { PeerError } from './http-client.ts'

const DIAL_TIMEOUT_MS = 3_000
const CALL_TIMEOUT_MS = 8_000
const MAX_ANSWER_BYTES = 1 << 20

/** A gRPC error other than of the transport; `message` is the peer's text. */
export class GrpcRefusal extends Error {}

export type GrpcConnection = Disposable & { readonly transport: Transport }

/**
 * Self-signed certificates are accepted. Dispose it to close the connection.
 * @throws {PeerError} when there is no connection within 3 s
 */
export async function dial(
  url: string,
  deps: { readonly clock: Clock },
  options: { readonly signal?: AbortSignal | undefined; readonly pingIntervalMs?: number } = {},
): Promise<GrpcConnection> {
  const sessionManager = new Http2SessionManager(
    url,
    options.pingIntervalMs
      ? { pingIntervalMs: options.pingIntervalMs, pingTimeoutMs: options.pingIntervalMs }
      : {},
    { rejectUnauthorized: false },
  )
  const limit = deadline(deps.clock, DIAL_TIMEOUT_MS, {
    signal: options.signal,
    reason: () => new PeerError('PEER_UNREACHABLE', { origin: url, wasSent: false }),
  })
  const aborted = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason), { once: true })
  })
  try {
    limit.signal.throwIfAborted()
    const state = await Promise.race([sessionManager.connect(), aborted])
    if (state === 'error') {
      throw new PeerError('PEER_UNREACHABLE', { origin: url, wasSent: false, cause: sessionManager.error() })
    }
  } catch (error) {
    sessionManager.abort()
    throw error
  } finally {
    limit.clear()
    aborted.catch(() => undefined)
  }
  const transport = createGrpcTransport({
    baseUrl: url,
    sessionManager,
    acceptCompression: [],
    readMaxBytes: MAX_ANSWER_BYTES,
  })
  return { transport, [Symbol.dispose]: () => sessionManager.abort() }
}

/** @throws {PeerError | GrpcRefusal} or `signal.reason` */
export async function unaryCall<T>(
  url: string,
  deps: { readonly clock: Clock },
  options: { readonly signal?: AbortSignal | undefined },
  call: (transport: Transport, callOptions: { signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  using connection = await dial(url, deps, options)
  const limit = deadline(deps.clock, CALL_TIMEOUT_MS, {
    signal: options.signal,
    reason: () => new PeerError('PEER_TIMEOUT', { origin: url, wasSent: true }),
  })
  try {
    return await call(connection.transport, { signal: limit.signal })
  } catch (error) {
    if (limit.signal.aborted) throw limit.signal.reason
    throw peerErrorOf(url, error)
  } finally {
    limit.clear()
  }
}

/** Statuses that gRPC itself makes when the connection fails; what a handler says has status UNKNOWN on this wire. */
const TRANSPORT_CODES: ReadonlySet<Code> = new Set([
  Code.Unavailable,
  Code.Aborted,
  Code.Canceled,
  Code.Internal,
])

function peerErrorOf(url: string, error: unknown): Error {
  const { code, rawMessage } = ConnectError.from(error)
  if (code === Code.DeadlineExceeded)
    return new PeerError('PEER_TIMEOUT', { origin: url, wasSent: true, cause: error })
  if (TRANSPORT_CODES.has(code))
    return new PeerError('PEER_BROKE_OFF', { origin: url, wasSent: true, cause: error })
  return new GrpcRefusal(rawMessage, { cause: error })
}
