/** @module Sends what a deployment takes: many transactions that follow from each other, tried out on a copy first. */
import type { ChainClient } from '@tessera/chain/client'
import type { TransactionSender } from '@tessera/chain/deploy/deployer'
import { ChainCopy } from '@tessera/chain/node/chain-copy'
import { quoteFees } from '@tessera/chain/node/fees'
import { transactionCount } from '@tessera/chain/node/intent-sender'
import { MemoryIntentStore } from '@tessera/chain/node/intent-store'
import type { LocalSigner } from '@tessera/chain/node/signer'
import { TransactionManager } from '@tessera/chain/node/transaction-manager'
import type { TransactionCall, TransactionReceipt } from '@tessera/chain/transaction-call'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { formatEth } from '../amounts.ts'
import { askYes } from '../ask.ts'
import type { SendingOptions } from '../options.ts'
import { mined, type Sent } from '../plan.ts'
import { DeclinedError, TooLittleError } from '../problems.ts'
import { inOrder } from './in-order.ts'
import { Interruption } from './interruption.ts'
import { AccountBusyError, BrokeOffError } from './problems.ts'

const GWEI = 1_000_000_000n
/** The copy's account can pay whatever is tried out: what it costs is the question. */
const PLENTY = 10n ** 27n

/** Where a deployment works: the chain, or the copy on which it is tried out. */
export type Site = { readonly client: ChainClient; readonly transactions: TransactionSender }

export type Rehearsal<T> = {
  readonly outcome: T
  /** In the order in which they were mined. */
  readonly steps: readonly Sent[]
  readonly gas: bigint
  /** Wei, at most, at the present price of gas. */
  readonly cost: bigint
}

export type ConductorDeps = {
  readonly client: ChainClient
  readonly signer: LocalSigner
  /** For people. */
  readonly tell: (line: string) => void
  /** Told of each mined transaction; on a dry run of each that would be sent. */
  readonly onSent: (sent: Sent) => void
}

export type Work<T> = {
  /** Done on the copy first. On the chain it must do the same. */
  readonly work: (site: Site) => Promise<T>
  /** Said before anything is sent. */
  readonly warning: (rehearsal: Rehearsal<T>) => string
  /** Made sure of before anything is sent. */
  readonly prepare: (rehearsal: Rehearsal<T>) => Promise<void>
}

export class Conductor {
  readonly #options: SendingOptions
  readonly #deps: ConductorDeps

  constructor(options: SendingOptions, deps: ConductorDeps) {
    this.#options = options
    this.#deps = deps
  }

  /**
   * Tries the work out and then does it, unless this is a dry run or there is nothing to send.
   *
   * @throws {AccountBusyError | TooLittleError | DeclinedError | AnvilMissingError} when nothing was sent.
   * @throws {BrokeOffError} when a block did not come in time or at Ctrl-C, and whatever the work throws.
   */
  async conduct<T>({ work, warning, prepare }: Work<T>): Promise<Rehearsal<T>> {
    const rehearsal = await this.#rehearse(work)
    if (this.#options.dryRun) for (const step of rehearsal.steps) this.#deps.onSent(step)
    if (this.#options.dryRun || rehearsal.steps.length === 0) return rehearsal
    await this.#assertFunds(rehearsal)
    await this.#confirm(warning(rehearsal))
    await prepare(rehearsal)
    return { ...rehearsal, outcome: await this.#perform(work, rehearsal.steps.length) }
  }

  /** Addresses of contracts are those that the chain will give. */
  async #rehearse<T>(work: (site: Site) => Promise<T>): Promise<Rehearsal<T>> {
    const { client, signer, tell } = this.#deps
    await this.#assertIdle()
    tell('Trying it out on a copy of the chain …')
    const maxFee = await this.#price()
    await using copy = await ChainCopy.start(client, { clock: systemClock })
    await copy.setBalance(signer.address, PLENTY)
    await using manager = await this.#managerOn(copy.client)
    const steps: Sent[] = []
    const transactions = this.#sender(manager.execute.bind(manager), (call, { gasUsed: gas }) => {
      steps.push({ ...described(call), gas, cost: gas * maxFee })
    })
    const outcome = await work({ client: copy.client, transactions })
    const gas = steps.reduce((sum, step) => sum + (step.gas ?? 0n), 0n)
    return { outcome, steps, gas, cost: gas * maxFee }
  }

