// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {BondingEarnings} from "./BondingEarnings.sol";
import {Delegator, EarningsPool, NEVER, Transcoder, UnbondingLock} from "./BondingTypes.sol";
import {SortedPool} from "./SortedPool.sol";

/// @title What anyone can read from the BondingManager
abstract contract BondingViews is BondingEarnings {
    using SortedPool for SortedPool.List;

    /// @inheritdoc IBondingManager
    function currentRoundTotalActiveStake() external view override returns (uint256) {
        return _active.currentRound;
    }

    /// @inheritdoc IBondingManager
    function nextRoundTotalActiveStake() external view override returns (uint256) {
        return _active.nextRound;
    }

    /// @inheritdoc IBondingManager
    function currentRoundActiveTranscoders() external view override returns (uint256) {
        return _active.transcoders;
    }

    /// @inheritdoc IBondingManager
    function treasuryRewardCutRate() external view override returns (uint256) {
        return _treasuryRewardCutRate;
    }

    /// @inheritdoc IBondingManager
    function nextRoundTreasuryRewardCutRate() external view override returns (uint256) {
        return _nextTreasuryRewardCutRate;
    }

    /// @inheritdoc IBondingManager
    function getTotalBonded() external view override returns (uint256) {
        return _active.currentRound;
    }

    /// @inheritdoc IBondingManager
    function pendingStake(address delegator, uint256) external view override returns (uint256 stake) {
        (stake,) = _pending(delegator, _roundsManager().currentRound());
    }

    /// @inheritdoc IBondingManager
    function pendingFees(address delegator, uint256) external view override returns (uint256 fees) {
        (, fees) = _pending(delegator, _roundsManager().currentRound());
    }

    /// @inheritdoc IBondingManager
    function transcoderTotalStake(address transcoder) external view override returns (uint256) {
        return _delegators[transcoder].delegatedAmount;
    }

    /// @inheritdoc IBondingManager
    function transcoderStatus(address transcoder) external view override returns (TranscoderStatus) {
        return _isRegistered(transcoder) ? TranscoderStatus.Registered : TranscoderStatus.NotRegistered;
    }

    /// @inheritdoc IBondingManager
    function delegatorStatus(address delegator) external view override returns (DelegatorStatus) {
        if (_isUnbonded(delegator)) return DelegatorStatus.Unbonded;
        bool pending = _delegators[delegator].startRound > _roundsManager().currentRound();
        return pending ? DelegatorStatus.Pending : DelegatorStatus.Bonded;
    }

    /// @inheritdoc IBondingManager
    function getTranscoder(address transcoder)
        external
        view
        override
        returns (
            uint256 lastRewardRound,
            uint256 rewardCut,
            uint256 feeShare,
            uint256 lastActiveStakeUpdateRound,
            uint256 activationRound,
            uint256 deactivationRound,
            uint256 activeCumulativeRewards,
            uint256 cumulativeRewards,
            uint256 cumulativeFees,
            uint256 lastFeeRound
        )
    {
        Transcoder storage t = _transcoders[transcoder];
        (lastRewardRound, rewardCut, feeShare) = (t.lastRewardRound, t.rewardCut, t.feeShare);
        (lastActiveStakeUpdateRound, activationRound) = (t.lastActiveStakeUpdateRound, t.activationRound);
        deactivationRound = t.deactivationRound == NEVER ? type(uint256).max : t.deactivationRound;
        (activeCumulativeRewards, cumulativeRewards) = (t.activeCumulativeRewards, t.cumulativeRewards);
        (cumulativeFees, lastFeeRound) = (t.cumulativeFees, t.lastFeeRound);
    }

    /// @inheritdoc IBondingManager
    function getTranscoderEarningsPoolForRound(address transcoder, uint256 round)
        external
        view
        override
        returns (
            uint256 totalStake,
            uint256 transcoderRewardCut,
            uint256 transcoderFeeShare,
            uint256 cumulativeRewardFactor,
            uint256 cumulativeFeeFactor
        )
    {
        EarningsPool storage pool = _transcoders[transcoder].pools[round];
        (totalStake, transcoderRewardCut, transcoderFeeShare) =
        (pool.totalStake, pool.rewardCut, pool.feeShare);
        (cumulativeRewardFactor, cumulativeFeeFactor) =
        (pool.cumulativeRewardFactor, pool.cumulativeFeeFactor);
    }

    /// @inheritdoc IBondingManager
    function getDelegator(address delegator)
        external
        view
        override
        returns (
            uint256 bondedAmount,
            uint256 fees,
            address delegateAddress,
            uint256 delegatedAmount,
            uint256 startRound,
            uint256 lastClaimRound,
            uint256 nextUnbondingLockId
        )
    {
        Delegator storage d = _delegators[delegator];
        (bondedAmount, fees, delegateAddress) = (d.bondedAmount, d.fees, d.delegateAddress);
        (delegatedAmount, startRound) = (d.delegatedAmount, d.startRound);
        (lastClaimRound, nextUnbondingLockId) = (d.lastClaimRound, d.nextUnbondingLockId);
    }

    /// @inheritdoc IBondingManager
    function getDelegatorUnbondingLock(address delegator, uint256 unbondingLockId)
        external
        view
        override
        returns (uint256 amount, uint256 withdrawRound)
    {
        UnbondingLock storage lock = _delegators[delegator].unbondingLocks[unbondingLockId];
        return (lock.amount, lock.withdrawRound);
    }

    /// @inheritdoc IBondingManager
    function isValidUnbondingLock(address delegator, uint256 unbondingLockId)
        external
        view
        override
        returns (bool)
    {
        return _delegators[delegator].unbondingLocks[unbondingLockId].withdrawRound > 0;
    }

    /// @inheritdoc IBondingManager
    function getTranscoderPoolMaxSize() external view override returns (uint256) {
        return _pool.maxSize;
    }

    /// @inheritdoc IBondingManager
    function getTranscoderPoolSize() external view override returns (uint256) {
        return _pool.size;
    }

    /// @inheritdoc IBondingManager
    function getFirstTranscoderInPool() external view override returns (address) {
        return _pool.head;
    }

    /// @inheritdoc IBondingManager
    function getNextTranscoderInPool(address transcoder) external view override returns (address) {
        return _pool.nodes[transcoder].next;
    }

    /// @inheritdoc IBondingManager
    function isActiveTranscoder(address transcoder) external view override returns (bool) {
        return _isActive(transcoder, _roundsManager().currentRound());
    }

    /// @inheritdoc IBondingManager
    function isRegisteredTranscoder(address transcoder) external view override returns (bool) {
        return _isRegistered(transcoder);
    }
}
