// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice A number in 10^-27: cumulative factors of LIP-36 (scale of LIP-71) and the treasury's cut.
/// @dev 128 bits hold 3.4 * 10^11, the growth of one wei of stake to a third of all LPT; more reverts, it is never cut. See
///      Millionths for why each scale is a type.
type Ray is uint128;

using {value, shareOf, grownBy, shrunkTo, plus, isZero, orOne, isEqual as ==} for Ray global;

/// @dev The number 1.
uint256 constant RAY = 1e27;

Ray constant RAY_ZERO = Ray.wrap(0);
Ray constant RAY_ONE = Ray.wrap(1e27);

/// @notice A number that 128 bits can't hold in 10^-27. Use smaller amounts.
/// @param number In 10^-27
error RayOverflow(uint256 number);

/// @return Whether `share`, in 10^-27, is at most the whole.
function isRayShare(uint256 share) pure returns (bool) {
    return share <= RAY;
}

/// @notice Reverts with `RayOverflow` beyond 128 bits.
function toRay(uint256 number) pure returns (Ray) {
    if (number > type(uint128).max) revert RayOverflow(number);
    // forge-lint: disable-next-line(unsafe-typecast)
    return Ray.wrap(uint128(number));
}

/// @return `amount * part / whole`, truncated twice: the ratio first. Amounts on chain have always been computed so.
///         Reverts for a whole of 0 (panic 0x12).
function rayShare(uint256 amount, uint256 part, uint256 whole) pure returns (uint256) {
    return amount * (part * RAY / whole) / RAY;
}

function value(Ray number) pure returns (uint256) {
    return Ray.unwrap(number);
}

/// @return The share of `amount`, rounded down.
function shareOf(Ray share, uint256 amount) pure returns (uint256) {
    return amount * Ray.unwrap(share) / RAY;
}

/// @return `factor * (1 + part / whole)`, with the two truncations of `rayShare`.
function grownBy(Ray factor, uint256 part, uint256 whole) pure returns (Ray) {
    uint256 before = Ray.unwrap(factor);
    return toRay(before + rayShare(before, part, whole));
}

/// @return `factor * part / whole`, with the two truncations of `rayShare`.
function shrunkTo(Ray factor, uint256 part, uint256 whole) pure returns (Ray) {
    return toRay(rayShare(Ray.unwrap(factor), part, whole));
}

function plus(Ray a, uint256 b) pure returns (Ray) {
    return toRay(Ray.unwrap(a) + b);
}

function isZero(Ray number) pure returns (bool) {
    return Ray.unwrap(number) == 0;
}

/// @return The factor, or 1 for the stored 0 that stands for "never written".
function orOne(Ray factor) pure returns (Ray) {
    return Ray.unwrap(factor) == 0 ? RAY_ONE : factor;
}

function isEqual(Ray a, Ray b) pure returns (bool) {
    return Ray.unwrap(a) == Ray.unwrap(b);
}
