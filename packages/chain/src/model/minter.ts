/** @module Minter: inflation steered by participation, the budget of a round, custody of LPT and ETH. */
import type { Address } from '@tessera/protocol/address'
import { type Billionths, billionths } from './fractions.ts'
import { minus, revert } from './revert.ts'
import type { State } from './state.ts'
import { burnTokens, mintTokens, totalSupply, transferTokens } from './token.ts'
import { AMOUNT_BITS, fit } from './widths.ts'

/** Values that decide the inflation of the next round. LPT in wei. */
export type InflationFacts = {
  /** Of the round before. */
  readonly inflation: Billionths
  readonly inflationChange: Billionths
  readonly targetBondingRate: Billionths
  /** Active stake of the new round. */
  readonly bonded: bigint
  /** LPT on all chains. */
  readonly supply: bigint
}

/** Part of the supply that is bonded; 0 without a supply. */
export function participation(bonded: bigint, supply: bigint): Billionths {
  return supply === 0n ? billionths.of(0n) : billionths.ratio(bonded, supply)
}

/** One step towards the target: up while too little is bonded, down, but never below 0, while too much is. */
export function nextInflation(facts: InflationFacts): Billionths {
  const { inflation, inflationChange, targetBondingRate } = facts
  const rate = participation(facts.bonded, facts.supply)
  if (rate < targetBondingRate) return billionths.of(inflation + inflationChange)
  if (rate === targetBondingRate) return inflation
  return billionths.of(inflation > inflationChange ? inflation - inflationChange : 0n)
}

export function globalSupply(s: State): bigint {
  return totalSupply(s) + s.cells.minter.row.l1CirculatingSupply
}

/** Opens the budget of a new round. Runs after the stake of the round is known. */
export function startBudget(s: State): void {
  const { minter, stake } = s.cells
  const supply = globalSupply(s)
  const inflation = nextInflation({ ...minter.row, bonded: stake.row.currentRoundTotalActiveStake, supply })
  const currentMintableTokens = fit(AMOUNT_BITS, billionths.shareOf(supply, inflation))
  minter.update({ inflation, currentMintableTokens, currentMintedTokens: 0n })
  s.emit({ name: 'SetCurrentRewardTokens', args: { currentMintableTokens, currentInflation: inflation } })
}

/** Mints the share `part ÷ whole` of the budget. At most 10^-9 of the budget is lost to rounding a reward. */
export function createReward(s: State, part: bigint, whole: bigint): bigint {
  const { currentMintableTokens: mintable, currentMintedTokens } = s.cells.minter.row
  const amount = billionths.shareOfRatio(mintable, part, whole)
  const minted = currentMintedTokens + amount
  if (minted > mintable) revert('MintedTokensExceedMintable', { minted, mintable })
  s.cells.minter.update({ currentMintedTokens: minted })
  mintTokens(s, s.cells.system.row.minter, amount)
  return amount
}

export function payTokens(s: State, to: Address, amount: bigint): void {
  transferTokens(s, s.cells.system.row.minter, to, amount)
}

export function collectTokens(s: State, from: Address, amount: bigint): void {
  transferTokens(s, from, s.cells.system.row.minter, amount)
}

export function burnOwnTokens(s: State, amount: bigint): void {
  burnTokens(s, s.cells.system.row.minter, amount)
}

export function depositEth(s: State, amount: bigint): void {
  s.cells.minter.update({ eth: s.cells.minter.row.eth + amount })
}

/** Receivers are taken to accept ETH. */
export function payEth(s: State, amount: bigint): void {
  s.cells.minter.update({ eth: minus(s.cells.minter.row.eth, amount) })
}

export function setInflationChange(s: State, inflationChange: bigint): void {
  if (!billionths.isShare(inflationChange)) revert('InvalidInflationChange', { inflationChange })
  s.cells.minter.update({ inflationChange: billionths.of(inflationChange) })
  s.emit({ name: 'ParameterUpdate', args: { param: 'inflationChange' } })
}

export function setTargetBondingRate(s: State, targetBondingRate: bigint): void {
  if (!billionths.isShare(targetBondingRate)) revert('InvalidTargetBondingRate', { targetBondingRate })
  s.cells.minter.update({ targetBondingRate: billionths.of(targetBondingRate) })
  s.emit({ name: 'ParameterUpdate', args: { param: 'targetBondingRate' } })
}
