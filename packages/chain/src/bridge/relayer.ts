/** @module Carries messages between two development chains, in the place of Arbitrum's sequencer and validators. */
import type { Address } from '@tessera/protocol/address'
import type { Clock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { TaskScope } from '@tessera/runtime/task-scope'
import { devArbSysAbi } from '../abis/dev-arb-sys.ts'
import { devBridgeAbi } from '../abis/dev-bridge.ts'
import { devInboxAbi } from '../abis/dev-inbox.ts'
import { devOutboxAbi } from '../abis/dev-outbox.ts'
import { devRetryablesAbi } from '../abis/dev-retryables.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import type { TransactionManager } from '../node/transaction-manager.ts'
import type { BridgeAddresses } from './addresses.ts'
import { copyCode } from './deploy-messaging.ts'
import { ARB_SYS, aliasOf, readExit, readTicket, ticketHash } from './messages.ts'

export type RelayerConfig = {
  /** Blocks that must hold a message before it is carried over, its own included. 1 trusts the newest block. */
  readonly confirmations: number
  /** Pause between looks at the chains, in ms. */
  readonly pollMs: number
}

export type RelayerDeps = {
  readonly l1: ChainClient
  readonly l2: ChainClient
  readonly addresses: BridgeAddresses
  /** Of the account that the chains' contracts know as the relayer. */
  readonly transactions: { readonly l1: TransactionManager; readonly l2: TransactionManager }
  readonly clock: Clock
  readonly log: Log
}

/** `RELAYER_CHAINS_DIFFER`: L2 has executed messages that this L1 never sent: two chains that do not belong together. */
export class ChainsDifferError extends BaseError {
  constructor(facts: { executed: bigint; sent: bigint }) {
    super({
      code: 'RELAYER_CHAINS_DIFFER',
      message: `L2 executed ${facts.executed} messages, but they are not the ones that L1 sent (${facts.sent} in all).`,
      advice: 'One chain was started anew or restored from an older state. Start both anew.',
      facts,
    })
  }
}

/** Wei kept on L2 beyond what a message needs, for gas. */
const L2_GAS_MONEY = 10n ** 18n
const MAX_PAUSE_MS = 10_000

/**
 * Has no memory: which messages were carried over is known to the contracts on the other side, which take each once and
 * in order. So it may end at any moment, and a second one does no harm. Waits and tries again while a chain is away.
 */
export class Relayer implements AsyncDisposable {
  readonly #config: RelayerConfig
  readonly #deps: RelayerDeps
  readonly #scope = new TaskScope()
  readonly #bridge: Contract<typeof devBridgeAbi>
  readonly #inbox: Contract<typeof devInboxAbi>
  readonly #outbox: Contract<typeof devOutboxAbi>
  readonly #executor: Contract<typeof devRetryablesAbi>
  readonly #arbSys: Contract<typeof devArbSysAbi>
  #isChecked = false

  private constructor(config: RelayerConfig, deps: RelayerDeps, bridge: Address) {
    this.#config = config
    this.#deps = deps
    const { l1, l2, addresses } = deps
    this.#bridge = new Contract(l1, { name: 'Bridge', address: bridge, abi: devBridgeAbi })
    this.#inbox = new Contract(l1, { name: 'Inbox', address: addresses.l1.ArbitrumInbox, abi: devInboxAbi })
    this.#outbox = new Contract(l1, {
      name: 'Outbox',
      address: addresses.l1.ArbitrumOutbox,
      abi: devOutboxAbi,
    })
    this.#executor = new Contract(l2, {
      name: 'RetryableExecutor',
      address: addresses.l2.RetryableExecutor,
      abi: devRetryablesAbi,
    })
    this.#arbSys = new Contract(l2, { name: 'ArbSys', address: ARB_SYS, abi: devArbSysAbi })
  }

  /** @throws as `ChainClient.read`. */
  static async start(config: RelayerConfig, deps: RelayerDeps): Promise<Relayer> {
    const inbox = new Contract(deps.l1, {
      name: 'Inbox',
      address: deps.addresses.l1.ArbitrumInbox,
      abi: devInboxAbi,
    })
    const relayer = new Relayer(config, deps, await inbox.read('bridge', []))
    relayer.#scope.run('to L2', (signal) => relayer.#follow('to L2', () => relayer.#carryToL2(), signal))
    relayer.#scope.run('to L1', (signal) => relayer.#follow('to L1', () => relayer.#carryToL1(), signal))
    return relayer
  }

  /** Ends after the transaction under way was handed to the node. Idempotent. */
  close(): Promise<void> {
    return this.#scope.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** Each direction goes on while the other waits. */
  async #follow(direction: string, carry: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#deps
    let pause = this.#config.pollMs
    while (!signal.aborted) {
      try {
        await carry()
        pause = this.#config.pollMs
      } catch (error) {
        if (!BaseError.isInstance(error)) throw error
        if (signal.aborted) return
        pause = Math.min(MAX_PAUSE_MS, 2 * pause)
        log.warn({ direction, error, againInMs: pause }, 'messages wait')
      }
      await clock.sleep(pause, { signal }).catch(() => undefined)
    }
  }

  async #carryToL2(): Promise<void> {
    const { l1 } = this.#deps
    const [head, sent, taken] = await Promise.all([
      l1.headNumber(),
      this.#bridge.read('messageCount', []),
      this.#executor.read('submittedCount', []),
    ])
    await this.#assertSameHistory(sent, taken)
    for (let number = taken; number < sent; number++) {
      const block = await this.#inbox.read('blockOf', [number])
      if (!this.#isFinal(block, head)) return
      await this.#submit(number, block)
    }
  }

  /** A message that was executed must be the one that L1 sent under its number. Asked once, and when counts disagree. */
  async #assertSameHistory(sent: bigint, taken: bigint): Promise<void> {
    if (taken > sent) throw new ChainsDifferError({ executed: taken, sent })
    if (this.#isChecked || taken === 0n) return
    const number = taken - 1n
    const block = await this.#inbox.read('blockOf', [number])
    const [ticket, known] = await Promise.all([
      readTicket(this.#deps.l1, this.#deps.addresses.l1.ArbitrumInbox, { number, block }),
      this.#executor.read('hashOf', [number]),
    ])
    if (ticketHash(ticket) !== known) throw new ChainsDifferError({ executed: taken, sent })
    this.#isChecked = true
  }

  async #submit(number: bigint, block: bigint): Promise<void> {
    const { l1, addresses, transactions, log } = this.#deps
    const ticket = await readTicket(l1, addresses.l1.ArbitrumInbox, { number, block })
    const value = ticket.deposit - ticket.submissionFee
    await Promise.all([this.#prepareAlias(ticket.sender), this.#ensureEth(value)])
    const receipt = await transactions.l2.execute(this.#executor.write('submit', [number, ticket], value))
    const state = (await this.#executor.read('statusOf', [number])) === 2 ? 'executed' : 'failed'
    const facts = { message: number, sender: ticket.sender, to: ticket.to, transaction: receipt.hash }
    if (state === 'executed') log.info(facts, 'message executed on L2')
    else log.warn(facts, 'message failed on L2; anyone can redeem it')
  }

  /** The executor speaks for a sender of L1 through code at the sender's alias. */
  async #prepareAlias(sender: Address): Promise<void> {
    const { l2, addresses } = this.#deps
    const alias = aliasOf(sender)
    if (!(await l2.hasCode(alias))) await copyCode(l2, addresses.l2.RetryableAlias, alias)
  }

  /** L1's Bridge holds what is given out here: a development node makes it out of nothing. */
  async #ensureEth(value: bigint): Promise<void> {
    const { l2, transactions } = this.#deps
    const needed = value + L2_GAS_MONEY
    if ((await l2.balance(transactions.l2.address)) >= needed) return
    await l2.raw('anvil_setBalance', [transactions.l2.address, `0x${(2n * needed).toString(16)}`])
  }

  async #carryToL1(): Promise<void> {
    const { l2, transactions, log } = this.#deps
    const [head, sent, confirmed] = await Promise.all([
      l2.headNumber(),
      this.#arbSys.read('messageCount', []),
      this.#outbox.read('confirmedCount', []),
    ])
    if (confirmed > sent) throw new ChainsDifferError({ executed: confirmed, sent })
    for (let position = confirmed; position < sent; position++) {
      const block = await this.#arbSys.read('blockOf', [position])
      if (!this.#isFinal(block, head)) return
      const exit = await readExit(l2, { position, block })
      const receipt = await transactions.l1.execute(this.#outbox.write('confirm', [position, exit.leaf]))
      const facts = { message: position, sender: exit.sender, to: exit.to, transaction: receipt.hash }
      log.info(facts, 'message confirmed on L1; it can be claimed after the challenge period')
    }
  }

  #isFinal(block: bigint, head: bigint): boolean {
    return head + 1n >= block + BigInt(this.#config.confirmations)
  }
}
