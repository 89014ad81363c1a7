import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChainClient } from '@tessera/chain/client'
import { setUpDevnet } from '@tessera/chain/deploy/devnet'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from '@tessera/chain/deploy/devnet-config'
import { Anvil } from '@tessera/chain/node/anvil'
import { RedeemingBroker } from '@tessera/chain/node/broker'
import { MemoryIntentStore } from '@tessera/chain/node/intent-store'
import { TransactionManager } from '@tessera/chain/node/transaction-manager'
import { RoundClock } from '@tessera/chain/round-clock'
import type { Signer } from '@tessera/protocol/signer'
import { wei } from '@tessera/protocol/units'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { noopMetrics } from '@tessera/runtime/metrics'
import { systemRandom } from '@tessera/runtime/random'
import { TaskScope } from '@tessera/runtime/task-scope'
import { expect, it } from 'vitest'
import { DEVNET_PRICE, DEVNET_SENDER_LIMITS, DEVNET_TICKET_POLICY } from './devnet-terms.ts'
import type { Work } from './payee.ts'
import { overTheWire, termsOf } from './payments-world.suite.ts'
import { TicketRecipient } from './recipient.ts'
import { Redeemer } from './redeemer.ts'
import { TicketSender } from './sender.ts'
import { SqliteTicketStore } from './sqlite-ticket-store.ts'

const base = { clock: systemClock, random: systemRandom, log: silentLog }

/** A devnet with one orchestrator; everything ends with the scope. */
async function startChain(scope: TaskScope) {
  const anvil = await Anvil.start({ port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC }, base)
  scope.defer(() => anvil.close())
  const client = await ChainClient.connect({ url: anvil.url }, base)
  const devnet = await setUpDevnet(devnetConfig(['https://127.0.0.1:8935']), { ...base, client })
  const { roundsManager, ticketBroker } = devnet.contracts
  const chain = await RoundClock.start({ pollMs: 100 }, { ...base, client, roundsManager })
  scope.defer(() => chain.close())
  const orchestrator = devnet.orchestrators[0]!
  const transactions = await TransactionManager.start(
    { pollMs: 100 },
    { ...base, client, signer: orchestrator, store: new MemoryIntentStore() },
  )
  scope.defer(() => transactions.close())
  const broker = new RedeemingBroker({ client, ticketBroker, transactions })
  const { address } = devnet.gateway
  const gateway: Signer = {
    address,
    signMessageHash: (hash) => devnet.gateway.signMessageHash(hash),
  }
  return { chain, broker, gateway, recipient: orchestrator.address }
}

it('wins redeemed by the real contracts, each once, face value paid', { timeout: 60_000 }, async () => {
  await using scope = new TaskScope()
  const folder = mkdtempSync(join(tmpdir(), 'tessera-redeem-'))
  scope.defer(() => rmSync(folder, { recursive: true }))
  const { chain, broker, gateway, recipient } = await startChain(scope)
  const store = SqliteTicketStore.open(join(folder, 'tickets.sqlite'))
  scope.defer(() => store[Symbol.asyncDispose]())
  const deps = { ...base, broker, cost: broker, chain, store, metrics: noopMetrics }
  const policy = { ...DEVNET_TICKET_POLICY, expirationBlocks: 3n }
  const payee = await TicketRecipient.open({ recipient, policy, accountIdleMs: 600_000 }, deps)
  const sender = new TicketSender(DEVNET_SENDER_LIMITS, { signer: gateway, funds: broker, chain })
  const work: Work = {
    sender: gateway.address,
    balanceKey: 's',
    purpose: 'transcode',
    basePrice: DEVNET_PRICE,
  }

  const quote = await termsOf(payee, work)
  const staged = await sender.stage({ quote, balanceKey: 's', fee: wei(20n * policy.ticketEv) })
  const received = await payee.receive(work, overTheWire(staged.payment))
  expect(received).toMatchObject({ kind: 'accepted', tickets: 20 })
  const won = await store.openWins()
  expect(won.length).toBe(received.winners)

  const before = (await broker.senderInfo(gateway.address)).deposit
  await using redeemer = new Redeemer(
    { recipient, validityRounds: 2n, finalBlocks: 2n, concurrency: 8 },
    deps,
  )
  redeemer.start()
  while ((await store.openWins()).length > 0) await systemClock.sleep(200)
  for (const { hash } of won) expect(await broker.isUsed(hash)).toBe(true)
  const paid = before - (await broker.senderInfo(gateway.address)).deposit
  expect(paid).toBe(quote.ticketParams.faceValue * BigInt(won.length))
})
