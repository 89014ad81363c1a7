// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice Chance of a ticket to win, over 2^256 - 1. A type of its own, so that no amount can take its place.
type WinProbability is uint256;

using {admits} for WinProbability global;

/// @notice Whether a draw, evenly spread over 256 bits, wins. 0 never does; the maximum fails once in 2^256.
function admits(WinProbability chance, bytes32 draw) pure returns (bool) {
    return uint256(draw) < WinProbability.unwrap(chance);
}
