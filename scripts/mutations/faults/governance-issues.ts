/** @module Public issues of votes on proposals: every guard, taken out. */
import { edit, issuesOf, type Mutant } from '../mutant.ts'

const issue = issuesOf('Governance')

export const governanceIssues: readonly Mutant[] = [
  issue(
    '2',
    'who delegates to a delegator votes',
    edit('votes/BondingVotes.sol', 'if (!own.isRegistered(transcoder)) return 0;'),
  ),
  issue(
    '3',
    'votes without stake',
    edit('votes/BondingVotes.sol', 'if (stake.bonded == 0) return (0, delegateAddress);'),
  ),
  issue(
    '4',
    'an override takes more than its delegate still counts',
    edit('votes/BondingVotes.sol', 'if (!own.isRegistered(transcoder)) return 0;'),
    edit('governance/Tally.sol', 'weight < counted ? weight : counted;', 'weight;'),
    edit('governance/Tally.sol', '(counted - taken).toUint96()', '0'),
  ),
]
