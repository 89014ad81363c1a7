// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Shares in millionths: cuts, fee shares, penalties, the lock of a round
/// @dev All three libraries multiply first and truncate towards zero. `shareOf(x, a, b)` truncates twice, first the ratio:
///      amounts on chain have always been computed so, and must stay the same to the wei.
library Millionths {
    uint256 internal constant ONE = 1e6;

    function shareOf(uint256 amount, uint256 share) internal pure returns (uint256) {
        return amount * share / ONE;
    }
}

/// @title Shares in billionths: inflation and bonding rate
library Billionths {
    uint256 internal constant ONE = 1e9;

    function ratio(uint256 part, uint256 whole) internal pure returns (uint256) {
        return part * ONE / whole;
    }

    function shareOf(uint256 amount, uint256 share) internal pure returns (uint256) {
        return amount * share / ONE;
    }

    function shareOf(uint256 amount, uint256 part, uint256 whole) internal pure returns (uint256) {
        return shareOf(amount, ratio(part, whole));
    }
}

/// @title Shares in 10^-27: cumulative factors and the treasury's cut
library Rays {
    uint256 internal constant ONE = 1e27;

    function shareOf(uint256 amount, uint256 share) internal pure returns (uint256) {
        return amount * share / ONE;
    }

    function shareOf(uint256 amount, uint256 part, uint256 whole) internal pure returns (uint256) {
        return shareOf(amount, part * ONE / whole);
    }
}
