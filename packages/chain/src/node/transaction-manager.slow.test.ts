import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { address } from '@tessera/protocol/address'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ChainClient } from '../client.ts'
import { DEVNET_MNEMONIC } from '../deploy/devnet-config.ts'
import type { Fetch } from '../json-rpc.ts'
import type { TransactionCall } from '../transaction-call.ts'
import { Anvil } from './anvil.ts'
import { reorganise } from './dev-chain.ts'
import type { Intent, IntentScope, IntentStore } from './intent-store.ts'
import { LocalSigner } from './signer.ts'
import { SqliteIntentStore } from './sqlite-intent-store.ts'
import { TransactionManager, type TransactionManagerConfig } from './transaction-manager.ts'

const deps = { clock: systemClock, random: systemRandom, log: silentLog }
const signer = LocalSigner.fromMnemonic(DEVNET_MNEMONIC, 5)
const payee = address('0x00000000000000000000000000000000000ca11e')
const pay: TransactionCall = { to: payee, data: '0x', value: 5n, what: 'pay' }
let anvil: Anvil
let client: ChainClient
let folder: string
let store: SqliteIntentStore
let managers: TransactionManager[]

beforeEach(async () => {
  anvil = await Anvil.start({ port: 0, chainId: 412346, mnemonic: DEVNET_MNEMONIC }, deps)
  client = await ChainClient.connect({ url: anvil.url }, deps)
  folder = await mkdtemp(join(tmpdir(), 'intents-test-'))
  store = SqliteIntentStore.open(join(folder, 'intents.sqlite'))
  managers = []
})
afterEach(async () => {
  for (const manager of managers) await manager.close()
  store.close()
  await anvil.close()
  await rm(folder, { recursive: true, force: true })
})

async function start(
  config: TransactionManagerConfig = {},
  over: { client?: ChainClient; store?: IntentStore } = {},
): Promise<TransactionManager> {
  const manager = await TransactionManager.start(
    { pollMs: 20, ...config },
    { ...deps, client, signer, store, ...over },
  )
  managers.push(manager)
  return manager
}

/** A process that stops for good, right before or right after a step; the promise of `reached` tells when. */
function crashPoint(): { reached: Promise<void>; crash: () => Promise<never> } {
  let reach: () => void = () => undefined
  const reached = new Promise<void>((resolve) => {
    reach = resolve
  })
  return {
    reached,
    crash: () => {
      reach()
      return new Promise<never>(() => undefined)
    },
  }
}

async function crashAtStore(when: 'before' | 'after'): Promise<void> {
  const point = crashPoint()
  const crashing: IntentStore = {
    get: (scope, key) => store.get(scope, key),
    delete: (scope, key) => store.delete(scope, key),
    open: (scope) => store.open(scope),
    settledWith: (scope, nonce) => store.settledWith(scope, nonce),
    put: async (scope: IntentScope, intent: Intent) => {
      if (when === 'after') await store.put(scope, intent)
      return point.crash()
    },
  }
  const manager = await TransactionManager.start({}, { ...deps, client, signer, store: crashing })
  void manager.execute(pay, { key: 'pay' })
  await point.reached
}

async function crashAfterBroadcast(): Promise<void> {
  const point = crashPoint()
  const dying: Fetch = async (url, init) => {
    const response = await fetch(url, init)
    return String(init.body).includes('eth_sendRawTransaction') ? point.crash() : response
  }
  const mortal = await ChainClient.connect({ url: anvil.url }, { ...deps, fetch: dying })
  const manager = await TransactionManager.start({}, { ...deps, client: mortal, signer, store })
  void manager.execute(pay, { key: 'pay' })
  await point.reached
}

test.each([
  ['before the transaction is persisted', () => crashAtStore('before')],
  ['between persisting and broadcasting', () => crashAtStore('after')],
  ['after broadcasting', () => crashAfterBroadcast()],
])('pays once over a crash %s', async (_, crash) => {
  await crash()
  const manager = await start()
  const receipt = await manager.execute(pay, { key: 'pay' })
  expect(await manager.execute(pay, { key: 'pay' })).toEqual(receipt)
  expect(await client.balance(payee)).toBe(5n)
  expect(await store.open({ sender: signer.address, genesisHash: client.genesisHash })).toEqual([])
})

test('finishes on its own what an earlier process left open', async () => {
  await crashAtStore('after')
  await start()
  await expect.poll(() => client.balance(payee)).toBe(5n)
})

