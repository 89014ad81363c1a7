// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {vm} from "../base/Vm.sol";
import {IssueTest} from "./IssueTest.sol";

/// @title Publicly reported issues of the history of votes
contract VotesIssuesTest is IssueTest {
    function test_issue5_withdrawingFeesKeepsVotesEqualToStake() external {
        bond(D1, 100e18, T1);
        nextRound();
        rewardOf(T1);
        nextRound();
        // Claims before the reward, which it forfeits: without a note of that, its votes would grow all the same.
        vm.prank(D1);
        bonding.withdrawFees(payable(D1), 0);
        rewardOf(T1);
        vm.assertEq(votes.getVotes(D1), bonding.pendingStake(D1, 0), "votes are stake");
    }

    function test_issue7_votesAreReadableAfterFeesAndAClaimLaterThanTheReward() external {
        bond(D1, 100e18, T1);
        nextRound();
        rewardOf(T1);
        fundSender(10 ether, 0);
        redeemFor(T1, 1 ether);
        nextRound();
        redeemFor(T1, 1 ether);
        claimOf(D1);
        redeemFor(T1, 1 ether);
        nextRound();
        vm.assertEq(votes.getPastVotes(D1, rounds.currentRound() - 1), bondedOf(D1), "its stake");
        vm.assertEq(votes.getVotes(D1), bondedOf(D1), "now as well");
    }

    function test_issue7_aClaimAfterTheLastRewardIsNotScaledAgain() external {
        bond(D1, 100e18, T1);
        nextRound();
        rewardOf(T1);
        nextRound();
        nextRound();
        claimOf(D1);
        uint256 bonded = bondedOf(D1);
        nextRound();
        uint256 round = rounds.currentRound();
        rewardOf(T1);
        nextRound();
        vm.assertEq(votes.getPastVotes(D1, round - 1), bonded, "the past does not grow by a later reward");
    }

    /// Like issue 5: stake that changes without a note of it. Only the delegator's record was written.
    function test_slashingADelegatorLowersTheVotesOfItsDelegate() external {
        register("Verifier", address(this));
        token.grantRole(keccak256("BURNER_ROLE"), address(minter));
        bond(D1, 100e18, T1);
        nextRound();
        bonding.slashTranscoder(D1, NONE, 500_000, 0);
        vm.assertEq(votes.getVotes(T1), bonding.transcoderTotalStake(T1), "the delegate's");
        vm.assertEq(votes.getVotes(D1), bonding.pendingStake(D1, 0), "its own");
    }
}
