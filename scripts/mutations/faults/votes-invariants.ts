/** @module The rules about proposals and votes: for each a fault that this rule has to see. */
import { edit, invariantsOf, type Mutant } from '../mutant.ts'

const tally = 'governance/Tally.sol'

const invariant = invariantsOf('Votes')

export const votesInvariants: readonly Mutant[] = [
  invariant(
    'who has votes',
    'anybody proposes',
    edit('governance/LivepeerGovernor.sol', '        _requireThreshold(current);'),
  ),
  invariant(
    'everybody votes once',
    'a vote counts again',
    edit(tally, 'if (voter.choice != 0) revert ILivepeerGovernor.VoteAlreadyCast();'),
  ),
  invariant(
    'tally:',
    'an override is not taken from a delegate that has voted',
    edit(tally, '        _subtract(self, delegate.choice - 1, taken);'),
  ),
  invariant(
    'tally:',
    'an override is not taken from a delegate that votes later',
    edit(tally, 'delegate == account ? voter.deductions : 0;', '0;'),
  ),
  invariant(
    'a transcoder has the votes of its delegators',
    'a transcoder is not noted when stake comes back',
    edit('bonding/UnbondingLocks.sol', 'if (delegate != account) context.checkpoint(self, delegate);'),
  ),
  invariant(
    'no more votes than stake',
    'who delegates to a delegator votes',
    edit('votes/BondingVotes.sol', 'if (!own.isRegistered(transcoder)) return 0;'),
  ),
]
