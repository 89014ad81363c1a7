// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {LivepeerGovernor} from "../../src/governance/LivepeerGovernor.sol";
import {Treasury} from "../../src/governance/Treasury.sol";
import {ILivepeerGovernor} from "../../src/interfaces/ILivepeerGovernor.sol";
import {IPoll} from "../../src/interfaces/IPoll.sol";
import {PollCreator} from "../../src/polling/PollCreator.sol";
import {vm} from "../base/Vm.sol";
import {GasWorld} from "./GasWorld.sol";

/// @title What a decision costs: a poll, and a proposal that pays LPT out of the treasury
/// forge-config: default.isolate = true
contract GovernanceGasTest is GasWorld {
    ILivepeerGovernor private _governor;
    Treasury private _treasury;
    PollCreator private _polls;

    function setUp() external {
        openWorld(POOL);
        vm.warp(1_700_000_000);
        _polls = new PollCreator(bonding);
        _treasury = new Treasury();
        register("Treasury", address(_treasury));
        token.mint(address(_treasury), 1000e18);
        _governor = ILivepeerGovernor(proxied("LivepeerGovernor", address(new LivepeerGovernor(controller))));
        _governor.initialize(1, 10, 100e18, 333_300, 500_000);
        address[] memory roles = new address[](1);
        roles[0] = address(_governor);
        _treasury.initialize(0, roles, roles, address(0));
        bond(DELEGATOR, 100e18, member(MIDDLE));
        nextRound();
    }

    function test_polls() external {
        vm.recordLogs();
        vm.prank(member(MIDDLE));
        _polls.createPoll("QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG");
        measured("createPoll");
        IPoll poll = IPoll(address(uint160(uint256(vm.getRecordedLogs()[0].topics[1]))));
        vm.prank(member(MIDDLE));
        poll.vote(1);
        measured("Poll.vote");
    }

    function test_aProposal() external {
        address[] memory targets = new address[](1);
        bytes[] memory calldatas = new bytes[](1);
        string memory description = "Pay for the work";
        bytes32 hash = keccak256(bytes(description));
        (targets[0], calldatas[0]) = (address(token), abi.encodeCall(token.transfer, (DELEGATOR, 5e18)));

        vm.prank(member(0));
        uint256 id = _governor.propose(targets, new uint256[](1), calldatas, description);
        measured("LivepeerGovernor.propose");
        nextRound();
        nextRound();
        vm.prank(member(MIDDLE));
        _governor.castVote(id, 1);
        measured("LivepeerGovernor.castVote (transcoder)");
        vm.prank(DELEGATOR);
        _governor.castVote(id, 0);
        measured("LivepeerGovernor.castVote (delegator override)");
        for (uint256 i = 0; i < MIDDLE; i++) {
            vm.prank(member(i));
            _governor.castVote(id, 1);
        }
        goToRound(_governor.proposalDeadline(id) + 1);
        _governor.queue(targets, new uint256[](1), calldatas, hash);
        measured("LivepeerGovernor.queue");
        _governor.execute(targets, new uint256[](1), calldatas, hash);
        measured("LivepeerGovernor.execute");
    }
}
