// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {ILivepeerToken} from "../interfaces/ILivepeerToken.sol";
import {IManager} from "../interfaces/IManager.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {Ray, RAY_ZERO, rayShare} from "../types/Ray.sol";
import {Round} from "../types/Round.sol";
import {ActivePool} from "./ActivePool.sol";
import {EarningsPool, Hint, State, Transcoder} from "./BondingState.sol";
import {Context} from "./Context.sol";
import {CumulativeFactors} from "./CumulativeFactors.sol";

/// @title What comes in for a transcoder: the inflation of each round, and fees of tickets
library Rewards {
    using ActivePool for State;
    using CumulativeFactors for Transcoder;
    using SafeCast for uint256;

    function reward(State storage self, Context memory context, address account, Hint memory hint) internal {
        Round round = context.round;
        Transcoder storage t = self.transcoders[account];
        if (!t.isActiveIn(round)) revert IBondingManager.TranscoderMustBeActive(account);
        if (t.lastRewardRound == round) revert IBondingManager.RewardAlreadyCalled(account, round.value());

        EarningsPool storage pool = self.openEarningsPool(account, round);
        uint256 rewards = _mint(self, context, account, pool.totalStake);
        _share(t, pool, rewards);
        t.lastRewardRound = round;
        self.increaseStake(account, rewards, round, hint);
        emit IBondingManager.Reward(account, rewards);
        context.checkpoint(self, account);
    }

    /// Splits fees by the terms of this round: those of the reward call, or today's if there was none yet.
    function addFees(State storage self, IMinter minter, address account, uint256 fees, Round round)
        internal
    {
        Transcoder storage t = self.transcoders[account];
        if (!t.isActiveIn(round)) revert IBondingManager.TranscoderMustBeActive(account);
        bool rewarded = t.lastRewardRound >= round;
        EarningsPool storage pool = rewarded ? t.pools[round] : self.openEarningsPool(account, round);
        uint256 stake = pool.totalStake;
        uint256 rewardFactor = _rewardFactorBefore(self, minter, t, round).value();
        uint256 active = rewarded ? t.activeCumulativeRewards : t.cumulativeRewards;
        assert(active <= stake);
        uint256 shared = pool.feeShare.shareOf(fees);
        pool.feeFactor = t.feeFactorNow().plus(rayShare(rewardFactor, shared, stake));
        t.cumulativeFees = (t.cumulativeFees + rayShare(shared, active, stake) + fees - shared).toUint96();
        t.lastFeeRound = round;
    }

    function setNextTreasuryCut(State storage self, Ray cut) internal {
        self.treasury.nextRewardCut = cut;
        emit IManager.ParameterUpdate("nextRoundTreasuryRewardCutRate");
    }

    /// Divides a reward between the transcoder and its delegators; `lastRewardRound` is still the one before.
    function _share(Transcoder storage t, EarningsPool storage pool, uint256 rewards) private {
        uint256 stake = pool.totalStake;
        uint96 active = t.cumulativeRewards;
        // Own rewards are part of the stake; more of them than stake would multiply what is paid out.
        assert(active <= stake);
        uint256 commission = pool.rewardCut.shareOf(rewards);
        uint256 shared = rewards - commission;
        pool.rewardFactor = t.rewardFactorNow().orOne().grownBy(shared, stake);
        t.activeCumulativeRewards = active;
        t.cumulativeRewards = (active + rayShare(shared, active, stake) + commission).toUint96();
    }

    /// Mints the share of `stake` in this round's inflation and gives the treasury its part.
    /// @return What is left for the transcoder and its delegators
    function _mint(State storage self, Context memory context, address account, uint256 stake)
        private
        returns (uint256)
    {
        address treasury = context.find(ContractIds.TREASURY);
        IMinter minter = context.minter();
        if (_isTreasuryFull(self, context, treasury)) setNextTreasuryCut(self, RAY_ZERO);
        uint256 total = minter.createReward(stake, self.totals.currentRoundStake);
        uint256 part = self.treasury.rewardCut.shareOf(total);
        if (part > 0) {
            minter.trustedTransferTokens(treasury, part);
            emit IBondingManager.TreasuryReward(account, treasury, part);
        }
        return total - part;
    }

    function _isTreasuryFull(State storage self, Context memory context, address treasury)
        private
        view
        returns (bool)
    {
        uint256 ceiling = self.treasury.ceiling;
        if (ceiling == 0 || self.treasury.nextRewardCut.isZero()) return false;
        return ILivepeerToken(context.find(ContractIds.LIVEPEER_TOKEN)).balanceOf(treasury) >= ceiling;
    }

    /// Reward factor at the end of the round before. When only this round's factor exists (the first reward ever, or a
    /// round missed before it) the one before is worked out backwards from the reward that this stake should have got.
    function _rewardFactorBefore(State storage self, IMinter minter, Transcoder storage t, Round round)
        private
        view
        returns (Ray factor)
    {
        if (t.lastRewardRound != round) return t.rewardFactorNow().orOne();
        factor = t.rewardFactorAt(round.previous());
        if (!factor.isZero()) return factor;
        EarningsPool storage pool = t.pools[round];
        uint256 stake = pool.totalStake;
        uint256 mintable = minter.currentMintableTokens();
        uint256 rewards = rayShare(mintable, stake, self.totals.currentRoundStake);
        rewards -= self.treasury.rewardCut.shareOf(rewards);
        uint256 shared = rewards - pool.rewardCut.shareOf(rewards);
        return pool.rewardFactor.shrunkTo(stake, shared + stake);
    }
}
