/** @module Redeeming several tickets at once: bad ones are skipped, and neighbours of one recipient are booked together. */
import type { WinningTicket } from '@tessera/protocol/ticket'
import { updateTranscoderWithFees } from './earnings.ts'
import { openRound } from './guards.ts'
import { emitRedeemed, giveBack, type TakenTicket, takeTicket } from './redeem.ts'
import { Revert, type RevertName } from './revert.ts'
import type { State } from './state.ts'

/** What makes a ticket bad. Anything else that goes wrong ends the whole batch. */
const DEFECTS: ReadonlySet<RevertName> = new Set([
  'TicketRecipientIsNull',
  'TicketSenderIsNull',
  'InvalidAuxDataLength',
  'CreationRoundHasNoBlockHash',
  'CreationRoundBlockHashMismatch',
  'TicketExpired',
  'RecipientRandMismatch',
  'TicketUsed',
  'InvalidSignatureLength',
  'InvalidTicketSignature',
  'TicketDidNotWin',
  'SenderIsUnlocked',
  'InsufficientFunds',
])

/** By anybody, in the order given. The sum of a recipient's neighbours is booked at once, so it is rounded once. */
export function batchRedeemWinningTickets(s: State, winnings: readonly WinningTicket[]): void {
  const round = openRound(s)
  for (const run of runsOfOneRecipient(winnings)) redeemRun(s, run, round)
}

function runsOfOneRecipient(winnings: readonly WinningTicket[]): readonly (readonly WinningTicket[])[] {
  const runs: WinningTicket[][] = []
  for (const winning of winnings) {
    const run = runs.at(-1)
    if (run?.[0]?.ticket.recipient === winning.ticket.recipient) run.push(winning)
    else runs.push([winning])
  }
  return runs
}

function redeemRun(s: State, run: readonly WinningTicket[], round: bigint): void {
  const taken: TakenTicket[] = []
  for (const winning of run) {
    attempt(
      s,
      (name) => DEFECTS.has(name),
      () => taken.push(takeTicket(s, winning, round)),
    )
  }
  const fees = taken.reduce((sum, { winning }) => sum + winning.ticket.faceValue, 0n)
  const isBooked = fees === 0n || tryToBook(s, run[0]!, fees)
  const paid = isBooked ? taken : taken.filter((ticket) => bookApart(s, ticket, round))
  for (const ticket of paid) emitRedeemed(s, ticket)
}

/** The sum could not be booked: perhaps this ticket can. Otherwise its sender gets everything back. */
function bookApart(s: State, taken: TakenTicket, round: bigint): boolean {
  const { winning } = taken
  const { faceValue } = winning.ticket
  if (faceValue === 0n || tryToBook(s, winning, faceValue)) return true
  giveBack(s, taken, round)
  return false
}

function tryToBook(s: State, { ticket }: WinningTicket, fees: bigint): boolean {
  return attempt(
    s,
    () => true,
    () => updateTranscoderWithFees(s, ticket.recipient, fees),
  )
}

/** Whether `action` succeeded. One that fails in a way that `isExpected` leaves nothing behind. */
function attempt(s: State, isExpected: (name: RevertName) => boolean, action: () => void): boolean {
  const mark = s.journal.mark()
  try {
    action()
    return true
  } catch (error) {
    if (!(error instanceof Revert) || !isExpected(error.errorName)) throw error
    s.journal.rollbackTo(mark)
    return false
  }
}
