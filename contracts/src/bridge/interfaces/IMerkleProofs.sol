// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What the L2 migrator needs of the MerkleSnapshot
interface IMerkleProofs {
    /// @return True when `leaf` is in the tree with the root stored under `id`; pairs are sorted and hashed by keccak256.
    function verify(bytes32 id, bytes32[] calldata proof, bytes32 leaf) external view returns (bool);
}
