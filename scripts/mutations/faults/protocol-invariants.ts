/** @module The rules about stake and money: for each a fault that this rule has to see. */
import { edit, invariantsOf, type Mutant } from '../mutant.ts'

const bonds = 'bonding/Bonds.sol'
const locks = 'bonding/UnbondingLocks.sol'
const earnings = 'bonding/Earnings.sol'
const rewards = 'bonding/Rewards.sol'
const pool = 'bonding/ActivePool.sol'
const redemptions = 'payments/Redemptions.sol'
const senders = 'payments/SenderAccounts.sol'
const minter = 'token/Minter.sol'

const invariant = invariantsOf('Protocol')

/** One or more for each invariant: a fault that nothing but this rule has to see. */
export const protocolInvariants: readonly Mutant[] = [
  invariant(
    '1:',
    'more is minted than was counted',
    edit(minter, '.mint(address(this), minted);', '.mint(address(this), minted + 1);'),
  ),
  invariant(
    '2:',
    'withdrawn fees are still owed',
    edit(earnings, 'd.fees = fees - amount;', 'd.fees = fees - amount / 2;'),
  ),
  invariant(
    '3:',
    'a withdrawn lock is still there',
    edit(
      locks,
      'lock = _takeLock(self, msg.sender, lockId);\n        if (lock.withdrawRound > context.round) {',
      'lock = self.delegators[msg.sender].unbondingLocks[lockId];\n        if (lock.withdrawRound > context.round || lock.withdrawRound.isZero()) {',
    ),
  ),
  invariant(
    '4:',
    'stake that leaves a delegate stays in its record twice less',
    edit(
      locks,
      'self.increaseStake(delegate, lock.amount, context.round, hint);',
      'self.increaseStake(delegate, lock.amount / 2, context.round, hint);',
    ),
  ),
  invariant(
    '5:',
    'a reward starts from factor 1',
    edit(
      rewards,
      't.rewardFactorNow().orOne().grownBy(shared, stake)',
      't.pools[Round.wrap(0)].rewardFactor.orOne().grownBy(shared, stake)',
    ),
  ),
  invariant(
    '5:',
    'fees of a round start from 0',
    edit(rewards, 'pool.feeFactor = t.feeFactorNow().plus(', 'pool.feeFactor = pool.feeFactor.plus('),
  ),
  invariant(
    '6:',
    'a used ticket is paid again',
    edit(redemptions, 'if (self.used[c.ticketHash]) return Defect.Used;'),
  ),
  invariant(
    '7:',
    'what a claimant took is not counted',
    edit(senders, 'uint256 left = share > taken ? share - taken : 0;', 'uint256 left = taken * 0 + share;'),
  ),
  invariant(
    '8:',
    'a delegate is not noted when its stake falls',
    edit(bonds, 'if (delegate != msg.sender) context.checkpoint(self, delegate);'),
  ),
  invariant(
    '8:',
    'a slashed delegator leaves votes behind',
    edit(
      'bonding/Slashing.sol',
      'if (d.delegateAddress != account) context.checkpoint(self, d.delegateAddress);',
    ),
  ),
  invariant(
    '9:',
    'an evicted transcoder stays active',
    edit(pool, 'self.transcoders[last].deactivationRound = activationRound;'),
  ),
  invariant(
    '9:',
    'who has no more stake evicts',
    edit(pool, 'if (stake <= lastStake) return false;', 'if (stake < lastStake) return false;'),
  ),
  invariant(
    '10:',
    'a gift is taken out of the stake of the receiver',
    edit(
      locks,
      '        self.claim(to, context.round);',
      '        self.delegators[to].lastClaimRound = context.round;',
    ),
  ),
  invariant(
    '10:',
    "fees take the place of a transcoder's own",
    edit(rewards, '(t.cumulativeFees + rayShare(shared, active, stake)', '(rayShare(shared, active, stake)'),
  ),
  invariant(
    '11:',
    'inflation falls by two steps',
    edit(
      minter,
      'current.minusOrZero(target.inflationChange)',
      'current.minusOrZero(target.inflationChange).minusOrZero(target.inflationChange)',
    ),
  ),
  invariant(
    '12:',
    'a lock cannot be withdrawn in its round',
    edit(
      locks,
      'if (lock.withdrawRound > context.round) {',
      'if (lock.withdrawRound.next() > context.round) {',
    ),
  ),
  invariant(
    '12:',
    'a sender cannot withdraw in its round',
    edit(senders, 'if (round < withdrawRound) revert', 'if (round <= withdrawRound) revert'),
  ),
  invariant(
    '12:',
    'fees can be taken while the system is paused',
    edit('registry/Manager.sol', '            paused := mload(32)\n'),
  ),
  invariant(
    'the pool is sorted',
    'a change of stake leaves its place',
    edit(
      pool,
      'self.pool.updateKey(delegate, stake, hint.prev, hint.next);\n            front().nextRoundStake -= before - stake;',
      'front().nextRoundStake -= before - stake;',
    ),
  ),
  invariant(
    'the pool is bounded',
    'nobody is evicted',
    edit(pool, 'if (self.pool.isFull()) {', 'if (false) {'),
    edit('bonding/SortedPool.sol', 'if (isFull(list)) revert PoolIsFull(list.maxSize);'),
  ),
  invariant('9:', 'an evicted stake still counts', edit(pool, 'front().nextRoundStake -= lastStake;')),
  invariant(
    'a reward is the share of the stake',
    'the stake of this round is overwritten',
    edit(pool, 't.lastActiveStakeUpdateRound = round.next();', 't.lastActiveStakeUpdateRound = round;'),
  ),
  invariant(
    'nobody ends the activity',
    'dust brings a transcoder back before its reward',
    edit(bonds, '        requireRewardBeforeRejoin(self, to, context.round);'),
  ),
  invariant(
    'fees booked never exceed',
    'own rewards count twice in the fees',
    edit(
      rewards,
      'rayShare(shared, active, stake) + fees - shared',
      'rayShare(shared, active, stake) + fees',
    ),
  ),
]
