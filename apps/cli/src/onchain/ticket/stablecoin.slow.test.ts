import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StablecoinBroker } from '@tessera/chain/contracts/stablecoin-broker'
import { signStablecoinTicket } from '@tessera/chain/contracts/stablecoin-tickets'
import { DEVNET_CHAIN_ID } from '@tessera/chain/deploy/devnet-config'
import { keccak256 } from '@tessera/protocol/keccak'
import { MAX_UINT256, winProb } from '@tessera/protocol/units'
import { fromHex, toHex } from '@tessera/runtime/bytes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CliWorld } from '../cli-process.suite.ts'

/** A dozen runs of the command line, each a process that loads itself. */
const SLOW_MS = 300_000
const USD = 1_000_000n
let world: CliWorld
let folder: string
let broker: StablecoinBroker

beforeAll(async () => {
  world = await CliWorld.start()
  broker = new StablecoinBroker(world.client, world.devnet.contracts.addresses.StablecoinTicketBroker!)
  folder = await mkdtemp(join(tmpdir(), 'stablecoin-test-'))
  await world.nextRound()
})
afterAll(async () => {
  await world?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

/** The gateway pays the first orchestrator in this round. */
async function pay(faceValue: bigint, senderNonce: number): Promise<void> {
  const { gateway, orchestrators, contracts } = world.devnet
  const creationRound = await contracts.roundsManager.currentRound()
  const ticket = {
    recipient: orchestrators[0]!.address,
    sender: gateway.address,
    faceValue,
    winProb: winProb(MAX_UINT256),
    senderNonce,
    recipientRandHash: toHex(keccak256(fromHex(`0x${'42'.padStart(64, '0')}`))),
    creationRound,
    creationRoundBlockHash: await contracts.roundsManager.blockHashForRound(creationRound),
  }
  const where = { chainId: DEVNET_CHAIN_ID, broker: broker.address, token: await broker.token() }
  const signature = await signStablecoinTicket(ticket, where, gateway)
  const file = join(folder, `${senderNonce}.json`)
  const fields = { ...ticket, signature, recipientRand: '0x42' }
  await writeFile(
    file,
    JSON.stringify(fields, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
  )
  const redeemed = await world.json('gateway', 'ticket', 'redeem', file, '--stablecoin')
  expect(redeemed).toMatchObject({ ok: true, result: { tickets: [{ faceValue: String(faceValue) }] } })
  const twice = await world.json('gateway', 'ticket', 'redeem', file, '--stablecoin')
  expect(twice).toMatchObject({ status: 3, error: { facts: { reason: 'TicketUsed' } } })
}

test('a deposit in dollars is made, paid in, looked at, unlocked and taken out', {
  timeout: SLOW_MS,
}, async () => {
  const poor = await world.json('gateway', 'ticket', 'fund', '--stablecoin', '--deposit', '5')
  expect(poor).toMatchObject({ status: 4, transactions: [], error: { code: 'CLI_TOO_LITTLE' } })
  expect(poor.error.advice).toContain('tessera ticket mint')
  expect((await world.json('gateway', 'ticket', 'mint', '1', 'gateway')).status).toBe(3)
  const minted = await world.json('deployer', 'ticket', 'mint', '1000.5', 'gateway')
  expect(minted.changes[0]).toMatchObject({ what: 'wallet', after: '1000500000' })

  const fund = ['ticket', 'fund', '--stablecoin', '--deposit', '700', '--reserve', '300.5']
  const dry = await world.json('gateway', ...fund, '--dry-run')
  expect(dry.transactions.map(({ what }) => what)).toEqual([
    'ERC20.approve',
    'StablecoinTicketBroker.fundDepositAndReserve',
  ])
  expect(await broker.senderInfo(world.devnet.gateway.address)).toMatchObject({ deposit: 0n })
  const funded = await world.json('gateway', ...fund)
  expect(funded.result).toMatchObject({
    deposit: '700000000',
    reserve: '300500000',
    token: { symbol: 'tUSD', decimals: 6 },
  })
  const { out } = await world.run(['ticket', 'show', 'gateway', '--stablecoin'])
  expect(out).toContain('300.5 tUSD, 150.25 tUSD for each of 2 orchestrators')
  expect((await world.json('0', 'ticket', 'show', 'gateway')).result.deposit).toBe(String(100n * 10n ** 18n))

  expect((await world.json('gateway', 'ticket', 'unlock', '--stablecoin')).ok).toBe(true)
  const early = await world.json('gateway', 'ticket', 'withdraw', '--stablecoin')
  expect(early).toMatchObject({ status: 8, error: { facts: { reason: 'AccountIsLocked' } } })
  expect((await world.json('gateway', 'ticket', 'cancel-unlock', '--stablecoin')).ok).toBe(true)
  await world.json('gateway', 'ticket', 'unlock', '--stablecoin')
  await world.nextRound()
  await world.nextRound()
  const withdrawn = await world.json('gateway', 'ticket', 'withdraw', '--stablecoin')
  expect(withdrawn.result).toMatchObject({ deposit: '700000000', reserve: '300500000' })
})

test('a delegator claims its shares of all past rounds, also of an orchestrator that it has left', {
  timeout: SLOW_MS,
}, async () => {
  await world.json('gateway', 'ticket', 'fund', '--stablecoin', '--deposit', '1000')
  await pay(100n * USD, 1)
  await pay(20n * USD, 2)
  await world.nextRound()
  await pay(50n * USD, 3)
  await world.json('delegator', 'stake', 'move', '--to', 'orchestrator2')
  await world.nextRound()

  const { delegator, orchestrators } = world.devnet
  const before = await world.sentBy(delegator.address)
  const claim = ['stake', 'fees', '--stablecoin']
  const dry = await world.json('delegator', ...claim, '--dry-run')
  expect(dry.result.shares).toMatchObject([
    { orchestrator: orchestrators[0]!.address },
    { orchestrator: orchestrators[0]!.address },
  ])
  expect(await world.sentBy(delegator.address)).toBe(before)
  const claimed = await world.json('delegator', ...claim, '--recipient', 'gateway')
  expect(claimed.transactions).toHaveLength(1)
  const [first, second] = claimed.result.shares
  // Half of 170 dollars is shared by stake, of which the delegator has about a quarter.
  expect(BigInt(first.amount) + BigInt(second.amount)).toBe(BigInt(claimed.result.amount))
  expect(Number(claimed.result.amount) / Number(USD)).toBeCloseTo(170 / 2 / 4, 0)
  expect(BigInt(claimed.changes[0]!.after) - BigInt(claimed.changes[0]!.before)).toBe(
    BigInt(claimed.result.amount),
  )
  const again = await world.run([...claim, '--account', 'delegator'])
  expect([again.status, again.out]).toEqual([0, expect.stringContaining('no share to claim')])
  expect((await world.json('orchestrator1', ...claim)).status).toBe(0)
})

test.each([
  [['ticket', 'fund', '--stablecoin', '--deposit', '0.0000001'], /--deposit: At most 6 digits/],
  [['ticket', 'fund', '--stablecoin', '--deposit', '1e3'], /Write an amount like 10/],
  [['stake', 'fees', '3', '--stablecoin'], /are claimed whole/],
  [['ticket', 'show', '--broker', '0x12'], /0x12 is not an address/],
])('refuses %j', async (args, words) => {
  const { status, err } = await world.run([...args, '--account', 'gateway'])
  expect([status, err]).toEqual([2, expect.stringMatching(words)])
})
