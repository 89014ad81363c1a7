// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice A rate in billionths (10^-9): inflation, its step, bonding rates. A sum of steps may pass the whole.
/// @dev See Millionths for why each scale is a type.
type Billionths is uint64;

using {value, shareOf, plus, minusOrZero, isBelow as <, isEqual as ==} for Billionths global;

/// @dev The whole: 1_000_000_000 billionths.
uint256 constant BILLIONTHS = 1e9;

/// @notice A rate that its 64 bits can't hold. Choose at most the whole, 1_000_000_000.
/// @param rate In billionths
error NotBillionths(uint256 rate);

/// @return Whether `rate`, in billionths, is at most the whole.
function isBillionths(uint256 rate) pure returns (bool) {
    return rate <= BILLIONTHS;
}

/// @notice Reverts with `NotBillionths` beyond 64 bits. What is at most the whole asks `isBillionths` first.
function toBillionths(uint256 rate) pure returns (Billionths) {
    if (rate > type(uint64).max) revert NotBillionths(rate);
    // forge-lint: disable-next-line(unsafe-typecast)
    return Billionths.wrap(uint64(rate));
}

/// @notice `part / whole`, rounded down. Reverts for a whole of 0 (panic 0x12).
function billionthsOf(uint256 part, uint256 whole) pure returns (Billionths) {
    return toBillionths(part * BILLIONTHS / whole);
}

/// @return `amount * part / whole`, truncated twice: the ratio first. Amounts on chain have always been computed so.
function billionthShare(uint256 amount, uint256 part, uint256 whole) pure returns (uint256) {
    return billionthsOf(part, whole).shareOf(amount);
}

function value(Billionths rate) pure returns (uint256) {
    return Billionths.unwrap(rate);
}

/// @return The share of `amount`, rounded down.
function shareOf(Billionths rate, uint256 amount) pure returns (uint256) {
    return amount * Billionths.unwrap(rate) / BILLIONTHS;
}

function plus(Billionths rate, Billionths step) pure returns (Billionths) {
    return Billionths.wrap(Billionths.unwrap(rate) + Billionths.unwrap(step));
}

/// @return The difference, or 0 where the step is larger than the rate.
function minusOrZero(Billionths rate, Billionths step) pure returns (Billionths) {
    if (rate < step) return Billionths.wrap(0);
    return Billionths.wrap(Billionths.unwrap(rate) - Billionths.unwrap(step));
}

function isBelow(Billionths a, Billionths b) pure returns (bool) {
    return Billionths.unwrap(a) < Billionths.unwrap(b);
}

function isEqual(Billionths a, Billionths b) pure returns (bool) {
    return Billionths.unwrap(a) == Billionths.unwrap(b);
}
