/** @module Deposits and reserves of senders of tickets. Amounts in ETH wei. */
import type { Address } from '@tessera/protocol/address'
import { currentRound } from './clock.ts'
import { requireNotPaused } from './guards.ts'
import { depositEth, payEth } from './minter.ts'
import { revert } from './revert.ts'
import type { SenderRow } from './rows.ts'
import type { State } from './state.ts'

export type Funding = {
  /** Sent along; must be the sum. */
  readonly value: bigint
  readonly deposit: bigint
  readonly reserve: bigint
}

export function fundDeposit(s: State, by: Address, value: bigint): void {
  requireNotPaused(s)
  cancelOwnUnlock(s, by, by)
  addDeposit(s, by, value)
  depositEth(s, value)
}

export function fundReserve(s: State, by: Address, value: bigint): void {
  requireNotPaused(s)
  addReserve(s, by, value)
  cancelOwnUnlock(s, by, by)
  depositEth(s, value)
}

export function fundDepositAndReserveFor(s: State, by: Address, account: Address, funding: Funding): void {
  requireNotPaused(s)
  const { value, deposit, reserve } = funding
  if (value !== deposit + reserve) {
    revert('ValueDoesNotEqualSum', { value, depositAmount: deposit, reserveAmount: reserve })
  }
  cancelOwnUnlock(s, by, account)
  addReserve(s, account, reserve)
  addDeposit(s, account, deposit)
  depositEth(s, value)
}

export function unlock(s: State, by: Address): void {
  requireNotPaused(s)
  const { withdrawRound } = fundedSender(s, by)
  if (withdrawRound !== 0n) revert('UnlockAlreadyInitiated', { withdrawRound })
  const startRound = currentRound(s)
  const endRound = startRound + s.cells.broker.row.unlockPeriod
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
  s.cells.broker.update({ unlockPeriod })
  s.emit({ name: 'ParameterUpdate', args: { param: 'unlockPeriod' } })
}

export function setTicketValidityPeriod(s: State, ticketValidityPeriod: bigint): void {
  if (ticketValidityPeriod === 0n) revert('InvalidTicketValidityPeriod', {})
  s.cells.broker.update({ ticketValidityPeriod })
  s.emit({ name: 'ParameterUpdate', args: { param: 'ticketValidityPeriod' } })
}

function addDeposit(s: State, sender: Address, amount: bigint): void {
  s.tables.senders.update(sender, { deposit: s.tables.senders.get(sender).deposit + amount })
  s.emit({ name: 'DepositFunded', args: { sender, amount } })
}

function addReserve(s: State, reserveHolder: Address, amount: bigint): void {
  s.tables.senders.update(reserveHolder, {
    reserve: s.tables.senders.get(reserveHolder).reserve + amount,
  })
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
