/** @module The orchestrator's side of the chain: payments taken, tickets redeemed, round duties, fees. */
import { join } from 'node:path'
import { ChainClient } from '@tessera/chain/client'
import { connectContracts, type LivepeerContracts } from '@tessera/chain/livepeer-contracts'
import { RedeemingBroker } from '@tessera/chain/node/broker'
import { LocalSigner } from '@tessera/chain/node/signer'
import { SqliteIntentStore } from '@tessera/chain/node/sqlite-intent-store'
import { TransactionManager } from '@tessera/chain/node/transaction-manager'
import { RoundClock } from '@tessera/chain/round-clock'
import type { Payee } from '@tessera/payments/payee'
import type { Broker } from '@tessera/payments/ports'
import { DEFAULT_ACCOUNT_IDLE_MS, TicketRecipient } from '@tessera/payments/recipient'
import { SqliteTicketStore } from '@tessera/payments/sqlite-ticket-store'
import { type Address, address } from '@tessera/protocol/address'
import { wei } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'
import type { TaskScope } from '@tessera/runtime/task-scope'
import { ClaimGate } from '../orchestrator/claim-gate.ts'
import { type EarningDeps, earningCounts, untilEarningCounts } from '../orchestrator/claim-timing.ts'
import type { OrchestratorChainConfig } from '../orchestrator/config.ts'
import { FeeCollector } from '../orchestrator/fee-collector.ts'
import { type RoundContracts, RoundDuties } from '../orchestrator/round-duties.ts'
import type { NodeDeps } from './node-deps.ts'
import { startRedeemer } from './redeemer.ts'

export type OrchestratorChain = {
  readonly payee: Payee
  readonly fees: FeeCollector
  readonly store: SqliteTicketStore
  /** For `GET /status`. `winsStored` counts all winning tickets that were ever put into the books. */
  readonly status: () => Promise<Readonly<Record<string, unknown>>>
}

/**
 * Connects, takes up what an earlier process left open (transactions, winning tickets), and starts the loops in `scope`.
 * @throws typed errors when the chain cannot be reached or has no such contracts
 */
export async function openOrchestratorChain(
  config: OrchestratorChainConfig & { readonly dataFolder: string },
  deps: NodeDeps,
  scope: TaskScope,
): Promise<OrchestratorChain> {
  const { clock, random, log, metrics } = deps
  // Both were checked when the settings were read.
  const account = LocalSigner.fromPrivateKey(config.privateKey as Hex)
  const client = await ChainClient.connect({ url: config.rpcUrl }, deps)
  const contracts = await connectContracts(client, address(config.controller))
  const intents = SqliteIntentStore.open(join(config.dataFolder, 'transactions.sqlite'))
  scope.defer(() => intents[Symbol.dispose]())
  // Of one chain only: a devnet that began anew must not see the tickets of the old one.
  const store = SqliteTicketStore.open(
    join(config.dataFolder, `tickets-${client.genesisHash.slice(2, 10)}.sqlite`),
  )
  scope.defer(() => store[Symbol.asyncDispose]())
  const transactions = await TransactionManager.start(
    {},
    { client, signer: account, store: intents, clock, random, log },
  )
  scope.defer(() => transactions.close())
  const time = await RoundClock.start({}, { client, roundsManager: contracts.roundsManager, clock, log })
  scope.defer(() => time.close())
  const redeeming = new RedeemingBroker({ client, ticketBroker: contracts.ticketBroker, transactions })
  const redeemed = { tickets: 0, wei: 0n }
  const gate = new ClaimGate()
  const earning: EarningDeps = {
    time,
    lastClaimRound: async () => (await contracts.bondingManager.delegator(account.address)).lastClaimRound,
    validityRounds: await contracts.ticketBroker.ticketValidityPeriod(),
  }
  const broker: Broker = {
    senderInfo: (sender) => redeeming.senderInfo(sender),
    claimableReserve: (sender, recipient) => redeeming.claimableReserve(sender, recipient),
    isUsed: (hash) => redeeming.isUsed(hash),
    redeem: async (ticket, options) => {
      while (true) {
        await untilEarningCounts(ticket.ticket, earning, options)
        const done = await gate.redeem(async () =>
          (await earningCounts(ticket.ticket, earning)) ? redeeming.redeem(ticket, options) : undefined,
        )
        if (!done) continue // fees were claimed in between
        redeemed.tickets++
        redeemed.wei += ticket.ticket.faceValue
        return done
      }
    },
  }
  const payee = await TicketRecipient.open(
    {
      recipient: account.address,
      policy: {
        ticketEv: wei(config.ticketEv),
        txCostMultiplier: config.txCostMultiplier,
        ...(config.maxFaceValue !== undefined && { maxFaceValue: wei(config.maxFaceValue) }),
        expirationBlocks: config.ticketBlocks,
        addsRedemptionCost: config.addsRedemptionCost,
      },
      accountIdleMs: DEFAULT_ACCOUNT_IDLE_MS,
    },
    { broker, cost: redeeming, chain: time, store, clock, random, metrics },
  )
  await startRedeemer(
    { recipient: account.address, finalBlocks: config.finalBlocks },
    { store, broker, cost: redeeming, chain: time, ticketBroker: contracts.ticketBroker, log, metrics },
    scope,
  )
  const duties = new RoundDuties(
    {
      maxDelayMs: config.openRoundDelayMs,
      opensRounds: config.opensRounds,
      callsReward: config.callsReward,
    },
    { time, contracts: roundContracts(account.address, contracts, transactions), clock, random, log },
  )
  const fees = new FeeCollector(
    { threshold: config.withdrawAboveWei },
    {
      time,
      contracts: {
        pendingFees: () => contracts.bondingManager.pendingFees(account.address),
        withdrawFees: async (amount, options) => {
          const call = contracts.bondingManager.withdrawFees(account.address, amount)
          await gate.claim(() => transactions.execute(call, options))
        },
      },
      log,
    },
  )
  scope.run('round duties', (signal) => duties.run(signal))
  scope.run('fee collector', (signal) => fees.run(signal))
  const status = async (): Promise<Readonly<Record<string, unknown>>> => ({
    round: time.view().currentRound.toString(),
    block: time.view().blockNumber.toString(),
    winsStored: await store.winCount(),
    ticketsRedeemed: redeemed.tickets,
    redeemedWei: redeemed.wei.toString(),
    feesWithdrawnWei: fees.withdrawnWei.toString(),
    ...duties.counts,
  })
  return { payee, fees, store, status }
}

/** Keys make each effect happen once over restarts. */
function roundContracts(
  account: Address,
  contracts: LivepeerContracts,
  transactions: TransactionManager,
): RoundContracts {
  return {
    standing: () => contracts.bondingManager.orchestrator(account),
    initializeRound: async (round, options) => {
      const call = contracts.roundsManager.initializeRound()
      await transactions.execute(call, { key: `initialize-round:${round}`, ...options })
    },
    reward: async (round, options) => {
      await transactions.execute(contracts.bondingManager.reward(), { key: `reward:${round}`, ...options })
    },
  }
}
