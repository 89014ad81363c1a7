// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManager} from "./IManager.sol";

/// @title Roots of Merkle trees by name
/// @notice Keeps a commitment to some state, against which parts of that state can be proven.
interface IMerkleSnapshot is IManager {
    /// @notice Root of a tree.
    /// @param id keccak256 of the snapshot's name
    /// @return Root registered under `id`; zero when there is none
    function snapshot(bytes32 id) external view returns (bytes32);

    /// @notice Registers or replaces a root. Only the owner of the Controller.
    /// @param id keccak256 of the snapshot's name
    /// @param root Zero to unregister
    function setSnapshot(bytes32 id, bytes32 root) external;

    /// @notice Whether something is in a tree. Pairs are hashed (keccak256) in ascending order.
    /// @param id keccak256 of the snapshot's name
    /// @param proof Siblings from the leaf up to the root
    /// @param leaf keccak256 of what is to be proven
    /// @return False also when no root is registered
    function verify(bytes32 id, bytes32[] calldata proof, bytes32 leaf) external view returns (bool);
}
