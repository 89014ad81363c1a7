import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MemoryStore } from '@tessera/media/store/memory'
import { measureSegment } from '@tessera/media/verify/measure'
import type { NetworkView } from '@tessera/protocol/network-view'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { createMetrics } from '@tessera/runtime/metrics'
import { syntheticSegment } from '@tessera/testing/synthetic-video'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { StreamRegistry } from '../stream-registry.ts'
import { httpApp } from './app.ts'
import { HttpServer } from './http-server.ts'

const VIEW: NetworkView = {
  atMs: 1,
  gateway: { address: '0x', publishUrl: 'rtmp://localhost:1935/live', depositWei: '0', reserveWei: '0' },
  streams: [],
  orchestrators: [],
  payments: { ticketsSent: 0, ticketsWon: 0, redeemed: 0, redeemedWei: '0', redemptions: [] },
}

let server: HttpServer
let base: string
let folder: string
const stop = new AbortController()

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-page-'))
  const store = new MemoryStore({ maxBytes: 1e8 })
  const deps = { store, clock: systemClock, log: silentLog }
  const registry = await StreamRegistry.open(
    { maxStreams: 5, windowMs: 60_000, targetMs: 2000, storePatienceMs: 1000 },
    deps,
  )
  const record = await registry.open('demo')
  const track = registry.track(record, 'main', ['source', '360p'])
  const renditions = [1280, 640].map((width, i) => {
    const bytes = syntheticSegment({ width, height: (width * 9) / 16, frames: 60 })
    return { name: ['source', '360p'][i]!, bytes, measure: measureSegment(bytes) }
  })
  await track.publish({ seq: 0, durationMs: 2000, discontinuity: false, renditions }, stop.signal)
  await registry.open('empty')
  const app = httpApp(
    { pageFolder: folder },
    { ...deps, registry, view: () => VIEW, metrics: createMetrics(), signal: stop.signal },
  )
  server = await HttpServer.listen(app, { host: '127.0.0.1', port: 0 })
  base = `http://127.0.0.1:${server.port}`
})

afterEach(async () => {
  await server[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

test('serves the master playlist, the media playlists and the segments that they lead to', async () => {
  const master = await fetch(`${base}/stream/demo.m3u8`)
  expect(master.headers.get('content-type')).toBe('application/vnd.apple.mpegurl')
  expect(master.headers.get('access-control-allow-origin')).toBe('*')
  expect(master.headers.get('cache-control')).toBe('public, max-age=1')
  const variant = (await master.text()).split('\n').find((line) => line.endsWith('360p.m3u8'))!
  const variantUrl = new URL(variant, master.url)
  const media = await (await fetch(variantUrl)).text()
  const segment = media.split('\n').find((line) => line.endsWith('.ts'))!
  const response = await fetch(new URL(segment, variantUrl))
  expect(response.headers.get('content-type')).toBe('video/mp2t')
  expect(measureSegment(await response.bytes())).toMatchObject({ width: 640, height: 360, frames: 60 })
})

test('answers ranges, conditional requests and HEAD', async () => {
  const url = `${base}/stream/demo/source/0.ts`
  const whole = await fetch(url)
  const bytes = await whole.bytes()
  const etag = whole.headers.get('etag')!
  const part = await fetch(url, { headers: { Range: 'bytes=188-375' } })
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toBe(`bytes 188-375/${bytes.length}`)
  expect(await part.bytes()).toEqual(bytes.slice(188, 376))
  expect((await fetch(url, { headers: { Range: 'bytes=-188' } })).headers.get('content-length')).toBe('188')
  expect((await fetch(url, { headers: { Range: 'bytes=99999999-' } })).status).toBe(416)
  expect((await fetch(url, { headers: { 'If-None-Match': etag } })).status).toBe(304)
  const head = await fetch(url, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test.each([
  ['/stream/nobody.m3u8', 404, 'STREAM_NOT_FOUND'],
  ['/stream/empty.m3u8', 404, 'STREAM_NOT_PLAYABLE_YET'],
  ['/stream/demo/999p.m3u8', 404, 'RENDITION_NOT_FOUND'],
  ['/stream/demo/source/77.ts', 404, 'SEGMENT_NOT_FOUND'],
  ['/stream/../../etc/passwd', 404, 'NOT_FOUND'],
  ['/%2e%2e/%2e%2e/etc/passwd', 404, 'NOT_FOUND'],
  ['/..%2f..%2fetc%2fpasswd', 404, 'NOT_FOUND'],
  ['/nothing', 404, 'NOT_FOUND'],
])('%s is answered with %i and the code %s', async (path, status, code) => {
  const response = await fetch(base + path)
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({
    error: { code, message: expect.any(String), advice: expect.any(String) },
  })
})

test('only reading is allowed', async () => {
  const response = await fetch(`${base}/api/network`, { method: 'POST', body: 'x' })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  expect(await response.json()).toMatchObject({ error: { code: 'METHOD_NOT_ALLOWED' } })
})

test('serves the page, and says how to build it while it is not there', async () => {
  const missing = await fetch(base)
  expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8'])
  expect(await missing.text()).toContain('./tessera up')
  writeFileSync(join(folder, 'index.html'), '<h1>Tessera</h1>')
  const page = await fetch(base)
  expect([page.status, await page.text()]).toEqual([200, '<h1>Tessera</h1>'])
})

test('tells the network view at once and then every second', async () => {
  expect(await (await fetch(`${base}/api/network`)).json()).toEqual(VIEW)
  const response = await fetch(`${base}/api/events`)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (text.split('\n\n').length <= 2) text += (await reader.read()).value ?? ''
  await reader.cancel()
  expect(text.split('\n\n')[0]).toBe(`event: network\ndata: ${JSON.stringify(VIEW)}`)
  expect(await (await fetch(`${base}/healthz`)).json()).toMatchObject({ status: 'ok' })
  expect((await fetch(`${base}/metrics`)).status).toBe(200)
})

test('garbage on the port hurts nobody', async () => {
  await new Promise<void>((resolve) => {
    const socket = connect(server.port, '127.0.0.1', () =>
      socket.write('\x00\xffgarbage\r\n\r\n\x16\x03\x01'),
    )
    socket.on('close', () => resolve())
    socket.on('error', () => undefined)
    socket.resume()
  })
  expect((await fetch(`${base}/healthz`)).status).toBe(200)
})

test('a taken port is a typed error that says what to do', async () => {
  const error = await HttpServer.listen(httpApp({}, {} as never), {
    host: '127.0.0.1',
    port: server.port,
  }).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'PORT_IN_USE', advice: expect.stringContaining('--port-base') })
})
