import { ZERO_ADDRESS } from '@tessera/protocol/address'
import type { Ticket, WinningTicket } from '@tessera/protocol/ticket'
import { MAX_UINT256, wei, winProb } from '@tessera/protocol/units'
import { bigintToBytes, fromHex, toHex } from '@tessera/runtime/bytes'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { keccak256 } from 'viem'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BlockUpdate, followBlocks } from '../block-stream.ts'
import { ChainClient } from '../client.ts'
import { type Devnet, setUpDevnet } from '../deploy/devnet.ts'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from '../deploy/devnet-config.ts'
import { isRefusal } from '../refusals.ts'
import { RoundClock } from '../round-clock.ts'
import { Anvil } from './anvil.ts'
import { RedeemingBroker } from './broker.ts'
import { mineAtOnce, mineBlocks, reorganise } from './dev-chain.ts'
import { MemoryIntentStore } from './intent-store.ts'
import { TransactionManager } from './transaction-manager.ts'

const deps = { clock: systemClock, random: systemRandom, log: silentLog }
const pace = { pollMs: 20 }
let anvil: Anvil
let client: ChainClient
let devnet: Devnet
let transactions: TransactionManager
let stop: AbortController

beforeEach(async () => {
  anvil = await Anvil.start({ port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC }, deps)
  client = await ChainClient.connect({ url: anvil.url }, deps)
  devnet = await setUpDevnet(devnetConfig(['https://a', 'https://b']), { ...deps, client })
  await mineAtOnce(client)
  const signer = devnet.orchestrators[0]!
  transactions = await TransactionManager.start(pace, {
    ...deps,
    client,
    signer,
    store: new MemoryIntentStore(),
  })
  stop = new AbortController()
})
afterEach(async () => {
  stop.abort()
  await transactions?.close()
  await anvil?.close()
})

/** A ticket from the gateway to the first orchestrator that is sure to win. */
async function winningTicket(senderNonce: number, faceValue = wei(10n ** 18n)): Promise<WinningTicket> {
  const { roundsManager, ticketBroker } = devnet.contracts
  const recipientRand = 42n
  const creationRound = await roundsManager.currentRound()
  const ticket: Ticket = {
    recipient: devnet.orchestrators[0]!.address,
    sender: devnet.gateway.address,
    faceValue,
    winProb: winProb(MAX_UINT256),
    senderNonce,
    recipientRandHash: keccak256(toHex(bigintToBytes(recipientRand, 32))),
    creationRound,
    creationRoundBlockHash: await roundsManager.blockHashForRound(creationRound),
  }
  const hash = fromHex(await ticketBroker.ticketHash(ticket))
  return { ticket, signature: toHex(await devnet.gateway.signMessageHash(hash)), recipientRand }
}

function follow(): AsyncGenerator<BlockUpdate, void, undefined> {
  const { addresses } = devnet.contracts
  return followBlocks(pace, { ...deps, client, addresses }, stop.signal)
}

async function nextNonEmpty(stream: AsyncGenerator<BlockUpdate, void, undefined>): Promise<BlockUpdate> {
  const { value } = await stream.next()
  return value as BlockUpdate
}

test('redeems a winning ticket once, out of the deposit', async () => {
  const { ticketBroker } = devnet.contracts
  const broker = new RedeemingBroker({ client, ticketBroker, transactions })
  const winning = await winningTicket(1)
  const hash = await ticketBroker.ticketHash(winning.ticket)
  expect(await broker.isUsed(hash)).toBe(false)
  const before = await broker.senderInfo(devnet.gateway.address)
  const options = { key: `redeem:${hash}`, signal: stop.signal }
  const [first, second] = await Promise.all([
    broker.redeem(winning, options),
    broker.redeem(winning, options),
  ])
  expect(second).toEqual(first)
  expect(await broker.redeem(winning, options)).toEqual(first)
  expect(await broker.isUsed(hash)).toBe(true)
  const after = await broker.senderInfo(devnet.gateway.address)
  expect(before.deposit - after.deposit).toBe(winning.ticket.faceValue)
  const again = broker.redeem(winning, { key: 'other', signal: stop.signal })
  await expect(again).rejects.toSatisfy((error) => isRefusal(error, 'ticket-used'))
})

