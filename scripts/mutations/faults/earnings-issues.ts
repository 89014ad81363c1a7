/** @module Public issues of rewards, fees and inflation: every guard, taken out. */
import { edit, issuesOf, type Mutant } from '../mutant.ts'

const rewards = 'bonding/Rewards.sol'
const pool = 'bonding/ActivePool.sol'
const minter = 'token/Minter.sol'
const activeCheck =
  'if (!t.isActiveIn(round)) revert IBondingManager.TranscoderMustBeActive(account);\n        bool rewarded'

const issue = issuesOf('Earnings')

export const earningsIssues: readonly Mutant[] = [
  issue(
    '1',
    'treasury share of the estimate in the wrong scale',
    edit(
      rewards,
      'rewards -= self.treasury.rewardCut.shareOf(rewards);',
      'rewards -= rewards * self.treasury.rewardCut.value() / 1e6;',
    ),
  ),
  issue(
    '10',
    "delegators are given the transcoder's cut as well",
    edit(rewards, 'grownBy(shared, stake)', 'grownBy(rewards, stake)'),
  ),
  issue(
    '10',
    'factors of 10^6',
    edit(
      'types/Ray.sol',
      'return toRay(before + rayShare(before, part, whole));',
      'return toRay((before + rayShare(before, part, whole)) / 1e21 * 1e21);',
    ),
  ),
  issue(
    '16',
    'inflation of the supply of one chain',
    edit(minter, 'supply += IL2LPTDataCache(cache).l1CirculatingSupply();', 'supply += 0;'),
  ),
  issue(
    '19',
    'the reward of an evicted transcoder is not in its next stake',
    edit(
      pool,
      'if (counts) _fixStake(t, before, round);',
      'if (counts && joined) _fixStake(t, before, round);',
    ),
  ),
  issue('19', 'fees for who is not active', edit(rewards, activeCheck, 'bool rewarded')),
  issue('20', 'fees for who is not active', edit(rewards, activeCheck, 'bool rewarded')),
  issue(
    '22',
    'minted tokens are counted twice in the estimate',
    edit(
      rewards,
      'minter.currentMintableTokens();',
      'minter.currentMintableTokens() + minter.currentMintedTokens();',
    ),
  ),
  issue(
    '32',
    'the treasury has no ceiling',
    edit(
      rewards,
      'ILivepeerToken(context.find(ContractIds.LIVEPEER_TOKEN)).balanceOf(treasury) >= ceiling',
      'false',
    ),
  ),
]
