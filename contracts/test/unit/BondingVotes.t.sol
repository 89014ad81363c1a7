// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IBondingVotes} from "../../src/interfaces/IBondingVotes.sol";
import {RoundsManager} from "../../src/rounds/RoundsManager.sol";
import {BondingVotes} from "../../src/votes/BondingVotes.sol";
import {DecreasingValues} from "../../src/votes/RoundSeries.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {Vm, bound, vm} from "../base/Vm.sol";

contract BondingVotesTest is ProtocolTest {
    address private constant T = address(0x11);
    address private constant T2 = address(0x12);
    address private constant D = address(0x21);
    uint256 private constant MAX_AMOUNT = (1 << 91) - 1;
    uint256 private constant MAX_ROUND = (1 << 24) - 1;

    function setUp() external {
        deploy(defaultConfig());
        initializeRound();
        fund(T, 1000e18);
        fund(T2, 1000e18);
        fund(D, 1000e18);
    }

    // ---- votes of accounts that bond ------------------------------------------------------------------------

    function test_stakeVotesFromTheNextRoundOn() external {
        bond(T, 100e18, T);
        vm.assertEq(votes.getVotes(T), 100e18, "as of the next round");
        vm.assertEq(_votesAt(T, FIRST_ROUND), 0, "not in the round of the bond");
        vm.assertTrue(votes.hasCheckpoint(T), "recorded");
        vm.assertFalse(votes.hasCheckpoint(D), "a stranger");
        nextRound();
        vm.assertEq(votes.getPastVotes(T, FIRST_ROUND), 100e18, "end of the round of the bond");
        vm.assertEq(votes.getPastVotes(T, FIRST_ROUND - 1), 0, "the round before");
    }

    function test_aDelegatorVotesWithItsStakeAndTheRewards() external {
        bond(T, 100e18, T);
        bond(D, 50e18, T);
        vm.prank(T);
        bonding.transcoder(0, 0);
        nextRound();
        for (uint256 i = 0; i < 3; i++) {
            vm.prank(T);
            bonding.reward();
            vm.assertEq(votes.getVotes(D), bonding.pendingStake(D, 0), "delegator");
            vm.assertEq(votes.getVotes(T), bonding.transcoderTotalStake(T), "transcoder");
            nextRound();
        }
        vm.assertTrue(votes.getVotes(D) > 50e18, "rewards count");
        vm.assertEq(votes.getPastVotes(D, FIRST_ROUND), 50e18, "history stays");
    }

    function test_delegatorsOfSomebodyWithoutStakeHaveNoVotes() external {
        bond(D, 50e18, T);
        vm.assertEq(votes.getVotes(D), 0, "delegator of an account without stake");
        vm.assertEq(votes.getVotes(T), 0, "the account without stake");
        vm.assertEq(votes.delegates(D), T, "the delegate is known all the same");
        bond(T, 1, T);
        vm.assertEq(votes.getVotes(D), 50e18, "once the delegate has stake");
        vm.assertEq(votes.getVotes(T), 50e18 + 1, "all stake delegated to it");
    }

    function test_delegationsToADelegatorAreNotVotes() external {
        bond(T, 100e18, T);
        bond(D, 50e18, T);
        bond(T2, 70e18, D);
        vm.assertEq(votes.getVotes(D), 50e18, "its own stake");
        vm.assertEq(votes.getVotes(T2), 0, "its delegate is no transcoder");
    }

    function test_stakeThatComesAndGoesInARoundHasNoVotes() external {
        bond(T, 100e18, T);
        nextRound();
        vm.startPrank(T);
        bonding.bond(500e18, T);
        bonding.unbond(500e18);
        vm.stopPrank();
        vm.assertEq(votes.getVotes(T), 100e18, "in the next round");
        vm.assertEq(_votesAt(T, rounds.currentRound()), 100e18, "in this round");
    }

    function test_aDelegateIsRememberedForEachRound() external {
        bond(T, 100e18, T);
        bond(T2, 100e18, T2);
        bond(D, 50e18, T);
        nextRound();
        bond(D, 0, T2);
        bond(D, 0, T);
        bond(D, 0, T2);
        nextRound();
        vm.prank(D);
        bonding.unbond(50e18);
        nextRound();
        bond(D, 1e18, T);
        nextRound();
        vm.assertEq(votes.delegatedAt(D, FIRST_ROUND - 1), address(0), "before");
        vm.assertEq(votes.delegatedAt(D, FIRST_ROUND), T, "first");
        vm.assertEq(votes.delegatedAt(D, FIRST_ROUND + 1), T2, "the last of three in a round");
        vm.assertEq(votes.delegatedAt(D, FIRST_ROUND + 2), address(0), "none after leaving");
        vm.assertEq(votes.delegatedAt(D, FIRST_ROUND + 3), T, "back");
        vm.assertEq(votes.delegates(D), T, "now");
    }

    // ---- total ----------------------------------------------------------------------------------------------

    function test_theTotalOfASkippedRoundIsThatOfTheNextInitialized() external {
        bond(T, 100e18, T);
        nextRound();
        bond(T2, 70e18, T2);
        goToRound(FIRST_ROUND + 4);
        vm.assertEq(votes.getTotalActiveStakeAt(FIRST_ROUND - 1), 0, "before the first record");
        vm.assertEq(votes.getTotalActiveStakeAt(FIRST_ROUND), 0, "recorded as 0");
        vm.assertEq(votes.getTotalActiveStakeAt(FIRST_ROUND + 1), 100e18, "recorded");
        vm.assertEq(votes.getTotalActiveStakeAt(FIRST_ROUND + 2), 170e18, "skipped");
        vm.assertEq(votes.getTotalActiveStakeAt(FIRST_ROUND + 4), 170e18, "current");
        vm.assertEq(votes.getPastTotalSupply(FIRST_ROUND), 100e18, "end of a round = start of the next");
        bond(D, 5e18, T);
        vm.assertEq(votes.totalSupply(), 175e18, "next round");
        vm.assertEq(
            votes.totalSupply(), bonding.nextRoundTotalActiveStake(), "as the BondingManager knows it"
        );
    }

    function test_withoutARecordThereIsNoTotal() external {
        BondingVotes fresh = new BondingVotes(controller);
        vm.assertEq(fresh.totalSupply(), 0, "no record");
    }

    // ---- refusals -------------------------------------------------------------------------------------------

    function test_theFutureIsRefused() external {
        bytes4 code = IBondingVotes.FutureLookup.selector;
        vm.expectRevert(abi.encodeWithSelector(code, FIRST_ROUND, FIRST_ROUND - 1));
        votes.getPastVotes(T, FIRST_ROUND);
        vm.expectRevert(abi.encodeWithSelector(code, FIRST_ROUND, FIRST_ROUND - 1));
        votes.getPastTotalSupply(FIRST_ROUND);
        vm.expectRevert(abi.encodeWithSelector(code, type(uint256).max, FIRST_ROUND - 1));
        votes.delegatedAt(T, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(code, FIRST_ROUND + 2, FIRST_ROUND + 1));
        votes.getTotalActiveStakeAt(FIRST_ROUND + 2);
        vm.expectRevert(abi.encodeWithSelector(code, FIRST_ROUND + 2, FIRST_ROUND + 1));
        votes.getVotesAndDelegateAtRoundStart(T, FIRST_ROUND + 2);
        votes.getTotalActiveStakeAt(FIRST_ROUND + 1);
    }

    function test_roundsStartWithoutAHistoryOfVotes() external {
        register("BondingVotes", address(0));
        uint256 round = rounds.currentRound() + 1;
        goToRound(round);
        vm.assertEq(rounds.lastInitializedRound(), round, "started");
        vm.assertEq(
            bonding.currentRoundActiveTranscoders(), bonding.getTranscoderPoolSize(), "with its active set"
        );
    }

    function test_onlyTheBondingManagerWrites() external {
        bytes memory refusal =
            abi.encodeWithSelector(IBondingVotes.InvalidCaller.selector, address(this), address(bonding));
        vm.expectRevert(refusal);
        votes.checkpointBondingState(T, FIRST_ROUND + 1, 1, T, 1, 0, 0);
        vm.expectRevert(refusal);
        votes.checkpointTotalActiveStake(1, FIRST_ROUND);
    }

    function test_recordsAreForTheNextRoundAndTotalsForTheCurrentOne() external {
        vm.startPrank(address(bonding));
        for (uint256 i = 0; i < 2; i++) {
            uint256 wrong = FIRST_ROUND + 2 * i;
            vm.expectRevert(
                abi.encodeWithSelector(IBondingVotes.InvalidStartRound.selector, wrong, FIRST_ROUND + 1)
            );
            votes.checkpointBondingState(T, wrong, 1, T, 1, 0, 0);
        }
        vm.expectRevert(
            abi.encodeWithSelector(IBondingVotes.FutureLastClaimRound.selector, FIRST_ROUND + 1, FIRST_ROUND)
        );
        votes.checkpointBondingState(T, FIRST_ROUND + 1, 1, T, 1, FIRST_ROUND + 1, 0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IBondingVotes.InvalidTotalStakeCheckpointRound.selector, FIRST_ROUND + 1, FIRST_ROUND
            )
        );
        votes.checkpointTotalActiveStake(1, FIRST_ROUND + 1);
        vm.stopPrank();
    }

    function test_recordsCannotGoBackInTime() external {
        bond(T, 1e18, T);
        // A RoundsManager that counts from another block.
        RoundsManager younger = new RoundsManager(controller);
        younger.setRoundLength(2 * ROUND_LENGTH);
        register("RoundsManager", address(younger));
        uint256 round = FIRST_ROUND / 2;
        vm.startPrank(address(bonding));
        vm.expectRevert(abi.encodeWithSelector(DecreasingValues.selector, round + 1, FIRST_ROUND + 1));
        votes.checkpointBondingState(T, round + 1, 1, T, 1, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(DecreasingValues.selector, round, FIRST_ROUND));
        votes.checkpointTotalActiveStake(1, round);
        vm.stopPrank();
    }

    function test_delegationIsUpToTheBondingManager() external {
        vm.expectRevert(abi.encodeWithSelector(IBondingVotes.MustCallBondingManager.selector, "bond"));
        votes.delegate(T);
        vm.expectRevert(abi.encodeWithSelector(IBondingVotes.MustCallBondingManager.selector, "bondFor"));
        votes.delegateBySig(T, 0, 0, 27, bytes32(0), bytes32(0));
    }

    function test_aMissingRewardFactorIsNamed() external {
        vm.startPrank(address(bonding));
        votes.checkpointBondingState(T, FIRST_ROUND + 1, 1, T, 2, 0, 7);
        votes.checkpointBondingState(D, FIRST_ROUND + 1, 1, T, 0, 0, 0);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IBondingVotes.MissingEarningsPool.selector, T, 7));
        votes.getVotes(D);
        vm.assertEq(votes.getVotes(T), 2, "the transcoder needs no factor");
    }

    function test_itDescribesItself() external view {
        vm.assertEq(votes.name(), "Livepeer Voting Power", "name");
        vm.assertEq(votes.symbol(), "vLPT", "symbol");
        vm.assertEq(votes.decimals(), 18, "decimals");
        vm.assertEq(votes.CLOCK_MODE(), "mode=livepeer_round", "clock mode");
        vm.assertEq(votes.clock(), FIRST_ROUND, "clock");
        vm.assertEq(votes.targetContractId(), keccak256("BondingVotesTarget"), "proxied");
    }

    // ---- packing --------------------------------------------------------------------------------------------

    function testFuzz_recordsKeepEveryValueThatFits(uint256 bonded, uint256 delegated, uint256 claim)
        external
    {
        bonded = bound(bonded, 1, MAX_AMOUNT);
        delegated = bound(delegated, 0, MAX_AMOUNT);
        claim = bound(claim, 0, FIRST_ROUND);
        vm.startPrank(address(bonding));
        votes.checkpointBondingState(T, FIRST_ROUND + 1, bonded, T, delegated, claim, 0);
        votes.checkpointBondingState(D, FIRST_ROUND + 1, bonded, T, delegated, claim, 0);
        vm.stopPrank();
        vm.assertEq(votes.getVotes(T), delegated, "delegated");
        vm.assertEq(votes.getVotes(D), bonded, "bonded");
    }

    function testFuzz_valuesThatDoNotFitAreRefused(uint256 amount, uint256 round) external {
        amount = bound(amount, MAX_AMOUNT + 1, type(uint256).max - 1);
        round = bound(round, MAX_ROUND + 1, type(uint256).max - 1);
        bytes4 code = IBondingVotes.ValueTooLarge.selector;
        vm.startPrank(address(bonding));
        vm.expectRevert(abi.encodeWithSelector(code, amount, MAX_AMOUNT));
        votes.checkpointBondingState(T, FIRST_ROUND + 1, amount, T, 0, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(code, amount, MAX_AMOUNT));
        votes.checkpointBondingState(T, FIRST_ROUND + 1, 0, T, amount, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(code, round, MAX_ROUND));
        votes.checkpointBondingState(T, FIRST_ROUND + 1, 0, T, 0, 0, round);
        vm.stopPrank();
    }

    /// A delegator that did not claim for long needs the wide form of a record, and nobody sees the difference.
    function testFuzz_recordsOfDelegatorsKeepTheirLastClaim(uint256 claim, uint256 bonded) external {
        uint256 round = FIRST_ROUND + 5000;
        claim = bound(claim, 0, round);
        bonded = bound(bonded, 0, MAX_AMOUNT);
        vm.roll(round * ROUND_LENGTH);
        vm.startPrank(address(bonding));
        votes.checkpointBondingState(D, round + 1, bonded, T, 7, claim, 7);
        vm.roll((round + 1) * ROUND_LENGTH);
        vm.recordLogs();
        votes.checkpointBondingState(D, round + 2, bonded + 1 & MAX_AMOUNT, T, 7, round + 1, 7);
        vm.stopPrank();
        bytes memory expected = abi.encode(bonded, claim, bonded + 1 & MAX_AMOUNT, round + 1);
        vm.assertEq(keccak256(vm.getRecordedLogs()[0].data), keccak256(expected), "previous and new");
    }

    function testFuzz_stakeOfADelegatorThatDoesNotFitIsRefused(uint256 amount) external {
        amount = bound(amount, MAX_AMOUNT + 1, type(uint256).max - 1);
        vm.expectRevert(abi.encodeWithSelector(IBondingVotes.ValueTooLarge.selector, amount, MAX_AMOUNT));
        vm.prank(address(bonding));
        votes.checkpointBondingState(D, FIRST_ROUND + 1, amount, T, 0, 0, 0);
    }

    /// The packed history against the plain rule: what holds in a round is the last write for it or before it. The
    /// account becomes its own delegate, a delegator and neither, in all orders, also within a round.
    function testFuzz_historyIsTheLastWriteBefore(uint256 seed) external {
        uint256[24] memory expectedVotes;
        address[24] memory expectedDelegate;
        uint256 current = 0;
        address delegate = address(0);
        vm.prank(address(bonding));
        votes.checkpointBondingState(T2, FIRST_ROUND + 1, 1, T2, 1e27, 0, 0);
        for (uint256 i = 0; i < 24; i++) {
            vm.roll((FIRST_ROUND + i) * ROUND_LENGTH);
            for (uint256 draws = 0; draws < 3; draws++) {
                seed = uint256(keccak256(abi.encode(seed)));
                if (seed % 3 == 0) continue;
                delegate = seed % 5 == 0 ? address(0) : seed % 5 < 3 ? T2 : T;
                uint256 bonded = 1 + (seed >> 8 & 0xff);
                uint256 delegated = 1000 + (seed >> 16 & 0xff);
                current = delegate == T ? delegated : delegate == T2 ? bonded : 0;
                vm.prank(address(bonding));
                votes.checkpointBondingState(T, FIRST_ROUND + i + 1, bonded, delegate, delegated, 0, 0);
            }
            (expectedVotes[i], expectedDelegate[i]) = (current, delegate);
        }
        vm.roll((FIRST_ROUND + 24) * ROUND_LENGTH);
        for (uint256 i = 0; i < 24; i++) {
            vm.assertEq(votes.getPastVotes(T, FIRST_ROUND + i), expectedVotes[i], "votes");
            vm.assertEq(votes.delegatedAt(T, FIRST_ROUND + i), expectedDelegate[i], "delegate");
        }
    }

    // ---- events ---------------------------------------------------------------------------------------------

    function test_eventsTellWhatChangedSinceTheLastRecord() external {
        vm.startPrank(address(bonding));
        vm.recordLogs();
        votes.checkpointBondingState(T, FIRST_ROUND + 1, 5, T, 9, 3, 0);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 3, "all three at first");
        _checkEvent(logs[0], IVotes.DelegateChanged.selector, "");
        vm.assertEq(_asAddress(logs[0].topics[2]), address(0), "from");
        vm.assertEq(_asAddress(logs[0].topics[3]), T, "to");
        _checkEvent(logs[1], IVotes.DelegateVotesChanged.selector, abi.encode(0, 9));
        _checkEvent(logs[2], IBondingVotes.DelegatorBondedAmountChanged.selector, abi.encode(0, 0, 5, 3));

        vm.recordLogs();
        votes.checkpointBondingState(T, FIRST_ROUND + 1, 5, T, 9, 3, 0);
        vm.assertEq(vm.getRecordedLogs().length, 0, "nothing changed");

        vm.recordLogs();
        votes.checkpointBondingState(T, FIRST_ROUND + 1, 5, T2, 9, 4, 0);
        logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 3, "no transcoder any more");
        _checkEvent(logs[1], IVotes.DelegateVotesChanged.selector, abi.encode(9, 0));
        _checkEvent(logs[2], IBondingVotes.DelegatorBondedAmountChanged.selector, abi.encode(5, 3, 5, 4));

        vm.recordLogs();
        votes.checkpointBondingState(T, FIRST_ROUND + 1, 5, T2, 11, 4, 6);
        vm.assertEq(vm.getRecordedLogs().length, 0, "delegations to a delegator are no votes");

        votes.checkpointBondingState(T, FIRST_ROUND + 1, 0, T, 11, 4, 6);
        vm.recordLogs();
        votes.checkpointBondingState(T, FIRST_ROUND + 1, 0, T, 12, 4, 6);
        vm.assertEq(vm.getRecordedLogs().length, 0, "without stake no transcoder");
        vm.stopPrank();
    }

    function _checkEvent(Vm.Log memory log, bytes32 topic, bytes memory data) private view {
        vm.assertEq(log.emitter, address(votes), "emitter");
        vm.assertEq(log.topics[0], topic, "event");
        vm.assertEq(_asAddress(log.topics[1]), T, "account");
        vm.assertEq(keccak256(log.data), keccak256(data), "data");
    }

    function _asAddress(bytes32 word) private pure returns (address) {
        return address(uint160(uint256(word)));
    }

    function _votesAt(address account, uint256 round) private view returns (uint256 amount) {
        (amount,) = votes.getVotesAndDelegateAtRoundStart(account, round);
    }
}
