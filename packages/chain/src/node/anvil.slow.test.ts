import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@tessera/runtime/clock'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ChainClient } from '../client.ts'
import { Anvil, AnvilPortInUseError, AnvilStateError } from './anvil.ts'
import { mineBlocks } from './dev-chain.ts'

const clock = systemClock
const config = {
  port: 0,
  chainId: 412346,
  mnemonic: 'test test test test test test test test test test test junk',
}
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anvil-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('keeps its blocks over a clean restart', async () => {
  const stateFile = join(folder, 'data', 'chain.json')
  const first = await Anvil.start({ ...config, stateFile }, { clock })
  const before = await ChainClient.connect({ url: first.url, chainId: 412346 }, { clock })
  await mineBlocks(before, 7)
  await first.close()
  await using second = await Anvil.start({ ...config, stateFile }, { clock })
  const after = await ChainClient.connect({ url: second.url }, { clock })
  expect(await after.headNumber()).toBe(7n)
  expect(after.genesisHash).toBe(before.genesisHash)
})

test('says that the port is in use', async () => {
  await using first = await Anvil.start(config, { clock })
  const second = Anvil.start({ ...config, port: first.port }, { clock })
  await expect(second).rejects.toBeInstanceOf(AnvilPortInUseError)
})

test('says that the state file is damaged', async () => {
  const stateFile = join(folder, 'chain.json')
  await writeFile(stateFile, '{broken')
  await expect(Anvil.start({ ...config, stateFile }, { clock })).rejects.toBeInstanceOf(AnvilStateError)
})

test('tells when the process dies', async () => {
  await using anvil = await Anvil.start(config, { clock })
  const client = await ChainClient.connect({ url: anvil.url }, { clock })
  process.kill(-anvil.processGroup, 'SIGKILL')
  await expect(anvil.failed).rejects.toMatchObject({ code: 'ANVIL_ENDED' })
  await expect(client.headNumber()).rejects.toMatchObject({ code: 'CHAIN_RPC_UNREACHABLE' })
})

test('does not outlive a parent that is killed', async () => {
  const script = `
    import { Anvil } from ${JSON.stringify(import.meta.resolve('./anvil.ts'))}
    import { systemClock } from ${JSON.stringify(import.meta.resolve('@tessera/runtime/clock'))}
    const anvil = await Anvil.start(${JSON.stringify(config)}, { clock: systemClock })
    console.log(anvil.url)
    await anvil.failed
  `
  const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(parent.stdout, 'data')
  const url = String(line).trim()
  await expect(ChainClient.connect({ url }, { clock })).resolves.toBeDefined()
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  await expect
    .poll(() => ChainClient.connect({ url }, { clock }).catch((error) => error.code), { timeout: 5000 })
    .toBe('CHAIN_RPC_UNREACHABLE')
})
