import { sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bondingManagerAbi } from './abis/bonding-manager.ts'
import { ChainClient } from './client.ts'
import { Contract } from './contract.ts'
import { type Devnet, setUpDevnet } from './deploy/devnet.ts'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from './deploy/devnet-config.ts'
import type { Fetch } from './json-rpc.ts'
import { Anvil } from './node/anvil.ts'
import type { PoolMember } from './pool-hints.ts'
import { readPool } from './pool-reader.ts'

const clock = systemClock
let anvil: Anvil
let devnet: Devnet

beforeAll(async () => {
  anvil = await Anvil.start({ port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC }, { clock })
  const client = await ChainClient.connect({ url: anvil.url }, { clock })
  const uris = ['https://127.0.0.1:1', 'https://127.0.0.1:2', 'https://127.0.0.1:3']
  devnet = await setUpDevnet(devnetConfig(uris), { client, clock, random: systemRandom, log: silentLog })
})
afterAll(() => anvil?.close())

/** Connected through `fetch`; counts the calls of contracts. `refuse` says which the node does not take. */
async function counted(refuse: (call: string) => boolean) {
  const calls: string[] = []
  const fetch: Fetch = async (url, init) => {
    const text = String(init.body)
    const found = text.split('"eth_call"').slice(1)
    calls.push(...found)
    if (!found.some(refuse)) return globalThis.fetch(url, init)
    const { id } = JSON.parse(text)
    return Response.json({ jsonrpc: '2.0', id, error: { code: -32602, message: 'missing field `to`' } })
  }
  return { calls, client: await ChainClient.connect({ url: anvil.url }, { clock, fetch }) }
}

async function expected(client: ChainClient): Promise<readonly PoolMember[]> {
  const { address } = devnet.contracts.bondingManager
  const bonding = new Contract(client, { name: 'BondingManager', address, abi: bondingManagerAbi })
  const members: PoolMember[] = []
  let next = await bonding.read('getFirstTranscoderInPool', [])
  while (!sameAddress(next, ZERO_ADDRESS)) {
    members.push({ address: next, stake: await bonding.read('transcoderTotalStake', [next]) })
    next = await bonding.read('getNextTranscoderInPool', [next])
  }
  return members
}

test('the pool comes in one call, as a walk over the list finds it', async () => {
  const { calls, client } = await counted(() => false)
  const pool = await readPool(client, devnet.contracts.bondingManager.address)
  expect(calls).toHaveLength(1)
  expect(pool.members).toHaveLength(3)
  expect(pool).toEqual({ members: await expected(client), maxSize: 100n })
})

test('a node that creates nothing in a call is walked', async () => {
  const { calls, client } = await counted((call) => !call.includes('"to"'))
  const pool = await readPool(client, devnet.contracts.bondingManager.address)
  expect(calls.length).toBeGreaterThan(3)
  expect(pool).toEqual({ members: await expected(client), maxSize: 100n })
})
