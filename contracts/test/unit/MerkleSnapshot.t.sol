// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {MerkleSnapshot} from "../../src/governance/MerkleSnapshot.sol";
import {IManager} from "../../src/interfaces/IManager.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {vm} from "../base/Vm.sol";

contract MerkleSnapshotTest is ProtocolTest {
    bytes32 private constant ID = keccak256("LIP-52");

    MerkleSnapshot private _snapshots;

    function setUp() external {
        deploy(defaultConfig());
        _snapshots = new MerkleSnapshot(controller);
    }

    function testFuzz_leavesOfTheTreeAreProvenAndNoOthers(bytes32 a, bytes32 b, bytes32 c, bytes32 other)
        external
    {
        vm.assume(a != b && other != a && other != c);
        bytes32 ab = _pair(a, b);
        _snapshots.setSnapshot(ID, _pair(ab, c));
        vm.assertEq(_snapshots.snapshot(ID), _pair(ab, c), "root");
        bytes32[] memory proof = new bytes32[](2);
        (proof[0], proof[1]) = (b, c);
        vm.assertTrue(_snapshots.verify(ID, proof, a), "a leaf");
        vm.assertFalse(_snapshots.verify(ID, proof, other), "no leaf");
        vm.assertFalse(_snapshots.verify(keccak256("else"), proof, a), "another tree");
    }

    function test_withoutARootNothingIsProven() external view {
        vm.assertFalse(_snapshots.verify(ID, new bytes32[](0), bytes32(0)), "zero leaf, no root");
    }

    function test_onlyTheOwnerOfTheControllerSetsARoot() external {
        vm.expectRevert(
            abi.encodeWithSelector(
                IManager.CallerMustBeControllerOwner.selector, address(0x99), address(this)
            )
        );
        vm.prank(address(0x99));
        _snapshots.setSnapshot(ID, ID);
    }

    function _pair(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }
}
