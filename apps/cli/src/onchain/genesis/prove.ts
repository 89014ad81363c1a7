/** @module `tessera genesis prove`: the proof of one account. */
import { type Address, address } from '@tessera/protocol/address'
import { formatLpt } from '../amounts.ts'
import { UsageError } from '../problems.ts'
import { findProof } from './files.ts'
import { type OfflineOptions, withoutChain } from './offline.ts'

export type ProveOptions = OfflineOptions & { readonly from: string }

export function genesisProve(account: string, options: ProveOptions): Promise<void> {
  return withoutChain('genesis prove', options, async () => {
    const { terms, proof } = await findProof(options.from, accountOf(account))
    const share = BigInt(terms.mine.tokensPerAllocation)
    return {
      result: { ...proof, root: terms.tree.root, amount: share },
      lines: [`${proof.account} gets ${formatLpt(share)}. Its proof:`, proof.proof],
      next: [`tessera genesis claim ${proof.account} --mine MINE --from ${options.from}`],
    }
  })
}

/** @throws {UsageError} unless it is an address, with its checksum if it has upper and lower case. */
export function accountOf(text: string): Address {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw new UsageError(`${text.slice(0, 60)} is not an address.`)
  const digits = text.slice(2)
  const isOneCase = digits === digits.toLowerCase() || digits === digits.toUpperCase()
  const checked = address(text)
  if (!isOneCase && checked !== text) {
    throw new UsageError(`${text} does not have its checksum (EIP-55).`, 'A digit may be wrong.')
  }
  return checked
}
