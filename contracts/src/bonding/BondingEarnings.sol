// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ILivepeerToken} from "../interfaces/ILivepeerToken.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {Millionths, Rays} from "../math/Fractions.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {Delegator, EarningsPool, Hint, Transcoder} from "./BondingTypes.sol";
import {CumulativeFactors} from "./CumulativeFactors.sol";
import {StakePool} from "./StakePool.sol";

/// @title Rewards and fees: how they come in for a transcoder and go out to its delegators
abstract contract BondingEarnings is StakePool {
    using CumulativeFactors for Transcoder;
    using SafeCast for uint256;

    /// Books everything an account earned since its last claim. Runs before anything that changes stake or delegate.
    function _claim(address account, uint256 round) internal {
        Delegator storage d = _delegators[account];
        uint256 since = d.lastClaimRound;
        if (since >= round) return;
        address delegate = d.delegateAddress;
        uint256 rewards;
        uint256 fees;
        if (delegate != address(0)) {
            Transcoder storage t = _transcoders[delegate];
            t.carryForward(round);
            (uint256 stakeNow, uint256 feesNow) = _pending(account, round);
            rewards = stakeNow - d.bondedAmount;
            fees = feesNow - d.fees;
            if (delegate == account) (t.cumulativeRewards, t.cumulativeFees) = (0, 0);
            if (rewards != 0) d.bondedAmount = stakeNow.toUint96();
            if (fees != 0) d.fees = feesNow;
        }
        d.lastClaimRound = round.toUint32();
        emit EarningsClaimed(delegate, account, rewards, fees, since + 1, round);
    }

    /// Stake and fees as of `round`. A transcoder's own cut is added whenever asked, claimed or not in this round.
    function _pending(address account, uint256 round) internal view returns (uint256 stake, uint256 fees) {
        Delegator storage d = _delegators[account];
        (stake, fees) = (d.bondedAmount, d.fees);
        address delegate = d.delegateAddress;
        if (delegate == address(0)) return (stake, fees);
        Transcoder storage t = _transcoders[delegate];
        if (d.lastClaimRound < round) {
            uint256 feesEarned;
            (stake, feesEarned) = t.earned(stake, d.lastClaimRound, round);
            fees += feesEarned;
        }
        if (delegate == account) {
            stake += t.cumulativeRewards;
            fees += t.cumulativeFees;
        }
    }

    /// A third party may make an account claim only when that can't cost it this round's reward: a claim after the
    /// delegate's reward, or one that changes nothing.
    function _requireClaimAllowed(address account, uint256 round) internal view {
        if (msg.sender == account || _isL2Migrator() || _isUnbonded(account)) return;
        Delegator storage d = _delegators[account];
        address delegate = d.delegateAddress;
        bool harmless = !_isActive(delegate, round) || _transcoders[delegate].lastRewardRound == round
            || d.lastClaimRound == round;
        if (!harmless) revert IllegalClaimEarnings(account, delegate);
    }

    function _isL2Migrator() internal view returns (bool) {
        return msg.sender == _contractOf(ContractIds.L2_MIGRATOR);
    }

    function _reward(address account, Hint memory hint) internal {
        uint256 round = _openRound();
        Transcoder storage t = _transcoders[account];
        if (!_isActive(account, round)) revert TranscoderMustBeActive(account);
        if (t.lastRewardRound == round) revert RewardAlreadyCalled(account, round);

        EarningsPool storage pool = _openEarningsPool(t, round);
        uint256 stake = pool.totalStake;
        uint256 rewards = _mint(account, stake);

        uint256 active = t.cumulativeRewards;
        t.activeCumulativeRewards = t.cumulativeRewards;
        // Own rewards are part of the stake; more of them than stake would multiply what is paid out.
        assert(active <= stake);
        uint256 commission = Millionths.shareOf(rewards, pool.rewardCut);
        uint256 shared = rewards - commission;
        t.cumulativeRewards = (active + Rays.shareOf(shared, active, stake) + commission).toUint96();
        t.addRewards(round, shared, stake);
        _increaseStake(account, rewards, round, hint);
        t.lastRewardRound = round.toUint32();
        emit Reward(account, rewards);
        _checkpoint(account, round);
    }

    /// Mints the share of `stake` in this round's inflation and gives the treasury its part.
    /// @return What is left for the transcoder and its delegators
    function _mint(address account, uint256 stake) private returns (uint256) {
        address treasury = _contractOf(ContractIds.TREASURY);
        if (_isTreasuryFull(treasury)) _setNextTreasuryRewardCutRate(0);
        IMinter minter = _minter();
        uint256 total = minter.createReward(stake, _active.currentRound);
        uint256 part = Rays.shareOf(total, _treasuryRewardCutRate);
        if (part > 0) {
            minter.trustedTransferTokens(treasury, part);
            emit TreasuryReward(account, treasury, part);
        }
        return total - part;
    }

    function _isTreasuryFull(address treasury) private view returns (bool) {
        if (_nextTreasuryRewardCutRate == 0 || treasuryBalanceCeiling == 0) return false;
        ILivepeerToken token = ILivepeerToken(_contractOf(ContractIds.LIVEPEER_TOKEN));
        return token.balanceOf(treasury) >= treasuryBalanceCeiling;
    }

    function _setNextTreasuryRewardCutRate(uint256 cutRate) internal {
        _nextTreasuryRewardCutRate = cutRate.toUint96();
        emit ParameterUpdate("nextRoundTreasuryRewardCutRate");
    }

    /// Splits fees by the terms of this round: those of the reward call, or today's if there was none yet.
    function _addFees(address account, uint256 fees, uint256 round) internal {
        Transcoder storage t = _transcoders[account];
        bool rewarded = t.lastRewardRound >= round;
        EarningsPool storage pool = rewarded ? t.pools[round] : _openEarningsPool(t, round);
        uint256 stake = pool.totalStake;
        uint256 rewardFactor = _rewardFactorBefore(t, pool, round);
        uint256 active = rewarded ? t.activeCumulativeRewards : t.cumulativeRewards;
        assert(active <= stake);
        uint256 shared = Millionths.shareOf(fees, pool.feeShare);
        t.cumulativeFees += Rays.shareOf(shared, active, stake) + fees - shared;
        t.addFees(round, shared, stake, rewardFactor);
        t.lastFeeRound = round.toUint32();
    }

    /// Reward factor at the end of the round before. When only this round's factor exists (the first reward ever, or a
    /// round missed before it) the one before is worked out backwards from the reward that this stake should have got.
    function _rewardFactorBefore(Transcoder storage t, EarningsPool storage pool, uint256 round)
        private
        view
        returns (uint256 factor)
    {
        (factor,) = t.latestFactors(round - 1);
        if (factor != 0 || t.lastRewardRound != round) return CumulativeFactors.orOne(factor);
        uint256 stake = pool.totalStake;
        uint256 rewards = Rays.shareOf(_minter().currentMintableTokens(), stake, _active.currentRound);
        rewards -= Rays.shareOf(rewards, _treasuryRewardCutRate);
        uint256 shared = rewards - Millionths.shareOf(rewards, pool.rewardCut);
        return Rays.shareOf(pool.cumulativeRewardFactor, stake, shared + stake);
    }

    /// Fixes the terms of this round and carries the stake over if nothing touched it since an earlier round.
    function _openEarningsPool(Transcoder storage t, uint256 round)
        private
        returns (EarningsPool storage pool)
    {
        pool = t.pools[round];
        (pool.rewardCut, pool.feeShare) = (t.rewardCut, t.feeShare);
        uint256 known = t.lastActiveStakeUpdateRound;
        if (known < round) pool.totalStake = t.pools[known].totalStake;
    }
}
