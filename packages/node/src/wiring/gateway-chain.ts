/** @module The gateway's view of the chain: directory, payer, and the facts that its page shows. */

import { followBlocks } from '@tessera/chain/block-stream'
import type { ChainClient } from '@tessera/chain/client'
import { ChainClient as Client } from '@tessera/chain/client'
import type { ChainEvent } from '@tessera/chain/events'
import { connectContracts, type LivepeerContracts } from '@tessera/chain/livepeer-contracts'
import { listOrchestrators } from '@tessera/chain/orchestrator-pool'
import { RoundClock } from '@tessera/chain/round-clock'
import type { Payer } from '@tessera/payments/payer'
import { TicketSender } from '@tessera/payments/sender'
import { DEFAULT_SENDER_LIMITS } from '@tessera/payments/sender-checks'
import { type Address, address, sameAddress } from '@tessera/protocol/address'
import type { PaymentsView } from '@tessera/protocol/network-view'
import type { Signer } from '@tessera/protocol/signer'
import type { Clock } from '@tessera/runtime/clock'
import { describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { TaskScope } from '@tessera/runtime/task-scope'
import type { ChainFacts, ChainSnapshot } from '../gateway/chain-facts.ts'
import type { GatewayConfig } from '../gateway/config.ts'
import { chainDirectory, type Directory } from '../gateway/directory.ts'

export type GatewayChainDeps = { readonly clock: Clock; readonly log: Log; readonly signer: Signer }

type Redemption = PaymentsView['redemptions'][number] & { readonly blockHash: string }

const REFRESH_MS = 2_000
const SHOWN_REDEMPTIONS = 20
/** Events of so many blocks back are read at the start: about an hour of a devnet, minutes of a mainnet. */
const HISTORY_BLOCKS = 4_000n

/** Connected and following; closing it stops the following. */
export class GatewayChain implements ChainFacts, AsyncDisposable {
  readonly directory: Directory
  readonly payer: Payer
  readonly #client: ChainClient
  readonly #contracts: LivepeerContracts
  readonly #rounds: RoundClock
  readonly #deps: GatewayChainDeps
  readonly #scope = new TaskScope()
  #redemptions: Redemption[] = []
  /** Of all redemptions whose blocks can no longer change the counts shown. */
  readonly #lastRewards = new Map<string, bigint>()
  #snapshot: ChainSnapshot | undefined

  private constructor(
    parts: { client: ChainClient; contracts: LivepeerContracts; rounds: RoundClock },
    limits: NonNullable<GatewayConfig['chain']>,
    deps: GatewayChainDeps,
  ) {
    this.#client = parts.client
    this.#contracts = parts.contracts
    this.#rounds = parts.rounds
    this.#deps = deps
    this.directory = chainDirectory({
      activeOrchestrators: async () =>
        (await listOrchestrators(parts.contracts)).filter((orchestrator) => orchestrator.isActive),
    })
    this.payer = new TicketSender(
      {
        ...DEFAULT_SENDER_LIMITS,
        ...(limits.maxTicketEv !== undefined && { maxTicketEv: limits.maxTicketEv }),
        ...(limits.maxTotalEv !== undefined && { maxTotalEv: limits.maxTotalEv }),
      },
      { signer: deps.signer, funds: parts.contracts.ticketBroker, chain: parts.rounds },
    )
  }

  /** @throws typed errors when the chain cannot be reached or has no such contracts. */
  static async connect(
    config: NonNullable<GatewayConfig['chain']>,
    deps: GatewayChainDeps,
  ): Promise<GatewayChain> {
    const client = await Client.connect({ url: config.rpcUrl }, deps)
    const contracts = await connectContracts(client, address(config.controller))
    const rounds = await RoundClock.start({}, { ...deps, client, roundsManager: contracts.roundsManager })
    const chain = new GatewayChain({ client, contracts, rounds }, config, deps)
    chain.#scope.defer(() => rounds.close())
    chain.#scope.run('chain facts', (signal) => chain.#refresh(signal))
    chain.#scope.run('chain events', (signal) => chain.#followEvents(signal))
    return chain
  }

  snapshot(): ChainSnapshot | undefined {
    return this.#snapshot
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#scope.close()
  }

  async #refresh(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        this.#snapshot = await this.#read()
      } catch (error) {
        this.#deps.log.debug({ error: describeError(error) }, 'facts of the chain could not be read')
      }
      await this.#deps.clock.sleep(REFRESH_MS, { signal })
    }
  }

  async #read(): Promise<ChainSnapshot> {
    const { bondingManager, minter, ticketBroker } = this.#contracts
    const [funds, totalStake, inflation, orchestrators] = await Promise.all([
      ticketBroker.senderInfo(this.#deps.signer.address),
      bondingManager.totalBonded(),
      minter.inflation(),
      listOrchestrators(this.#contracts),
    ])
    const { currentRound, startBlock, roundLength, l1Block, blockNumber } = this.#rounds.view()
    const progress = Number(l1Block - startBlock) / Math.max(1, Number(roundLength))
    return {
      chain: {
        chainId: this.#client.chainId,
        block: Number(blockNumber),
        round: String(currentRound),
        roundProgress: Math.min(1, Math.max(0, progress)),
        inflationPerBillion: String(inflation),
        totalStakeLpt: String(totalStake),
      },
      depositWei: funds.deposit,
      reserveWei: funds.reserve,
      orchestrators: orchestrators.map(({ address: account, stake, lastRewardRound }) => ({
        address: account,
        stake,
        lastReward: this.#lastRewards.get(account.toLowerCase()) ?? 0n,
        lastRewardRound,
      })),
      payments: {
        redeemed: this.#redemptions.length,
        redeemedWei: String(this.#redemptions.reduce((sum, redemption) => sum + BigInt(redemption.wei), 0n)),
        redemptions: this.#redemptions
          .slice(0, SHOWN_REDEMPTIONS)
          .map(({ transaction, recipient, wei, block }) => ({ transaction, recipient, wei, block })),
      },
    }
  }

  /** A stream that cannot go on (a reorganisation beyond memory) is begun anew, and so are the counts. */
  async #followEvents(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#deps
    while (!signal.aborted) {
      try {
        const head = await this.#client.headNumber()
        const from = head > HISTORY_BLOCKS ? head - HISTORY_BLOCKS : 0n
        this.#redemptions = []
        const stream = { client: this.#client, addresses: this.#contracts.addresses, clock, log }
        for await (const update of followBlocks({ from }, stream, signal)) {
          const gone = new Set(update.removed.map((block) => block.hash))
          this.#redemptions = this.#redemptions.filter(
            (redemption) => !gone.has(redemption.blockHash as `0x${string}`),
          )
          for (const block of update.added) for (const event of block.events) this.#take(event)
        }
      } catch (error) {
        signal.throwIfAborted()
        log.warn({ error: describeError(error) }, 'events of the chain are read anew')
        await clock.sleep(REFRESH_MS, { signal })
      }
    }
  }

  #take(event: ChainEvent): void {
    if (event.contract === 'BondingManager' && event.name === 'Reward') {
      this.#lastRewards.set(event.args.transcoder.toLowerCase(), event.args.amount)
    }
    if (event.contract !== 'TicketBroker' || event.name !== 'WinningTicketRedeemed') return
    const { sender, recipient, faceValue } = event.args
    if (!sameAddress(sender, this.#deps.signer.address)) return
    const redemption: Redemption = {
      transaction: event.transaction,
      recipient: recipient as Address,
      wei: String(faceValue),
      block: Number(event.blockNumber),
      blockHash: event.blockHash,
    }
    this.#redemptions = [redemption, ...this.#redemptions]
  }
}
