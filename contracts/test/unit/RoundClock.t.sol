// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {MAX_CLOCK_ROUND, MAX_START_BLOCK, RoundClock, toRoundClock} from "../../src/rounds/RoundClock.sol";
import {RoundOutOfRange} from "../../src/types/Round.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {vm} from "../base/Vm.sol";

/// @title The clock of rounds, packed beside the controller
contract RoundClockTest is ProtocolTest {
    /// The same rounds counted from the last change of their length only.
    struct Model {
        uint256 length;
        uint256 updateRound;
        uint256 updateStart;
        uint256 initialized;
    }

    function setUp() external {
        deploy(defaultConfig());
    }

    function testFuzz_allOfAClockIsKept(uint32 length, uint40 start, uint24 round, bool initialized)
        external
        pure
    {
        start = uint40(start % (MAX_START_BLOCK + 1));
        RoundClock clock = toRoundClock(length, round, start, initialized);
        vm.assertEq(clock.length(), length, "length");
        vm.assertEq(clock.knownStart(), start, "start");
        vm.assertEq(clock.knownRound(), round, "round");
        vm.assertTrue(clock.isKnownInitialized() == initialized, "initialized");
        vm.assertTrue(clock.isInitializedIn(round) == initialized, "in its round");
        vm.assertFalse(clock.isInitializedIn(uint256(round) + 1), "not in the next");
    }

    function test_whatAClockCantHoldIsRefused() external {
        bytes4 overflow = SafeCast.SafeCastOverflowedUintDowncast.selector;
        vm.expectRevert(abi.encodeWithSelector(overflow, 32, 2 ** 32));
        rounds.setRoundLength(2 ** 32);
        vm.expectRevert(abi.encodeWithSelector(overflow, 39, MAX_START_BLOCK + 1));
        this.pack(1, 1, MAX_START_BLOCK + 1);
        vm.expectRevert(abi.encodeWithSelector(RoundOutOfRange.selector, MAX_CLOCK_ROUND + 1));
        this.pack(1, MAX_CLOCK_ROUND + 1, 1);
    }

    function pack(uint256 length, uint256 round, uint256 start) external pure returns (RoundClock) {
        return toRoundClock(length, round, start, true);
    }

    /// Blocks pass, the length changes, rounds are initialized or not.
    function testFuzz_theClockCountsLikeOneThatNeverMoves(uint32[32] calldata steps) external {
        Model memory m =
            Model(rounds.roundLength(), rounds.currentRound(), rounds.currentRoundStartBlock(), 0);
        for (uint256 i = 0; i < steps.length; i++) {
            uint256 step = steps[i];
            vm.roll(block.number + step / 4 % 200);
            (uint256 round, uint256 start) = count(m);
            if (step % 4 == 0) {
                (m.length, m.updateRound, m.updateStart) = (1 + step / 1000 % 90, round, start);
                rounds.setRoundLength(m.length);
                (round, start) = count(m);
            } else if (step % 4 == 1 && m.initialized != round) {
                initializeRound();
                m.initialized = round;
            }
            vm.assertEq(rounds.currentRound(), round, "round");
            vm.assertEq(rounds.currentRoundStartBlock(), start, "its first block");
            vm.assertEq(rounds.lastInitializedRound(), m.initialized, "last initialized");
            vm.assertTrue(rounds.currentRoundInitialized() == (m.initialized == round), "initialized");
            vm.assertEq(rounds.lastRoundLengthUpdateRound(), m.updateRound, "round of the change");
            vm.assertEq(rounds.lastRoundLengthUpdateStartBlock(), m.updateStart, "its start");
            vm.assertEq(address(rounds.controller()), address(controller), "the neighbour in the slot");
        }
    }

    function count(Model memory m) private view returns (uint256 round, uint256 start) {
        round = m.updateRound + (block.number - m.updateStart) / m.length;
        start = m.updateStart + (round - m.updateRound) * m.length;
    }
}
