import { connect } from 'node:net'
import { concatBytes } from '@tessera/runtime/bytes'
import { systemClock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import { type Log, silentLog } from '@tessera/runtime/log'
import { afterEach, describe, expect, it } from 'vitest'
import type { AccessUnit, IngestStream } from '../ingest/ingest-stream.ts'
import { command, MESSAGE } from './messages.ts'
import { audioBody, RawPublisher, videoBody } from './raw-publisher.fixture.ts'
import { RtmpServer, type RtmpServerConfig } from './server.ts'

class RefusedError extends BaseError {
  constructor() {
    super({ code: 'WRONG_KEY', message: 'The stream key is wrong.', advice: 'Copy it again.' })
  }
}

type Harness = {
  server: RtmpServer
  streams: IngestStream[]
  lines: string[]
  client: () => RawPublisher
}

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function start(config: Partial<RtmpServerConfig> = {}): Promise<Harness> {
  const streams: IngestStream[] = []
  const lines: string[] = []
  const log: Log = {
    ...silentLog,
    warn: (fields, message) => lines.push(`warn ${message} ${fields.code ?? ''}`),
    error: (_, message) => lines.push(`error ${message}`),
    child: () => log,
  }
  const server = await RtmpServer.listen(
    { host: '127.0.0.1', port: 0, ...config },
    {
      clock: systemClock,
      log,
      authorize: async ({ app, name }) =>
        app === 'live' && name.startsWith('key') ? { id: name } : new RefusedError(),
      onPublish: (stream) => streams.push(stream),
    },
  )
  cleanups.push(() => server[Symbol.asyncDispose]())
  const client = (): RawPublisher => {
    const publisher = new RawPublisher(server.port)
    cleanups.push(() => publisher.socket.destroy())
    return publisher
  }
  return { server, streams, lines, client }
}

async function collect(stream: IngestStream): Promise<AccessUnit[]> {
  const units: AccessUnit[] = []
  for await (const unit of stream) units.push(unit)
  return units
}

/** Publishes and waits until the server says that the stream is live. */
async function goLive(harness: Harness, name = 'key'): Promise<RawPublisher> {
  const publisher = harness.client()
  publisher.publish('live', name)
  expect((await publisher.status())?.get('code')).toBe('NetStream.Publish.Start')
  return publisher
}

describe('RtmpServer', () => {
  it('delivers what is published, and ends when the publisher leaves', async () => {
    const harness = await start()
    const publisher = await goLive(harness)
    publisher.stream(100)
    publisher.socket.end()
    const units = await collect(harness.streams[0]!)
    expect(await harness.streams[0]!.info).toEqual({
      video: { width: 320, height: 180 },
      audio: { sampleRate: 48_000, channels: 2 },
    })
    expect(units).toHaveLength(200)
    expect(units.filter((unit) => unit.kind === 'video' && unit.isKeyframe)).toHaveLength(2)
    expect(harness.lines).toEqual([])
  })

  it('shows the publisher why its key is refused, and closes', async () => {
    const harness = await start()
    const publisher = harness.client()
    publisher.publish('live', 'wrong')
    const status = await publisher.status()
    expect(status?.get('level')).toBe('error')
    expect(status?.get('code')).toBe('NetStream.Publish.BadName')
    expect(status?.get('description')).toBe('The stream key is wrong. Copy it again.')
    await publisher.closed()
    expect(harness.lines).toEqual(['warn RTMP connection closed WRONG_KEY'])
    expect(harness.streams).toEqual([])
  })

  it('refuses a second publisher on one key and leaves the first alone, whose key is free afterwards', async () => {
    const harness = await start()
    const first = await goLive(harness)
    const second = harness.client()
    second.publish('live', 'key')
    expect((await second.status())?.get('description')).toMatch(/already being published/)
    await second.closed()
    first.stream(10)
    first.socket.end()
    expect(await collect(harness.streams[0]!)).toHaveLength(20)
    await goLive(harness)
    expect(harness.streams).toHaveLength(2)
  })

  it('closes garbage with one log line while others go on', async () => {
    const harness = await start()
    const publisher = await goLive(harness)
    for (const garbage of ['GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01\x02\x00', '\0\0\0\0']) {
      const socket = connect(harness.server.port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.resume().write(garbage, 'latin1')
      await new Promise((resolve) => socket.on('close', resolve))
    }
    expect(harness.lines).toEqual(Array(3).fill('warn RTMP connection closed RTMP_NOT_RTMP'))
    publisher.stream(5)
    publisher.socket.end()
    expect(await collect(harness.streams[0]!)).toHaveLength(10)
  })

  it('closes garbage after the handshake, and ends a stream that turns into garbage with an error', async () => {
    const harness = await start()
    const early = harness.client()
    early.shakeHands()
    early.socket.write(new Uint8Array(5000).fill(0xee))
    await early.closed()
    const late = await goLive(harness)
    late.stream(5)
    late.socket.write(new Uint8Array(5000).fill(0xee))
    const units: AccessUnit[] = []
    const reading = (async () => {
      for await (const unit of harness.streams[0]!) units.push(unit)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'MALFORMED' })
    expect(units).toHaveLength(10)
    await late.closed()
    expect(harness.lines).toEqual(Array(2).fill('warn RTMP connection closed MALFORMED'))
  })

  it('refuses to play, and says where to watch', async () => {
    const harness = await start()
    const viewer = harness.client()
    viewer.shakeHands()
    viewer.command('play', 4, null, 'key')
    const status = await viewer.status()
    expect(status?.get('code')).toBe('NetStream.Play.Failed')
    expect(status?.get('description')).toMatch(/HLS/)
    await viewer.closed()
  })

  it('refuses other codecs by name, to the publisher and to the consumer', async () => {
    const harness = await start()
    const publisher = await goLive(harness)
    publisher.media('video', 0, concatBytes(Uint8Array.of(0x90), new TextEncoder().encode('hvc1')))
    expect((await publisher.status())?.get('description')).toMatch(
      /^HEVC is not accepted yet\. .*Publish H\.264 video/,
    )
    await expect(harness.streams[0]!.info).rejects.toMatchObject({ code: 'UNSUPPORTED_VIDEO_CODEC' })
    await expect(collect(harness.streams[0]!)).rejects.toMatchObject({ code: 'UNSUPPORTED_VIDEO_CODEC' })
  })

  it('tells the publisher why its consumer ended the stream', async () => {
    const harness = await start()
    const publisher = await goLive(harness)
    harness.streams[0]!.abort(new RefusedError())
    expect((await publisher.status())?.get('code')).toBe('NetStream.Publish.BadName')
    await publisher.closed()
  })

  it('closes the connection when the consumer stops reading', async () => {
    const harness = await start()
    const publisher = await goLive(harness)
    publisher.stream(5)
    for await (const unit of harness.streams[0]!) if (unit.kind === 'video') break
    publisher.media('video', 300, videoBody(false))
    expect((await publisher.status())?.get('description')).toMatch(/no longer takes/)
    await publisher.closed()
  })

  it('ends the stream of a publisher that stops in the middle of a picture', async () => {
    const harness = await start({ idleTimeoutMs: 60 })
    const publisher = await goLive(harness)
    publisher.stream(5)
    publisher.socket.write(Uint8Array.of(3, 0, 0, 0, 0, 9, 0, 9, 1, 0, 0, 0, 1, 2, 3))
    expect(await collect(harness.streams[0]!)).toHaveLength(10)
    await publisher.closed()
    expect(harness.lines).toEqual(['warn RTMP connection closed RTMP_TIMEOUT'])
  })

  it('ends the stream normally when the connection is reset', async () => {
    const harness = await start()
    const publisher = await goLive(harness)
    publisher.stream(5)
    const reading = harness.streams[0]![Symbol.asyncIterator]()
    for (let i = 0; i < 10; i++) expect((await reading.next()).done).toBe(false)
    publisher.socket.resetAndDestroy()
    expect((await reading.next()).done).toBe(true)
    expect(harness.lines).toEqual([])
    await goLive(harness)
  })

  it('does not count a slow consumer as a silent publisher', async () => {
    const harness = await start({ idleTimeoutMs: 300 })
    const publisher = await goLive(harness)
    publisher.stream(700)
    const other = await start({ handshakeTimeoutMs: 700 })
    // 1400 units exceed what the channel holds; meanwhile more than the idle time passes.
    await other.client().closed()
    expect(publisher.isClosed).toBe(false)
    const reading = collect(harness.streams[0]!)
    publisher.socket.end()
    expect(await reading).toHaveLength(1400)
  })

  it('closes connections that never finish the handshake or never publish', async () => {
    const harness = await start({ handshakeTimeoutMs: 40, setupTimeoutMs: 40 })
    await harness.client().closed()
    const idle = harness.client()
    idle.shakeHands()
    await idle.closed()
    expect(harness.lines).toEqual(Array(2).fill('warn RTMP connection closed RTMP_TIMEOUT'))
  })

  it('closes connections beyond the limit', async () => {
    const harness = await start({ maxConnections: 1 })
    const publisher = await goLive(harness)
    await harness.client().closed()
    expect(publisher.isClosed).toBe(false)
  })

  it('answers pings and acknowledges what it got', async () => {
    const harness = await start()
    const publisher = await goLive(harness)
    publisher.send({
      type: MESSAGE.windowAckSize,
      streamId: 0,
      timestamp: 0,
      payload: Uint8Array.of(0, 0, 0, 1),
    })
    publisher.send({
      type: MESSAGE.userControl,
      streamId: 0,
      timestamp: 0,
      payload: Uint8Array.of(0, 6, 1, 2, 3, 4),
    })
    const replies = [await publisher.message(), await publisher.message(), await publisher.message()]
    const pong = replies.find((reply) => reply?.type === MESSAGE.userControl)
    expect(pong?.payload).toEqual(Uint8Array.of(0, 7, 1, 2, 3, 4))
    expect(replies.some((reply) => reply?.type === MESSAGE.acknowledgement)).toBe(true)
  })

  it('ends a stream that is unpublished, and lets the connection publish again', async () => {
    const harness = await start()
    const publisher = await goLive(harness)
    publisher.stream(3)
    publisher.command('FCUnpublish', 4, null, 'key')
    publisher.command('deleteStream', 5, null, 1)
    expect(await collect(harness.streams[0]!)).toHaveLength(6)
    expect((await publisher.status())?.get('code')).toBe('NetStream.Unpublish.Success')
    publisher.command('publish', 6, null, 'key', 'live')
    expect((await publisher.status())?.get('code')).toBe('NetStream.Publish.Start')
  })

  it('answers calls that it does not know with an error', async () => {
    const harness = await start()
    const publisher = await goLive(harness)
    publisher.send(command(0, '__proto__', 9, null))
    const reply = await publisher.message()
    expect(reply?.payload.subarray(3, 9)).toEqual(new TextEncoder().encode('_error'))
  })

  it('ends its streams when it is closed, also those whose consumer is behind', async () => {
    const harness = await start()
    const publisher = await goLive(harness)
    publisher.stream(700)
    publisher.media('audio', 99_999, audioBody())
    const reading = harness.streams[0]![Symbol.asyncIterator]()
    expect((await reading.next()).done).toBe(false)
    await harness.server[Symbol.asyncDispose]()
    await publisher.closed()
    while (!(await reading.next()).done);
  })

  it('says which port is in use', async () => {
    const harness = await start()
    await expect(start({ port: harness.server.port })).rejects.toMatchObject({ code: 'PORT_IN_USE' })
  })
})
