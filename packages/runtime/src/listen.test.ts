import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { listen } from './listen.ts'

const host = '127.0.0.1'

test('port 0 gives the port that was bound', async () => {
  const server = createServer()
  const port = await listen(server, { host, port: 0 })
  expect(port).toBeGreaterThan(0)
  expect(server.listenerCount('error')).toBe(0)
  server.close()
  await once(server, 'close')
})

test('a port that is taken is told with its number and what to do', async () => {
  const [first, second] = [createServer(), createServer()]
  const port = await listen(first, { host, port: 0 })
  await expect(listen(second, { host, port })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: `Port ${port} is in use by another program.`,
    advice: expect.stringContaining('--port-base'),
    facts: { host, port, reason: 'EADDRINUSE' },
  })
  first.close()
  await once(first, 'close')
})

test('an address that is not of this machine is told apart from a taken port', async () => {
  await expect(listen(createServer(), { host: '192.0.2.1', port: 0 })).rejects.toMatchObject({
    code: 'LISTEN_FAILED',
    facts: { host: '192.0.2.1', reason: 'EADDRNOTAVAIL' },
  })
})

test('a server that could not listen may try again', async () => {
  const [first, second] = [createServer(), createServer()]
  const port = await listen(first, { host, port: 0 })
  await expect(listen(second, { host, port })).rejects.toMatchObject({ code: 'PORT_IN_USE' })
  expect(await listen(second, { host, port: 0 })).not.toBe(port)
  for (const server of [first, second]) {
    server.close()
    await once(server, 'close')
  }
})
