import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dataHint, lockFile, networkIn, runningNetworks } from './running-network.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'running-'))
  mkdirSync(join(folder, 'config'))
  writeConfig('gateway', {
    rtmp: { host: '127.0.0.1', port: 1935 },
    http: { port: 9935 },
    chain: { rpcUrl: 'http://127.0.0.1:8545', privateKey: '0x12' },
  })
  writeConfig('worker-1', { orchestratorUrl: 'https://127.0.0.1:8935', runner: { port: 8936 } })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function writeConfig(name: string, settings: object): void {
  writeFileSync(join(folder, 'config', `${name}.json`), JSON.stringify(settings))
}

test('a network that runs is known with its ports', () => {
  // The test's own parent: a process that lives.
  writeFileSync(lockFile(folder), String(process.ppid))
  const network = { folder, pid: process.ppid, ports: [1935, 8545, 8936, 9935] }
  expect(networkIn(folder)).toEqual(network)
  expect(runningNetworks(folder)[0]).toEqual(network)
})

test('one that ended, or was killed, is not running', () => {
  expect(networkIn(folder)).toBeUndefined()
  writeFileSync(lockFile(folder), '999999999')
  expect(networkIn(folder)).toBeUndefined()
})

test('a folder that is being set up is no network yet', () => {
  writeFileSync(lockFile(folder), String(process.ppid))
  writeFileSync(join(folder, 'config', 'gateway.json'), '{"rtmp":')
  expect(networkIn(folder)).toBeUndefined()
})

test('a network that runs elsewhere is named with the option that finds it', () => {
  expect(dataHint('.tessera/data', [{ folder: '/tmp/tessera-1' }])).toBe(
    'A network runs here: add --data /tmp/tessera-1 to reach it.',
  )
  expect(dataHint('.tessera/data', [{ folder: '.tessera/data' }])).toBeUndefined()
})
