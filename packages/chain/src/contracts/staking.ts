/** @module BondingManager as a person uses it: bonds, locks and rewards, with hints for places in the pool. */
import { type Address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import { type Lpt, lpt, type Round, round, type Wei, wei } from '@tessera/protocol/units'
import { bondingManagerAbi as abi } from '../abis/bonding-manager.ts'
import type { ChainClient } from '../client.ts'
import { Contract, type Query } from '../contract.ts'
import { type Hint, NO_HINT } from '../pool-hints.ts'
import { type Pool, readPool } from '../pool-reader.ts'
import type { TransactionCall } from '../transaction-call.ts'

/** `pending`: bonded, and counted from the next round on. */
export type BondStatus = 'pending' | 'bonded' | 'unbonded'

/** Stake on its way out. */
export type UnbondingLock = {
  readonly id: bigint
  readonly amount: Lpt
  /** Round from which it can be withdrawn. */
  readonly withdrawRound: Round
}

const STATUSES: readonly BondStatus[] = ['pending', 'bonded', 'unbonded']
/** Newest locks that are looked at; each is one call. */
const MAX_LOCKS = 500n

/** Reads, and writes as values. Writes need an initialised round, and settle the caller's earnings first. */
export class Staking {
  readonly address: Address
  readonly #client: ChainClient
  readonly #contract: Contract<typeof abi>

  constructor(client: ChainClient, address: Address) {
    this.address = address
    this.#client = client
    this.#contract = new Contract(client, { name: 'BondingManager', address, abi })
  }

  async status(account: Address): Promise<BondStatus> {
    return STATUSES[await this.#contract.read('delegatorStatus', [account])] ?? 'unbonded'
  }

  /** The number that the account's next lock will get. */
  async nextLockId(account: Address): Promise<bigint> {
    const fields = await this.#contract.read('getDelegator', [account])
    return fields[6]
  }

  /** Oldest first; withdrawn and rebonded ones are gone. Of many, the newest 500 ids. */
  async locks(account: Address): Promise<readonly UnbondingLock[]> {
    const next = await this.nextLockId(account)
    const first = next > MAX_LOCKS ? next - MAX_LOCKS : 0n
    const ids = Array.from({ length: Number(next - first) }, (_, k) => first + BigInt(k))
    const locks = await Promise.all(ids.map((id) => this.lock(account, id)))
    return locks.filter(({ withdrawRound }) => withdrawRound > 0n)
  }

  /** Amount and round are 0 when there is none. */
  async lock(account: Address, id: bigint): Promise<UnbondingLock> {
    const [amount, withdrawRound] = await this.#contract.read('getDelegatorUnbondingLock', [account, id])
    return { id, amount: lpt(amount), withdrawRound: round(withdrawRound) }
  }

  /** Most stake first, in one call: what hints are computed from. */
  pool(): Promise<Pool> {
    return readPool(this.#client, this.address)
  }

  /** Own and delegated stake of an orchestrator. */
  async totalStake(orchestrator: Address): Promise<Lpt> {
    return lpt(await this.#contract.read('transcoderTotalStake', [orchestrator]))
  }

  totalStakeQuery(orchestrator: Address): Query<bigint> {
    return this.#contract.query('transcoderTotalStake', [orchestrator])
  }

  /** Bonded stake, rewards that are not settled yet included. */
  stakeQuery(account: Address): Query<bigint> {
    return this.#contract.query('pendingStake', [account, 0n])
  }

  /** Fees, those that are not settled yet included. */
  feesQuery(account: Address): Query<bigint> {
    return this.#contract.query('pendingFees', [account, 0n])
  }

  async pendingFees(account: Address): Promise<Wei> {
    return wei(await this.#contract.read('pendingFees', [account, 0n]))
  }

  /** Who may call reward for the orchestrator beside itself (LIP-118); undefined when nobody. */
  async rewardCaller(orchestrator: Address): Promise<Address | undefined> {
    const caller = await this.#contract.read('transcoderToRewardCaller', [orchestrator])
    return sameAddress(caller, ZERO_ADDRESS) ? undefined : caller
  }

  /** Bonds `amount` more to `to`; with another orchestrator than before, all of the bond moves there. */
  bond(amount: Lpt, to: Address, hints: { readonly from: Hint; readonly to: Hint }): TransactionCall {
    const { from, to: at } = hints
    return this.#contract.write('bondWithHint', [amount, to, from.prev, from.next, at.prev, at.next])
  }

  unbond(amount: Lpt, hint: Hint = NO_HINT): TransactionCall {
    return this.#contract.write('unbondWithHint', [amount, hint.prev, hint.next])
  }

  /** Puts a lock back to the present orchestrator. */
  rebond(lock: bigint, hint: Hint = NO_HINT): TransactionCall {
    return this.#contract.write('rebondWithHint', [lock, hint.prev, hint.next])
  }

  /** For an account that has nothing bonded any more. */
  rebondFromUnbonded(to: Address, lock: bigint, hint: Hint = NO_HINT): TransactionCall {
    return this.#contract.write('rebondFromUnbondedWithHint', [to, lock, hint.prev, hint.next])
  }

  /** Gives bonded stake to another account; it stays bonded, there to the receiver's orchestrator if it has one. */
  transferBond(to: Address, amount: Lpt, hints: { readonly from: Hint; readonly to: Hint }): TransactionCall {
    const { from, to: at } = hints
    return this.#contract.write('transferBond', [to, amount, from.prev, from.next, at.prev, at.next])
  }

  withdrawStake(lock: bigint): TransactionCall {
    return this.#contract.write('withdrawStake', [lock])
  }

  withdrawFees(recipient: Address, amount: Wei): TransactionCall {
    return this.#contract.write('withdrawFees', [recipient, amount])
  }

  reward(hint: Hint = NO_HINT): TransactionCall {
    return this.#contract.write('rewardWithHint', [hint.prev, hint.next])
  }

  /** By the account that the orchestrator named with `setRewardCaller`. */
  rewardFor(orchestrator: Address, hint: Hint = NO_HINT): TransactionCall {
    return this.#contract.write('rewardForTranscoderWithHint', [orchestrator, hint.prev, hint.next])
  }

  /** The zero address takes the right back. */
  setRewardCaller(caller: Address): TransactionCall {
    return this.#contract.write('setRewardCaller', [caller])
  }

  /** Commission in 10^-6 each. Makes a bonded account an orchestrator of the pool, if its stake suffices. */
  setCommission(commission: { readonly rewardCut: bigint; readonly feeShare: bigint }): TransactionCall {
    return this.#contract.write('transcoder', [commission.rewardCut, commission.feeShare])
  }
}
