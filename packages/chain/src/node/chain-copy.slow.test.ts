import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { expect, test } from 'vitest'
import { ChainClient } from '../client.ts'
import { deployProtocol } from '../deploy/deploy.ts'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC } from '../deploy/devnet-config.ts'
import { mainnetParams } from '../deploy/params.ts'
import { Anvil } from './anvil.ts'
import { ChainCopy } from './chain-copy.ts'
import { mineAtOnce } from './dev-chain.ts'
import { MemoryIntentStore } from './intent-store.ts'
import { ReadingDoor } from './reading-door.ts'
import { LocalSigner } from './signer.ts'
import { TransactionManager } from './transaction-manager.ts'

const deps = { clock: systemClock, random: systemRandom, log: silentLog }
const signer = LocalSigner.fromMnemonic(DEVNET_MNEMONIC, 0)

const startChain = () => Anvil.start({ port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC }, deps)

function managerOn(client: ChainClient): Promise<TransactionManager> {
  return TransactionManager.start({ pollMs: 20 }, { ...deps, client, signer, store: new MemoryIntentStore() })
}

test('a deployment on a copy gives the addresses of the chain, which hears nothing of it', async () => {
  await using anvil = await startChain()
  const client = await ChainClient.connect({ url: anvil.url }, deps)
  await mineAtOnce(client)
  await using copy = await ChainCopy.start(client, deps)
  expect(copy.client.genesisHash).toBe(client.genesisHash)
  await using there = await managerOn(copy.client)
  const tried = await deployProtocol(mainnetParams, { client: copy.client, transactions: there })
  expect(await client.headNumber()).toBe(0n)
  await using here = await managerOn(client)
  expect(await deployProtocol(mainnetParams, { client, transactions: here })).toEqual(tried)
})

test('nothing can be sent through a door for reading, and what it does not understand is refused', async () => {
  await using anvil = await startChain()
  const client = await ChainClient.connect({ url: anvil.url }, deps)
  await using door = await ReadingDoor.open(client)
  const ask = async (body: string) => {
    const response = await fetch(door.url, { method: 'POST', body })
    return { status: response.status, text: await response.text() }
  }
  const call = (method: string) => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: [] })
  expect(JSON.parse((await ask(call('eth_chainId'))).text)).toMatchObject({ result: '0x64aba' })
  for (const method of ['eth_sendRawTransaction', 'eth_sendTransaction', 'anvil_mine', 'evm_mine', 'x']) {
    expect(JSON.parse((await ask(call(method))).text), method).toMatchObject({ error: { code: -32_601 } })
  }
  const batch = JSON.parse((await ask(`[${call('eth_blockNumber')},${call('anvil_mine')},5]`)).text)
  expect(batch).toMatchObject([{ result: '0x0' }, { error: { code: -32_601 } }, { error: { code: -32_601 } }])
  expect(await ask('{')).toMatchObject({ status: 400 })
  expect(await ask(' '.repeat(1_000_001))).toMatchObject({ status: 400 })
  expect(await client.headNumber()).toBe(0n)
})
