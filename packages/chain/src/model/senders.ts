/** @module Deposits and reserves of senders of tickets. Amounts in ETH wei. */
import type { Address } from '@tessera/protocol/address'
import { currentRound } from './clock.ts'
import { requireNotPaused } from './guards.ts'
import { depositEth, payEth } from './minter.ts'
import { revert } from './revert.ts'
import type { SenderRow } from './rows.ts'
import type { State } from './state.ts'
import { COUNT_BITS, checked, FUNDS_BITS, fit } from './widths.ts'

export type Funding = {
  /** Sent along; must be the sum. */
  readonly value: bigint
  readonly deposit: bigint
  readonly reserve: bigint
}

export function fundDeposit(s: State, by: Address, value: bigint): void {
  requireNotPaused(s)
  cancelOwnUnlock(s, by, by)
  addFunds(s, by, { deposit: value, reserve: 0n })
  emitDeposit(s, by, value)
  depositEth(s, value)
}

export function fundReserve(s: State, by: Address, value: bigint): void {
  requireNotPaused(s)
  addFunds(s, by, { deposit: 0n, reserve: value })
  emitReserve(s, by, value)
  cancelOwnUnlock(s, by, by)
  depositEth(s, value)
}

export function fundDepositAndReserveFor(s: State, by: Address, account: Address, funding: Funding): void {
  requireNotPaused(s)
  const { value, deposit, reserve } = funding
  if (value !== checked(deposit + reserve)) {
    revert('ValueDoesNotEqualSum', { value, depositAmount: deposit, reserveAmount: reserve })
  }
  cancelOwnUnlock(s, by, account)
  addFunds(s, account, funding)
  emitReserve(s, account, reserve)
  emitDeposit(s, account, deposit)
  depositEth(s, value)
}

export function unlock(s: State, by: Address): void {
  requireNotPaused(s)
  const { withdrawRound } = fundedSender(s, by)
  if (withdrawRound !== 0n) revert('UnlockAlreadyInitiated', { withdrawRound })
  const startRound = currentRound(s)
  const endRound = fit(COUNT_BITS, startRound + s.cells.broker.row.unlockPeriod)
  s.tables.senders.update(by, { withdrawRound: endRound })
  s.emit({ name: 'Unlock', args: { sender: by, startRound, endRound } })
}

export function cancelUnlock(s: State, by: Address): void {
  requireNotPaused(s)
  if (s.tables.senders.get(by).withdrawRound === 0n) revert('NoUnlockInProgress', {})
  cancelOwnUnlock(s, by, by)
}

/** The withdraw round stays: tickets of the empty account keep failing until it funds itself again. */
export function withdraw(s: State, by: Address): void {
  requireNotPaused(s)
  const { deposit, reserve, withdrawRound } = fundedSender(s, by)
  if (withdrawRound === 0n) revert('NoUnlockInProgress', {})
  const round = currentRound(s)
  if (round < withdrawRound) revert('AccountIsLocked', { withdrawRound, currentRound: round })
  s.tables.senders.update(by, { deposit: 0n, reserve: 0n })
  payEth(s, deposit + reserve)
  s.emit({ name: 'Withdrawal', args: { sender: by, deposit, reserve } })
}

export function setUnlockPeriod(s: State, unlockPeriod: bigint): void {
  s.cells.broker.update({ unlockPeriod: fit(COUNT_BITS, unlockPeriod) })
  s.emit({ name: 'ParameterUpdate', args: { param: 'unlockPeriod' } })
}

export function setTicketValidityPeriod(s: State, ticketValidityPeriod: bigint): void {
  if (ticketValidityPeriod === 0n) revert('InvalidTicketValidityPeriod', {})
  s.cells.broker.update({ ticketValidityPeriod: fit(COUNT_BITS, ticketValidityPeriod) })
  s.emit({ name: 'ParameterUpdate', args: { param: 'ticketValidityPeriod' } })
}

function addFunds(s: State, sender: Address, added: Omit<Funding, 'value'>): void {
  const { deposit, reserve } = s.tables.senders.get(sender)
  s.tables.senders.update(sender, {
    deposit: fit(FUNDS_BITS, checked(deposit + added.deposit)),
    reserve: fit(FUNDS_BITS, checked(reserve + added.reserve)),
  })
}

function emitDeposit(s: State, sender: Address, amount: bigint): void {
  s.emit({ name: 'DepositFunded', args: { sender, amount } })
}

function emitReserve(s: State, reserveHolder: Address, amount: bigint): void {
  s.emit({ name: 'ReserveFunded', args: { reserveHolder, amount } })
}

/** Only the account itself ends its unlock: others could lock it for ever. */
function cancelOwnUnlock(s: State, by: Address, account: Address): void {
  if (by !== account || s.tables.senders.get(account).withdrawRound === 0n) return
  s.tables.senders.update(account, { withdrawRound: 0n })
  s.emit({ name: 'UnlockCancelled', args: { sender: account } })
}

function fundedSender(s: State, sender: Address): SenderRow {
  const row = s.tables.senders.get(sender)
  if (row.deposit === 0n && row.reserve === 0n) revert('NoFunds', { sender })
  return row
}