test('sends many at a time with nonces in a row', async () => {
  const manager = await start()
  const receipts = await Promise.all(Array.from({ length: 20 }, () => manager.execute(pay)))
  expect(new Set(receipts.map(({ hash }) => hash)).size).toBe(20)
  expect(await client.balance(payee)).toBe(100n)
})

test('brings back a transaction that the mempool dropped', async () => {
  await client.raw('evm_setAutomine', [false])
  const manager = await start()
  const paid = manager.execute(pay, { key: 'pay' })
  const hash = await pendingHash()
  await client.raw('anvil_dropTransaction', [hash])
  expect(await client.raw('eth_getTransactionByHash', [hash])).toBeNull()
  await expect.poll(() => client.raw('eth_getTransactionByHash', [hash])).not.toBeNull()
  await client.raw('evm_mine', [])
  expect((await paid).hash).toBe(hash)
})

test('replaces a stuck transaction with higher fees, up to the cap', async () => {
  await client.raw('evm_setAutomine', [false])
  const manager = await start({ replaceAfterMs: 60, maxReplacements: 2 })
  const paid = manager.execute(pay, { key: 'pay' })
  const scope = { sender: signer.address, genesisHash: client.genesisHash }
  await expect.poll(async () => (await store.get(scope, 'pay'))?.attempts.length).toBe(3)
  const [first, , last] = (await store.get(scope, 'pay'))?.attempts ?? []
  expect(last!.maxFeePerGas * 100n).toBeGreaterThan(first!.maxFeePerGas * 121n)
  await client.raw('evm_mine', [])
  expect((await paid).hash).toBe(last!.hash)
  expect(await client.balance(payee)).toBe(5n)
})

test('goes on with another nonce when somebody else used its own', async () => {
  await client.raw('evm_setAutomine', [false])
  const manager = await start()
  const paid = manager.execute(pay, { key: 'pay' })
  await client.raw('anvil_dropTransaction', [await pendingHash()])
  const rival = await signer.signTransaction({
    chainId: 412346,
    nonce: 0,
    to: payee,
    data: '0x',
    value: 100n,
    gas: 21_000n,
    maxFeePerGas: 50_000_000_000n,
    maxPriorityFeePerGas: 10_000_000_000n,
  })
  await client.raw('eth_sendRawTransaction', [rival])
  await client.raw('evm_mine', [])
  await client.raw('evm_setAutomine', [true])
  await paid
  expect(await client.balance(payee)).toBe(105n)
})

test('leaves no trace of a call that the simulation refuses', async () => {
  const manager = await start()
  // Init code that reverts with no data.
  const doomed: TransactionCall = { data: '0x5f5ffd', value: 0n, what: 'doomed' }
  await expect(manager.execute(doomed, { key: 'doomed' })).rejects.toMatchObject({
    code: 'CHAIN_REVERTED',
    reason: '',
  })
  await manager.execute(pay)
  expect(await client.balance(payee)).toBe(5n)
})

test('tells when the account cannot pay, and when gas is above the cap', async () => {
  const manager = await start()
  const dear = manager.execute({ ...pay, value: 10n ** 30n })
  await expect(dear).rejects.toMatchObject({ code: 'CHAIN_INSUFFICIENT_FUNDS' })
  const frugal = await start({ maxFeePerGas: 1n })
  await expect(frugal.execute(pay)).rejects.toMatchObject({ code: 'CHAIN_FEE_TOO_HIGH' })
})

test.each(['remembered', 'forgotten'])(
  'a transaction goes on after a reorganisation took back a %s one before it',
  async (memory) => {
    const manager = await start()
    await manager.execute(pay, { key: 'first' })
    await manager.execute(pay, { key: 'second' })
    await reorganise(client, 2)
    expect(await client.balance(payee)).toBe(0n)
    const scope = { sender: signer.address, genesisHash: client.genesisHash }
    if (memory === 'forgotten') await store.delete(scope, 'first')
    await manager.execute(pay, { key: 'second' })
    expect(await client.balance(payee)).toBe(memory === 'remembered' ? 10n : 5n)
  },
)

async function pendingHash(): Promise<string> {
  let hash = ''
  await expect
    .poll(async () => {
      const block = await client.viem.getBlock({ blockTag: 'pending' })
      hash = String(block.transactions[0] ?? '')
      return hash
    })
    .not.toBe('')
  return hash
}
