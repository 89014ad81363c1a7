/** @module LPT: balances and supply. Allowances are taken as given. */
import { type Address, ZERO_ADDRESS } from '@tessera/protocol/address'
import { revert } from './revert.ts'
import type { State } from './state.ts'

export function balanceOf(s: State, account: Address): bigint {
  return s.tables.balances.get(account).amount
}

export function totalSupply(s: State): bigint {
  return s.cells.supply.row.amount
}

export function transferTokens(s: State, from: Address, to: Address, value: bigint): void {
  take(s, from, value)
  give(s, to, value)
  s.emit({ name: 'Transfer', args: { from, to, value } })
}

export function mintTokens(s: State, to: Address, amount: bigint): void {
  give(s, to, amount)
  s.cells.supply.update({ amount: totalSupply(s) + amount })
  s.emit({ name: 'Transfer', args: { from: ZERO_ADDRESS, to, value: amount } })
  s.emit({ name: 'Mint', args: { to, amount } })
}

export function burnTokens(s: State, burner: Address, amount: bigint): void {
  take(s, burner, amount)
  s.cells.supply.update({ amount: totalSupply(s) - amount })
  s.emit({ name: 'Transfer', args: { from: burner, to: ZERO_ADDRESS, value: amount } })
  s.emit({ name: 'Burn', args: { burner, amount } })
}

function take(s: State, from: Address, amount: bigint): void {
  const balance = balanceOf(s, from)
  if (balance < amount) revert('ERC20InsufficientBalance', { sender: from, balance, needed: amount })
  s.tables.balances.update(from, { amount: balance - amount })
}

function give(s: State, to: Address, amount: bigint): void {
  s.tables.balances.update(to, { amount: balanceOf(s, to) + amount })
}
