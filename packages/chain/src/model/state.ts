/** @module All state of the modelled protocol, and what happened in the running action. */
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
import type { ProtocolEvent } from './events.ts'
import { Cell, Journal, Table } from './journal.ts'
import {
  type AddressRow,
  type AmountRow,
  type DelegatorRow,
  type EarningsPoolRow,
  type FlagRow,
  type HashRow,
  type LockRow,
  type MinterRow,
  noDelegator,
  noEarnings,
  noLock,
  noSender,
  noTranscoder,
  type RoundsRow,
  type SenderRow,
  type StakeRow,
  type TranscoderRow,
} from './rows.ts'
import { SortedPool } from './sorted-pool.ts'
import { type CheckpointRow, noCheckpoint } from './votes-rows.ts'

const noAmount: AmountRow = { amount: 0n }
const notSet: FlagRow = { isSet: false }

/** Who has a special part. */
export type SystemRow = {
  /** Of the Controller. */
  readonly owner: Address
  readonly minter: Address
  readonly treasury: Address
  /** May slash. The zero address, as on mainnet, for nobody. */
  readonly verifier: Address
  readonly isPaused: boolean
  /** Whether a history of votes is kept (`BondingVotes`). */
  readonly keepsVotes: boolean
}

export type TicketBrokerRow = { readonly unlockPeriod: bigint; readonly ticketValidityPeriod: bigint }

/** Singletons of the state. */
export type Cells = {
  readonly system: Cell<SystemRow>
  readonly rounds: Cell<RoundsRow>
  readonly stake: Cell<StakeRow>
  readonly minter: Cell<MinterRow>
  readonly broker: Cell<TicketBrokerRow>
  readonly supply: Cell<AmountRow>
  readonly pool: Cell<{ readonly sorted: SortedPool }>
}

/** Records by account, round or number. */
type Tables = {
  readonly delegators: Table<DelegatorRow>
  readonly transcoders: Table<TranscoderRow>
  /** Key: `earningsKey`. */
  readonly earnings: Table<EarningsPoolRow>
  /** Key: `lockKey`. */
  readonly locks: Table<LockRow>
  readonly rewardCallers: Table<AddressRow>
  /** LPT outside of stake, and of the Minter and the treasury. */
  readonly balances: Table<AmountRow>
  readonly senders: Table<SenderRow>
  /** Taken from a reserve in a round. Key: `claimKey`. */
  readonly claims: Table<AmountRow>
  /** By hash. */
  readonly usedTickets: Table<FlagRow>
  readonly blockHashes: Table<HashRow>
  readonly checkpoints: Table<CheckpointRow>
  readonly totalStakes: Table<{
    readonly rounds: readonly { readonly round: bigint; readonly stake: bigint }[]
  }>
}

/** Mutable, but only through rows, so that the journal can take it all back. */
export class State {
  readonly journal: Journal
  readonly cells: Cells
  readonly tables: Tables
  readonly #events: ProtocolEvent[] = []

  private constructor(journal: Journal, cells: Cells, tables: Tables) {
    this.journal = journal
    this.cells = cells
    this.tables = tables
  }

  static empty(start: {
    readonly system: SystemRow
    readonly rounds: RoundsRow
    readonly stake: StakeRow
    readonly minter: MinterRow
    readonly broker: TicketBrokerRow
    readonly poolSize: bigint
  }): State {
    const journal = new Journal()
    const table = <Row extends object>(empty: Row) => new Table(journal, empty)
    return new State(
      journal,
      {
        system: new Cell(journal, start.system),
        rounds: new Cell(journal, start.rounds),
        stake: new Cell(journal, start.stake),
        minter: new Cell(journal, start.minter),
        broker: new Cell(journal, start.broker),
        supply: new Cell(journal, noAmount),
        pool: new Cell(journal, { sorted: new SortedPool(start.poolSize) }),
      },
      {
        delegators: table(noDelegator),
        transcoders: table(noTranscoder),
        earnings: table(noEarnings),
        locks: table(noLock),
        rewardCallers: table({ address: ZERO_ADDRESS }),
        balances: table(noAmount),
        senders: table(noSender),
        claims: table(noAmount),
        usedTickets: table(notSet),
        blockHashes: table({ hash: `0x${'00'.repeat(32)}` }),
        checkpoints: table(noCheckpoint),
        totalStakes: table({ rounds: [] }),
      },
    )
  }

  /** An independent copy. Costs the number of rows. */
  fork(): State {
    const journal = new Journal()
    const { cells, tables } = this
    return new State(
      journal,
      {
        system: cells.system.copy(journal),
        rounds: cells.rounds.copy(journal),
        stake: cells.stake.copy(journal),
        minter: cells.minter.copy(journal),
        broker: cells.broker.copy(journal),
        supply: cells.supply.copy(journal),
        pool: cells.pool.copy(journal),
      },
      {
        delegators: tables.delegators.copy(journal),
        transcoders: tables.transcoders.copy(journal),
        earnings: tables.earnings.copy(journal),
        locks: tables.locks.copy(journal),
        rewardCallers: tables.rewardCallers.copy(journal),
        balances: tables.balances.copy(journal),
        senders: tables.senders.copy(journal),
        claims: tables.claims.copy(journal),
        usedTickets: tables.usedTickets.copy(journal),
        blockHashes: tables.blockHashes.copy(journal),
        checkpoints: tables.checkpoints.copy(journal),
        totalStakes: tables.totalStakes.copy(journal),
      },
    )
  }

  emit(event: ProtocolEvent): void {
    this.#events.push(event)
  }

  takeEvents(): readonly ProtocolEvent[] {
    return this.#events.splice(0)
  }
}

export const earningsKey = (transcoder: Address, round: bigint): string => `${transcoder}/${round}`
export const lockKey = (delegator: Address, id: bigint): string => `${delegator}/${id}`
/** Without a claimant: of all together. */
export const claimKey = (sender: Address, round: bigint, claimant = ''): string =>
  `${sender}/${round}/${claimant}`
