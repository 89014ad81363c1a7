// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IL2LPTDataCache} from "../../src/interfaces/IL2LPTDataCache.sol";
import {IManager} from "../../src/interfaces/IManager.sol";
import {IMinter} from "../../src/interfaces/IMinter.sol";
import {IRoundsManager} from "../../src/interfaces/IRoundsManager.sol";
import {RoundsManager} from "../../src/rounds/RoundsManager.sol";
import {Minter} from "../../src/token/Minter.sol";
import {RoundOutOfRange} from "../../src/types/Round.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {bound, vm} from "../base/Vm.sol";

contract RoundsAndMinterTest is ProtocolTest, IL2LPTDataCache {
    address private constant T1 = address(0x11);

    function setUp() external {
        deploy(defaultConfig());
    }

    /// @dev This contract is the data cache where a test registers it.
    function l1CirculatingSupply() external pure override returns (uint256) {
        return 1_000_000e18;
    }

    function test_aRoundIsInitializedOnceAndKeepsItsBlockHash() external {
        vm.assertEq(rounds.currentRound(), FIRST_ROUND, "first round");
        initializeRound();
        vm.assertEq(rounds.blockHashForRound(FIRST_ROUND), BLOCK_HASH, "hash");
        vm.expectRevert(abi.encodeWithSelector(IRoundsManager.RoundAlreadyInitialized.selector, FIRST_ROUND));
        rounds.initializeRound();
    }

    function testFuzz_theStatusIsThatOfTheSingleViews(uint16 blocks, bool initialized, uint256 ofRound)
        external
    {
        initializeRound();
        vm.roll(block.number + blocks);
        if (initialized && !rounds.currentRoundInitialized()) initializeRound();
        (uint256 round, bool known) = rounds.currentRoundStatus();
        vm.assertEq(round, rounds.currentRound(), "round");
        vm.assertTrue(known == rounds.currentRoundInitialized(), "initialized");
        ofRound = bound(ofRound, FIRST_ROUND, round);
        (uint256 same, bool knownToo, bytes32 hash) = rounds.roundAndBlockHash(ofRound);
        vm.assertTrue(same == round && knownToo == known, "same status");
        vm.assertEq(hash, rounds.blockHashForRound(ofRound), "hash");
    }

    function test_aSkippedRoundHasNoHashAndMovesInflationOnce() external {
        initializeRound();
        uint256 before = minter.inflation();
        goToRound(FIRST_ROUND + 5);
        vm.assertEq(rounds.blockHashForRound(FIRST_ROUND + 3), bytes32(0), "skipped");
        vm.assertEq(minter.inflation(), before + 500, "one step");
    }

    /// A chain younger than a round. Nobody has to initialize round 0, and nobody can.
    function test_roundZeroNeedsNobody() external {
        vm.roll(30);
        RoundsManager young = new RoundsManager(controller);
        young.setRoundLength(50);
        vm.assertEq(young.currentRound(), 0, "round");
        vm.assertTrue(young.currentRoundInitialized(), "the last one that was initialized");
        vm.expectRevert(abi.encodeWithSelector(IRoundsManager.RoundAlreadyInitialized.selector, 0));
        young.initializeRound();
        young.setRoundLength(40);
        vm.assertTrue(young.currentRoundInitialized(), "with another length, too");
        vm.roll(40);
        vm.assertEq(young.currentRound(), 1, "round 1");
        vm.assertFalse(young.currentRoundInitialized(), "has to be");
    }

    function test_aLengthIsRefusedWhereRoundsWouldNotFitInto24Bits() external {
        vm.roll(2 ** 24 * 10);
        RoundsManager fresh = new RoundsManager(controller);
        vm.expectRevert(abi.encodeWithSelector(RoundOutOfRange.selector, 2 ** 24));
        fresh.setRoundLength(10);
        fresh.setRoundLength(11);
        vm.roll(2 ** 24 * 10 - 1);
        RoundsManager other = new RoundsManager(controller);
        other.setRoundLength(10);
        vm.assertEq(other.currentRound(), 2 ** 24 - 1, "the last round");
    }

    function testFuzz_aNewLengthChangesNeitherRoundNorItsStart(uint256 blocks, uint256 length) external {
        length = bound(length, 1, 10_000);
        vm.roll(FIRST_ROUND * ROUND_LENGTH + bound(blocks, 0, 1e8));
        (uint256 round, uint256 start) = (rounds.currentRound(), rounds.currentRoundStartBlock());
        rounds.setRoundLength(ROUND_LENGTH);
        vm.assertEq(rounds.currentRound(), round, "round");
        vm.assertEq(rounds.currentRoundStartBlock(), start, "start");
        rounds.setRoundLength(length);
        vm.roll(start + length);
        vm.assertEq(rounds.currentRound(), round + 1, "next round after the new length");
    }

    function test_onlyThe256LastBlocksHaveHashes() external {
        uint256 current = block.number;
        vm.expectRevert(abi.encodeWithSelector(IRoundsManager.BlockIsNotPast.selector, current, current));
        rounds.blockHash(current);
        vm.expectRevert(abi.encodeWithSelector(IRoundsManager.BlockIsTooOld.selector, current - 257, current));
        rounds.blockHash(current - 257);
        rounds.blockHash(current - 256);
    }

    function test_theLastTenthOfARoundIsLocked() external {
        vm.assertEq(rounds.roundLockAmount(), 100_000, "share");
        vm.assertFalse(rounds.currentRoundLocked(), "start");
        vm.roll(block.number + 44);
        vm.assertFalse(rounds.currentRoundLocked(), "before");
        vm.roll(block.number + 1);
        vm.assertTrue(rounds.currentRoundLocked(), "locked");
    }

    function test_inflationFallsWhileMoreThanTheTargetIsBonded() external {
        fund(T1, 1000e18);
        initializeRound();
        bond(T1, 600e18, T1);
        uint256 before = minter.inflation();
        nextRound();
        vm.assertEq(minter.inflation(), before - 500, "one step down");
        vm.assertEq(minter.currentMintableTokens(), 1000e18 * (before - 500) / 1e9, "budget");
    }

    function test_supplyOfTheOtherChainCountsOnceItsCacheIsRegistered() external {
        token.mint(address(this), 5e18);
        vm.assertEq(minter.getGlobalTotalSupply(), 5e18, "without");
        register("L2LPTDataCache", address(this));
        vm.assertEq(minter.getGlobalTotalSupply(), 1_000_005e18, "with");
    }

    function test_onlyContractsOfTheProtocolMoveFundsOfTheMinter() external {
        vm.expectPartialRevert(IMinter.CallerMustBeBondingManager.selector);
        minter.createReward(1, 1);
        vm.expectPartialRevert(IMinter.CallerMustBeBondingManager.selector);
        minter.trustedTransferTokens(T1, 1);
        vm.expectPartialRevert(IMinter.CallerMustBeBondingManager.selector);
        minter.trustedBurnTokens(1);
        vm.expectPartialRevert(IMinter.CallerMustBeBondingManagerOrJobsManager.selector);
        minter.trustedWithdrawETH(payable(T1), 1);
        vm.expectPartialRevert(IMinter.CallerMustBeMinterOrJobsManager.selector);
        minter.depositETH();
        vm.expectPartialRevert(IMinter.CallerMustBeRoundsManager.selector);
        minter.setCurrentRewardTokens();
    }

    /// Who may call stops in a pause as well; the Minter does not rely on it.
    function test_inAPauseNotEvenContractsOfTheProtocolMoveFunds() external {
        controller.pause();
        bytes memory paused = abi.encodeWithSelector(IManager.SystemIsPaused.selector);
        vm.startPrank(address(bonding));
        vm.expectRevert(paused);
        minter.createReward(1, 1);
        vm.expectRevert(paused);
        minter.trustedTransferTokens(T1, 1);
        vm.expectRevert(paused);
        minter.trustedBurnTokens(1);
        vm.expectRevert(paused);
        minter.trustedWithdrawETH(payable(T1), 1);
        vm.stopPrank();
        vm.expectRevert(paused);
        vm.prank(address(rounds));
        minter.setCurrentRewardTokens();
    }

    function test_rewardsNeverExceedTheBudgetOfTheRound() external {
        token.mint(address(this), 1000e18);
        initializeRound();
        uint256 budget = minter.currentMintableTokens();
        vm.startPrank(address(bonding));
        minter.createReward(3, 4);
        vm.expectPartialRevert(IMinter.MintedTokensExceedMintable.selector);
        minter.createReward(1, 2);
        minter.createReward(1, 4);
        vm.assertEq(minter.currentMintedTokens(), budget, "all of it");
    }

    function test_aNewMinterTakesOverLptAndEth() external {
        token.mint(address(minter), 7e18);
        vm.deal(address(minter), 3 ether);
        Minter next = new Minter(controller, 1, 1, 1);
        minter.migrateToNewMinter(next);
        vm.assertEq(token.balanceOf(address(next)), 7e18, "LPT");
        vm.assertEq(address(next).balance, 3 ether, "ETH");
    }

    function test_ratesAreAtMostOneBillion() external {
        vm.expectPartialRevert(IMinter.InvalidInflation.selector);
        new Minter(controller, 1e9 + 1, 0, 0);
        vm.expectPartialRevert(IMinter.InvalidInflationChange.selector);
        minter.setInflationChange(1e9 + 1);
        vm.expectPartialRevert(IMinter.InvalidTargetBondingRate.selector);
        minter.setTargetBondingRate(1e9 + 1);
    }
}
