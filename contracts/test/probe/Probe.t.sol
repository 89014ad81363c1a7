// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {vm} from "../base/Vm.sol";
import {GasWorld} from "../gas/GasWorld.sol";

/// forge-config: default.isolate = true
contract ProbeTest is GasWorld {
    function setUp() external {
        openWorld(5);
        vm.prank(DELEGATOR);
        bonding.bondWithHint(50e18, member(2), address(0), address(0), member(1), member(3));
        nextRound();
        rewardAll(5);
        nextRound();
    }

    function test_reward() external {
        reward(2, 5);
    }

    function test_init() external {
        vm.roll(block.number + ROUND_LENGTH);
        vm.setBlockhash(block.number - 1, BLOCK_HASH);
        rounds.initializeRound();
    }

    function test_claim() external {
        vm.prank(DELEGATOR);
        bonding.claimEarnings(0);
    }

    function test_bond() external {
        vm.prank(DELEGATOR);
        bonding.bondWithHint(1e18, member(2), address(0), address(0), member(1), member(3));
    }

    function test_bondagain() external {
        vm.prank(DELEGATOR);
        bonding.bondWithHint(1e18, member(2), address(0), address(0), member(1), member(3));
        vm.prank(DELEGATOR);
        bonding.bondWithHint(1e18, member(2), address(0), address(0), member(1), member(3));
    }
}
