/** @module Carries a plan out: simulate all of it, ask, send step by step, wait for blocks. */
import type { ChainClient } from '@tessera/chain/client'
import { RevertedError } from '@tessera/chain/errors'
import { quoteFees } from '@tessera/chain/node/fees'
import { transactionCount } from '@tessera/chain/node/intent-sender'
import type { LocalSigner } from '@tessera/chain/node/signer'
import { TransactionManager } from '@tessera/chain/node/transaction-manager'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { formatEth } from './amounts.ts'
import { askYes } from './ask.ts'
import { OneShotStore, type Tell } from './one-shot-store.ts'
import type { SendingOptions } from './options.ts'
import { Patience } from './patience.ts'
import { type Change, mined, type Plan, type Sent, type Step } from './plan.ts'
import { DeclinedError, SupersededError, TooLittleError, UndecidedError } from './problems.ts'
import { changesOf, look, simulatePlan } from './simulation.ts'

const GWEI = 1_000_000_000n

export type WalletDeps = { readonly client: ChainClient; readonly signer: LocalSigner; readonly tell: Tell }

/** One account on one chain. */
export class Wallet {
  readonly #options: SendingOptions
  readonly #deps: WalletDeps

  constructor(options: SendingOptions, deps: WalletDeps) {
    this.#options = options
    this.#deps = deps
  }

  /**
   * Nothing is sent unless all steps pass the simulation. `onSent` is told of each mined transaction (of each planned
   * one on a dry run) before the next is sent.
   *
   * @returns the watched values that changed.
   * @throws {RevertedError | TooLittleError | DeclinedError | UndecidedError | SupersededError} and the RPC's errors.
   */
  async perform(plan: Plan, onSent: (sent: Sent) => void): Promise<readonly Change[]> {
    const { client } = this.#deps
    await this.#assertFunds(plan, 0n)
    const simulation = await simulatePlan(plan, this.#deps)
    const price = (await quoteFees(client, BigInt(this.#options.maxFee) * GWEI, 'the transaction'))
      .maxFeePerGas
    await this.#assertFunds(plan, price * simulation.gas.reduce<bigint>((sum, gas) => sum + (gas ?? 0n), 0n))
    const { warning } = plan
    if (warning !== undefined) this.#deps.tell(`Note: ${warning}`)
    if (this.#options.dryRun) {
      for (const [k, step] of plan.steps.entries()) onSent(planned(step, simulation.gas[k], price))
      return simulation.changes
    }
    if (warning !== undefined && process.stdin.isTTY && !this.#options.yes) {
      if (!(await askYes('Go on?'))) throw new DeclinedError()
    }
    await this.#noteOthers()
    const before = await look(client, plan.watch ?? [])
    for (const step of plan.steps) onSent(await this.#send(step))
    const after = await look(client, plan.watch ?? [])
    return changesOf(plan.watch ?? [], before, after)
  }

  /** Asked before the simulation for the values alone, and after it for the most that gas can cost, too. */
  async #assertFunds(plan: Plan, gasCost: bigint): Promise<void> {
    const { client, signer } = this.#deps
    const value = plan.steps.reduce((sum, { call }) => sum + call.value, 0n)
    const [has, needs] = [await client.balance(signer.address), value + gasCost]
    if (has >= needs) return
    throw new TooLittleError(
      `${signer.address} has ${formatEth(has)} and needs up to ${formatEth(needs)}.`,
      'Send ETH to the account.',
      { hasWei: has, needsWei: needs },
    )
  }

  /** Somebody who runs a command again because no block came would pay twice without knowing. */
  async #noteOthers(): Promise<void> {
    const { client, signer, tell } = this.#deps
    const [mined, pending] = await Promise.all([
      transactionCount(client, signer.address, 'latest'),
      transactionCount(client, signer.address, 'pending'),
    ])
    if (pending > mined) tell(`Note: ${othersText(mined, pending)}`)
  }

  async #send({ call, says }: Step): Promise<Sent> {
    const { client, signer, tell } = this.#deps
    const store = new OneShotStore(tell)
    const deps = { client, signer, store, clock: systemClock, random: systemRandom, log: silentLog }
    const config = { maxFeePerGas: BigInt(this.#options.maxFee) * GWEI, pollMs: 250 }
    const manager = await TransactionManager.start(config, deps)
    using patience = new Patience(this.#options.timeout)
    tell(`${says[0]?.toUpperCase()}${says.slice(1)}`)
    try {
      const receipt = await manager.execute(call, { signal: patience.signal })
      return { ...described({ call, says }), ...mined(receipt) }
    } catch (error) {
      throw explain(error, store, patience)
    } finally {
      await manager.close()
    }
  }
}

/** Nonces from `mined` to below `pending` wait for a block. */
export function othersText(mined: number, pending: number): string {
  return pending - mined === 1
    ? `The transaction with nonce ${mined} of this account still waits for a block; this is sent on top of it.`
    : `The transactions with nonces ${mined} to ${pending - 1} of this account still wait for a block; this is sent on top of them.`
}

function explain(error: unknown, store: OneShotStore, patience: Patience): unknown {
  const { underWay } = store
  if (!underWay) return error
  if (patience.why) return new UndecidedError({ transaction: underWay.hash, why: patience.why })
  // Its nonce was taken, and what took it made the effect impossible a second time.
  if (error instanceof RevertedError && error.transaction === undefined) {
    return new SupersededError({ transaction: underWay.hash, nonce: underWay.nonce })
  }
  return error
}

function described({ call, says }: Step): Pick<Sent, 'what' | 'says' | 'to' | 'value'> {
  return { what: call.what, says, to: call.to ?? null, value: call.value }
}

function planned(step: Step, gas: bigint | undefined, price: bigint): Sent {
  return { ...described(step), ...(gas !== undefined && { gas, cost: gas * price }) }
}
