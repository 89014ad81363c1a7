// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {GovernedTest} from "../base/GovernedTest.sol";
import {vm} from "../base/Vm.sol";
import {IssueTest} from "./IssueTest.sol";

/// @title Publicly reported issues of votes: no vote is counted twice, none takes another's away
contract GovernanceIssuesTest is IssueTest, GovernedTest {
    function setUp() public override {
        super.setUp();
        deployGovernance();
        register("Verifier", address(this));
        token.grantRole(keccak256("BURNER_ROLE"), address(minter));
    }

    function test_issue2_theVoteOfWhoFollowsADelegatorTakesNothingFromIt() external {
        bond(D1, 100e18, T1);
        bond(D2, 50e18, D1);
        uint256 id = _voteOpens();
        castVote(D1, id, FOR);
        castVote(D2, id, AGAINST);
        assertVotes(id, 0, 100e18, 0);
        castVote(T1, id, AGAINST);
        assertVotes(id, 400e18, 100e18, 0);
    }

    function test_issue3_whoLostAllStakeDoesNotVoteNorDoItsDelegators() external {
        bond(D1, 100e18, T3);
        bonding.slashTranscoder(T3, NONE, 1e6, 0);
        uint256 id = _voteOpens();
        vm.assertEq(castVote(T3, id, FOR), 0, "self-delegated, without stake");
        vm.assertEq(castVote(D1, id, FOR), 0, "its delegator");
        assertVotes(id, 0, 0, 0);
    }

    function test_issue4_anOverrideOfAVoteWithoutWeightTakesNothingFromOthers() external {
        bond(D1, 100e18, T3);
        bonding.slashTranscoder(T3, NONE, 1e6, 0);
        uint256 id = _voteOpens();
        castVote(T3, id, FOR);
        castVote(T1, id, FOR);
        castVote(D1, id, AGAINST);
        (uint256 against, uint256 inFavour,) = governor.proposalVotes(id);
        vm.assertEq(inFavour, 400e18, "T1's votes stay");
        vm.assertEq(against, 0, "nothing to vote with");
    }

    function test_issue4_anOverrideMovesExactlyItsOwnVotes() external {
        bond(D1, 100e18, T1);
        uint256 id = _voteOpens();
        castVote(T1, id, FOR);
        castVote(T2, id, FOR);
        castVote(D1, id, AGAINST);
        assertVotes(id, 100e18, 700e18, 0);
    }

    function _voteOpens() private returns (uint256 id) {
        nextRound();
        nextRound();
        id = propose(T1, action(address(this), ""));
        goToRound(governor.proposalSnapshot(id) + 1);
    }
}
