// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {BondingStorage} from "./BondingStorage.sol";
import {Delegator, Hint, NEVER, Transcoder} from "./BondingTypes.sol";
import {SortedPool} from "./SortedPool.sol";

/// @title The pool of transcoders that will be active in the next round, and the stake delegated to each
/// @dev Invariants: the key of a member is its delegatedAmount; nextRoundTotalActiveStake is the sum of the keys.
abstract contract StakePool is BondingStorage {
    using SafeCast for uint256;
    using SortedPool for SortedPool.List;

    /// Takes a registered transcoder into the pool if there is room or its stake beats the last member's.
    function _tryToJoin(address account, uint256 stake, uint256 round, Hint memory hint) internal {
        uint32 activationRound = (round + 1).toUint32();
        if (_pool.isFull()) {
            address last = _pool.tail;
            uint256 lastStake = _delegators[last].delegatedAmount;
            if (stake <= lastStake) return;
            _pool.remove(last);
            _transcoders[last].deactivationRound = activationRound;
            _active.nextRound -= lastStake.toUint96();
            emit TranscoderDeactivated(last, activationRound);
        }
        _pool.insert(account, stake, hint.prev, hint.next);
        _active.nextRound += stake.toUint96();
        Transcoder storage t = _transcoders[account];
        t.lastActiveStakeUpdateRound = activationRound;
        t.activationRound = activationRound;
        t.deactivationRound = NEVER;
        t.pools[activationRound].totalStake = stake.toUint96();
        emit TranscoderActivated(account, activationRound);
    }

    /// Takes a member out of the pool; it stays active until the end of the round.
    function _resign(address account, uint256 round) internal {
        uint32 deactivationRound = (round + 1).toUint32();
        _pool.remove(account);
        _active.nextRound -= _delegators[account].delegatedAmount;
        _transcoders[account].deactivationRound = deactivationRound;
        emit TranscoderDeactivated(account, deactivationRound);
    }

    function _increaseStake(address delegate, uint256 amount, uint256 round, Hint memory hint) internal {
        Delegator storage d = _delegators[delegate];
        uint256 stake = d.delegatedAmount + amount;
        bool inPool = _pool.contains(delegate);
        bool counts = inPool || _isActive(delegate, round);
        if (inPool) {
            _pool.updateKey(delegate, stake, hint.prev, hint.next);
            _active.nextRound += amount.toUint96();
        } else if (_isRegistered(delegate)) {
            _tryToJoin(delegate, stake, round, hint);
        }
        if (counts) _snapshotStake(_transcoders[delegate], d.delegatedAmount, stake, round);
        d.delegatedAmount = stake.toUint96();
    }

    function _decreaseStake(address delegate, uint256 amount, uint256 round, Hint memory hint) internal {
        Delegator storage d = _delegators[delegate];
        uint256 stake = d.delegatedAmount - amount;
        bool inPool = _pool.contains(delegate);
        if (inPool) {
            _pool.updateKey(delegate, stake, hint.prev, hint.next);
            _active.nextRound -= amount.toUint96();
        }
        if (inPool || _isActive(delegate, round)) {
            _snapshotStake(_transcoders[delegate], d.delegatedAmount, stake, round);
        }
        d.delegatedAmount = stake.toUint96();
    }

    /// Keeps the stake of this round as it was at its start and notes the stake of the next. Also for a transcoder that
    /// is active but out of the pool: it still earns on the stake of this round.
    function _snapshotStake(Transcoder storage t, uint256 before, uint256 afterwards, uint256 round) private {
        if (t.lastActiveStakeUpdateRound < round) t.pools[round].totalStake = before.toUint96();
        t.pools[round + 1].totalStake = afterwards.toUint96();
        t.lastActiveStakeUpdateRound = (round + 1).toUint32();
    }
}
