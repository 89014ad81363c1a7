// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Vm, vm} from "../base/Vm.sol";
import {VectorReplay} from "./VectorReplay.sol";

/// @title Random scenarios with what the TypeScript model predicts: the contracts must do the same
/// @dev The committed ones, or those of the folder in DIFFERENTIAL_FOLDER (`npm run differential`).
contract DifferentialTest is VectorReplay {
    function test_doesWhatTheModelPredicts() external {
        Vm.DirEntry[] memory files =
            vm.readDir(vm.envOr("DIFFERENTIAL_FOLDER", string("fixtures/vectors/differential")));
        uint256 count = 0;
        for (uint256 i = 0; i < files.length; i++) {
            if (files[i].isDir || !_isScenario(files[i].path)) continue;
            this.replay(files[i].path, Source.Model);
            count++;
        }
        vm.assertGe(count, 1, "a folder without scenarios");
    }

    function _isScenario(string memory path) private pure returns (bool) {
        string[] memory parts = vm.split(path, ".");
        return same(parts[parts.length - 1], "jsonl");
    }
}
