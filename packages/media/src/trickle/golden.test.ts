import { readFileSync } from 'node:fs'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { fromHex } from '@tessera/runtime/bytes'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { VirtualClock } from '@tessera/testing/virtual-clock'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TrickleChannel } from './channel.ts'
import { TrickleServer } from './server.ts'

type Case = {
  readonly name: string
  readonly input: {
    readonly method: string
    readonly path: string
    readonly headers?: Record<string, string>
    readonly bodyHex?: string
    readonly state?: { readonly nextWrite: number }
  }
  readonly expect: {
    readonly status: number
    readonly headers?: Record<string, string>
    readonly absentHeaders?: readonly string[]
    readonly body?: string
    readonly nextWrite?: number
    readonly nextWriteAfterFirstByte?: number
  }
}

type Answer = { readonly status: number; readonly headers: http.IncomingHttpHeaders; readonly body: string }

const fixture = new URL('../../fixtures/trickle.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: readonly Case[] }
const text = (value: string): Uint8Array => new TextEncoder().encode(value)

let trickle: TrickleServer
let server: http.Server
let onHandled: () => void

beforeEach(async () => {
  trickle = new TrickleServer({ basePath: '/ai/trickle/' }, { clock: systemClock, log: silentLog })
  server = http.createServer((request, response) => {
    if (!trickle.handle(request, response)) response.writeHead(418).end()
    onHandled()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  await trickle[Symbol.asyncDispose]()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Sends a request and, once the server has taken it, does `meanwhile`. Without `end` the body stays open. */
function exchange(
  input: Pick<Case['input'], 'method' | 'path' | 'headers' | 'bodyHex'>,
  { end = true, meanwhile = (): void => undefined } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    onHandled = meanwhile
    const { method, path, headers = {} } = input
    const port = (server.address() as AddressInfo).port
    const request = http.request(
      { host: '127.0.0.1', port, method, path, headers, agent: false },
      (response) => {
        let body = ''
        response.setEncoding('latin1').on('data', (chunk: string) => {
          body += chunk
        })
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
          request.destroy()
        })
      },
    )
    request.on('error', reject)
    request.flushHeaders()
    if (input.bodyHex) request.write(fromHex(input.bodyHex))
    if (end) request.end()
  })
}

function channelAt(nextWrite: number, lastIsEmpty = false): TrickleChannel {
  const channel = trickle.createChannel({ name: 'ab12cd34', contentType: 'video/MP2T' })
  for (let seq = 0; seq < nextWrite; seq++) {
    const segment = channel.openForWrite(seq)
    if (!lastIsEmpty || seq < nextWrite - 1) channel.write(segment, text(`segment ${seq}`))
    channel.complete(segment)
  }
  return channel
}

/** What the case says besides its request: the state before, and what happens while the request waits. */
function run(theCase: Case): Promise<Answer> {
  const { name, input } = theCase
  const deleted = name === 'any request after the channel is deleted' || input.path.includes('none')
  if (deleted || name.startsWith('create over HTTP')) return exchange(input)
  const isEmpty = name === 'segment closed without bytes'
  const waits = /waits for/.test(name)
  const nextWrite = input.state?.nextWrite ?? (input.path.endsWith('/1') ? 1 : 0)
  const channel = channelAt(nextWrite, isEmpty)
  if (name === 'waiting subscriber when the channel is deleted' || name.startsWith('preconnect')) {
    return exchange(input, { end: input.method === 'GET', meanwhile: () => channel.close() })
  }
  const firstByte = (): void => {
    const segment = channel.openForWrite(nextWrite)
    channel.write(segment, text('late'))
    channel.complete(segment)
  }
  return exchange(input, waits ? { meanwhile: firstByte } : {})
}

describe('exchanges of the reference implementation', () => {
  it.each(cases.map((theCase) => [theCase.name, theCase] as const))('%s', async (_, theCase) => {
    const { expect: expected } = theCase
    const answer = await run(theCase)
    expect(answer.status).toBe(expected.status)
    for (const [name, value] of Object.entries(expected.headers ?? {})) {
      expect([name, answer.headers[name.toLowerCase()]]).toEqual([name, value])
    }
    for (const name of expected.absentHeaders ?? [])
      expect(answer.headers[name.toLowerCase()]).toBeUndefined()
    if (expected.body !== undefined) expect(answer.body).toBe(expected.body)
    const nextWrite = expected.nextWrite ?? expected.nextWriteAfterFirstByte
    if (nextWrite !== undefined) expect(trickle.channel('ab12cd34')?.nextWrite).toBe(nextWrite)
  })
})

describe('a server that is asked anything', () => {
  it('answers every path and header without failing, and keeps its channel', async () => {
    channelAt(3)
    const path = fc.oneof(
      fc.webPath(),
      fc.constantFrom(
        'ab12cd34',
        'ab12cd34/',
        'ab12cd34/-3',
        'ab12cd34/1e3',
        'ab12cd34/99999999999999999999',
      ),
      fc.constantFrom(
        'ab12cd34/0/0',
        '../ab12cd34/0',
        'ab12cd34/%30',
        '//',
        'ab12cd34/9007199254740993',
        '?x',
      ),
    )
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'PATCH', 'OPTIONS')
    const headers = fc.dictionary(
      fc.constantFrom('Lp-Trickle-Reset', 'Expect-Content'),
      fc.constantFrom('', '1', '-'),
    )
    await fc.assert(
      fc.asyncProperty(method, path, headers, async (verb, rest, extra) => {
        const target = { method: verb, path: `/ai/trickle/${rest.replace(/^\//, '')}`, headers: extra }
        const { status } = await exchange(target)
        expect(status).toBeGreaterThanOrEqual(200)
        expect(status).toBeLessThan(500)
        expect(trickle.channel('ab12cd34')).toBeDefined()
      }),
      { seed: 3, numRuns: 150 },
    )
  })

  it('leaves other paths to others', async () => {
    expect((await exchange({ method: 'GET', path: '/ai/trickl' })).status).toBe(418)
  })
})

