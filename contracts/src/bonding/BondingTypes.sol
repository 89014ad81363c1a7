// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

// Field widths: LPT in uint96 (2^96 wei = 79 billion LPT, 1500 times the supply), rounds in uint32, millionths in uint32,
// factors of 10^27 in uint128. Every narrowing is checked: a value that does not fit reverts, it is never cut.

/// @dev Stake on its way out. Valid while `withdrawRound` is not 0.
struct UnbondingLock {
    uint96 amount;
    uint64 withdrawRound;
}

/// @dev An account that bonds, that others delegate to, or both. Amounts are those of the last claim.
struct Delegator {
    uint96 bondedAmount;
    /// stake delegated TO this account
    uint96 delegatedAmount;
    /// first round in which the stake counts
    uint32 startRound;
    uint32 lastClaimRound;
    address delegateAddress;
    uint64 nextUnbondingLockId;
    uint256 fees;
    mapping(uint256 id => UnbondingLock) unbondingLocks;
}

/// @dev What a transcoder earned in one round. Written only when something happens, see CumulativeFactors.
struct EarningsPool {
    uint96 totalStake;
    uint32 rewardCut;
    uint32 feeShare;
    uint128 cumulativeRewardFactor;
    uint128 cumulativeFeeFactor;
}

struct Transcoder {
    uint32 lastRewardRound;
    uint32 lastFeeRound;
    /// newest round whose pool knows the stake; may be the next round
    uint32 lastActiveStakeUpdateRound;
    uint32 activationRound;
    /// NEVER while in the pool
    uint32 deactivationRound;
    uint32 rewardCut;
    uint32 feeShare;
    /// own rewards that took part in this round's stake
    uint96 activeCumulativeRewards;
    /// own rewards not claimed yet
    uint96 cumulativeRewards;
    /// own fees not claimed yet
    uint256 cumulativeFees;
    mapping(uint256 round => EarningsPool) pools;
}

/// @dev Stake of the active transcoders, in one slot.
struct ActiveStake {
    uint96 currentRound;
    uint96 nextRound;
    /// number of transcoders active in the current round
    uint32 transcoders;
}

/// @dev Neighbours that a caller expects for a place in the sorted pool.
struct Hint {
    address prev;
    address next;
}

/// @dev Round of deactivation of a transcoder in the pool; the ABI shows it as 2^256 - 1.
uint32 constant NEVER = type(uint32).max;
