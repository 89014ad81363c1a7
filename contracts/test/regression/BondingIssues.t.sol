// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SortedPool} from "../../src/bonding/SortedPool.sol";
import {IBondingManager} from "../../src/interfaces/IBondingManager.sol";
import {bound, vm} from "../base/Vm.sol";
import {IssueTest} from "./IssueTest.sol";

/// @title Publicly reported issues of staking: who may change whose stake, and when
contract BondingIssuesTest is IssueTest {
    function test_issue6_nobodyBondsForTheZeroAddress() external {
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.InvalidDelegator.selector, NONE));
        bondFor(STRANGER, 1e18, NONE, T1);
    }

    function test_issue8_rebondingFromUnbondedDoesNotEarnWhatCameBefore() external {
        bond(D1, 100e18, T1);
        _growFactorOf(T1);
        unbondOf(D1, bonding.pendingStake(D1, 0));
        _growFactorOf(T1);
        (uint256 lock,) = bonding.getDelegatorUnbondingLock(D1, 0);
        uint256 fees = bonding.pendingFees(D1, 0);
        vm.prank(D1);
        bonding.rebondFromUnbonded(T1, 0);
        nextRound();
        vm.assertEq(bonding.pendingStake(D1, 0), lock, "no reward was paid since");
        vm.assertEq(bonding.pendingFees(D1, 0), fees, "no fees were paid since");
    }

    function test_issue9_aNewDelegateDoesNotGiveWhatItEarnedBefore() external {
        bond(D1, 100e18, T2);
        _growFactorOf(T1);
        bond(D1, 0, T1);
        uint256 amount = bondedOf(D1);
        nextRound();
        vm.assertEq(bonding.pendingStake(D1, 0), amount, "no reward was paid since");
        vm.assertEq(bonding.pendingFees(D1, 0), 0, "no fees were paid since");
    }

    function test_issue11_aStrangerCannotForceAClaimBeforeTheReward() external {
        bond(D1, 100e18, T1);
        bond(STRANGER, 100e18, T2);
        nextRound();
        bytes memory illegal = abi.encodeWithSelector(IBondingManager.IllegalClaimEarnings.selector, D1, T1);
        vm.expectRevert(illegal);
        bondFor(STRANGER, 1, D1, T1);
        vm.expectRevert(illegal);
        give(STRANGER, D1, 1);
        rewardOf(T1);
        uint256 stake = bonding.pendingStake(D1, 0);
        vm.assertGe(stake, 100e18 + 1, "the reward reached the delegator");
        bondFor(STRANGER, 1, D1, T1);
        give(STRANGER, D1, 1);
        vm.assertEq(bonding.pendingStake(D1, 0), stake + 2, "after it gifts are welcome");
    }

    function test_issue12_aStrangerMakesNobodyItsOwnDelegate() external {
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.InvalidDelegate.selector, D1));
        bondFor(STRANGER, 1e18, D1, D1);
        vm.assertFalse(bonding.isRegisteredTranscoder(D1), "not a transcoder");
    }

    function test_issue12_nobodyIsMadeItsOwnDelegateByAGift() external {
        bond(STRANGER, 100e18, D1);
        nextRound();
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.InvalidDelegator.selector, D1));
        give(STRANGER, D1, 1e18);
    }

    function test_issue13_aStrangerChangesNoDelegate() external {
        bond(D1, 100e18, T1);
        nextRound();
        rewardOf(T1);
        bytes memory refused = abi.encodeWithSelector(IBondingManager.InvalidDelegateChange.selector, T1, T2);
        vm.expectRevert(refused);
        bondFor(STRANGER, 0, D1, T2);
        vm.expectRevert(refused);
        bondFor(STRANGER, 1e18, D1, T2);
    }

    function test_issue14_stakeIsNotGivenToTheZeroAddress() external {
        bond(D1, 100e18, T1);
        nextRound();
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.InvalidDelegator.selector, NONE));
        give(D1, NONE, 1e18);
    }

    function test_issue14_stakeWithoutADelegateStaysWhole() external {
        bond(D1, 100e18, NONE);
        nextRound();
        give(D1, D2, 40e18);
        vm.assertEq(bondedOf(D1) + bondedOf(D2), 100e18, "nothing is lost");
        vm.assertEq(bonding.transcoderTotalStake(NONE), 100e18, "and the record says so");
        nextRound();
        unbondOf(D1, 60e18);
        unbondOf(D2, 40e18);
        nextRound();
        nextRound();
        vm.prank(D2);
        bonding.withdrawStake(1);
        vm.assertEq(token.balanceOf(D2), 1040e18, "nor frozen");
    }

    function test_issue15_aWholeBondIsGivenWithItsDelegate() external {
        bond(D1, 100e18, T1);
        nextRound();
        give(D1, D2, 100e18);
        vm.assertEq(delegateOf(D2), T1, "the receiver follows the giver's delegate");
        vm.assertEq(bondedOf(D2), 100e18, "with all of it");
        vm.assertEq(bonding.transcoderTotalStake(T1), 500e18, "and the delegate keeps it");
    }

    function test_issue15_theReceiverKeepsWhatItEarned() external {
        bond(D1, 100e18, T1);
        bond(D2, 100e18, T2);
        nextRound();
        rewardOf(T2);
        nextRound();
        rewardOf(T2);
        uint256 before = bonding.pendingStake(D2, 0);
        vm.assertGe(before, 100e18 + 1, "something is earned");
        give(D1, D2, 10e18);
        vm.assertEq(bonding.pendingStake(D2, 0), before + 10e18, "and kept");
        vm.assertEq(delegateOf(D2), T2, "with its own delegate");
    }

    function test_issue21_dustCannotBringAnEvictedTranscoderBackBeforeItsReward() external {
        _evictAndLeave();
        bytes memory refused = abi.encodeWithSelector(
            IBondingManager.DelegateMustCallRewardFirst.selector, T3, rounds.currentRound()
        );
        vm.expectRevert(refused);
        bond(STRANGER, 1, T3);
        uint256 minted = minter.currentMintedTokens();
        rewardOf(T3);
        vm.assertGe(minter.currentMintedTokens(), minted + 1, "the reward of this round is paid");
        bond(STRANGER, 1, T3);
    }

    function test_issue21_norCanDustThatIsRebonded() external {
        bond(STRANGER, 100e18, T3);
        nextRound();
        unbondOf(STRANGER, 1);
        _evictAndLeave();
        bytes memory refused = abi.encodeWithSelector(
            IBondingManager.DelegateMustCallRewardFirst.selector, T3, rounds.currentRound()
        );
        vm.expectRevert(refused);
        vm.prank(STRANGER);
        bonding.rebond(0);
    }

    function test_issue23_theMigratorChangesNoDelegate() external {
        register("L2Migrator", STRANGER);
        bond(D1, 100e18, T1);
        nextRound();
        bytes memory refused = abi.encodeWithSelector(IBondingManager.InvalidDelegateChange.selector, T1, T2);
        vm.expectRevert(refused);
        bondFor(STRANGER, 1e18, D1, T2);
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.InvalidDelegateChange.selector, T1, NONE));
        bondFor(STRANGER, 0, D1, NONE);
    }

    function test_issue31_aTranscoderCannotDelegateAway() external {
        vm.expectRevert(
            abi.encodeWithSelector(IBondingManager.RegisteredTranscoderCannotDelegate.selector, T1)
        );
        bond(T1, 0, T2);
    }

    /// Whatever the order of claims, all of them together get no more than the stake and the rewards.
    function testFuzz_issue31_claimsInAnyOrderGiveNoMoreThanWasEarned(uint256 order) external {
        bond(D1, 100e18, T1);
        bond(D2, 50e18, T1);
        address[3] memory who = [T1, D1, D2];
        uint256 earned = 550e18;
        for (uint256 i = 0; i < 6; i++) {
            nextRound();
            if (order >> i & 1 == 0) claimOf(who[order >> (i * 3) & 1]);
            uint256 before = minter.currentMintedTokens();
            rewardOf(T1);
            earned += minter.currentMintedTokens() - before;
            if (order >> i & 2 == 0) claimOf(who[bound(order >> (i * 5), 0, 2)]);
        }
        nextRound();
        uint256 sum = 0;
        for (uint256 i = 0; i < 3; i++) {
            sum += bonding.pendingStake(who[i], 0);
        }
        vm.assertLe(sum, earned, "claims");
        vm.assertGe(bonding.transcoderTotalStake(T1), sum, "the record covers them");
    }

    function test_issue32_whoClaimsBeforeTheRewardForfeitsOnlyItsOwn() external {
        bond(D1, 100e18, T1);
        bond(D2, 100e18, T1);
        nextRound();
        claimOf(D1);
        rewardOf(T1);
        vm.assertEq(bonding.pendingStake(D1, 0), 100e18, "its own reward of the round is forfeited");
        vm.assertGe(bonding.pendingStake(D2, 0), 100e18 + 1, "others have theirs");
        nextRound();
        rewardOf(T1);
        vm.assertGe(bonding.pendingStake(D1, 0), 100e18 + 1, "and it earns again from the next round on");
    }

    function test_issue32_thePoolCannotShrink() external {
        vm.expectRevert(abi.encodeWithSelector(SortedPool.PoolSizeCannotShrink.selector, 3, 2));
        bonding.setNumActiveTranscoders(2);
        vm.assertEq(bonding.getTranscoderPoolMaxSize(), 3, "unchanged");
    }

    function _growFactorOf(address transcoder) private {
        fundSender(1 ether, 0);
        for (uint256 i = 0; i < 3; i++) {
            nextRound();
            rewardOf(transcoder);
            redeemFor(transcoder, 0.1 ether);
        }
        nextRound();
    }

    /// T3 is the last of the pool. T4 takes its place and leaves again, so that there is room for T3.
    function _evictAndLeave() private {
        bond(T4, 1e18, T4);
        nextRound();
        bond(T4, 400e18, T4);
        vm.assertTrue(bonding.isActiveTranscoder(T3), "still active");
        unbondOf(T4, 401e18);
        vm.assertEq(bonding.getTranscoderPoolSize(), 2, "there is room");
    }
}