test('costs less gas to redeem than payments reckon with', async () => {
  const { ticketBroker } = devnet.contracts
  const receipt = await transactions.execute(ticketBroker.redeemWinningTicket(await winningTicket(1)))
  expect(receipt.gasUsed).toBeLessThan(300_000n)
  const next = await transactions.execute(ticketBroker.redeemWinningTicket(await winningTicket(2)))
  expect(next.gasUsed).toBeLessThan(receipt.gasUsed)
})

test('opens rounds and rewards once in each', async () => {
  const { roundsManager, bondingManager } = devnet.contracts
  await using clock = await RoundClock.start(pace, { ...deps, client, roundsManager })
  const round = clock.view().currentRound
  await mineBlocks(client, 20)
  await clock.blockAfter(clock.view().l1Block, { signal: stop.signal })
  expect(clock.view()).toMatchObject({ currentRound: round + 1n, lastInitializedRound: round })
  await transactions.execute(roundsManager.initializeRound())
  const tooLate = transactions.execute(roundsManager.initializeRound())
  await expect(tooLate).rejects.toSatisfy((error) => isRefusal(error, 'round-already-initialized'))
  const stakeBefore = (await bondingManager.orchestrator(transactions.address)).stake
  await transactions.execute(bondingManager.reward(), { key: `reward:${round + 1n}` })
  const { stake, lastRewardRound } = await bondingManager.orchestrator(transactions.address)
  expect(stake).toBeGreaterThan(stakeBefore)
  expect(lastRewardRound).toBe(round + 1n)
  const twice = transactions.execute(bondingManager.reward())
  await expect(twice).rejects.toSatisfy((error) => isRefusal(error, 'reward-already-called'))
})

test('streams decoded events, and takes them back when the chain is reorganised', async () => {
  const stream = follow()
  const start = await nextNonEmpty(stream)
  await transactions.execute(devnet.contracts.ticketBroker.redeemWinningTicket(await winningTicket(1)))
  const { added, removed } = await nextNonEmpty(stream)
  expect(removed).toEqual([])
  expect(added[0]?.parentHash).toBe(start.added.at(-1)?.hash)
  const redeemed = added.flatMap(({ events }) => events).find(({ name }) => name === 'WinningTicketRedeemed')
  expect(redeemed).toMatchObject({
    contract: 'TicketBroker',
    args: { sender: devnet.gateway.address, recipient: transactions.address, faceValue: 10n ** 18n },
  })
  await reorganise(client, 1)
  const reorg = await nextNonEmpty(stream)
  expect(reorg.removed.map(({ hash }) => hash)).toEqual(added.map(({ hash }) => hash))
  expect(reorg.added[0]?.number).toBe(added[0]?.number)
  const hash = await devnet.contracts.ticketBroker.ticketHash((await winningTicket(1)).ticket)
  expect(await devnet.contracts.ticketBroker.isUsed(hash)).toBe(false)
})

test('sends a redemption again that a reorganisation undid', async () => {
  const { ticketBroker } = devnet.contracts
  const winning = await winningTicket(1)
  const hash = await ticketBroker.ticketHash(winning.ticket)
  const redeem = () =>
    transactions.execute(ticketBroker.redeemWinningTicket(winning), { key: `redeem:${hash}` })
  await redeem()
  await reorganise(client, 1)
  expect(await ticketBroker.isUsed(hash)).toBe(false)
  await redeem()
  expect(await ticketBroker.isUsed(hash)).toBe(true)
})

test('reads the names of contracts that are not there as such', async () => {
  const missing = client.read({
    abi: [
      { type: 'function', name: 'x', inputs: [], outputs: [{ type: 'uint256' }], stateMutability: 'view' },
    ],
    address: ZERO_ADDRESS,
    functionName: 'x',
  })
  await expect(missing).rejects.toMatchObject({ code: 'CHAIN_CONTRACT_MISSING' })
})
