// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../../src/interfaces/IBondingManager.sol";
import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {vm} from "../base/Vm.sol";
import {IssueTest} from "./IssueTest.sol";

/// @title Publicly reported issues of rewards and fees: nobody is paid more than came in
contract EarningsIssuesTest is IssueTest {
    uint256 private constant RAY = 1e27;

    function test_issue1_feesAfterAMissedRewardAreSplitExactlyWithATreasury() external {
        register("Treasury", TREASURY);
        bonding.setTreasuryRewardCutRate(1e26);
        bond(D1, 100e18, T1);
        fundSender(10 ether, 0);
        nextRound();
        rewardOf(T1);
        nextRound();
        nextRound();
        (uint256 stake, uint256 before) = (bonding.transcoderTotalStake(T1), bonding.pendingFees(D1, 0));
        uint256 share = bonding.pendingStake(D1, 0);
        rewardOf(T1);
        redeemFor(T1, 1 ether);
        // Half of the fees is for the delegators, by stake at the start of the round.
        uint256 expected = 0.5 ether * share / stake;
        uint256 got = bonding.pendingFees(D1, 0) - before;
        assertAlmost(got, expected, expected / 1e8, "the delegator's part");
    }

    function test_issue10_earningsAreExactOverManyRounds() external {
        // A millionth of a factor of 10^6 would be worth 0.0001 LPT here.
        bond(D1, 100e18, T1);
        nextRound();
        uint256 expected = 100e18;
        for (uint256 i = 0; i < 20; i++) {
            uint256 stake = bonding.transcoderTotalStake(T1);
            uint256 before = minter.currentMintedTokens();
            rewardOf(T1);
            uint256 minted = minter.currentMintedTokens() - before;
            expected += (minted - minted / 10) * expected / stake;
            nextRound();
        }
        assertAlmost(bonding.pendingStake(D1, 0), expected + 1000, 2000, "to some wei of 10^27");
    }

    function testFuzz_issue10_claimsNeverExceedWhatWasMinted(uint96 amount, uint32 cut) external {
        setTermsAfterReward(T1, cut % 1_000_001);
        uint256 own = uint256(amount) % 1000e18 + 1;
        bond(D1, own, T1);
        uint256 staked = 400e18 + own + 500e18;
        uint256 minted = minter.currentMintedTokens();
        for (uint256 i = 0; i < 4; i++) {
            nextRound();
            rewardOf(T1);
            minted += minter.currentMintedTokens();
            if (i == 1) claimOf(D1);
        }
        uint256 sum = bonding.pendingStake(T1, 0) + bonding.pendingStake(D1, 0) + 500e18;
        vm.assertLe(sum, staked + minted, "no more than was put in and minted");
    }

    function setTermsAfterReward(address transcoder, uint256 cut) private {
        rewardOf(transcoder);
        setTerms(transcoder, cut, 500_000);
    }

    function test_issue16_inflationCountsTheSupplyOfBothChains() external {
        register("L2LPTDataCache", address(this));
        uint256 supply = token.totalSupply();
        nextRound();
        vm.assertEq(minter.currentMintableTokens(), (supply + 1_000_000e18) / 10, "of all LPT");
    }

    /// @dev Asked by the Minter in the test above.
    function l1CirculatingSupply() external pure returns (uint256) {
        return 1_000_000e18;
    }

    function test_issue19_aShrunkenStakeDoesNotMultiplyFees() external {
        fundSender(10 ether, 0);
        unbondOf(T3, 200e18 - 1);
        bond(T4, 300e18, T4);
        rewardOf(T3);
        vm.assertTrue(bonding.isActiveTranscoder(T3), "evicted, and active until the end of the round");
        nextRound();
        uint256 held = address(minter).balance;
        (ITicketLottery.Ticket memory t, bytes memory sig, uint256 rand) = ticketFor(T3, 1 ether);
        (bool ok,) = address(broker).call(abi.encodeCall(broker.redeemWinningTicket, (t, sig, rand)));
        vm.assertFalse(ok, "refused");
        vm.assertEq(bonding.pendingFees(T3, 0), 0, "nothing is booked");
        vm.assertEq(address(minter).balance, held, "nothing is paid");
    }

    function test_issue19_anEvictedTranscodersRewardReachesItsNextStake() external {
        unbondOf(T3, 200e18 - 1);
        bond(T4, 300e18, T4);
        rewardOf(T3);
        (uint256 next,,,,) = bonding.getTranscoderEarningsPoolForRound(T3, rounds.currentRound() + 1);
        vm.assertEq(next, bonding.transcoderTotalStake(T3), "the stake of the next round is known");
    }

    function test_issue20_anInactiveTranscoderGetsNoFees() external {
        fundSender(10 ether, 0);
        unbondOf(T3, 200e18 - 1);
        bond(T4, 300e18, T4);
        nextRound();
        nextRound();
        (ITicketLottery.Ticket memory t, bytes memory sig, uint256 rand) = ticketFor(T3, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.TranscoderMustBeActive.selector, T3));
        broker.redeemWinningTicket(t, sig, rand);
        // More stake while inactive, then active again: exactly the face value.
        bond(T3, 500e18, T3);
        nextRound();
        redeemFor(T3, 1 ether);
        vm.assertLe(bonding.pendingFees(T3, 0), 1 ether, "no more than was paid");
        assertAlmost(bonding.pendingFees(T3, 0), 1 ether, 10, "and all of it");
    }

    function test_issue22_aMissedRewardCostsNoFees() external {
        bond(D1, 100e18, T1);
        bond(D2, 100e18, T2);
        fundSender(10 ether, 0);
        nextRound();
        _rewardBoth();
        nextRound();
        rewardOf(T1);
        nextRound();
        // T1 was here in the round before, T2 was not.
        (uint256 stake1, uint256 own1) = (bonding.transcoderTotalStake(T1), bonding.pendingStake(D1, 0));
        (uint256 stake2, uint256 own2) = (bonding.transcoderTotalStake(T2), bonding.pendingStake(D2, 0));
        (uint256 fees1, uint256 fees2) = (bonding.pendingFees(D1, 0), bonding.pendingFees(D2, 0));
        _rewardBoth();
        redeemFor(T1, 1 ether);
        redeemFor(T2, 1 ether);
        assertAlmost(bonding.pendingFees(D1, 0) - fees1, 0.5 ether * own1 / stake1, 10, "without a gap");
        assertAlmost(bonding.pendingFees(D2, 0) - fees2, 0.5 ether * own2 / stake2, 1e9, "after one");
    }

    function test_issue32_theTreasuryStopsAtItsCeiling() external {
        register("Treasury", TREASURY);
        bonding.setTreasuryRewardCutRate(RAY / 10);
        bonding.setTreasuryBalanceCeiling(1000e18);
        nextRound();
        rewardOf(T1);
        vm.assertGe(token.balanceOf(TREASURY), 1, "it takes its part");
        // Anyone can fill it: that only ends its income, from the next round on.
        vm.prank(STRANGER);
        token.transfer(TREASURY, 1000e18);
        rewardOf(T2);
        uint256 full = token.balanceOf(TREASURY);
        nextRound();
        vm.assertEq(bonding.treasuryRewardCutRate(), 0, "the rate falls to 0");
        rewardOf(T1);
        vm.assertEq(token.balanceOf(TREASURY), full, "full");
    }

    function _rewardBoth() private {
        rewardOf(T1);
        rewardOf(T2);
    }
}
