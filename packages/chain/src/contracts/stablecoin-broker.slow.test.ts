import type { Address } from '@tessera/protocol/address'
import { round, winProb } from '@tessera/protocol/units'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { keccak256, maxUint256, numberToHex } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testStablecoinAbi } from '../abis/test-stablecoin.ts'
import { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { type Devnet, setUpDevnet } from '../deploy/devnet.ts'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from '../deploy/devnet-config.ts'
import { Anvil } from '../node/anvil.ts'
import { mineAtOnce, mineBlocks } from '../node/dev-chain.ts'
import { MemoryIntentStore } from '../node/intent-store.ts'
import type { LocalSigner } from '../node/signer.ts'
import { TransactionManager } from '../node/transaction-manager.ts'
import type { TransactionCall } from '../transaction-call.ts'
import { StablecoinBroker } from './stablecoin-broker.ts'
import { type StablecoinTicket, signStablecoinTicket, stablecoinTicketHash } from './stablecoin-tickets.ts'

const USD = 1_000_000n
const RAND = 42n
const config = devnetConfig(['https://127.0.0.1:8935', 'https://127.0.0.1:8937'])
const deps = { clock: systemClock, random: systemRandom, log: silentLog }
let anvil: Anvil
let client: ChainClient
let devnet: Devnet
let usd: Contract<typeof testStablecoinAbi>
let broker: StablecoinBroker
let token: Address

beforeAll(async () => {
  anvil = await Anvil.start(
    { port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC },
    { clock: systemClock },
  )
  client = await ChainClient.connect({ url: anvil.url }, { clock: systemClock })
  devnet = await setUpDevnet(config, { client, ...deps })
  await mineAtOnce(client)
  const { addresses } = devnet.contracts
  token = addresses.TestStablecoin!
  broker = new StablecoinBroker(client, addresses.StablecoinTicketBroker!)
  usd = new Contract(client, { name: 'TestStablecoin', address: token, abi: testStablecoinAbi })
  await execute(devnet.deployer, usd.write('mint', [devnet.gateway.address, 1000n * USD]))
})
afterAll(() => anvil?.close())

function transactionsOf(signer: LocalSigner): Promise<TransactionManager> {
  return TransactionManager.start({ pollMs: 50 }, { client, signer, store: new MemoryIntentStore(), ...deps })
}

async function execute(signer: LocalSigner, ...calls: readonly TransactionCall[]): Promise<void> {
  await using transactions = await transactionsOf(signer)
  for (const call of calls) await transactions.execute(call)
}

async function startNextRound(): Promise<void> {
  const { roundsManager } = devnet.contracts
  const [start, now] = await Promise.all([roundsManager.currentRoundStartBlock(), roundsManager.l1Block()])
  await mineBlocks(client, Number(start + config.params.roundLength - now))
  await execute(devnet.deployer, roundsManager.initializeRound())
}

async function newTicket(recipient: Address): Promise<StablecoinTicket> {
  const { roundsManager } = devnet.contracts
  const current = await roundsManager.currentRound()
  return {
    recipient,
    sender: devnet.gateway.address,
    faceValue: 100n * USD,
    winProb: winProb(maxUint256),
    senderNonce: 1,
    recipientRandHash: keccak256(numberToHex(RAND, { size: 32 })),
    creationRound: round(current),
    creationRoundBlockHash: await roundsManager.blockHashForRound(current),
  }
}

test('pays a delegator its share of a ticket in a stablecoin', async () => {
  const { gateway, delegator, orchestrators } = devnet
  const orchestrator = orchestrators[0]!
  await startNextRound()
  await execute(
    gateway,
    usd.write('approve', [broker.address, 1000n * USD]),
    broker.fundDepositAndReserve(700n * USD, 300n * USD),
  )
  expect(await broker.senderInfo(gateway.address)).toMatchObject({
    deposit: 700n * USD,
    reserve: 300n * USD,
    withdrawRound: 0n,
  })
  expect(await broker.claimableReserve(gateway.address, orchestrator.address)).toBe(150n * USD)

  const ticket = await newTicket(orchestrator.address)
  const where = { chainId: DEVNET_CHAIN_ID, broker: broker.address, token }
  const hash = stablecoinTicketHash(ticket, where)
  expect(await broker.ticketHash(ticket)).toBe(hash)
  const signature = await signStablecoinTicket(ticket, where, gateway)
  const inRound = ticket.creationRound
  const winning = { ticket, signature, recipientRand: RAND }
  // The second of the batch is the same ticket, and skipped.
  await execute(orchestrator, broker.batchRedeemWinningTickets([winning, winning]))
  expect(await broker.isUsed(hash)).toBe(true)
  await expect(execute(orchestrator, broker.redeemWinningTicket(winning))).rejects.toThrow('TicketUsed')

  const fees = await broker.roundFees(orchestrator.address, inRound)
  expect(fees.shared + fees.commission).toBe(100n * USD)
  expect(fees.shared).toBe((100n * USD * fees.feeShare) / 1_000_000n)
  expect(await broker.claimableFees(delegator.address, orchestrator.address, inRound)).toBe(0n)

  await startNextRound()
  const stake = fees.totalStake - fees.ownStake
  const share = (fees.shared * stake) / fees.totalStake
  expect(share).toBeGreaterThan(0n)
  expect(await broker.claimableFees(delegator.address, orchestrator.address, inRound)).toBe(share)
  await execute(delegator, broker.claimFees(orchestrator.address, [inRound], delegator.address))
  expect(await usd.read('balanceOf', [delegator.address])).toBe(share)
  await execute(orchestrator, broker.claimFees(orchestrator.address, [inRound], orchestrator.address))
  expect(await usd.read('balanceOf', [orchestrator.address])).toBe(
    fees.commission + (fees.shared * fees.ownStake) / fees.totalStake,
  )
})

test('gives back deposit and reserve after the unlock period', async () => {
  const { gateway } = devnet
  await execute(gateway, broker.unlock(), broker.cancelUnlock(), broker.unlock())
  const { withdrawRound } = await broker.senderInfo(gateway.address)
  while ((await devnet.contracts.roundsManager.currentRound()) < withdrawRound) await startNextRound()
  await execute(gateway, broker.withdraw())
  expect(await usd.read('balanceOf', [gateway.address])).toBe(900n * USD)
  expect(await broker.token()).toBe(token)
})
