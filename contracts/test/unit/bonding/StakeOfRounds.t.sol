// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ProtocolTest} from "../../base/ProtocolTest.sol";
import {vm} from "../../base/Vm.sol";

/// @title The stake and the factors of a round, which are stored only when they begin to matter
contract StakeOfRoundsTest is ProtocolTest {
    address private constant T1 = address(0x11);
    address private constant T2 = address(0x12);
    address private constant D1 = address(0x21);

    function setUp() external {
        Config memory config = defaultConfig();
        config.numActiveTranscoders = 1;
        deploy(config);
        fund(T1, 1000e18);
        fund(T2, 1000e18);
        fund(D1, 1000e18);
        initializeRound();
        bond(T1, 100e18, T1);
        nextRound();
    }

    function test_theStakeOfTheNextRoundFollowsEveryChange() external {
        uint256 round = rounds.currentRound();
        bond(D1, 10e18, T1);
        vm.assertEq(_stakeIn(T1, round + 1), 110e18, "after the first bond");
        bond(D1, 5e18, T1);
        vm.assertEq(_stakeIn(T1, round + 1), 115e18, "after the second");
        vm.assertEq(_stakeIn(T1, round), 100e18, "this round keeps what it began with");
    }

    function test_theStakeOfPastRoundsStays() external {
        uint256 round = rounds.currentRound();
        bond(D1, 10e18, T1);
        goToRound(round + 1);
        bond(D1, 20e18, T1);
        goToRound(round + 4);
        bond(D1, 30e18, T1);
        vm.assertEq(_stakeIn(T1, round), 100e18, "first");
        vm.assertEq(_stakeIn(T1, round + 1), 110e18, "second");
        vm.assertEq(_stakeIn(T1, round + 2), 130e18, "known when the next round came");
        vm.assertEq(_stakeIn(T1, round + 3), 0, "nothing happened");
        vm.assertEq(_stakeIn(T1, round + 4), 130e18, "fixed by the change in it");
        vm.assertEq(_stakeIn(T1, round + 5), 160e18, "next");
    }

    function test_stakeAddedToWhoWasPushedOutDoesNotCountInARoundItMissed() external {
        uint256 round = rounds.currentRound();
        // In for the next round, and out again before it begins.
        bond(T2, 200e18, T2);
        vm.prank(T1);
        bonding.reward();
        bond(T1, 200e18, T1);
        vm.assertEq(_stakeIn(T2, round + 1), 200e18, "as it joined");
        bond(D1, 50e18, T2);
        vm.assertEq(bonding.transcoderTotalStake(T2), 250e18, "delegated");
        vm.assertEq(_stakeIn(T2, round + 1), 200e18, "still as it joined");
        bond(D1, 60e18, T2);
        vm.assertEq(_stakeIn(T2, round + 1), 310e18, "back in the pool");
        vm.assertEq(bonding.getFirstTranscoderInPool(), T2, "as its first");
    }

    function test_aClaimNotesTheFactorsThatHold() external {
        bond(D1, 10e18, T1);
        nextRound();
        vm.prank(T1);
        bonding.reward();
        uint256 rewarded = rounds.currentRound();
        (,,, uint256 factor,) = bonding.getTranscoderEarningsPoolForRound(T1, rewarded);
        goToRound(rewarded + 3);
        (,,, uint256 before,) = bonding.getTranscoderEarningsPoolForRound(T1, rewarded + 3);
        vm.assertEq(before, 0, "nothing noted");
        vm.prank(D1);
        bonding.claimEarnings(0);
        (,,, uint256 noted,) = bonding.getTranscoderEarningsPoolForRound(T1, rewarded + 3);
        vm.assertEq(noted, factor, "noted by the claim");
        vm.prank(T1);
        bonding.reward();
        (,,, uint256 grown,) = bonding.getTranscoderEarningsPoolForRound(T1, rewarded + 3);
        vm.assertTrue(grown > factor, "the reward of the round replaces it");
        uint256 stake = bonding.pendingStake(D1, 0);
        goToRound(rewarded + 4);
        vm.assertEq(bonding.pendingStake(D1, 0), stake, "who claimed before the reward has no part in it");
    }

    function _stakeIn(address account, uint256 round) private view returns (uint256 stake) {
        (stake,,,,) = bonding.getTranscoderEarningsPoolForRound(account, round);
    }
}
