// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {RoundOutOfRange} from "../types/Round.sol";

/// @notice How blocks are counted in rounds: the length of a round, and one round whose first block is known. It is the last
///         one that was initialized, or the one in which the length was changed, whichever came later.
/// @dev 96 bits, from the lowest: length 32, first block 39 (a block each second for 17,000 years), round 24 as in the
///      history of votes, whether that round is initialized 1.
type RoundClock is uint96;

using {
    length,
    knownRound,
    knownStart,
    isKnownInitialized,
    roundAt,
    startOf,
    isInitializedIn
} for RoundClock global;

/// @dev Number of a block
uint256 constant MAX_START_BLOCK = 0x7fffffffff;
/// @dev Number of a round
uint256 constant MAX_CLOCK_ROUND = 0xffffff;

/// @notice Reverts with `SafeCastOverflowedUintDowncast` or `RoundOutOfRange` for what does not fit.
function toRoundClock(uint256 length_, uint256 round, uint256 startBlock, bool initialized)
    pure
    returns (RoundClock)
{
    if (length_ > type(uint32).max) revert SafeCast.SafeCastOverflowedUintDowncast(32, length_);
    if (startBlock > MAX_START_BLOCK) revert SafeCast.SafeCastOverflowedUintDowncast(39, startBlock);
    if (round > MAX_CLOCK_ROUND) revert RoundOutOfRange(round);
    // forge-lint: disable-next-line(unsafe-typecast)
    return RoundClock.wrap(uint96(length_ | startBlock << 32 | round << 71 | (initialized ? 1 << 95 : 0)));
}

/// @notice Blocks of a round; 0 before the first was set.
function length(RoundClock clock) pure returns (uint256) {
    return RoundClock.unwrap(clock) & type(uint32).max;
}

/// @notice First block of the known round.
function knownStart(RoundClock clock) pure returns (uint256) {
    return RoundClock.unwrap(clock) >> 32 & MAX_START_BLOCK;
}

/// @notice Number of the known round.
function knownRound(RoundClock clock) pure returns (uint256) {
    return RoundClock.unwrap(clock) >> 71 & MAX_CLOCK_ROUND;
}

/// @notice Whether somebody initialized the known round.
function isKnownInitialized(RoundClock clock) pure returns (bool) {
    return RoundClock.unwrap(clock) >> 95 != 0;
}

/// @notice The round of a block that is not before the known round. Reverts without a length (panic 0x12).
function roundAt(RoundClock clock, uint256 blockNumber) pure returns (uint256) {
    uint256 bits = RoundClock.unwrap(clock);
    // The chain never goes back, and blocks and rounds have far less than 256 bits.
    unchecked {
        return (bits >> 71 & MAX_CLOCK_ROUND) + (blockNumber - (bits >> 32 & MAX_START_BLOCK))
            / (bits & type(uint32).max);
    }
}

/// @notice First block of a round that is not before the known one.
function startOf(RoundClock clock, uint256 round) pure returns (uint256) {
    return knownStart(clock) + (round - knownRound(clock)) * length(clock);
}

/// @param round The current one
function isInitializedIn(RoundClock clock, uint256 round) pure returns (bool) {
    return isKnownInitialized(clock) && knownRound(clock) == round;
}
