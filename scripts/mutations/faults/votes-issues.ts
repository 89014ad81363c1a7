/** @module Public issues of the history of votes: every guard, taken out. */
import { edit, issuesOf, type Mutant } from '../mutant.ts'

const earnings = 'bonding/Earnings.sol'
const votes = 'votes/BondingVotes.sol'

const issue = issuesOf('Votes')

export const votesIssues: readonly Mutant[] = [
  issue(
    '5',
    'withdrawing fees leaves no checkpoint',
    edit(earnings, '        context.checkpoint(self, msg.sender);'),
  ),
  // The first edit alone changes nothing: the factor of the claim is then that of the reward before it.
  issue(
    '7',
    'votes reckon fees as well',
    edit(votes, 'if (rewarded == 0 || rewarded < stake.lastClaimRound) return stake.bonded;'),
    edit(
      votes,
      'if (startFactor == 0) startFactor = RAY;',
      `if (startFactor == 0) startFactor = RAY;
        (,,,, uint256 end) = _bondingManager().getTranscoderEarningsPoolForRound(transcoder, rewarded);
        (,,,, uint256 start) =
            _bondingManager().getTranscoderEarningsPoolForRound(transcoder, stake.lastClaimRound);
        require(end >= start);`,
    ),
  ),
]
