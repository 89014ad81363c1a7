// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ray, RAY_ZERO, rayShare} from "../types/Ray.sol";
import {Round} from "../types/Round.sol";
import {EarningsPool, Transcoder} from "./BondingState.sol";

/// @title Earnings of delegators without a loop over rounds (LIP-36, with the precision of LIP-71)
/// @notice Per transcoder and round two factors of 10^27:
///         the reward factor is what one unit bonded at the start has become, CRF' = CRF * (1 + rewards / stake);
///         the fee factor is what it has earned in ETH, CFF' = CFF + CRF * fees / stake.
///         A claim from round a to b gives stake * CRF_b / CRF_a and stake * (CFF_b - CFF_a) / CRF_a.
///         Worked number: stake 1000 LPT, rewards 100 LPT -> CRF 1.1; 300 LPT bonded before are 330 LPT after.
/// @dev Factors are stored only in rounds with rewards or fees. A round in which somebody claims without either notes the
///      earlier round whose factors still hold. Rounding is always down: dust stays in the Minter.
library CumulativeFactors {
    /// @return rewardFactor At the end of `round` as noted in it; 0 when nothing is
    function rewardFactorAt(Transcoder storage t, Round round) internal view returns (Ray rewardFactor) {
        EarningsPool storage pool = t.pools[round];
        rewardFactor = pool.rewardFactor;
        if (rewardFactor.isZero() && !pool.rewardsFrom.isZero()) {
            rewardFactor = t.pools[pool.rewardsFrom].rewardFactor;
        }
    }

    /// @return feeFactor At the end of `round` as noted in it; 0 when nothing is
    function feeFactorAt(Transcoder storage t, Round round) internal view returns (Ray feeFactor) {
        EarningsPool storage pool = t.pools[round];
        feeFactor = pool.feeFactor;
        if (feeFactor.isZero() && !pool.feesFrom.isZero()) feeFactor = t.pools[pool.feesFrom].feeFactor;
    }

    /// @return 0 when there has never been a reward
    function rewardFactorNow(Transcoder storage t) internal view returns (Ray) {
        return t.pools[t.lastRewardRound].rewardFactor;
    }

    /// @return 0 when there have never been fees
    function feeFactorNow(Transcoder storage t) internal view returns (Ray) {
        Round paid = t.lastFeeRound;
        return paid.isZero() ? RAY_ZERO : t.pools[paid].feeFactor;
    }

    /// @notice Notes which factors hold in `round`, so that a claim can start from it. Must run for the delegate whenever
    ///         an account's last claim becomes `round`: without it the account would start from factor 1 and be given the
    ///         earnings of all earlier rounds.
    function carryForward(Transcoder storage t, Round round) internal {
        (Round rewarded, Round paid) = (t.lastRewardRound, t.lastFeeRound);
        EarningsPool storage pool = t.pools[round];
        (Round rewardsFrom, Round feesFrom) = (pool.rewardsFrom, pool.feesFrom);
        if (rewarded >= round) rewarded = rewardsFrom;
        if (paid >= round) paid = feesFrom;
        if (rewarded == rewardsFrom && paid == feesFrom) return;
        (pool.rewardsFrom, pool.feesFrom) = (rewarded, paid);
    }

    /// @notice What `stake` earned from the end of round `since` until now.
    /// @return rewards LPT wei
    /// @return fees ETH wei
    function earned(Transcoder storage t, uint256 stake, Round since)
        internal
        view
        returns (uint256 rewards, uint256 fees)
    {
        uint256 start = rewardFactorAt(t, since).orOne().value();
        rewards = rayShare(stake, rewardFactorNow(t).orOne().value(), start) - stake;
        uint256 feesSince = feeFactorNow(t).value() - feeFactorAt(t, since).value();
        fees = rayShare(stake, feesSince, start);
    }
}
