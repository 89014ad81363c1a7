/** @module `tessera genesis claim-many`: the shares of others, many in a transaction, for the caller's part of them. */
import { LivepeerToken } from '@tessera/chain/contracts/token'
import { MerkleMine } from '@tessera/chain/genesis/merkle-mine'
import {
  MultiMerkleMine,
  type SharedMultiMine,
  sharedMultiMine,
} from '@tessera/chain/genesis/multi-merkle-mine'
import { formatLpt } from '../amounts.ts'
import { checkedAddress } from '../checked-address.ts'
import type { SendingOptions } from '../options.ts'
import { UsageError } from '../problems.ts'
import { type ChainSession, withChain } from '../session.ts'
import { type ProvenAccount, parseAccounts } from './accounts-file.ts'
import { findProofs, readText } from './files.ts'
import { recordedMultiMine } from './recorded-multi-mine.ts'

export type ClaimManyOptions = SendingOptions & {
  readonly mine: string
  readonly from: string
  readonly multi?: string
  readonly batch: number
}

/** Can be run again after anything: shares that were paid are left out. */
export function genesisClaimMany(file: string, options: ClaimManyOptions): Promise<void> {
  return withChain('genesis claim-many', options, async (session) => {
    const caller = await session.address()
    const mine = new MerkleMine(session.client, checkedAddress(options.mine))
    const proven = await provenIn(mine, file, options)
    const isPaid = await Promise.all(proven.map(({ account }) => mine.isGenerated(account)))
    const open = proven.filter((_, k) => !isPaid[k])
    const multi = await findMulti(session, mine, options)
    const token = new LivepeerToken(session.client, await mine.token())
    const before = await token.balanceOf(caller)
    await claimAll(session, { mine, multi, open, batch: options.batch })
    const gained = (await token.balanceOf(caller)) - before
    const paidBefore = proven.length - open.length
    const skipped = paidBefore === 0 ? '' : ` ${paidBefore} of ${proven.length} were paid before.`
    const done = `${open.length} shares are paid; ${caller} got ${formatLpt(gained)} for it.${skipped}`
    return {
      result: {
        mine: mine.address,
        multi: multi.address,
        caller,
        claimed: open.map(({ account }) => account),
        paidBefore,
        gained: session.isDryRun ? null : gained,
      },
      lines:
        open.length === 0
          ? ['All shares were paid before; nothing was sent.']
          : [session.isDryRun ? skipped.trim() : done].filter(Boolean),
    }
  })
}

async function provenIn(
  mine: MerkleMine,
  file: string,
  options: ClaimManyOptions,
): Promise<readonly ProvenAccount[]> {
  const found = parseAccounts(await readText(file), file)
  if ('proven' in found) return found.proven
  const { terms, proofs } = await findProofs(options.from, found.accounts)
  await mine.checkAgainst(terms)
  return proofs
}

/** The one that is asked for, that came with the mine, or that all share. */
async function findMulti(
  session: ChainSession,
  mine: MerkleMine,
  { multi, from }: ClaimManyOptions,
): Promise<SharedMultiMine> {
  if (multi !== undefined) return { address: checkedAddress(multi) }
  const recorded = await recordedMultiMine(session.client, mine.address, from)
  if (recorded !== undefined) return { address: recorded }
  const shared = await sharedMultiMine(session.client)
  if (shared) return shared
  throw new UsageError(
    'This chain has no factory that could create a MultiMerkleMine at a known address.',
    'Create one yourself and give its address with --multi.',
  )
}

type Claims = {
  readonly mine: MerkleMine
  readonly multi: SharedMultiMine
  readonly open: readonly ProvenAccount[]
  readonly batch: number
}

/** One after the other: together they would not fit into the block that a simulation makes. */
async function claimAll(session: ChainSession, { mine, multi, open, batch }: Claims): Promise<void> {
  const contract = new MultiMerkleMine(session.client, multi.address)
  for (let at = 0; at < open.length; at += batch) {
    const part = open.slice(at, at + batch)
    const { creation } = multi
    const isMissing = creation !== undefined && (at === 0 || session.isDryRun)
    const says = `generate ${part.length} shares, ${at + 1} to ${at + part.length} of ${open.length}`
    await session.perform({
      steps: [
        ...(isMissing ? [{ call: creation, says: 'create the MultiMerkleMine that all can share' }] : []),
        { call: contract.multiGenerate(mine.address, part), says },
      ],
    })
  }
}
