import * as http from 'node:http'
import type { AddressInfo } from 'node:net'
import { TricklePublisher } from '@tessera/media/trickle/publisher'
import { TrickleServer } from '@tessera/media/trickle/server'
import { type ReceivedSegment, TrickleSubscriber } from '@tessera/media/trickle/subscriber'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const deps = { clock: systemClock, log: silentLog }
const text = (value: string): Uint8Array => new TextEncoder().encode(value)

let trickle: TrickleServer
let server: http.Server
let base: string
const started: number[] = []

beforeEach(async () => {
  started.length = 0
  trickle = new TrickleServer({ basePath: '/ai/trickle/', maxSegmentBytes: 1_000_000 }, deps)
  server = http.createServer({ requestTimeout: 0 }, (request, response) => {
    if (!trickle.handle(request, response)) response.writeHead(418).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ai/trickle`
  trickle.createChannel({
    name: 'cam',
    contentType: 'video/MP2T',
    onSegmentStarted: (seq) => started.push(seq),
  })
})

afterEach(async () => {
  await trickle[Symbol.asyncDispose]()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

async function readAll(segment: ReceivedSegment): Promise<string> {
  let all = ''
  for await (const chunk of segment.stream) all += new TextDecoder().decode(chunk)
  return all
}

const publisherTo = (name: string): TricklePublisher =>
  new TricklePublisher({ url: `${base}/${name}`, contentType: 'video/MP2T' }, { log: silentLog })

describe('publisher and subscriber over real sockets', () => {
  it('delivers a segment while it is still being written', async () => {
    await using publisher = publisherTo('cam')
    using subscriber = new TrickleSubscriber({ url: `${base}/cam`, from: -1 }, deps)
    const segments = subscriber[Symbol.asyncIterator]()
    const next = segments.next()
    const writer = publisher.segment()
    await writer.write(text('first '))
    const { value } = await next
    expect(value?.seq).toBe(0)
    expect(value?.contentType).toBe('video/MP2T')
    const bytes = (value as ReceivedSegment).stream[Symbol.asyncIterator]()
    expect(new TextDecoder().decode((await bytes.next()).value)).toBe('first ')
    await writer.write(text('second'))
    expect(new TextDecoder().decode((await bytes.next()).value)).toBe('second')
    await writer.close()
    expect((await bytes.next()).done).toBe(true)
  })

  it('hands out many segments in order and ends when the publisher closes the channel', async () => {
    const publisher = publisherTo('cam')
    using subscriber = new TrickleSubscriber({ url: `${base}/cam`, from: -2 }, deps)
    const got: string[] = []
    const reading = (async () => {
      for await (const segment of subscriber) {
        const body = await readAll(segment)
        if (body !== '') got.push(`${segment.seq}:${body}`)
        if (got.length < 12) await publisher.publish(text(`s${got.length}`))
        else await publisher[Symbol.asyncDispose]()
      }
    })()
    await publisher.publish(text('s0'))
    await reading
    expect(got).toEqual(Array.from({ length: 12 }, (_, i) => `${i}:s${i}`))
    expect(started).toEqual(Array.from({ length: 12 }, (_, i) => i))
    expect(trickle.channel('cam')).toBeUndefined()
  })

  it('lets a late subscriber jump to the newest segment after a gap', async () => {
    await using publisher = publisherTo('cam')
    for (let i = 0; i < 8; i++) await publisher.publish(text(`s${i}`))
    using subscriber = new TrickleSubscriber({ url: `${base}/cam`, from: 0 }, deps)
    const segments = subscriber[Symbol.asyncIterator]()
    let seq: number | undefined
    const next = segments.next().then(({ value }) => {
      seq = value?.seq
    })
    while (seq === undefined) await publisher.publish(text('more'))
    await next
    expect(seq).toBeGreaterThanOrEqual(8)
  })

  it('tells a subscriber of an unknown channel', async () => {
    using subscriber = new TrickleSubscriber({ url: `${base}/none`, from: -1 }, deps)
    await expect(subscriber[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'TRICKLE_CLOSED' })
  })

  it('tells a publisher whose channel was closed', async () => {
    await using publisher = publisherTo('cam')
    await publisher.publish(text('s0'))
    trickle.closeChannel('cam')
    await expect(publisher.publish(text('s1'))).rejects.toMatchObject({ code: 'TRICKLE_CLOSED' })
  })

  it('closes a segment that outgrows its limit and says so to the publisher', async () => {
    await using publisher = publisherTo('cam')
    const writer = publisher.segment()
    const tooMuch = async (): Promise<void> => {
      for (let i = 0; i < 40; i++) await writer.write(new Uint8Array(50_000))
      await writer.close()
    }
    await expect(tooMuch()).rejects.toMatchObject({ code: 'TRICKLE_REQUEST' })
    expect(trickle.channel('cam')?.nextWrite).toBe(1)
  })

  it('releases readers of a segment whose publisher died in the middle', async () => {
    const publisher = publisherTo('cam')
    using subscriber = new TrickleSubscriber({ url: `${base}/cam`, from: -1 }, deps)
    const segments = subscriber[Symbol.asyncIterator]()
    const next = segments.next()
    await publisher.segment().write(text('half'))
    const { value } = await next
    publisher.abandon()
    const second = publisherTo('cam')
    await second.publish(text(' a segment'))
    expect(await readAll(value as ReceivedSegment)).toBe('half a segment')
    await second[Symbol.asyncDispose]()
  })
})
