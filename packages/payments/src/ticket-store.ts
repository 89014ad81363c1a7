/** @module What an orchestrator must not forget: seen nonces, credit, winning tickets, its secrets. */
import type { Address } from '@tessera/protocol/address'
import type { Price } from '@tessera/protocol/price'
import type { WinningTicket } from '@tessera/protocol/ticket'
import type { BlockNumber, UnixMs } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'
import type { Credit } from './credit.ts'
import type { Account } from './payee.ts'

export type StoredAccount = Account & {
  readonly credit: Credit
  /** Fixed by the first payment; absent until then. */
  readonly price?: Price
  readonly usedAt: UnixMs
}

/**
 * `won`: waits to be redeemed. `redeeming`: a transaction may be under way. `mined`: in a block, not yet final.
 * `final`: used on chain for good. `lost`: it can never be redeemed any more.
 */
export type WinState =
  | { readonly kind: 'won' }
  | { readonly kind: 'redeeming' }
  | { readonly kind: 'mined'; readonly sinceBlock: BlockNumber; readonly transaction?: Hex }
  | { readonly kind: 'final'; readonly transaction?: Hex }
  | { readonly kind: 'lost'; readonly reason: string }

export type StoredWin = {
  /** Hash of the ticket. */
  readonly hash: Hex
  readonly winning: WinningTicket
  /** The ticket's parameters are accepted up to this block; before it is over recipientRand stays secret. */
  readonly expirationBlock: BlockNumber
  readonly state: WinState
}

/** What one payment changes. All of it or nothing is stored. */
export type AcceptedTickets = {
  readonly recipientRandHash: Hex
  readonly expirationBlock: BlockNumber
  readonly nonces: readonly number[]
  /** A win that is known already is left as it is. */
  readonly wins: readonly Omit<StoredWin, 'state'>[]
  /** The account after the payment; absent when nothing was credited. */
  readonly account?: StoredAccount
}

/** Everything is durable when the promise resolves. One process at a time. */
export type TicketStore = AsyncDisposable & {
  /** The secret of that name; `create` is asked for it the first time. */
  secret(name: string, create: () => Uint8Array): Promise<Uint8Array>
  seenNonces(recipientRandHash: Hex): Promise<ReadonlySet<number>>
  /** False, and nothing is stored, when one of the nonces was seen before. */
  accept(tickets: AcceptedTickets): Promise<boolean>
  account(account: Account): Promise<StoredAccount | undefined>
  putAccount(account: StoredAccount): Promise<void>
  /** Wins that are neither final nor lost, earliest expiration first. */
  openWins(): Promise<readonly StoredWin[]>
  /** All wins ever stored, final and lost ones included. */
  winCount(): Promise<number>
  openWinsOf(sender: Address): Promise<readonly StoredWin[]>
  setWinState(hash: Hex, state: WinState): Promise<void>
  /** Drops nonces whose parameters expired before the block, and accounts not used since. */
  forget(before: { readonly block: BlockNumber; readonly usedAt: UnixMs }): Promise<void>
}
