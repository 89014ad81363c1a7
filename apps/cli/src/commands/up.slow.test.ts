import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

/** The network takes the ports that follow, too; those just handed out by the system are rarely followed by used ones. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('A listening server has a port.')
  return Math.min(address.port, 64_900)
}

test('a network stopped while it starts says that it stops, and never that it is up', async () => {
  const args = ['up', '--ephemeral', '--port-base', String(await freePort())]
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    if (!err.includes('starting the chain') && `${err}${chunk}`.includes('starting the chain')) {
      child.kill('SIGINT')
    }
    err += chunk.toString()
  })
  const status = await new Promise((resolve) => child.once('close', resolve))
  expect(err).toContain('starting the chain')
  expect(out).toBe('\nStopping …\nEverything has stopped.\n')
  expect(status).toBe(0)
}, 60_000)