describe('details that readers and writers rely on', () => {
  it('closes held segments with smaller numbers on request', async () => {
    const channel = trickle.createChannel({ name: 'ab12cd34', contentType: 'video/MP2T' })
    const old = channel.openForWrite(0)
    channel.write(old, text('never ended'))
    const headers = { 'Lp-Trickle-Reset': '1' }
    await exchange({ method: 'POST', path: '/ai/trickle/ab12cd34/1', headers, bodyHex: '47' })
    expect(old.isClosed).toBe(true)
  })

  it('appends when an open segment is published again', async () => {
    const channel = trickle.createChannel({ name: 'ab12cd34', contentType: 'video/MP2T' })
    channel.write(channel.openForWrite(0), text('one '))
    await exchange({ method: 'POST', path: '/ai/trickle/ab12cd34/0', bodyHex: '74776f' })
    const { body } = await exchange({ method: 'GET', path: '/ai/trickle/ab12cd34/0' })
    expect(body).toBe('one two')
  })

  it('closes channels without a new segment for five minutes, but not its own feeds', async () => {
    const clock = new VirtualClock()
    const idle = new TrickleServer({ basePath: '/t/' }, { clock, log: silentLog })
    const closed: string[] = []
    for (const name of ['quiet', 'busy', '_feed']) {
      idle.createChannel({ name, contentType: 'video/MP2T', onClosed: () => closed.push(name) })
    }
    for (let minute = 0; minute < 7; minute++) {
      const busy = idle.channel('busy')
      busy?.write(busy.openForWrite(minute), text('x'))
      await clock.advance(60_000)
    }
    expect(closed).toEqual(['quiet'])
    await idle[Symbol.asyncDispose]()
    expect(closed).toEqual(['quiet', 'busy', '_feed'])
  })

  it('refuses channels with bad names, taken names and beyond the limit', async () => {
    const small = new TrickleServer(
      { basePath: '/t/', maxChannels: 1 },
      { clock: systemClock, log: silentLog },
    )
    const create = (name: string) => () => small.createChannel({ name, contentType: 'video/MP2T' })
    expect(create('a/b')).toThrow(expect.objectContaining({ code: 'TRICKLE_CHANNEL_REFUSED' }))
    create('one')()
    expect(create('one')).toThrow(expect.objectContaining({ code: 'TRICKLE_CHANNEL_REFUSED' }))
    expect(create('two')).toThrow(expect.objectContaining({ retryable: true }))
    await small[Symbol.asyncDispose]()
  })
})
