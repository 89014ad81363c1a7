// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {NEVER, Round} from "../types/Round.sol";
import {Delegator, EarningsPool, front, Hint, State, Transcoder} from "./BondingState.sol";
import {SortedPool} from "./SortedPool.sol";

/// @title The pool of transcoders that will be active in the next round, and the stake delegated to each
/// @dev Invariants: the key of a member is its delegatedAmount; the stake of the next round is the sum of the keys.
///      The stake of a round is fixed when the round starts. Until something happens in it, that stake is delegatedAmount
///      (`stakeFollows`); the first change, reward or fee writes it down.
library ActivePool {
    using SafeCast for uint256;
    using SortedPool for SortedPool.List;

    /// Takes a registered transcoder into the pool if there is room or its stake beats the last member's.
    /// @param stake May be more than delegatedAmount still says
    /// @return Whether it is in the pool now
    function tryToJoin(State storage self, address account, uint256 stake, Round round, Hint memory hint)
        internal
        returns (bool)
    {
        Round activationRound = round.next();
        if (self.pool.isFull()) {
            address last = self.pool.tail;
            uint96 lastStake = self.delegators[last].delegatedAmount;
            if (stake <= lastStake) return false;
            self.pool.remove(last);
            self.transcoders[last].deactivationRound = activationRound;
            front().nextRoundStake -= lastStake;
            emit IBondingManager.TranscoderDeactivated(last, activationRound.value());
        }
        self.pool.insert(account, stake, hint.prev, hint.next);
        front().nextRoundStake += stake.toUint96();
        Transcoder storage t = self.transcoders[account];
        if (t.stakeFollows && t.lastActiveStakeUpdateRound != activationRound) {
            t.pools[t.lastActiveStakeUpdateRound].totalStake = self.delegators[account].delegatedAmount;
        }
        (t.lastActiveStakeUpdateRound, t.stakeFollows) = (activationRound, true);
        (t.activationRound, t.deactivationRound) = (activationRound, NEVER);
        emit IBondingManager.TranscoderActivated(account, activationRound.value());
        return true;
    }

    /// Takes a member out of the pool; it stays active until the end of the round.
    function resign(State storage self, address account, Round round) internal {
        Round deactivationRound = round.next();
        self.pool.remove(account);
        front().nextRoundStake -= self.delegators[account].delegatedAmount;
        self.transcoders[account].deactivationRound = deactivationRound;
        emit IBondingManager.TranscoderDeactivated(account, deactivationRound.value());
    }

    function increaseStake(
        State storage self,
        address delegate,
        uint256 amount,
        Round round,
        Hint memory hint
    ) internal {
        Delegator storage d = self.delegators[delegate];
        Transcoder storage t = self.transcoders[delegate];
        uint96 before = d.delegatedAmount;
        uint96 stake = (before + amount).toUint96();
        if (t.isInPool()) {
            self.pool.updateKey(delegate, stake, hint.prev, hint.next);
            front().nextRoundStake += stake - before;
            _fixStake(t, before, round);
        } else {
            // As it was before the transcoder joins, which ends its activity in this round.
            bool counts = t.isActiveIn(round);
            bool joined = self.isRegistered(delegate) && tryToJoin(self, delegate, stake, round, hint);
            if (counts) _fixStake(t, before, round);
            else if (!joined) _stopFollowing(t, before);
        }
        d.delegatedAmount = stake;
    }

    function decreaseStake(
        State storage self,
        address delegate,
        uint256 amount,
        Round round,
        Hint memory hint
    ) internal {
        Delegator storage d = self.delegators[delegate];
        Transcoder storage t = self.transcoders[delegate];
        uint96 before = d.delegatedAmount;
        uint96 stake = (before - amount).toUint96();
        bool inPool = t.isInPool();
        if (inPool) {
            self.pool.updateKey(delegate, stake, hint.prev, hint.next);
            front().nextRoundStake -= before - stake;
        }
        if (inPool || t.isActiveIn(round)) _fixStake(t, before, round);
        else _stopFollowing(t, before);
        d.delegatedAmount = stake;
    }

    /// Fixes the terms of this round, and its stake if nothing touched it before.
    function openEarningsPool(State storage self, address account, Round round)
        internal
        returns (EarningsPool storage pool)
    {
        Transcoder storage t = self.transcoders[account];
        pool = t.pools[round];
        (pool.rewardCut, pool.feeShare) = (t.rewardCut, t.feeShare);
        Round known = t.lastActiveStakeUpdateRound;
        if (known > round) return pool;
        _stopFollowing(t, self.delegators[account].delegatedAmount);
        if (known < round) pool.totalStake = t.pools[known].totalStake;
    }

    /// @return What the pool of `round` says about stake; 0 for a round in which nothing happened
    function stakeOf(State storage self, address account, Round round) internal view returns (uint256) {
        Transcoder storage t = self.transcoders[account];
        if (t.stakeFollows && t.lastActiveStakeUpdateRound == round) {
            return self.delegators[account].delegatedAmount;
        }
        return t.pools[round].totalStake;
    }

    /// Keeps the stake of this round as it was at its start; that of the next follows delegatedAmount. Also for a
    /// transcoder that is active but out of the pool: it still earns on the stake of this round.
    function _fixStake(Transcoder storage t, uint96 before, Round round) private {
        Round known = t.lastActiveStakeUpdateRound;
        if (known <= round) {
            if (t.stakeFollows) t.pools[known].totalStake = before;
            if (known < round) t.pools[round].totalStake = before;
            t.lastActiveStakeUpdateRound = round.next();
        }
        t.stakeFollows = true;
    }

    function _stopFollowing(Transcoder storage t, uint96 before) private {
        if (!t.stakeFollows) return;
        t.pools[t.lastActiveStakeUpdateRound].totalStake = before;
        t.stakeFollows = false;
    }
}
