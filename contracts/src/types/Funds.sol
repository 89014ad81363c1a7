// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @notice Deposit and reserve of a sender and the round of its unlock, in one word.
/// @dev From the lowest bit: deposit 112 bits, reserve 112 bits (2^112 wei are 5 * 10^15 ETH), withdraw round 32 bits,
///      0 while locked.
type Funds is uint256;

using {deposit, reserve, withdrawRound, isZero, isUnlockedIn, locked, lessDeposit} for Funds global;

/// @notice Reverts when an amount or the round does not fit.
function toFunds(uint256 deposit_, uint256 reserve_, uint256 withdrawRound_) pure returns (Funds) {
    if (deposit_ > type(uint112).max) revert SafeCast.SafeCastOverflowedUintDowncast(112, deposit_);
    if (reserve_ > type(uint112).max) revert SafeCast.SafeCastOverflowedUintDowncast(112, reserve_);
    if (withdrawRound_ > type(uint32).max) {
        revert SafeCast.SafeCastOverflowedUintDowncast(32, withdrawRound_);
    }
    return Funds.wrap(deposit_ | reserve_ << 112 | withdrawRound_ << 224);
}

function deposit(Funds funds) pure returns (uint256) {
    return Funds.unwrap(funds) & type(uint112).max;
}

function reserve(Funds funds) pure returns (uint256) {
    return Funds.unwrap(funds) >> 112 & type(uint112).max;
}

/// @notice First round in which the funds may leave; 0 = locked.
function withdrawRound(Funds funds) pure returns (uint256) {
    return Funds.unwrap(funds) >> 224;
}

/// @notice Neither a deposit nor a reserve; an unlock may be in progress.
function isZero(Funds funds) pure returns (bool) {
    return Funds.unwrap(funds) << 32 == 0;
}

/// @notice Whether the funds may have left by `round`, so that nothing secures tickets any more.
function isUnlockedIn(Funds funds, uint256 round) pure returns (bool) {
    uint256 first = withdrawRound(funds);
    return first != 0 && first <= round;
}

/// @notice The same amounts without an unlock.
function locked(Funds funds) pure returns (Funds) {
    return Funds.wrap(Funds.unwrap(funds) << 32 >> 32);
}

/// @param amount At most the deposit; the caller has checked it.
function lessDeposit(Funds funds, uint256 amount) pure returns (Funds) {
    return Funds.wrap(Funds.unwrap(funds) - amount);
}
