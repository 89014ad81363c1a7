/** @module `tessera genesis prove`: the proof of one account. */
import { formatLpt } from '../amounts.ts'
import { checkedAddress } from '../checked-address.ts'
import { findProof } from './files.ts'
import { type OfflineOptions, withoutChain } from './offline.ts'

export type ProveOptions = OfflineOptions & { readonly from: string }

export function genesisProve(account: string, options: ProveOptions): Promise<void> {
  return withoutChain('genesis prove', options, async () => {
    const { terms, proof } = await findProof(options.from, checkedAddress(account))
    const share = BigInt(terms.mine.tokensPerAllocation)
    return {
      result: { ...proof, root: terms.tree.root, amount: share },
      lines: [`${proof.account} gets ${formatLpt(share)}. Its proof:`, proof.proof],
      next: [`tessera genesis claim ${proof.account} --mine MINE --from ${options.from}`],
    }
  })
}
