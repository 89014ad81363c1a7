import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const DOCTOR = fileURLToPath(new URL('./doctor.ts', import.meta.url))
let folder = ''
let server: Server
let port = 0

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doctor-test-'))
  server = createServer()
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve))
  port = (server.address() as { port: number }).port
})
afterEach(async () => {
  server.close()
  await rm(folder, { recursive: true, force: true })
})

/** In a folder of its own, and asked about a network whose first port is taken. */
function doctor(): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [DOCTOR, '--port-base', String(port)], { cwd: folder }, (_error, out) =>
      resolve(out),
    )
  })
}

test('a port that a stranger uses is in the way', async () => {
  expect(await doctor()).toMatch(new RegExp(`BAD +Ports +in use: ${port} \\(RTMP\\)`))
})

test('a port that the own network uses is not', async () => {
  const data = join(folder, '.tessera', 'data')
  await mkdir(join(data, 'config'), { recursive: true })
  await writeFile(join(data, 'config', 'gateway.json'), JSON.stringify({ rtmp: { port } }))
  await writeFile(join(data, 'in-use-by'), String(process.pid))
  const out = await doctor()
  expect(out).toMatch(new RegExp(`ok +Network +runs in .tessera/data \\(process ${process.pid}\\)`))
  expect(out).toMatch(new RegExp(`ok +Ports +${port} are those of your network`))
  expect(out).toContain('A network runs on this machine')
})
