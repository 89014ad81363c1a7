/** @module Redeeming winning tickets: paid in full or not at all. */
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
import type { Ticket, WinningTicket } from '@tessera/protocol/ticket'
import { recoverSigner } from '@tessera/protocol/wire/signatures'
import { auxData, recipientRandHash, ticketHash, winValue } from '@tessera/protocol/wire/ticket-hash'
import { fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import { updateTranscoderWithFees } from './earnings.ts'
import { isActive } from './facts.ts'
import { openRound } from './guards.ts'
import { revert } from './revert.ts'
import { claimKey, type State } from './state.ts'
import { FUNDS_BITS, fit } from './widths.ts'

const AUX_DATA_BYTES = 64
const NO_HASH = `0x${'00'.repeat(32)}`

/** A ticket that is used and whose face value its sender has lost. */
export type TakenTicket = {
  readonly winning: WinningTicket
  readonly hash: Hex
  /** Part of the face value that the reserve paid. */
  readonly fromReserve: bigint
}

/** By anybody. */
export function redeemWinningTicket(s: State, winning: WinningTicket): void {
  const taken = takeTicket(s, winning, openRound(s))
  const { recipient, faceValue } = winning.ticket
  if (faceValue > 0n) updateTranscoderWithFees(s, recipient, faceValue)
  emitRedeemed(s, taken)
}

/** Judges a ticket, marks it used and takes its face value from the sender. */
export function takeTicket(s: State, winning: WinningTicket, round: bigint): TakenTicket {
  const { ticket } = winning
  requireFreshTicket(s, winning, round)
  const hash = toHex(ticketHash(ticket))
  requireWinner(s, winning, hash)
  const { sender } = ticket
  const { withdrawRound } = s.tables.senders.get(sender)
  if (withdrawRound !== 0n && withdrawRound <= round) revert('SenderIsUnlocked', { sender, withdrawRound })
  s.tables.usedTickets.update(hash, { isSet: true })
  return { winning, hash, fromReserve: takeFunds(s, ticket, round) }
}

/** Undoes `takeTicket` in the same action. */
export function giveBack(s: State, { winning, hash, fromReserve }: TakenTicket, round: bigint): void {
  const { sender, faceValue } = winning.ticket
  const { deposit, reserve } = s.tables.senders.get(sender)
  s.tables.usedTickets.update(hash, { isSet: false })
  s.tables.senders.update(sender, {
    deposit: deposit + faceValue - fromReserve,
    reserve: reserve + fromReserve,
  })
  countClaim(s, winning.ticket, -fromReserve, round)
}

export function emitRedeemed(s: State, { winning, fromReserve }: TakenTicket): void {
  const { ticket, recipientRand } = winning
  const { sender, recipient, faceValue } = ticket
  if (fromReserve > 0n) {
    s.emit({
      name: 'ReserveClaimed',
      args: { reserveHolder: sender, claimant: recipient, amount: fromReserve },
    })
  }
  if (faceValue > 0n) {
    s.emit({ name: 'WinningTicketTransfer', args: { sender, recipient, amount: faceValue } })
  }
  s.emit({
    name: 'WinningTicketRedeemed',
    args: {
      sender,
      recipient,
      faceValue,
      winProb: ticket.winProb,
      senderNonce: BigInt(ticket.senderNonce),
      recipientRand,
      auxData: toHex(auxData(ticket)),
    },
  })
}

/** Accounts, and the round the ticket was made in. */
function requireFreshTicket(s: State, { ticket }: WinningTicket, currentRound: bigint): void {
  if (ticket.recipient === ZERO_ADDRESS) revert('TicketRecipientIsNull', {})
  if (ticket.sender === ZERO_ADDRESS) revert('TicketSenderIsNull', {})
  const { length } = auxData(ticket)
  if (length !== AUX_DATA_BYTES) revert('InvalidAuxDataLength', { length: BigInt(length) })
  const { creationRound, creationRoundBlockHash: given } = ticket
  const stored = s.tables.blockHashes.get(String(creationRound)).hash
  if (stored === NO_HASH) revert('CreationRoundHasNoBlockHash', { creationRound })
  if (stored !== given) revert('CreationRoundBlockHashMismatch', { creationRound, given, stored })
  const { ticketValidityPeriod: validityPeriod } = s.cells.broker.row
  if (creationRound + validityPeriod <= currentRound) {
    revert('TicketExpired', { creationRound, validityPeriod, currentRound })
  }
}

function requireWinner(s: State, { ticket, signature, recipientRand }: WinningTicket, hash: Hex): void {
  if (recipientRandHash(recipientRand) !== ticket.recipientRandHash) {
    revert('RecipientRandMismatch', { recipientRandHash: ticket.recipientRandHash })
  }
  if (s.tables.usedTickets.get(hash).isSet) revert('TicketUsed', { ticketHash: hash })
  const bytes = fromHex(signature)
  const signer = recoverSigner(fromHex(hash), bytes)
  if (signer === 'bad-length') revert('InvalidSignatureLength', { length: BigInt(bytes.length) })
  if (signer !== ticket.sender) {
    const recovered = signer.startsWith('0x') ? (signer as Address) : ZERO_ADDRESS
    revert('InvalidTicketSignature', { ticketHash: hash, recovered })
  }
  if (winValue(bytes, recipientRand) >= ticket.winProb) revert('TicketDidNotWin', { ticketHash: hash })
}

/**
 * From the deposit first, the rest from the recipient's share of the reserve.
 * @returns what the reserve paid
 */
function takeFunds(s: State, ticket: Ticket, round: bigint): bigint {
  const { sender, recipient, faceValue } = ticket
  const { senders } = s.tables
  const { deposit, reserve } = senders.get(sender)
  const fromReserve = faceValue > deposit ? faceValue - deposit : 0n
  if (fromReserve > 0n) {
    const claimable = claimableReserve(s, sender, recipient, round)
    if (claimable < fromReserve) {
      revert('InsufficientFunds', { sender, available: deposit + claimable, faceValue })
    }
    countClaim(s, ticket, fromReserve, round)
  }
  senders.update(sender, {
    deposit: deposit - (faceValue - fromReserve),
    reserve: reserve - fromReserve,
  })
  return fromReserve
}

/** What was taken from a reserve in a round, by all and by the recipient. */
function countClaim(s: State, { sender, recipient }: Ticket, amount: bigint, round: bigint): void {
  const { claims } = s.tables
  for (const key of [claimKey(sender, round), claimKey(sender, round, recipient)]) {
    claims.update(key, { amount: fit(FUNDS_BITS, claims.get(key).amount + amount) })
  }
}

/**
 * An equal share of the reserve as it was before this round's claims for each orchestrator active in the round, less
 * what the claimant took. The divisor is fixed for the round, so nobody's share moves when others join or leave.
 */
export function claimableReserve(s: State, sender: Address, claimant: Address, round: bigint): bigint {
  const { currentRoundActiveTranscoders: sharers } = s.cells.stake.row
  if (!isActive(s, claimant, round) || sharers === 0n) return 0n
  const { reserve } = s.tables.senders.get(sender)
  const claimed = s.tables.claims.get(claimKey(sender, round)).amount
  const taken = s.tables.claims.get(claimKey(sender, round, claimant)).amount
  const share = (reserve + claimed) / sharers
  const left = share > taken ? share - taken : 0n
  return left < reserve ? left : reserve
}