  async #assertFunds({ cost, gas }: Pick<Rehearsal<unknown>, 'cost' | 'gas'>): Promise<void> {
    const { client, signer } = this.#deps
    const has = await client.balance(signer.address)
    if (has >= cost) return
    throw new TooLittleError(
      `${signer.address} has ${formatEth(has)} and the deployment costs up to ${formatEth(cost)} (gas ${gas}).`,
      'Send ETH to the account.',
      { hasWei: has, needsWei: cost, gas },
    )
  }

  async #confirm(warning: string): Promise<void> {
    this.#deps.tell(`Note: ${warning}`)
    if (!process.stdin.isTTY || this.#options.yes) return
    if (!(await askYes('Go on?'))) throw new DeclinedError()
  }

  async #perform<T>(work: (site: Site) => Promise<T>, total: number): Promise<T> {
    const { client, tell, onSent } = this.#deps
    await using manager = await this.#managerOn(client)
    using stop = new Interruption()
    let count = 0
    const send = (call: TransactionCall): Promise<TransactionReceipt> =>
      this.#inTime(manager, call, stop.signal)
    const transactions = this.#sender(send, (call, receipt) => {
      const sent = { ...described(call), ...mined(receipt) }
      onSent(sent)
      tell(`[${++count}/${total}] ${call.what}: block ${sent.block}, gas ${sent.gas}`)
      tell(`  ${sent.hash}`)
    })
    return await work({ client, transactions })
  }

  /** Hears of each mined transaction in the order of the calls, which is that of the nonces. */
  #sender(
    send: (call: TransactionCall) => Promise<TransactionReceipt>,
    onMined: (call: TransactionCall, receipt: TransactionReceipt) => void,
  ): TransactionSender {
    type Done = { readonly call: TransactionCall; readonly receipt: TransactionReceipt }
    const told = inOrder<Done>(({ call, receipt }) => onMined(call, receipt))
    const execute = async (call: TransactionCall): Promise<TransactionReceipt> =>
      (await told(send(call).then((receipt) => ({ call, receipt })))).receipt
    return { address: this.#deps.signer.address, execute }
  }

  async #inTime(
    manager: TransactionManager,
    call: TransactionCall,
    stopped: AbortSignal,
  ): Promise<TransactionReceipt> {
    const seconds = this.#options.timeout
    const late = AbortSignal.timeout(seconds * 1000)
    try {
      stopped.throwIfAborted()
      return await manager.execute(call, { signal: AbortSignal.any([stopped, late]) })
    } catch (error) {
      const { what } = call
      if (error === stopped.reason) throw new BrokeOffError('You stopped waiting.', { what })
      if (error !== late.reason) throw error
      throw new BrokeOffError(`No block took ${JSON.stringify(what)} within ${seconds} s.`, { what })
    }
  }

  #managerOn(client: ChainClient): Promise<TransactionManager> {
    const { signer } = this.#deps
    const tools = { clock: systemClock, random: systemRandom, log: silentLog }
    const config = { maxFeePerGas: BigInt(this.#options.maxFee) * GWEI, pollMs: 250 }
    return TransactionManager.start(config, { ...tools, client, signer, store: new MemoryIntentStore() })
  }

  async #price(): Promise<bigint> {
    const cap = BigInt(this.#options.maxFee) * GWEI
    return (await quoteFees(this.#deps.client, cap, 'the deployment')).maxFeePerGas
  }

  /** What is under way may be creations of an earlier run, and takes the nonces on which addresses depend. */
  async #assertIdle(): Promise<void> {
    const { client, signer } = this.#deps
    const [mined, pending] = await Promise.all([
      transactionCount(client, signer.address, 'latest'),
      transactionCount(client, signer.address, 'pending'),
    ])
    if (pending > mined) throw new AccountBusyError({ account: signer.address, waiting: pending - mined })
  }
}

function described(call: TransactionCall): Pick<Sent, 'what' | 'says' | 'to' | 'value'> {
  return { what: call.what, says: call.what, to: call.to ?? null, value: call.value }
}
