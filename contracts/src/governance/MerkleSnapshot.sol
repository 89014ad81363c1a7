// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {IController} from "../interfaces/IController.sol";
import {IMerkleSnapshot} from "../interfaces/IMerkleSnapshot.sol";
import {Manager} from "../registry/Manager.sol";

/// @notice See IMerkleSnapshot.
contract MerkleSnapshot is Manager, IMerkleSnapshot {
    /// @inheritdoc IMerkleSnapshot
    mapping(bytes32 id => bytes32 root) public override snapshot;

    constructor(IController controller_) Manager(controller_) {}

    /// @inheritdoc IMerkleSnapshot
    function setSnapshot(bytes32 id, bytes32 root) external override onlyControllerOwner {
        snapshot[id] = root;
    }

    /// @inheritdoc IMerkleSnapshot
    function verify(bytes32 id, bytes32[] calldata proof, bytes32 leaf)
        external
        view
        override
        returns (bool)
    {
        bytes32 root = snapshot[id];
        // Without a root, the leaf 0 would be proven by nothing.
        return root != bytes32(0) && MerkleProof.verifyCalldata(proof, root, leaf);
    }
}
