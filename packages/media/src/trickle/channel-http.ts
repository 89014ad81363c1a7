/** @module One HTTP exchange with a trickle channel. Statuses, headers and bodies are those of go-livepeer. */
import type { Clock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import { type TrickleChannel, type TrickleSegment, TrickleSegmentTooLargeError } from './channel.ts'
import { CURRENT_SEGMENT, NEXT_SEGMENT, parseIndex, STATUS_NO_ENTRY, TERMINATED } from './headers.ts'
import type { TrickleRequest, TrickleResponse } from './http-ports.ts'

/** A publisher that has connected but not written yet is told so often that we are still there. */
const CONTINUE_EVERY_MS = 10_000

/** As sent, in the capitals the other implementations use. */
const SENT = { seq: 'Lp-Trickle-Seq', latest: 'Lp-Trickle-Latest', closed: 'Lp-Trickle-Closed' } as const

export type Exchange = {
  /** Undefined when no channel has the name in the path. */
  readonly channel: TrickleChannel | undefined
  /** Path element after the name; undefined when there is none. */
  readonly index: string | undefined
  readonly request: TrickleRequest
  readonly response: TrickleResponse
  readonly clock: Clock
  readonly signal: AbortSignal
}

export async function serveChannel(exchange: Exchange): Promise<void> {
  const { channel, index, request } = exchange
  switch (request.method) {
    case 'GET':
      return channel ? await read(exchange, channel) : answer(exchange, 404, 'Stream not found\n')
    case 'POST':
      if (!channel || index === undefined) {
        return answer(exchange, 404, 'Stream not found\n', closeConnection(request))
      }
      return await publish(exchange, channel)
    case 'DELETE':
      return remove(exchange, channel)
    default:
      return answer(exchange, 405, 'Method Not Allowed\n', { Allow: 'GET, POST, DELETE' })
  }
}

async function read(exchange: Exchange, channel: TrickleChannel): Promise<void> {
  if (exchange.index === 'next') {
    const next = String(channel.nextWrite)
    return answer(exchange, 200, next, { [SENT.latest]: next })
  }
  const index = parseIndex(exchange.index)
  if (index === undefined || index < CURRENT_SEGMENT) return answer(exchange, 400, 'Invalid idx\n')
  const seq = channel.resolve(index)
  const latestAtRequest = channel.nextWrite
  const segment = channel.findForRead(seq)
  if (!segment) {
    const headers = { [SENT.latest]: latestAtRequest, [SENT.seq]: seq }
    return answer(exchange, STATUS_NO_ENTRY, 'Entry not found', headers)
  }
  const isBehind = latestAtRequest !== seq
  await stream(exchange, channel, segment, isBehind ? { [SENT.latest]: latestAtRequest } : {})
}

async function stream(
  { response, signal }: Exchange,
  channel: TrickleChannel,
  segment: TrickleSegment,
  latest: Record<string, number>,
): Promise<void> {
  const gone = new AbortController()
  const onClose = (): void => gone.abort()
  response.on('close', onClose)
  const ended = AbortSignal.any([signal, gone.signal])
  const head = { 'Content-Type': channel.contentType, [SENT.seq]: segment.seq }
  let isFirst = true
  for await (const chunk of segment.read(ended)) {
    // The head waits for the first byte, so that readers learn of a segment when it begins.
    if (isFirst) response.writeHead(200, { ...head, ...latest })
    isFirst = false
    if (!response.write(chunk)) await drained(response, ended)
  }
  response.off('close', onClose)
  if (isFirst && !gone.signal.aborted) {
    const closed = channel.isClosed ? { [SENT.closed]: TERMINATED } : {}
    response.writeHead(200, { ...head, [SENT.latest]: channel.nextWrite, ...closed, 'Content-Length': 0 })
  }
  response.end()
}

function drained(response: TrickleResponse, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    response.on('drain', done)
    signal.addEventListener('abort', done, { once: true })
  })
}

