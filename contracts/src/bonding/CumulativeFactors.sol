// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Rays} from "../math/Fractions.sol";
import {EarningsPool, Transcoder} from "./BondingTypes.sol";

/// @title Earnings of delegators without a loop over rounds (LIP-36, with the precision of LIP-71)
/// @notice Per transcoder and round two factors of 10^27:
///         the reward factor is what one unit bonded at the start has become, CRF' = CRF * (1 + rewards / stake);
///         the fee factor is what it has earned in ETH, CFF' = CFF + CRF * fees / stake.
///         A claim from round a to b gives stake * CRF_b / CRF_a and stake * (CFF_b - CFF_a) / CRF_a.
///         Worked number: stake 1000 LPT, rewards 100 LPT -> CRF 1.1; 300 LPT bonded before are 330 LPT after.
/// @dev A stored 0 means "not written in this round". Rounding is always down: dust stays in the Minter.
library CumulativeFactors {
    using SafeCast for uint256;

    /// @return rewardFactor 0 when there has never been a reward up to `round`
    /// @return feeFactor 0 when there have never been fees up to `round`
    function latestFactors(Transcoder storage t, uint256 round)
        internal
        view
        returns (uint256 rewardFactor, uint256 feeFactor)
    {
        EarningsPool storage pool = t.pools[round];
        (rewardFactor, feeFactor) = (pool.cumulativeRewardFactor, pool.cumulativeFeeFactor);
        if (rewardFactor == 0 && t.lastRewardRound < round) {
            rewardFactor = t.pools[t.lastRewardRound].cumulativeRewardFactor;
        }
        if (feeFactor == 0 && t.lastFeeRound < round) {
            feeFactor = t.pools[t.lastFeeRound].cumulativeFeeFactor;
        }
    }

    /// @notice Writes the factors that hold in `round`, so that a claim can start from it. Must run for the delegate
    ///         whenever an account's last claim becomes `round`: without it the account would start from factor 1 and
    ///         be given the earnings of all earlier rounds.
    function carryForward(Transcoder storage t, uint256 round) internal {
        EarningsPool storage pool = t.pools[round];
        (uint256 rewardFactor, uint256 feeFactor) = latestFactors(t, round);
        if (pool.cumulativeRewardFactor != rewardFactor) {
            pool.cumulativeRewardFactor = rewardFactor.toUint128();
        }
        if (pool.cumulativeFeeFactor != feeFactor) pool.cumulativeFeeFactor = feeFactor.toUint128();
    }

    /// @notice Stake and fees of a delegator from the end of round `since` to the end of `round`.
    /// @return stakeNow The stake with rewards
    /// @return feesEarned Fees on top of those already booked
    function earned(Transcoder storage t, uint256 stake, uint256 since, uint256 round)
        internal
        view
        returns (uint256 stakeNow, uint256 feesEarned)
    {
        EarningsPool storage start = t.pools[since];
        (uint256 startReward, uint256 startFee) =
            (orOne(start.cumulativeRewardFactor), start.cumulativeFeeFactor);
        (uint256 endReward, uint256 endFee) = latestFactors(t, round);
        stakeNow = Rays.shareOf(stake, orOne(endReward), startReward);
        feesEarned = Rays.shareOf(stake, endFee - startFee, startReward);
    }

    /// @notice Books `rewards` for the delegators in `round`; `lastRewardRound` must still be the one before.
    function addRewards(Transcoder storage t, uint256 round, uint256 rewards, uint256 stake) internal {
        uint256 before = orOne(t.pools[t.lastRewardRound].cumulativeRewardFactor);
        t.pools[round].cumulativeRewardFactor = (before + Rays.shareOf(before, rewards, stake)).toUint128();
    }

    /// @notice Books `fees` for the delegators in `round`.
    /// @param rewardFactor Reward factor of the round before: this round's fees are for the stake at its start
    function addFees(Transcoder storage t, uint256 round, uint256 fees, uint256 stake, uint256 rewardFactor)
        internal
    {
        EarningsPool storage pool = t.pools[round];
        uint256 before = pool.cumulativeFeeFactor;
        if (before == 0) (, before) = latestFactors(t, round - 1);
        pool.cumulativeFeeFactor = (before + Rays.shareOf(rewardFactor, fees, stake)).toUint128();
    }

    function orOne(uint256 rewardFactor) internal pure returns (uint256) {
        return rewardFactor == 0 ? Rays.ONE : rewardFactor;
    }
}
