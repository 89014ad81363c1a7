/** @module Files that name many accounts of a genesis, with or without their proofs. */
import type { Proof } from '@tessera/chain/genesis/tree-file'
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { checkedAddress } from '../checked-address.ts'
import { UsageError } from '../problems.ts'

/** Of which one command takes care. */
const MAX_ACCOUNTS = 100_000
/** Hashes; a tree of 2^64 accounts needs no more. */
const PROOF = /^0x([0-9a-fA-F]{64}){0,64}$/

export type ProvenAccount = Pick<Proof, 'account' | 'proof'>

/** Accounts alone, whose proofs are to be found, or with them. */
export type AccountsFile =
  | { readonly accounts: readonly Address[] }
  | { readonly proven: readonly ProvenAccount[] }

/**
 * A line for each account, empty lines and what follows `#` left out; or a JSON list of `{"account", "proof"}`.
 * @throws {UsageError} naming the line or entry that is wrong, or named twice.
 */
export function parseAccounts(text: string, file: string): AccountsFile {
  const isJson = text.trimStart().startsWith('[')
  const found = isJson ? { proven: parseProofs(text, file) } : { accounts: parseLines(text, file) }
  const accounts = 'proven' in found ? found.proven.map(({ account }) => account) : found.accounts
  if (accounts.length === 0 || accounts.length > MAX_ACCOUNTS) {
    throw new UsageError(`${file} names ${accounts.length} accounts; give 1 to ${MAX_ACCOUNTS}.`)
  }
  const seen = new Set<Address>()
  const twice = accounts.find((account) => seen.size === seen.add(account).size)
  if (twice !== undefined) throw new UsageError(`${file} names ${twice} twice.`)
  return found
}

export function isProof(text: string): text is Hex {
  return PROOF.test(text)
}

function parseLines(text: string, file: string): readonly Address[] {
  return text.split(/\r?\n/).flatMap((line, k) => {
    const word = line.replace(/#.*/, '').trim()
    return word === '' ? [] : [addressAt(word, `Line ${k + 1} of ${file}`)]
  })
}

function parseProofs(text: string, file: string): readonly ProvenAccount[] {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    throw new UsageError(`${file} is not JSON.`)
  }
  return (Array.isArray(list) ? list : []).map((entry: unknown, k) => {
    const { account, proof } = { account: undefined, proof: undefined, ...Object(entry) }
    const where = `Entry ${k + 1} of ${file}`
    if (typeof account !== 'string') throw new UsageError(`${where} has no account.`)
    if (typeof proof !== 'string' || !isProof(proof)) {
      throw new UsageError(`${where} has no proof: 0x and a whole number of 32-byte hashes.`)
    }
    return { account: addressAt(account, where), proof }
  })
}

function addressAt(text: string, where: string): Address {
  try {
    return checkedAddress(text)
  } catch (error) {
    throw new UsageError(`${where}: ${error instanceof Error ? error.message : error}`)
  }
}
