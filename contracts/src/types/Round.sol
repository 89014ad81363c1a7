// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice The number of a round: how many lengths of a round have passed on the chain.
/// @dev 32 bits: with a round of one block each second, 136 years. A type of its own, so that no amount or block number is
///      taken for a round. The ABI stays uint256.
type Round is uint32;

using {
    value,
    next,
    previous,
    isZero,
    isEqual as ==,
    isOther as !=,
    isBefore as <,
    isUpTo as <=,
    isAfter as >,
    isFrom as >=
} for Round global;

/// @dev Later than any round.
Round constant NEVER = Round.wrap(type(uint32).max);

/// @notice A number beyond the last round there can be. Name an earlier round.
/// @param round Number of the round
error RoundOutOfRange(uint256 round);

/// @notice Reverts with `RoundOutOfRange` from 2^32 - 1 on, which stands for NEVER.
function toRound(uint256 round) pure returns (Round) {
    if (round >= type(uint32).max) revert RoundOutOfRange(round);
    // forge-lint: disable-next-line(unsafe-typecast)
    return Round.wrap(uint32(round));
}

function value(Round round) pure returns (uint256) {
    return Round.unwrap(round);
}

/// @notice Reverts after the last round (panic 0x11).
function next(Round round) pure returns (Round) {
    return Round.wrap(Round.unwrap(round) + 1);
}

/// @notice Reverts before round 0 (panic 0x11).
function previous(Round round) pure returns (Round) {
    return Round.wrap(Round.unwrap(round) - 1);
}

function isZero(Round round) pure returns (bool) {
    return Round.unwrap(round) == 0;
}

function isEqual(Round a, Round b) pure returns (bool) {
    return Round.unwrap(a) == Round.unwrap(b);
}

function isOther(Round a, Round b) pure returns (bool) {
    return Round.unwrap(a) != Round.unwrap(b);
}

function isBefore(Round a, Round b) pure returns (bool) {
    return Round.unwrap(a) < Round.unwrap(b);
}

function isUpTo(Round a, Round b) pure returns (bool) {
    return Round.unwrap(a) <= Round.unwrap(b);
}

function isAfter(Round a, Round b) pure returns (bool) {
    return Round.unwrap(a) > Round.unwrap(b);
}

function isFrom(Round a, Round b) pure returns (bool) {
    return Round.unwrap(a) >= Round.unwrap(b);
}
