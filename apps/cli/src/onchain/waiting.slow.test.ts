import { DEVNET_MNEMONIC } from '@tessera/chain/deploy/devnet-config'
import { mineAtOnce, mineBlocks } from '@tessera/chain/node/dev-chain'
import { LocalSigner } from '@tessera/chain/node/signer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CliWorld } from './cli-process.suite.ts'

const SENT = /sent with nonce (?<nonce>\d+).*\n *(?<hash>0x[0-9a-f]{64})/
const FUND = ['ticket', 'fund', '--deposit', '0.1', '--json', '--account']
let world: CliWorld

beforeAll(async () => {
  world = await CliWorld.start()
  await world.client.raw('evm_setAutomine', [false])
})
afterAll(() => world?.[Symbol.asyncDispose]())

test('Ctrl-C while no block comes says which transaction may still be mined, and how to look again', async () => {
  const run = await world.start([...FUND, '7'], (err, child) => {
    if (SENT.test(err)) child.kill('SIGINT')
  })
  const hash = SENT.exec(run.err)?.groups?.hash
  const { error } = JSON.parse(run.out)
  expect([run.status, error.code, error.facts]).toEqual([7, 'CLI_UNDECIDED', { transaction: hash }])
  expect(error.advice).toBe(`Look again with: ./tessera transaction ${hash} --account 7`)
  expect(await world.json('7', 'transaction', hash!)).toMatchObject({
    status: 7,
    error: { code: 'CLI_UNDECIDED' },
  })
  await mineBlocks(world.client, 1)
  expect((await world.json('7', 'transaction', hash!)).result).toMatchObject({ state: 'succeeded' })
})

test('stops waiting when its time is up', async () => {
  const run = await world.start([...FUND, '8', '--timeout', '1'], () => undefined)
  expect(run.status).toBe(7)
  expect(JSON.parse(run.out).error.message).toContain('No block took it within 1 s.')
  expect(run.err).not.toContain('still waits for a block')
  const second = await world.start([...FUND, '8', '--timeout', '1'], () => undefined)
  expect(second.err).toContain('Note: The transaction with nonce 0 of this account still waits for a block')
  await mineBlocks(world.client, 1)
})

test('does not send again what was replaced from elsewhere', async () => {
  const signer = LocalSigner.fromMnemonic(DEVNET_MNEMONIC, 9)
  const replaced = Promise.withResolvers<void>()
  const replace = async (nonce: number): Promise<void> => {
    const fees = { maxFeePerGas: 200_000_000_000n, maxPriorityFeePerGas: 100_000_000_000n }
    const nothing = {
      chainId: world.client.chainId,
      nonce,
      to: signer.address,
      data: '0x',
      value: 0n,
      gas: 21_000n,
    } as const
    await world.client.raw('eth_sendRawTransaction', [await signer.signTransaction({ ...nothing, ...fees })])
    await mineBlocks(world.client, 1)
  }
  let isReplacing = false
  const run = await world.start([...FUND, '9'], (err) => {
    const nonce = SENT.exec(err)?.groups?.nonce
    if (nonce === undefined || isReplacing) return
    isReplacing = true
    // The command writes its line just before it hands the transaction to the node.
    const inPool = async (): Promise<void> => {
      const pending = await world.client.raw('eth_getTransactionCount', [signer.address, 'pending'])
      return Number(pending) > Number(nonce) ? replace(Number(nonce)) : inPool()
    }
    inPool().then(replaced.resolve, replaced.reject)
  })
  await replaced.promise
  const { error } = JSON.parse(run.out)
  expect([run.status, error.code]).toEqual([7, 'CLI_SUPERSEDED'])
  expect(error.message).toMatch(/took nonce 0; 0x[0-9a-f]{64} will never be mined/)
  await mineAtOnce(world.client)
  expect(await world.sentBy(signer.address)).toBe(1)
})
