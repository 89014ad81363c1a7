/** @module `tessera orchestrator reward`: mints the round's share of an orchestrator and its delegators. */
import type { Staking } from '@tessera/chain/contracts/staking'
import { simulate } from '@tessera/chain/node/simulate'
import { type Hint, moveInPool, NO_HINT } from '@tessera/chain/pool-hints'
import { isRefusal } from '@tessera/chain/refusals'
import type { TransactionCall } from '@tessera/chain/transaction-call'
import type { Address } from '@tessera/protocol/address'
import type { SendingOptions } from '../options.ts'
import { type ChainSession, withChain } from '../session.ts'
import { watchLpt } from '../watched.ts'

export function orchestratorReward(options: SendingOptions & { readonly for?: string }): Promise<void> {
  return withChain('orchestrator reward', options, async (session) => {
    const { roundsManager } = await session.contracts()
    const account = await session.address()
    const orchestrator = options.for === undefined ? account : await session.address(options.for)
    const staking = await session.staking()
    const round = await roundsManager.currentRound()
    const call = (hint: Hint): TransactionCall =>
      orchestrator === account ? staking.reward(hint) : staking.rewardFor(orchestrator, hint)
    const before = await staking.totalStake(orchestrator)
    const report = (minted: bigint, line: string) => ({
      result: { orchestrator, round, minted },
      lines: session.isDryRun ? [] : [line],
    })
    try {
      await session.perform({
        steps: [
          {
            call: call(await rewardHint(session, staking, orchestrator, call(NO_HINT))),
            says: `call reward for round ${round}`,
          },
        ],
        watch: [
          watchLpt('stake with delegators', staking.totalStakeQuery(orchestrator)),
          watchLpt('own stake', staking.stakeQuery(orchestrator)),
        ],
      })
    } catch (error) {
      if (!isRefusal(error, 'reward-already-called')) throw error
      return report(0n, `The reward of round ${round} was called before; nothing was sent.`)
    }
    const minted = session.isDryRun ? 0n : (await staking.totalStake(orchestrator)) - before
    return report(minted, `The reward of round ${round} is shared out.`)
  })
}

/** How much will be minted is for the contracts to say: it is read from a simulation. */
async function rewardHint(
  session: ChainSession,
  staking: Staking,
  orchestrator: Address,
  call: TransactionCall,
): Promise<Hint> {
  const query = staking.totalStakeQuery(orchestrator)
  const results = await simulate(session.client, await session.address(), [call, { ...query, value: 0n }])
  const [reward, stake] = results ?? []
  if (!reward?.succeeded || !stake?.succeeded) return NO_HINT
  const { members, maxSize } = await staking.pool()
  const isMember = members.some(({ address }) => address === orchestrator)
  if (!isMember) return NO_HINT
  return moveInPool(members, { address: orchestrator, stake: query.decode(stake.returned) }, maxSize).hint
}
