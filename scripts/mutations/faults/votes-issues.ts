/** @module Public issues of the history of votes: every guard, taken out. */
import { edit, issuesOf, type Mutant } from '../mutant.ts'

const earnings = 'bonding/Earnings.sol'

const issue = issuesOf('Votes')

export const votesIssues: readonly Mutant[] = [
  issue(
    '5',
    'withdrawing fees leaves no checkpoint',
    edit(earnings, '        context.checkpoint(self, msg.sender);'),
  ),
  issue(
    '7',
    'votes scaled by factors of a claim after the reward',
    edit(
      'votes/BondingVotes.sol',
      'if (rewarded == 0 || rewarded < stake.lastClaimRound) return stake.bonded;',
    ),
  ),
]
