/** @module `tessera genesis claim`: generates a share, one's own or somebody else's for a part of it. */
import { LivepeerToken } from '@tessera/chain/contracts/token'
import { MerkleMine } from '@tessera/chain/genesis/merkle-mine'
import { type Address, sameAddress } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { checkedAddress } from '../checked-address.ts'
import type { SendingOptions } from '../options.ts'
import type { Watch } from '../plan.ts'
import { UsageError } from '../problems.ts'
import { type ChainSession, withChain } from '../session.ts'
import { watchLpt } from '../watched.ts'
import { isProof } from './accounts-file.ts'
import { findProofs } from './files.ts'

export type ClaimOptions = SendingOptions & {
  readonly mine: string
  readonly from: string
  /** Instead of the files. */
  readonly proof?: string
}

export function genesisClaim(account: string | undefined, options: ClaimOptions): Promise<void> {
  return withChain('genesis claim', options, async (session) => {
    const caller = (await session.signer()).address
    const recipient = account === undefined ? caller : await session.address(account)
    const mine = new MerkleMine(session.client, checkedAddress(options.mine))
    const proof = await proofOf(mine, recipient, options)
    const isOwn = sameAddress(caller, recipient)
    const result = { mine: mine.address, recipient, caller, own: isOwn }
    if (await mine.isGenerated(recipient)) {
      return { result, lines: [`The share of ${recipient} was paid before; nothing was sent.`] }
    }
    await session.perform({
      steps: [
        {
          call: mine.generate(recipient, proof),
          says: isOwn
            ? `generate the share of ${recipient}`
            : `generate the share of ${recipient} for a part of it`,
        },
      ],
      watch: await balances(session, mine, isOwn ? [recipient] : [recipient, caller]),
    })
    return {
      result,
      lines: session.isDryRun ? [] : [`The share of ${recipient} is paid.`],
    }
  })
}

/** That of the files, which must be those of this mine, or the given one. */
async function proofOf(mine: MerkleMine, recipient: Address, options: ClaimOptions): Promise<Hex> {
  if (options.proof !== undefined) {
    if (!isProof(options.proof))
      throw new UsageError('--proof must be 0x and a whole number of 32-byte hashes.')
    return options.proof
  }
  const { terms, proofs } = await findProofs(options.from, [recipient])
  await mine.checkAgainst(terms)
  return proofs[0]!.proof
}

async function balances(
  session: ChainSession,
  mine: MerkleMine,
  of: readonly Address[],
): Promise<readonly Watch[]> {
  const token = new LivepeerToken(session.client, await mine.token())
  return of.map((one) => watchLpt(`LPT of ${one}`, token.balanceQuery(one)))
}
