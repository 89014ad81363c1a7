/** @module Branded scalars: the unit is in the type, the range is checked once at the edge. */
import { BaseError } from '@tessera/runtime/errors'

declare const unit: unique symbol
type Branded<T, Name extends string> = T & { readonly [unit]: Name }

/** ETH amount, 10^-18 ETH. */
export type Wei = Branded<bigint, 'Wei'>
/** LPT amount, 10^-18 LPT. */
export type Lpt = Branded<bigint, 'Lpt'>
/** Count of encoded pixels: width × height × frames. */
export type Pixels = Branded<bigint, 'Pixels'>
/** Round number of the protocol. */
export type Round = Branded<bigint, 'Round'>
/** L1 block number. */
export type BlockNumber = Branded<bigint, 'BlockNumber'>
/** Win probability × (2^256 − 1), as tickets carry it. */
export type WinProb = Branded<bigint, 'WinProb'>
/** Media time in 1/90000 s. */
export type Ticks90k = Branded<number, 'Ticks90k'>
/** Wall time, ms since the Unix epoch. */
export type UnixMs = Branded<number, 'UnixMs'>
/** Interval in ms. */
export type DurationMs = Branded<number, 'DurationMs'>
/** Position of a segment in its stream, from 0. */
export type Seq = Branded<number, 'Seq'>

export const MAX_UINT256: bigint = (1n << 256n) - 1n
export const TICKS_PER_SECOND = 90_000
export const TICKS_PER_MS = 90

class OutOfRangeError extends BaseError {
  constructor(what: string, value: bigint | number) {
    super({ code: 'OUT_OF_RANGE', message: `${what} is out of range.`, facts: { value } })
  }
}

function uint256(what: string, value: bigint): bigint {
  if (value < 0n || value > MAX_UINT256) throw new OutOfRangeError(what, value)
  return value
}

function safeInteger(what: string, value: number, min = Number.MIN_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(value) || value < min) throw new OutOfRangeError(what, value)
  return value
}

export const wei = (value: bigint): Wei => uint256('An amount in wei', value) as Wei
export const lpt = (value: bigint): Lpt => uint256('An LPT amount', value) as Lpt
export const pixels = (value: bigint): Pixels => uint256('A pixel count', value) as Pixels
export const round = (value: bigint): Round => uint256('A round', value) as Round
export const blockNumber = (value: bigint): BlockNumber => uint256('A block number', value) as BlockNumber
export const winProb = (value: bigint): WinProb => uint256('A win probability', value) as WinProb
export const ticks90k = (value: number): Ticks90k => safeInteger('A media time', value) as Ticks90k
export const unixMs = (value: number): UnixMs => safeInteger('A wall time', Math.trunc(value), 0) as UnixMs
export const durationMs = (value: number): DurationMs =>
  safeInteger('A duration', Math.round(value), 0) as DurationMs
export const seq = (value: number): Seq => safeInteger('A sequence number', value, 0) as Seq

/** `⌊a × b ÷ d⌋`: favours whoever pays. */
export const mulDivDown = (a: bigint, b: bigint, d: bigint): bigint => (a * b) / d

/** `⌈a × b ÷ d⌉`: favours whoever is paid. */
export const mulDivUp = (a: bigint, b: bigint, d: bigint): bigint => (a * b + d - 1n) / d
