// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {LivepeerGovernor} from "../../src/governance/LivepeerGovernor.sol";
import {Treasury} from "../../src/governance/Treasury.sol";
import {ILivepeerGovernor} from "../../src/interfaces/ILivepeerGovernor.sol";
import {ProtocolTest} from "./ProtocolTest.sol";
import {vm} from "./Vm.sol";

/// @title The protocol with its governor and treasury, parameters as on mainnet
abstract contract GovernedTest is ProtocolTest {
    uint256 internal constant VOTING_DELAY = 1;
    uint256 internal constant VOTING_PERIOD = 10;
    uint256 internal constant THRESHOLD = 100e18;
    uint256 internal constant QUORUM = 333_300;
    uint256 internal constant QUOTA = 500_000;
    uint256 internal constant MIN_DELAY = 0;

    uint8 internal constant AGAINST = 0;
    uint8 internal constant FOR = 1;
    uint8 internal constant ABSTAIN = 2;

    Treasury internal treasury;
    ILivepeerGovernor internal governor;

    /// A proposal as its functions take it.
    struct Action {
        address[] targets;
        uint256[] values;
        bytes[] calldatas;
        string description;
    }

    /// After `deploy`. Nobody but the governor can use the timelock then.
    function deployGovernance() internal {
        // The timelock takes the time 1, at which forge starts, for a mark.
        vm.warp(1_700_000_000);
        treasury = new Treasury();
        register("Treasury", address(treasury));
        governor = ILivepeerGovernor(proxied("LivepeerGovernor", address(new LivepeerGovernor(controller))));
        governor.initialize(VOTING_DELAY, VOTING_PERIOD, THRESHOLD, QUORUM, QUOTA);
        address[] memory roles = new address[](1);
        roles[0] = address(governor);
        treasury.initialize(MIN_DELAY, roles, roles, address(0));
    }

    /// One call, without ETH.
    function action(address target, bytes memory data) internal pure returns (Action memory made) {
        made = actions(1);
        (made.targets[0], made.calldatas[0], made.description) = (target, data, "a change");
    }

    /// So many calls, all of them empty yet.
    function actions(uint256 count) internal pure returns (Action memory made) {
        made.targets = new address[](count);
        made.values = new uint256[](count);
        made.calldatas = new bytes[](count);
        made.description = "several changes";
    }

    /// A call that changes nothing.
    function noop() internal view returns (Action memory) {
        return action(address(token), abi.encodeCall(token.approve, (address(this), 0)));
    }

    function idOf(Action memory what) internal view returns (uint256) {
        return
            governor.hashProposal(
                what.targets, what.values, what.calldatas, keccak256(bytes(what.description))
            );
    }

    function propose(address account, Action memory what) internal returns (uint256) {
        vm.prank(account);
        return governor.propose(what.targets, what.values, what.calldatas, what.description);
    }

    function castVote(address account, uint256 id, uint8 support) internal returns (uint256) {
        vm.prank(account);
        return governor.castVote(id, support);
    }

    function queue(Action memory what) internal {
        governor.queue(what.targets, what.values, what.calldatas, keccak256(bytes(what.description)));
    }

    function execute(Action memory what) internal {
        governor.execute(what.targets, what.values, what.calldatas, keccak256(bytes(what.description)));
    }

    function cancel(address account, Action memory what) internal {
        vm.prank(account);
        governor.cancel(what.targets, what.values, what.calldatas, keccak256(bytes(what.description)));
    }

    /// Brings a proposal of an account with enough votes to its success.
    function pass(address account, Action memory what) internal returns (uint256 id) {
        id = propose(account, what);
        goToRound(governor.proposalSnapshot(id) + 1);
        castVote(account, id, FOR);
        goToRound(governor.proposalDeadline(id) + 1);
    }

    /// `pass`, queued and executed.
    function carryOut(address account, Action memory what) internal {
        pass(account, what);
        queue(what);
        execute(what);
    }

    /// What a voter signs (EIP-712).
    function ballotDigest(bytes32 ballot) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("LivepeerGovernor"),
                keccak256("1"),
                block.chainid,
                address(governor)
            )
        );
        return keccak256(abi.encodePacked("\x19\x01", domain, ballot));
    }

    function assertVotes(uint256 id, uint256 against, uint256 inFavour, uint256 abstain) internal view {
        (uint256 a, uint256 f, uint256 b) = governor.proposalVotes(id);
        vm.assertEq(a, against, "against");
        vm.assertEq(f, inFavour, "for");
        vm.assertEq(b, abstain, "abstain");
    }

    function assertState(uint256 id, ILivepeerGovernor.ProposalState expected) internal view {
        vm.assertEq(uint256(governor.state(id)), uint256(expected), "state");
    }

    function unexpected(uint256 id, ILivepeerGovernor.ProposalState current, uint256 expected)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            ILivepeerGovernor.GovernorUnexpectedProposalState.selector, id, current, bytes32(expected)
        );
    }
}
