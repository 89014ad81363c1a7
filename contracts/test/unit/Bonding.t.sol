// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../../src/interfaces/IBondingManager.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {bound, vm} from "../base/Vm.sol";

/// @title Rules of staking beyond the recorded scenarios: known attacks and edges
contract BondingTest is ProtocolTest {
    address private constant T1 = address(0x11);
    address private constant T2 = address(0x12);
    address private constant T3 = address(0x13);
    address private constant T4 = address(0x14);
    address private constant D1 = address(0x21);
    address private constant D2 = address(0x22);

    function setUp() external {
        deploy(defaultConfig());
        address[6] memory accounts = [T1, T2, T3, T4, D1, D2];
        for (uint256 i = 0; i < accounts.length; i++) {
            fund(accounts[i], 1_000_000e18);
        }
        initializeRound();
    }

    function test_stakeInAnUninitializedRoundIsRefused() external {
        vm.roll((FIRST_ROUND + 1) * ROUND_LENGTH);
        vm.expectRevert(
            abi.encodeWithSelector(IBondingManager.CurrentRoundIsNotInitialized.selector, FIRST_ROUND + 1)
        );
        bond(T1, 1, T1);
    }

    function test_termsCannotChangeInTheLockedPartOfARound() external {
        bond(T1, 1e18, T1);
        vm.roll(FIRST_ROUND * ROUND_LENGTH + 45);
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.CurrentRoundIsLocked.selector, FIRST_ROUND));
        vm.prank(T1);
        bonding.transcoder(0, 0);
    }

    function test_termsAreAtMostOneMillion() external {
        bond(T1, 1e18, T1);
        vm.startPrank(T1);
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.InvalidRewardCut.selector, 1_000_001));
        bonding.transcoder(1_000_001, 0);
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.InvalidFeeShare.selector, 1_000_001));
        bonding.transcoder(0, 1_000_001);
        bonding.transcoder(1_000_000, 1_000_000);
    }

    function test_aRewardCallerRewardsForItsTranscoderOnly() external {
        _activate(T1, 10e18);
        vm.prank(T1);
        bonding.setRewardCaller(D1);
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.CallerMustBeRewardCaller.selector, T1, D1));
        vm.prank(T1);
        bonding.rewardForTranscoder(T1);
        vm.prank(D1);
        bonding.rewardForTranscoder(T1);
        (uint256 lastRewardRound,,,,,,,,,) = bonding.getTranscoder(T1);
        vm.assertEq(lastRewardRound, rounds.currentRound(), "rewarded");
    }

    function test_noOneBondsForTheZeroAddressOrMakesAnotherATranscoder() external {
        vm.startPrank(D1);
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.InvalidDelegator.selector, address(0)));
        bonding.bondForWithHint(1, address(0), T1, address(0), address(0), address(0), address(0));
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.InvalidDelegate.selector, D2));
        bonding.bondForWithHint(1, D2, D2, address(0), address(0), address(0), address(0));
    }

    function test_aTransferCannotMakeTheReceiverATranscoder() external {
        bond(D1, 10e18, D2);
        nextRound();
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.InvalidDelegator.selector, D2));
        vm.prank(D1);
        bonding.transferBond(D2, 5e18, address(0), address(0), address(0), address(0));
    }

    function test_theReceiverOfAWholeBondFollowsTheGiversDelegate() external {
        _activate(T1, 10e18);
        bond(D1, 10e18, T1);
        nextRound();
        vm.prank(D1);
        bonding.transferBond(D2, 10e18, address(0), address(0), address(0), address(0));
        (uint256 bonded,, address delegate,,,,) = bonding.getDelegator(D2);
        vm.assertEq(bonded, 10e18, "bonded");
        vm.assertEq(delegate, T1, "delegate");
        vm.assertEq(bonding.transcoderTotalStake(T1), 20e18, "stake of the delegate");
    }

    /// Starting from factor 1 again would pay the rewards of all earlier rounds once more.
    function test_rebondingToARewardedDelegateGainsNothing() external {
        _activate(T1, 10e18);
        bond(D1, 10e18, T1);
        nextRound();
        _reward(T1);
        nextRound();
        vm.startPrank(D1);
        uint256 stake = bonding.pendingStake(D1, 0);
        bonding.unbond(stake);
        bonding.rebondFromUnbonded(T1, 0);
        vm.stopPrank();
        nextRound();
        vm.assertEq(bonding.pendingStake(D1, 0), stake, "unchanged without a reward");
    }

    /// An active transcoder left with 1 wei and evicted within the round must not be paid by its stale stake.
    function test_anEvictedTranscoderWithDustCannotMultiplyFees() external {
        _activate(T1, 1000e18);
        bond(T2, 100e18, T2);
        bond(T3, 100e18, T3);
        nextRound();
        vm.prank(T1);
        bonding.unbond(1000e18 - 1);
        bond(T4, 100e18, T4);
        vm.assertTrue(bonding.isActiveTranscoder(T1), "active until the round ends");
        _reward(T1);
        nextRound();
        _addFees(T1, 1 ether);
        vm.assertLe(bonding.pendingFees(T1, 0), 1 ether, "not more than was paid");
        vm.assertGe(bonding.pendingFees(T1, 0), 1 ether - 2, "nor less");
    }

    function test_anInactiveTranscoderEarnsNoFees() external {
        _activate(T1, 10e18);
        vm.prank(T1);
        bonding.unbond(10e18);
        _addFees(T1, 1 ether);
        nextRound();
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.TranscoderMustBeActive.selector, T1));
        _addFees(T1, 1 ether);
    }

    /// Dust from an attacker must not bring an evicted transcoder back before it took this round's reward.
    function test_dustCannotCostALeavingTranscoderItsReward() external {
        _activate(T1, 10e18);
        bond(T2, 100e18, T2);
        bond(T3, 100e18, T3);
        nextRound();
        bond(T4, 50e18, T4);
        vm.prank(T4);
        vm.expectRevert(
            abi.encodeWithSelector(
                IBondingManager.DelegateMustCallRewardFirst.selector, T1, rounds.currentRound()
            )
        );
        bonding.bond(1, T1);
        _reward(T1);
    }

    function test_aStrangersBondCannotCostAnAccountItsReward() external {
        _activate(T1, 10e18);
        bond(D1, 10e18, T1);
        nextRound();
        vm.startPrank(D2);
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.IllegalClaimEarnings.selector, D1, T1));
        bonding.bondForWithHint(1, D1, T1, address(0), address(0), address(0), address(0));
        vm.stopPrank();
        _reward(T1);
        vm.prank(D2);
        bonding.bondForWithHint(1, D1, T1, address(0), address(0), address(0), address(0));
    }

    function test_onlyTheProtocolMovesFeesAndRounds() external {
        vm.expectRevert(
            abi.encodeWithSelector(IBondingManager.CallerMustBeTicketBroker.selector, address(this))
        );
        bonding.updateTranscoderWithFees(T1, 1, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IBondingManager.CallerMustBeRoundsManager.selector, address(this))
        );
        bonding.setCurrentRoundTotalActiveStake();
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.CallerMustBeVerifier.selector, address(this)));
        bonding.slashTranscoder(T1, address(0), 1, 0);
    }

    function test_aSlashedTranscoderLosesStakeAndItsPlace() external {
        _activate(T1, 10e18);
        token.grantRole(keccak256("BURNER_ROLE"), address(minter));
        register("Verifier", address(this));
        bonding.slashTranscoder(T1, D1, 500_000, 100_000);
        (uint256 bonded,,, uint256 delegated,,,) = bonding.getDelegator(T1);
        vm.assertEq(bonded, 5e18, "half is left");
        vm.assertEq(delegated, 5e18, "stake of the delegate");
        vm.assertEq(bonding.getTranscoderPoolSize(), 0, "out of the pool");
        vm.assertEq(token.balanceOf(address(minter)), 5e18, "burnt and paid");
        vm.assertEq(token.balanceOf(D1), 1_000_000e18 + 0.5e18, "finder's fee");
    }

    function test_withoutATreasuryCutEverythingGoesToTheTranscoder() external {
        _activate(T1, 10e18);
        _reward(T1);
        vm.assertEq(
            bonding.pendingStake(T1, 0), 10e18 + minter.currentMintableTokens(), "all of the inflation"
        );
    }

    function testFuzz_unbondingReturnsWhatWasBonded(uint256 amount, uint256 part) external {
        amount = bound(amount, 1, 1_000_000e18);
        part = bound(part, 1, amount);
        bond(D1, amount, T1);
        nextRound();
        vm.startPrank(D1);
        bonding.unbond(part);
        vm.expectPartialRevert(IBondingManager.WithdrawRoundNotReached.selector);
        bonding.withdrawStake(0);
        vm.stopPrank();
        nextRound();
        nextRound();
        vm.prank(D1);
        bonding.withdrawStake(0);
        vm.assertEq(token.balanceOf(D1), 1_000_000e18 - amount + part, "balance");
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.InvalidUnbondingLock.selector, D1, 0));
        vm.prank(D1);
        bonding.withdrawStake(0);
    }

    function _activate(address account, uint256 amount) private {
        bond(account, amount, account);
        nextRound();
    }

    function _reward(address account) private {
        vm.prank(account);
        bonding.reward();
    }

    function _addFees(address account, uint256 fees) private {
        vm.prank(address(broker));
        bonding.updateTranscoderWithFees(account, fees, 0);
    }
}
