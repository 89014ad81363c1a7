// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Millionths} from "../types/Millionths.sol";
import {Ray} from "../types/Ray.sol";
import {NEVER, Round} from "../types/Round.sol";
import {SortedPool} from "./SortedPool.sol";

// Field widths: LPT in uint96 (2^96 wei = 79 billion LPT, 1500 times the supply), fees in the same, rounds in 32 bits,
// factors of 10^27 in 128. Every narrowing is checked: a value that does not fit reverts, it is never cut. What is
// written together lies together; each comment names the slot.

/// @dev Stake on its way out. Valid while `withdrawRound` is not 0.
struct UnbondingLock {
    uint96 amount;
    Round withdrawRound;
}

/// @dev An account that bonds, that others delegate to, or both. Amounts are those of the last claim.
struct Delegator {
    // slot 0
    uint96 bondedAmount;
    /// stake delegated TO this account
    uint96 delegatedAmount;
    /// first round in which the stake counts
    Round startRound;
    Round lastClaimRound;
    // slot 1
    address delegateAddress;
    uint64 nextUnbondingLockId;
    // slot 2
    uint256 fees;
    mapping(uint256 id => UnbondingLock) unbondingLocks;
}

/// @dev What a transcoder earned in one round. Written only when something happens, see CumulativeFactors.
struct EarningsPool {
    // slot 0
    uint96 totalStake;
    Millionths rewardCut;
    Millionths feeShare;
    /// earlier round whose reward factor holds in this one too; 0 = not noted
    Round rewardsFrom;
    /// earlier round whose fee factor holds in this one too; 0 = not noted
    Round feesFrom;
    // slot 1
    /// 0 unless there was a reward in this round
    Ray rewardFactor;
    /// 0 unless there were fees in this round
    Ray feeFactor;
}

struct Transcoder {
    // slot 0
    Round lastRewardRound;
    /// newest round whose stake is known; may be the next round
    Round lastActiveStakeUpdateRound;
    Round activationRound;
    /// NEVER while in the pool
    Round deactivationRound;
    /// own rewards not claimed yet
    uint96 cumulativeRewards;
    Millionths rewardCut;
    /// whether the stake of the newest known round is still `delegatedAmount`, not yet written in its pool
    bool stakeFollows;
    // slot 1
    /// own rewards that took part in this round's stake
    uint96 activeCumulativeRewards;
    /// own fees not claimed yet
    uint96 cumulativeFees;
    Round lastFeeRound;
    Millionths feeShare;
    // slot 2
    mapping(Round round => EarningsPool) pools;
}

/// @dev Slot 0 of the manager, as ManagerProxyTarget lays it out. Each call has read it for the controller, and every change
///      of stake writes the sum: beside the controller it costs no slot.
struct Front {
    address controller;
    /// sum of the keys of the pool
    uint96 nextRoundStake;
}

function front() pure returns (Front storage self) {
    assembly ("memory-safe") {
        self.slot := 0
    }
}

/// @dev One slot.
struct Totals {
    uint96 currentRoundStake;
    /// number of transcoders active in the current round
    uint32 activeTranscoders;
    /// rounds
    uint32 unbondingPeriod;
}

struct TreasuryTerms {
    Ray rewardCut;
    Ray nextRewardCut;
    /// LPT wei; 0 = no limit
    uint256 ceiling;
}

/// @dev All state of the BondingManager but `Front`. Lives behind a proxy: append fields, never reorder them.
struct State {
    Totals totals;
    TreasuryTerms treasury;
    mapping(address transcoder => address caller) rewardCallers;
    mapping(address account => Delegator) delegators;
    mapping(address account => Transcoder) transcoders;
    SortedPool.List pool;
}

/// @dev Neighbours that a caller expects for a place in the sorted pool; zero = no idea.
struct Hint {
    address prev;
    address next;
}

using {isActive, isRegistered, isUnbonded} for State global;
using {isActiveIn, isInPool} for Transcoder global;

/// @return Whether the transcoder may call reward and receive fees in `round`. Independent of being in the pool, which is
///         that of the next round.
function isActiveIn(Transcoder storage t, Round round) view returns (bool) {
    return t.activationRound <= round && round < t.deactivationRound;
}

/// @return Whether the transcoder is in the pool of the next round. Says the same as the list, from a slot that is read
///         anyway. Members are always registered.
function isInPool(Transcoder storage t) view returns (bool) {
    return t.deactivationRound == NEVER;
}

/// @return Whether the account may call reward and receive fees in `round`.
function isActive(State storage self, address account, Round round) view returns (bool) {
    return isActiveIn(self.transcoders[account], round);
}

/// @return Whether the account is its own delegate and has stake.
function isRegistered(State storage self, address account) view returns (bool) {
    Delegator storage d = self.delegators[account];
    return d.delegateAddress == account && d.bondedAmount > 0;
}

function isUnbonded(State storage self, address account) view returns (bool) {
    return self.delegators[account].bondedAmount == 0;
}
