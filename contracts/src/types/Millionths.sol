// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice A share in millionths (10^-6), from 0 to 1_000_000 = all: cuts, fee shares, penalties, quota and quorum, the
///         locked part of a round.
/// @dev The scales (Millionths, Billionths, Ray) are types of their own, so that the compiler refuses to mix them. Values
///      come in through `toMillionths`; the ABI stays uint256.
type Millionths is uint24;

using {value, shareOf} for Millionths global;

/// @dev The whole: 1_000_000 millionths.
uint256 constant MILLIONTHS = 1e6;

/// @notice A share of more than the whole. Choose 0 to 1_000_000.
/// @param share In millionths
error NotMillionths(uint256 share);

/// @return Whether `share`, in millionths, is at most the whole.
function isMillionths(uint256 share) pure returns (bool) {
    return share <= MILLIONTHS;
}

/// @notice Reverts with `NotMillionths` for more than the whole.
function toMillionths(uint256 share) pure returns (Millionths) {
    if (!isMillionths(share)) revert NotMillionths(share);
    // forge-lint: disable-next-line(unsafe-typecast)
    return Millionths.wrap(uint24(share));
}

function value(Millionths share) pure returns (uint256) {
    return Millionths.unwrap(share);
}

/// @return The share of `amount`, rounded down.
function shareOf(Millionths share, uint256 amount) pure returns (uint256) {
    return amount * Millionths.unwrap(share) / MILLIONTHS;
}
