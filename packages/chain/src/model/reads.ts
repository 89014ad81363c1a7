/** @module What anybody can read from the protocol, under the names of the contracts' views. */
import type { Address } from '@tessera/protocol/address'
import { pending } from './claims.ts'
import { currentRound, currentRoundStartBlock, isRoundLocked } from './clock.ts'
import { type DelegatorStatus, delegatorStatus, isActive, isRegistered } from './facts.ts'
import { globalSupply } from './minter.ts'
import { claimableReserve } from './redeem.ts'
import type {
  DelegatorRow,
  EarningsPoolRow,
  LockRow,
  MinterRow,
  RoundsRow,
  SenderRow,
  StakeRow,
  TranscoderRow,
} from './rows.ts'
import { claimKey, earningsKey, lockKey, type State, type TicketBrokerRow } from './state.ts'
import { balanceOf, totalSupply } from './token.ts'
import { totalActiveStakeAt, type Votes, votesAtRoundStart } from './votes.ts'

/** Live: shows the state of the moment. Amounts in wei. */
export class Reads {
  readonly #state: State

  constructor(state: State) {
    this.#state = state
  }

  get round(): bigint {
    return currentRound(this.#state)
  }

  get isPaused(): boolean {
    return this.#state.cells.system.row.isPaused
  }

  /** Unlock and validity of tickets, in rounds. */
  get broker(): TicketBrokerRow {
    return this.#state.cells.broker.row
  }

  /** Most orchestrators there can be in a round. */
  get poolSize(): bigint {
    return this.#state.cells.pool.row.sorted.maxSize
  }

  get roundStartBlock(): bigint {
    return currentRoundStartBlock(this.#state)
  }

  get isRoundLocked(): boolean {
    return isRoundLocked(this.#state)
  }

  get rounds(): RoundsRow {
    return this.#state.cells.rounds.row
  }

  get minter(): MinterRow {
    return this.#state.cells.minter.row
  }

  get stake(): StakeRow {
    return this.#state.cells.stake.row
  }

  get totalSupply(): bigint {
    return totalSupply(this.#state)
  }

  /** LPT on all chains. */
  get globalSupply(): bigint {
    return globalSupply(this.#state)
  }

  /** Orchestrators of the next round, most stake first. */
  get pool(): readonly Address[] {
    return this.#state.cells.pool.row.sorted.members.map(({ id }) => id)
  }

  /** LPT in the account, not bonded. */
  balance(account: Address): bigint {
    return balanceOf(this.#state, account)
  }

  delegator(account: Address): DelegatorRow {
    return this.#state.tables.delegators.get(account)
  }

  transcoder(account: Address): TranscoderRow {
    return this.#state.tables.transcoders.get(account)
  }

  earningsPool(transcoder: Address, round: bigint): EarningsPoolRow {
    return this.#state.tables.earnings.get(earningsKey(transcoder, round))
  }

  unbondingLock(delegator: Address, id: bigint): LockRow {
    return this.#state.tables.locks.get(lockKey(delegator, id))
  }

  /** Stake with all rewards up to now. */
  pendingStake(account: Address): bigint {
    return pending(this.#state, account, this.round).stake
  }

  /** Fees with all earnings up to now. */
  pendingFees(account: Address): bigint {
    return pending(this.#state, account, this.round).fees
  }

  delegatorStatus(account: Address): DelegatorStatus {
    return delegatorStatus(this.#state, account, this.round)
  }

  isActive(transcoder: Address): boolean {
    return isActive(this.#state, transcoder, this.round)
  }

  isRegistered(transcoder: Address): boolean {
    return isRegistered(this.#state, transcoder)
  }

  /** Who may call reward for the orchestrator besides itself; the zero address for nobody. */
  rewardCaller(transcoder: Address): Address {
    return this.#state.tables.rewardCallers.get(transcoder).address
  }

  sender(account: Address): SenderRow {
    return this.#state.tables.senders.get(account)
  }

  /** Taken from a reserve in this round, by `claimant` or, without one, by all. */
  claimedReserve(sender: Address, claimant?: Address): bigint {
    return this.#state.tables.claims.get(claimKey(sender, this.round, claimant)).amount
  }

  /** What `claimant` can still take from a reserve in this round. */
  claimableReserve(sender: Address, claimant: Address): bigint {
    return claimableReserve(this.#state, sender, claimant, this.round)
  }

  /** At the start of `round`, at most the next. @throws {Revert} FutureLookup */
  votesAtRoundStart(account: Address, round: bigint): Votes {
    return votesAtRoundStart(this.#state, account, round)
  }

  /** All votes at the start of `round`, at most the next. @throws {Revert} FutureLookup */
  totalActiveStakeAt(round: bigint): bigint {
    return totalActiveStakeAt(this.#state, round)
  }
}
