// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {DecreasingValues, RoundSeries} from "../../../src/votes/RoundSeries.sol";
import {vm} from "../../base/Vm.sol";

/// @title A number by round, against a plain table of all rounds
contract RoundSeriesTest {
    using RoundSeries for RoundSeries.Series;

    bool public constant IS_TEST = true;
    uint256 private constant ROUNDS = 40;

    RoundSeries.Series private _series;

    function testFuzz_eachRoundHasWhatWasWrittenLastUpToIt(
        uint8[24] calldata steps,
        uint96[24] calldata values
    ) external {
        uint256[ROUNDS + 1] memory table;
        uint256 round = 1;
        for (uint256 i = 0; i < steps.length; i++) {
            // Mostly the same round again or the next, sometimes a gap.
            round += steps[i] % 4 == 3 ? 3 : steps[i] % 2;
            if (round >= ROUNDS) break;
            _series.write(round, values[i]);
            for (uint256 later = round; later <= ROUNDS; later++) {
                table[later] = values[i];
            }
            vm.assertEq(_series.latest(), values[i], "newest");
        }
        for (uint256 r = 0; r <= ROUNDS; r++) {
            vm.assertEq(_series.valueAt(r), table[r], "as of the round");
        }
    }

    function test_aSecondValueOfARoundTakesThePlaceOfTheFirst() external {
        _series.write(7, 1);
        _series.write(7, 2);
        vm.assertEq(_series.entries.length, 1, "one entry");
        vm.assertEq(_series.valueAt(7), 2, "the second");
        vm.assertEq(_series.valueAt(6), 0, "nothing before");
    }

    function testFuzz_thePastIsNotWritten(uint32 last, uint32 round) external {
        vm.assume(round < last);
        _series.write(last, 1);
        vm.expectRevert(abi.encodeWithSelector(DecreasingValues.selector, round, last));
        this.write(round, 2);
    }

    function test_whatDoesNotFitIsRefusedInANewEntryAndAnOldOne() external {
        vm.expectPartialRevert(bytes4(keccak256("SafeCastOverflowedUintDowncast(uint8,uint256)")));
        this.write(7, 1 << 96);
        this.write(7, 1);
        vm.expectPartialRevert(bytes4(keccak256("SafeCastOverflowedUintDowncast(uint8,uint256)")));
        this.write(7, 1 << 96);
        vm.expectPartialRevert(bytes4(keccak256("SafeCastOverflowedUintDowncast(uint8,uint256)")));
        this.write(1 << 32, 1);
    }

    /// expectRevert needs an external call.
    function write(uint256 round, uint256 value) external {
        _series.write(round, value);
    }
}
