// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManager} from "./IManager.sol";

/// @title Roots of Merkle trees by name
/// @notice Keeps a commitment to some state, against which parts of that state can be proven.
interface IMerkleSnapshot is IManager {
    /// @return Root registered under `id`; zero when there is none.
    function snapshot(bytes32 id) external view returns (bytes32);

    /// @notice Only the owner of the Controller.
    function setSnapshot(bytes32 id, bytes32 root) external;

    /// @return Whether `leaf` is in the tree registered under `id`. Pairs are hashed (keccak256) in ascending order.
    function verify(bytes32 id, bytes32[] calldata proof, bytes32 leaf) external view returns (bool);
}