async function publish(exchange: Exchange, channel: TrickleChannel): Promise<void> {
  const { request } = exchange
  const index = parseIndex(exchange.index)
  if (index === undefined || index < NEXT_SEGMENT) {
    return answer(exchange, 400, 'Invalid idx\n', closeConnection(request))
  }
  const segment = channel.openForWrite(index)
  if (request.headers['lp-trickle-reset']) channel.closeBefore(segment.seq)
  const seq = { [SENT.seq]: segment.seq }
  try {
    const outcome = await receive(exchange, channel, segment)
    if (outcome === 'complete') return answer(exchange, 200, '', seq)
    const closed = channel.isClosed ? { [SENT.closed]: TERMINATED } : {}
    return answer(exchange, 200, '', { ...seq, ...closed, ...closeConnection(request) })
  } catch (error) {
    if (error instanceof TrickleSegmentTooLargeError) {
      return answer(exchange, 413, `${error.message}\n`, { ...seq, ...closeConnection(request) })
    }
    // The body broke off: the segment stays open, because the publisher may come back and append.
    throw new TrickleBodyBrokenError(segment.seq, error)
  }
}

/** `complete`: all bytes arrived. `empty`: it ended without any. `closed`: the segment or channel went away meanwhile. */
async function receive(
  exchange: Exchange,
  channel: TrickleChannel,
  segment: TrickleSegment,
): Promise<'complete' | 'empty' | 'closed'> {
  const body = exchange.request[Symbol.asyncIterator]()
  let isEmpty = true
  while (true) {
    const next = body.next()
    if (isEmpty) await keepWaiting(exchange, next, segment)
    const step = await Promise.race([segment.closed, next])
    if (step === 'closed') return 'closed'
    if (step.done) break
    isEmpty &&= step.value.length === 0
    if (!channel.write(segment, step.value)) return 'closed'
  }
  channel.complete(segment)
  return isEmpty ? 'empty' : 'complete'
}

async function keepWaiting(
  { clock, response }: Exchange,
  next: Promise<unknown>,
  segment: TrickleSegment,
): Promise<void> {
  const timer = new AbortController()
  const isOver = Promise.race([next, segment.closed]).then(
    () => true,
    () => true,
  )
  const tick = (): Promise<boolean> =>
    clock.sleep(CONTINUE_EVERY_MS, { signal: timer.signal }).then(
      () => false,
      () => true,
    )
  while (!(await Promise.race([isOver, tick()]))) response.writeContinue()
  timer.abort()
}

function remove(exchange: Exchange, channel: TrickleChannel | undefined): void {
  const index = parseIndex(exchange.index)
  if (exchange.index === undefined) {
    channel?.close()
    answer(exchange, channel ? 200 : 400, channel ? '' : 'Invalid stream\n')
  } else if (!channel) {
    answer(exchange, 404, 'Stream not found\n')
  } else if (index === undefined || index < 0) {
    answer(exchange, 400, 'Invalid idx\n')
  } else {
    const isHeld = channel.closeSegment(index)
    answer(exchange, isHeld ? 200 : 400, isHeld ? '' : 'Nonexistent segment\n')
  }
}

function answer(
  { response }: Exchange,
  status: number,
  body: string,
  headers: Record<string, string | number> = {},
): void {
  const type = body === '' ? {} : { 'Content-Type': 'text/plain; charset=utf-8' }
  response.writeHead(status, { ...type, 'Content-Length': body.length, ...headers })
  response.end(body)
}

/** HTTP/2 has no such header: there a stream ends without its connection. */
function closeConnection(request: TrickleRequest): Record<string, string> {
  return request.httpVersionMajor === 1 ? { Connection: 'close' } : {}
}

class TrickleBodyBrokenError extends BaseError {
  constructor(seq: number, cause: unknown) {
    super({ code: 'TRICKLE_BODY_BROKEN', message: 'A published segment broke off.', facts: { seq }, cause })
  }
}
