/** @module Accounts and values as the recorded scenarios write them. */
import { readFileSync } from 'node:fs'
import { type Address, address, ZERO_ADDRESS } from '@tessera/protocol/address'
import { privateKeySigner } from '@tessera/protocol/private-key-signer'
import type { Signer } from '@tessera/protocol/signer'
import { MAX_UINT256 } from '@tessera/protocol/units'
import { fromHex } from '@tessera/runtime/bytes'
import { devPrivateKey } from '../../deploy/dev-key.ts'

export const VECTORS: URL = new URL('../../../../../fixtures/vectors/', import.meta.url)

/** Transcoders, delegators, a stranger X, the sender of tickets B, and contracts. */
export type AccountName = string

const recorded = JSON.parse(readFileSync(new URL('protocol/tickets.json', VECTORS), 'utf8')) as {
  readonly accounts: Readonly<Record<AccountName, string>>
}

/** The Minter has another address in every run; here a fixed one stands for it. */
const MINTER = address('0x4d696e7465720000000000000000000000000000')

const ADDRESSES: ReadonlyMap<AccountName, Address> = new Map([
  ['0', ZERO_ADDRESS],
  ['MINTER', MINTER],
  ...Object.entries(recorded.accounts).map(([name, value]): [string, Address] => [name, address(value)]),
  // Where forge puts the test contract, which deploys.
  ['deployer', address('0x7fa9385be102ac3eac297483dd6233d62b3e1496')],
])
const NAMES: ReadonlyMap<Address, AccountName> = new Map([...ADDRESSES].map(([name, at]) => [at, name]))

/** Accounts that own LPT and act. */
export const ACTORS: readonly AccountName[] = ['T1', 'T2', 'T3', 'D1', 'D2', 'D3', 'D4', 'D5', 'X']

/** B, the ninth account of the mnemonic. */
export const ticketSender: Signer = privateKeySigner(fromHex(devPrivateKey(9)))

export function addressOf(name: AccountName): Address {
  const found = ADDRESSES.get(name)
  if (!found) throw new Error(`unknown account ${name}`)
  return found
}

export function nameOf(at: Address): AccountName {
  const found = NAMES.get(at)
  if (!found) throw new Error(`unknown address ${at}`)
  return found
}

export function numberText(value: bigint): string {
  return value === MAX_UINT256 ? 'MAX' : String(value)
}

/** Values of events longer than 70 characters are cut to 10. */
export function cut(text: string): string {
  return text.length > 70 ? `${text.slice(0, 10)}..` : text
}
