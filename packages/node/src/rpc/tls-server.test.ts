import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect as connectHttp2 } from 'node:http2'
import { request as httpsRequest } from 'node:https'
import { connect as connectTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@connectrpc/connect'
import { createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node'
import { Orchestrator } from '@tessera/protocol/gen/net/session_pb'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBody, send, sendText } from './http-message.ts'
import type { Route } from './router.ts'
import { selfSignedCertificate } from './self-signed-certificate.ts'
import { TlsServer, type TlsServerConfig } from './tls-server.ts'

const clock = systemClock
let dir: string
let config: TlsServerConfig
let server: TlsServer

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tls-server-'))
  config = {
    host: '127.0.0.1',
    port: 0,
    certificate: await selfSignedCertificate({ dir, host: '127.0.0.1' }, { clock, random: systemRandom }),
    routes: [
      {
        method: 'POST',
        path: '/echo/',
        handle: async (request, response, rest) => {
          const body = await readBody(request, 1000)
          send(response, 200, 'text/plain', new TextEncoder().encode(`${rest}:${body.length}`))
        },
      },
      {
        path: '/header',
        handle: async (request, response) => sendText(response, 200, `${request.headers['x-big']?.length}`),
      },
    ],
    grpc: (router) => router.service(Orchestrator, { ping: async (message) => ({ value: message.value }) }),
  }
  server = await TlsServer.listen(config, { clock, log: silentLog })
})

afterAll(async () => {
  await server.close()
  await rm(dir, { recursive: true })
})

function http1(
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const request = httpsRequest(
      {
        host: '127.0.0.1',
        port: server.port,
        path,
        method: init.method ?? 'GET',
        headers: init.headers ?? {},
        rejectUnauthorized: false,
        agent: false,
      },
      async (response) => {
        let body = ''
        for await (const part of response) body += part
        resolve({ status: response.statusCode ?? 0, body })
      },
    )
    request.on('error', reject)
    request.end(init.body)
  })
}

async function http2(path: string, body: string): Promise<{ status: number; body: string }> {
  const session = connectHttp2(`https://127.0.0.1:${server.port}`, { rejectUnauthorized: false })
  const stream = session.request({ ':method': 'POST', ':path': path })
  const status = new Promise<number>((resolve, reject) => {
    stream.on('response', (headers) => resolve(Number(headers[':status'])))
    stream.on('error', reject)
  })
  stream.end(body)
  let text = ''
  for await (const part of stream) text += part
  session.close()
  return { status: await status, body: text }
}

async function ping(): Promise<Uint8Array> {
  const baseUrl = `https://127.0.0.1:${server.port}`
  const sessionManager = new Http2SessionManager(baseUrl, {}, { rejectUnauthorized: false })
  const client = createClient(Orchestrator, createGrpcTransport({ baseUrl, sessionManager }))
  const { value } = await client.ping({ value: Uint8Array.of(7) }, { timeoutMs: 2000 })
  sessionManager.abort()
  return value
}

test('serves HTTP/1.1, HTTP/2 and gRPC on one port', async () => {
  expect(await http1('/echo/a/b', { method: 'POST', body: 'four' })).toEqual({ status: 200, body: 'a/b:4' })
  expect(await http2('/echo/c', 'three')).toEqual({ status: 200, body: 'c:5' })
  expect(await ping()).toEqual(Uint8Array.of(7))
})

test('garbage ends its own connection and nothing else', async () => {
  for (const garbage of ['GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01\xff\xff\xff', '\0'.repeat(5000)]) {
    await new Promise<void>((resolve) => {
      const socket = connectTcp(server.port, '127.0.0.1', () => socket.end(garbage, 'latin1'))
      socket.on('error', () => undefined)
      socket.on('close', () => resolve())
      socket.resume()
    })
  }
  expect(await ping()).toEqual(Uint8Array.of(7))
})

test('takes headers far larger than the default of Node, as payments with hundreds of tickets are', async () => {
  const big = 'x'.repeat(200_000)
  expect(await http1('/header', { headers: { 'x-big': big } })).toEqual({ status: 200, body: '200000\n' })
})

test('refuses a body over the limit, told in advance or not', async () => {
  const body = 'x'.repeat(1001)
  expect(await http1('/echo/', { method: 'POST', body })).toMatchObject({ status: 413 })
  expect(await http2('/echo/', body)).toMatchObject({ status: 413 })
})

test('tells an unknown path from a wrong method', async () => {
  expect(await http1('/nothing')).toMatchObject({ status: 404 })
  expect(await http1('/echo/x')).toMatchObject({ status: 405 })
})

test('says what to do when the port is in use', async () => {
  const second = TlsServer.listen({ ...config, port: server.port }, { clock, log: silentLog })
  await expect(second).rejects.toMatchObject({ code: 'PORT_IN_USE', advice: expect.stringContaining('port') })
})

test('closes an HTTP/2 connection that asks for nothing, and leaves one with an open request', async () => {
  const gate = Promise.withResolvers<void>()
  const waits: Route = {
    path: '/wait',
    handle: async (_, response) => {
      await gate.promise
      sendText(response, 200, 'done')
    },
  }
  const patient = await TlsServer.listen(
    { ...config, routes: [waits], idleMs: 50 },
    { clock, log: silentLog },
  )
  const connect = () => connectHttp2(`https://127.0.0.1:${patient.port}`, { rejectUnauthorized: false })
  const busy = connect()
  const stream = busy.request({ ':path': '/wait' })
  await once(busy, 'connect')
  // Its timer starts later than that of the busy one.
  await once(connect(), 'close')
  expect(busy.closed).toBe(false)
  gate.resolve()
  const [headers] = await once(stream, 'response')
  expect(headers[':status']).toBe(200)
  stream.resume()
  await once(busy, 'close')
  await patient.close()
})

test('keeps its certificate over restarts and makes another for another host', async () => {
  const again = await selfSignedCertificate({ dir, host: '127.0.0.1' }, { clock, random: systemRandom })
  expect(again.cert).toBe(config.certificate.cert)
  const other = await selfSignedCertificate({ dir, host: 'o.example' }, { clock, random: systemRandom })
  expect(other.cert).not.toBe(again.cert)
})
