// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Under which address a message from L1 arrives on L2
/// @notice Arbitrum adds a constant to the sender's address, so that a contract on L1 can't pass for the contract that
///         happens to have the same address on L2.
library AddressAlias {
    uint160 private constant OFFSET = uint160(0x1111000000000000000000000000000000001111);

    /// @return The sender that L2 sees for a message of `l1Address`, modulo 2^160.
    function aliasOf(address l1Address) internal pure returns (address) {
        unchecked {
            return address(uint160(l1Address) + OFFSET);
        }
    }
}
