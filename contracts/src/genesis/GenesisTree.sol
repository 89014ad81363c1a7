// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

/// @title The tree of accounts: 20-byte leaves under keccak256, sorted pairs
/// @dev A leaf preimage has 20 bytes and a node's has 64, so no node can pass for an account.
library GenesisTree {
    /// @param proof A whole number of 32-byte siblings, from the leaf up; the caller has checked its length.
    function rootOf(address account, bytes calldata proof) internal pure returns (bytes32 node) {
        node = keccak256(abi.encodePacked(account));
        for (uint256 offset = 0; offset < proof.length; offset += 32) {
            node = Hashes.commutativeKeccak256(node, bytes32(proof[offset:offset + 32]));
        }
    }
}
