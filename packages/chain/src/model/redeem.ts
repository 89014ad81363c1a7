/** @module Redeeming winning tickets: paid in full or not at all. */
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
import type { WinningTicket } from '@tessera/protocol/ticket'
import { recoverSigner } from '@tessera/protocol/wire/signatures'
import { auxData, recipientRandHash, ticketHash, winValue } from '@tessera/protocol/wire/ticket-hash'
import { fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import { updateTranscoderWithFees } from './earnings.ts'
import { isActive } from './facts.ts'
import { openRound } from './guards.ts'
import { minus, revert } from './revert.ts'
import { claimKey, type State } from './state.ts'

const AUX_DATA_BYTES = 64
const NO_HASH = `0x${'00'.repeat(32)}`

/** By anybody. */
export function redeemWinningTicket(s: State, winning: WinningTicket): void {
  const round = openRound(s)
  const { ticket, recipientRand } = winning
  requireFreshTicket(s, winning, round)
  const hash = toHex(ticketHash(ticket))
  requireWinner(s, winning, hash)
  const { sender, recipient, faceValue } = ticket
  const { withdrawRound } = s.tables.senders.get(sender)
  if (withdrawRound !== 0n && withdrawRound <= round) revert('SenderIsUnlocked', { sender, withdrawRound })
  s.tables.usedTickets.update(hash, { isSet: true })
  if (faceValue > 0n) pay(s, { sender, recipient, amount: faceValue }, round)
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

type Payout = { readonly sender: Address; readonly recipient: Address; readonly amount: bigint }

/** From the deposit first, the rest from the recipient's share of the reserve. */
function pay(s: State, { sender, recipient, amount }: Payout, round: bigint): void {
  const { deposit } = s.tables.senders.get(sender)
  if (deposit >= amount) {
    s.tables.senders.update(sender, { deposit: deposit - amount })
  } else {
    claimReserve(s, { sender, recipient, amount }, deposit, round)
  }
  s.emit({ name: 'WinningTicketTransfer', args: { sender, recipient, amount } })
  updateTranscoderWithFees(s, recipient, amount)
}

function claimReserve(s: State, { sender, recipient, amount }: Payout, deposit: bigint, round: bigint): void {
  const { senders, claims } = s.tables
  const rest = amount - deposit
  const claimable = claimableReserve(s, sender, recipient, round)
  if (claimable < rest) {
    revert('InsufficientFunds', { sender, available: deposit + claimable, faceValue: amount })
  }
  senders.update(sender, { deposit: 0n, reserve: minus(senders.get(sender).reserve, rest) })
  for (const key of [claimKey(sender, round), claimKey(sender, round, recipient)]) {
    claims.update(key, { amount: claims.get(key).amount + rest })
  }
  s.emit({ name: 'ReserveClaimed', args: { reserveHolder: sender, claimant: recipient, amount: rest } })
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
