// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ILivepeerGovernor} from "../../src/interfaces/ILivepeerGovernor.sol";
import {GovernedTest} from "../base/GovernedTest.sol";
import {vm} from "../base/Vm.sol";

/// @title Attempts to take the treasury without the consent of stake
contract GovernanceAttacksTest is GovernedTest {
    address private constant T = address(0x11);
    address private constant B = address(0x12);
    address private constant D = address(0xd1);

    function setUp() external {
        deploy(defaultConfig());
        deployGovernance();
        initializeRound();
        fund(T, 1000e18);
        fund(B, 1000e18);
        fund(D, 1_000_000e18);
        bond(T, 100e18, T);
        bond(D, 1_000_000e18, T);
        nextRound();
        token.mint(address(treasury), 500_000e18);
        nextRound();
    }

    /// The only transcoder leaves before the snapshot: nobody has votes then, its delegators neither, and the quorum is 0.
    function test_aProposalThatNobodyCanVoteOnDoesNotPass() external {
        uint256 id = _loot();
        goToRound(governor.proposalSnapshot(id) + 1);
        vm.assertEq(castVote(D, id, AGAINST), 0, "no votes without a transcoder");
        goToRound(governor.proposalDeadline(id) + 1);
        assertState(id, ILivepeerGovernor.ProposalState.Defeated);
    }

    function test_norOneWithoutQuorumAndVotes() external {
        carryOut(T, action(address(governor), abi.encodeCall(governor.updateQuorumNumerator, (0))));
        uint256 id = propose(T, action(address(0), ""));
        goToRound(governor.proposalDeadline(id) + 1);
        assertState(id, ILivepeerGovernor.ProposalState.Defeated);
    }

    /// Known limit, of the original too: delegators have votes only through a transcoder that has stake at the snapshot.
    function test_whoDelegatesToOneOnlyCanBeLeftWithoutVotes() external {
        bond(B, 100e18, B);
        uint256 id = _loot();
        goToRound(governor.proposalSnapshot(id) + 1);
        vm.assertEq(castVote(D, id, AGAINST), 0, "no votes");
        vm.assertEq(castVote(B, id, FOR), 100e18, "alone");
        goToRound(governor.proposalDeadline(id) + 1);
        assertState(id, ILivepeerGovernor.ProposalState.Succeeded);
    }

    function test_butNotIfItMovesBeforeTheSnapshot() external {
        bond(B, 100e18, B);
        uint256 id = _loot();
        bond(D, 0, B);
        goToRound(governor.proposalSnapshot(id) + 1);
        castVote(D, id, AGAINST);
        castVote(B, id, FOR);
        goToRound(governor.proposalDeadline(id) + 1);
        assertState(id, ILivepeerGovernor.ProposalState.Defeated);
    }

    /// A proposal that pays its proposer, who takes its stake out in the round of the snapshot.
    function _loot() private returns (uint256 id) {
        id = propose(T, action(address(token), abi.encodeCall(token.transfer, (T, 500_000e18))));
        nextRound();
        vm.prank(T);
        bonding.unbond(100e18);
    }
}
