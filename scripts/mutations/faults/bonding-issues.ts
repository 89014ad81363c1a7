/** @module Public issues of bonding, gifts, locks and the pool: every guard, taken out. */
import { edit, issuesOf, type Mutant } from '../mutant.ts'

const bonds = 'bonding/Bonds.sol'
const locks = 'bonding/UnbondingLocks.sol'
const earnings = 'bonding/Earnings.sol'
const claimCheck = 'if (!harmless) revert IBondingManager.IllegalClaimEarnings(account, delegate);'

const issue = issuesOf('Bonding')

export const bondingIssues: readonly Mutant[] = [
  issue(
    '6',
    'bonding for the zero address',
    edit(bonds, 'if (owner == address(0)) revert IBondingManager.InvalidDelegator(owner);'),
  ),
  issue(
    '8',
    'rebonding starts from factor 1',
    edit(locks, 'self.transcoders[to].carryForward(context.round);'),
  ),
  issue(
    '9',
    'a new delegate starts from factor 1',
    edit(bonds, 'self.transcoders[to].carryForward(context.round);'),
  ),
  issue('11', 'a stranger forces a claim', edit(earnings, claimCheck)),
  issue(
    '12',
    'a stranger makes an account its own delegate',
    edit(bonds, 'if (to == owner && !context.isL2Migrator()) revert IBondingManager.InvalidDelegate(to);'),
  ),
  issue(
    '12',
    'a gift makes an account its own delegate',
    edit(locks, 'if (account == delegate || account == address(0)) {', 'if (account == address(0)) {'),
  ),
  issue(
    '13',
    'a stranger changes a delegate',
    edit(bonds, '} else if (to != self.delegators[owner].delegateAddress) {', '} else if (false) {'),
  ),
  issue(
    '14',
    'stake for the zero address',
    edit(locks, 'if (account == delegate || account == address(0)) {', 'if (account == delegate) {'),
  ),
  issue(
    '15',
    'the delegate of a whole bond is read after it is gone',
    edit(
      locks,
      '_adoptDelegate(self, context, to, oldDelegate);',
      '_adoptDelegate(self, context, to, self.delegators[msg.sender].delegateAddress);',
    ),
  ),
  issue(
    '15',
    'the receiver does not claim',
    edit(
      locks,
      '        self.claim(to, context.round);',
      '        self.delegators[to].lastClaimRound = context.round;',
    ),
  ),
  issue(
    '21',
    'dust brings a transcoder back before its reward',
    edit(bonds, '        requireRewardBeforeRejoin(self, to, context.round);'),
  ),
  issue(
    '21',
    'rebonded dust brings a transcoder back before its reward',
    edit(locks, 'self.requireRewardBeforeRejoin(delegate, context.round);'),
  ),
  issue(
    '23',
    'the migrator changes a delegate',
    edit(
      bonds,
      '} else if (to != self.delegators[owner].delegateAddress) {',
      '} else if (!context.isL2Migrator() && to != self.delegators[owner].delegateAddress) {',
    ),
  ),
  issue(
    '31',
    'a transcoder delegates away',
    edit(
      bonds,
      'if (oldDelegate == owner) revert IBondingManager.RegisteredTranscoderCannotDelegate(owner);',
    ),
  ),
  issue(
    '31',
    'a second claim in a round pays again',
    edit(
      earnings,
      '(d.bondedAmount, d.lastClaimRound) = (bonded, round);',
      '(d.bondedAmount, d.lastClaimRound) = (bonded, rewards == 0 ? round : since);',
    ),
  ),
  issue(
    '32',
    'the pool shrinks',
    edit(
      'bonding/SortedPool.sol',
      'if (newMaxSize <= list.maxSize) revert PoolSizeCannotShrink(list.maxSize, newMaxSize);',
    ),
  ),
]
