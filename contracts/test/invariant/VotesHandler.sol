// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {LivepeerGovernor} from "../../src/governance/LivepeerGovernor.sol";
import {ILivepeerGovernor} from "../../src/interfaces/ILivepeerGovernor.sol";
import {vm} from "../base/Vm.sol";
import {Checks} from "./Checks.sol";

/// @title Proposals and votes among holders who bond, move, unbond, earn and are slashed all the time
contract VotesHandler is Checks {
    struct Ballot {
        address voter;
        uint8 support;
    }

    uint256 private constant THRESHOLD = 100e18;

    ILivepeerGovernor private _governor;
    uint256[] private _proposals;
    mapping(uint256 proposalId => Ballot[]) private _ballots;

    constructor() {
        _governor = ILivepeerGovernor(proxied("LivepeerGovernor", address(new LivepeerGovernor(controller))));
        _governor.initialize(1, 10, THRESHOLD, 333_300, 500_000);
        startRound(1);
    }

    function propose(uint256 who) public by(address(0)) {
        address[] memory targets = new address[](1);
        string memory description = vm.toString(_proposals.length);
        address proposer = account(who);
        bool enough = votes.getPastVotes(proposer, rounds.currentRound() - 1) >= THRESHOLD;
        bytes memory data =
            abi.encodeCall(_governor.propose, (targets, new uint256[](1), new bytes[](1), description));
        bool ok = send(proposer, address(_governor), "propose", data, 0);
        vm.assertTrue(ok == enough, "who has votes since the start of the round can propose");
        if (!ok) return;
        _proposals.push(
            _governor.hashProposal(targets, new uint256[](1), new bytes[](1), keccak256(bytes(description)))
        );
    }

    /// A proposal, and its vote begins; what happens between the proposal and the snapshot counts.
    function openVote(uint256 who, uint256 choice) external {
        propose(who);
        startRound(1);
        if (choice % 2 == 0) _reward(candidate(choice >> 1), candidate(choice >> 1), choice >> 8);
        startRound(1);
    }

    /// @dev Whether somebody votes does not depend on others, as long as the vote is open.
    function vote(uint256 which, uint256 who, uint256 support) public by(address(0)) {
        if (_proposals.length == 0) return;
        uint256 id = _recent(which);
        address voter = account(who);
        bool due = _governor.state(id) == ILivepeerGovernor.ProposalState.Active
            && !_governor.hasVoted(id, voter) && support % 4 < 3;
        // forge-lint: disable-next-line(unsafe-typecast)
        uint8 choice = uint8(support % 4);
        bool ok = send(voter, address(_governor), "vote", abi.encodeCall(_governor.castVote, (id, choice)), 0);
        vm.assertTrue(ok == due, "everybody votes once while the vote is open");
        if (!ok) return;
        _ballots[id].push(Ballot(voter, choice));
        if (_delegateAt(id, voter) != voter) succeeded["override"]++;
    }

    function voteOfAll(uint256 which, uint256 first, uint256 choices) external {
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            vote(which, first % ACCOUNTS + i, choices >> (2 * i));
        }
    }

    /// @dev The newest proposal whose snapshot lies behind: votes can be read from the next round on.
    function checkTallies() external view {
        for (uint256 i = _proposals.length; i > 0; i--) {
            uint256 id = _proposals[i - 1];
            uint256 snapshot = _governor.proposalSnapshot(id);
            if (rounds.currentRound() <= snapshot) continue;
            (uint256[] memory weights, uint256[] memory delegates) = _electorate(snapshot);
            _requireTally(id, weights, delegates);
            _requireSupply(id, weights, delegates);
            return;
        }
    }

    /// Each choice has exactly what those who took it have left: overrides count wherever they came from.
    function _requireTally(uint256 id, uint256[] memory weights, uint256[] memory delegates) private view {
        Ballot[] storage ballots = _ballots[id];
        uint256[] memory taken = new uint256[](ACCOUNTS + 1);
        for (uint256 i = 0; i < ballots.length; i++) {
            uint256 who = _indexOf(ballots[i].voter);
            if (delegates[who] != who) taken[delegates[who]] += weights[who];
        }
        uint256[3] memory expected;
        for (uint256 i = 0; i < ballots.length; i++) {
            uint256 who = _indexOf(ballots[i].voter);
            uint256 weight = weights[who];
            if (delegates[who] == who) weight = weight > taken[who] ? weight - taken[who] : 0;
            expected[ballots[i].support] += weight;
        }
        (uint256 against, uint256 inFavour, uint256 abstain) = _governor.proposalVotes(id);
        vm.assertEq(against, expected[0], "tally: against");
        vm.assertEq(inFavour, expected[1], "tally: for");
        vm.assertEq(abstain, expected[2], "tally: abstentions");
    }

    /// Delegators have no more than their transcoder, and all votes together are no more than all transcoders have.
    function _requireSupply(uint256 id, uint256[] memory weights, uint256[] memory delegates) private view {
        uint256 supply = 0;
        uint256[] memory delegated = new uint256[](ACCOUNTS + 1);
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            if (delegates[i] == i) supply += weights[i];
            else delegated[delegates[i]] += weights[i];
        }
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            if (delegates[i] != i) continue;
            vm.assertLe(delegated[i], weights[i], "a transcoder has the votes of its delegators");
        }
        (uint256 against, uint256 inFavour, uint256 abstain) = _governor.proposalVotes(id);
        vm.assertLe(against + inFavour + abstain, supply, "no more votes than stake");
    }

    /// Votes and, by index, delegates of all accounts; the index after the last stands for nobody.
    function _electorate(uint256 snapshot)
        private
        view
        returns (uint256[] memory weights, uint256[] memory delegates)
    {
        (weights, delegates) = (new uint256[](ACCOUNTS), new uint256[](ACCOUNTS));
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            address delegate;
            (weights[i], delegate) = votes.getVotesAndDelegateAtRoundStart(account(i), snapshot + 1);
            delegates[i] = delegate == address(0) ? ACCOUNTS : _indexOf(delegate);
        }
    }

    function _indexOf(address who) private pure returns (uint256) {
        return uint160(who) - uint160(account(0));
    }

    function _recent(uint256 which) private view returns (uint256) {
        uint256 count = _proposals.length;
        return _proposals[count - 1 - which % (count < 3 ? count : 3)];
    }

    function _delegateAt(uint256 id, address who) private view returns (address) {
        return votes.delegatedAt(who, _governor.proposalSnapshot(id));
    }
}
