/** @module `tessera genesis prove`: proofs of accounts. */
import { formatLpt } from '../amounts.ts'
import { checkedAddress } from '../checked-address.ts'
import { UsageError } from '../problems.ts'
import { parseAccounts } from './accounts-file.ts'
import { findProofs, readText } from './files.ts'
import { type OfflineOptions, withoutChain } from './offline.ts'

export type ProveOptions = OfflineOptions & { readonly from: string; readonly accounts?: string }

export function genesisProve(given: readonly string[], options: ProveOptions): Promise<void> {
  return withoutChain('genesis prove', options, async () => {
    const accounts = [...given.map(checkedAddress), ...(await accountsIn(options.accounts))]
    if (accounts.length === 0)
      throw new UsageError('No account is named.', 'Give addresses, or --accounts FILE.')
    const { terms, proofs } = await findProofs(options.from, accounts)
    const [proof, ...others] = proofs
    const share = { root: terms.tree.root, amount: BigInt(terms.mine.tokensPerAllocation) }
    if (!proof || others.length > 0 || options.accounts !== undefined) {
      const list = proofs.map((one) => ({ account: one.account, proof: one.proof }))
      return { result: { ...share, proofs: list }, lines: [JSON.stringify(list, undefined, 1)] }
    }
    return {
      result: { ...proof, ...share },
      lines: [`${proof.account} gets ${formatLpt(share.amount)}. Its proof:`, proof.proof],
      next: [`tessera genesis claim ${proof.account} --mine MINE --from ${options.from}`],
    }
  })
}

async function accountsIn(file: string | undefined) {
  if (file === undefined) return []
  const found = parseAccounts(await readText(file), file)
  return 'accounts' in found ? found.accounts : found.proven.map(({ account }) => account)
}
