/** @module What fits in the fields and words of the contracts. A value that does not fit is refused, never cut. */
import { panic, revert } from './revert.ts'

/** Amounts of LPT, fees of an orchestrator and the budget of a round, in bits. */
export const AMOUNT_BITS = 96n
/** Deposits and reserves of senders, and what was taken from a reserve in a round. */
export const FUNDS_BITS = 112n
/** Numbers of rounds, periods in rounds, and the size of the pool. */
export const COUNT_BITS = 32n
/** Block numbers. */
export const BLOCK_BITS = 39n

/** A round's length, in blocks. */
export const ROUND_LENGTH_BITS = 32n

const WORD_BITS = 256n
/** Stands for "never", so no round has it. */
const LAST_ROUND = (1n << COUNT_BITS) - 1n
/** Stake in a record of the history of votes, in bits. */
const VOTES_BITS = 91n
const MAX_VOTES = (1n << VOTES_BITS) - 1n

/** `value`, which a field of so many bits must hold. @throws {Revert} SafeCastOverflowedUintDowncast */
export function fit(bits: bigint, value: bigint): bigint {
  return value >> bits === 0n ? value : revert('SafeCastOverflowedUintDowncast', { bits, value })
}

/** A round that can be. @throws {Revert} RoundOutOfRange */
export function fitRound(round: bigint): bigint {
  return round < LAST_ROUND ? round : revert('RoundOutOfRange', { round })
}

/** Stake that a record of votes can hold. @throws {Revert} ValueTooLarge */
export function fitVotes(value: bigint): bigint {
  return value <= MAX_VOTES ? value : revert('ValueTooLarge', { value, max: MAX_VOTES })
}

/** The result of an addition or multiplication in so many bits. @throws {Revert} Panic 0x11 */
export function checked(value: bigint, bits: bigint = WORD_BITS): bigint {
  return value >> bits === 0n ? value : panic(0x11)
}
