// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {vm} from "../base/Vm.sol";
import {GasWorld} from "./GasWorld.sol";

/// @title What a round costs, by size of the pool
/// forge-config: default.isolate = true
contract RoundGasTest is GasWorld {
    function test_aRoundWithOneOrchestrator() external {
        measureRound(1, "n=1");
    }

    function test_aRoundWithTenOrchestrators() external {
        measureRound(10, "n=10");
    }

    function test_aRoundWithAFullPool() external {
        measureRound(100, "n=100");
    }

    function measureRound(uint256 n, string memory size) private {
        openWorld(n);
        rewardAll(n);
        vm.roll(block.number + ROUND_LENGTH);
        initializeRound();
        measured(string.concat("initializeRound ", size));
        measureReward(n, 0, string.concat("reward ", size, " head"));
        measureReward(n, n / 2, string.concat("reward ", size, " middle"));
        measureReward(n, n - 1, string.concat("reward ", size, " tail"));
    }

    /// With a hint and without, each in a round in which nobody has called yet, as all did in the one before.
    function measureReward(uint256 n, uint256 index, string memory what) private {
        reward(index, n);
        measured(string.concat(what, " exact hint"));
        finishRound(n, index);
        vm.prank(member(index));
        bonding.reward();
        measured(string.concat(what, " no hint"));
        finishRound(n, index);
    }

    function finishRound(uint256 n, uint256 rewarded) private {
        for (uint256 i = 0; i < n; i++) {
            if (i != rewarded) reward(i, n);
        }
        nextRound();
    }
}
