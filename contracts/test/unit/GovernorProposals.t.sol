// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {ILivepeerGovernor} from "../../src/interfaces/ILivepeerGovernor.sol";
import {GovernedTest} from "../base/GovernedTest.sol";
import {Vm, bound, vm} from "../base/Vm.sol";

/// @title Life of a proposal
contract GovernorProposalsTest is GovernedTest {
    address private constant T = address(0x11);
    address private constant T2 = address(0x12);
    address private constant STRANGER = address(0x99);

    function setUp() external {
        deploy(defaultConfig());
        deployGovernance();
        initializeRound();
        fund(T, 1000e18);
        fund(T2, 1000e18);
        bond(T, 600e18, T);
        bond(T2, 400e18, T2);
        nextRound();
    }

    // ---- one whole life -------------------------------------------------------------------------------------

    function test_stakeMovesTheTreasuryAndChangesAParameter() external {
        token.mint(address(treasury), 100e18);
        vm.deal(address(treasury), 3 ether);
        controller.transferOwnership(address(treasury));
        Action memory what = actions(3);
        (what.targets[0], what.calldatas[0]) =
        (address(token), abi.encodeCall(token.transfer, (STRANGER, 40e18)));
        (what.targets[1], what.calldatas[1]) =
        (address(bonding), abi.encodeCall(bonding.setTreasuryRewardCutRate, (25e25)));
        (what.targets[2], what.values[2]) = (STRANGER, 2 ether);
        uint256 id = propose(T, what);
        assertState(id, ILivepeerGovernor.ProposalState.Pending);
        vm.assertEq(governor.proposalProposer(id), T, "proposer");
        vm.assertEq(governor.proposalSnapshot(id), FIRST_ROUND + 2, "snapshot");
        vm.assertEq(governor.proposalDeadline(id), FIRST_ROUND + 12, "deadline");
        goToRound(FIRST_ROUND + 3);
        assertState(id, ILivepeerGovernor.ProposalState.Active);
        vm.assertFalse(governor.hasVoted(id, T), "not yet");
        vm.assertEq(castVote(T, id, FOR), 600e18, "weight");
        vm.assertTrue(governor.hasVoted(id, T), "voted");
        castVote(T2, id, AGAINST);
        assertVotes(id, 400e18, 600e18, 0);
        goToRound(FIRST_ROUND + 12);
        assertState(id, ILivepeerGovernor.ProposalState.Active);
        goToRound(FIRST_ROUND + 13);
        assertState(id, ILivepeerGovernor.ProposalState.Succeeded);
        vm.assertEq(governor.proposalEta(id), 0, "not queued");
        queue(what);
        assertState(id, ILivepeerGovernor.ProposalState.Queued);
        vm.assertEq(governor.proposalEta(id), block.timestamp, "may be executed at once");
        execute(what);
        assertState(id, ILivepeerGovernor.ProposalState.Executed);
        vm.assertEq(governor.proposalEta(id), 0, "done");
        vm.assertEq(token.balanceOf(STRANGER), 40e18, "LPT out of the treasury");
        vm.assertEq(token.balanceOf(address(treasury)), 60e18, "the rest");
        vm.assertEq(STRANGER.balance, 2 ether, "ETH out of the treasury");
        vm.assertEq(bonding.nextRoundTreasuryRewardCutRate(), 25e25, "parameter");
        nextRound();
        vm.assertEq(bonding.treasuryRewardCutRate(), 25e25, "in force");
    }

    function test_ethSentAlongPaysForTheCalls() external {
        Action memory what = actions(1);
        (what.targets[0], what.values[0]) = (STRANGER, 1 ether);
        uint256 id = pass(T, what);
        queue(what);
        vm.deal(address(this), 1 ether);
        governor.execute{value: 1 ether}(
            what.targets, what.values, what.calldatas, keccak256(bytes(what.description))
        );
        vm.assertEq(STRANGER.balance, 1 ether, "paid");
        assertState(id, ILivepeerGovernor.ProposalState.Executed);
    }

    // ---- proposing ------------------------------------------------------------------------------------------

    function test_proposingNeedsVotesSinceTheStartOfTheRound() external {
        fund(STRANGER, 100e18);
        bond(STRANGER, 100e18, STRANGER);
        Action memory what = noop();
        vm.expectRevert(
            abi.encodeWithSelector(
                ILivepeerGovernor.GovernorInsufficientProposerVotes.selector, STRANGER, 0, THRESHOLD
            )
        );
        propose(STRANGER, what);
        nextRound();
        propose(STRANGER, what);
    }

    function test_aProposalIsMadeOnce() external {
        Action memory what = noop();
        uint256 id = propose(T, what);
        vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Pending, 0));
        propose(T2, what);
    }

    function test_aProposalNeedsCallsWithAllTheirParts() external {
        Action memory what = actions(0);
        vm.expectRevert(_lengths(0, 0, 0));
        propose(T, what);
        what = actions(2);
        what.values = new uint256[](1);
        vm.expectRevert(_lengths(2, 2, 1));
        propose(T, what);
        what = actions(2);
        what.calldatas = new bytes[](3);
        vm.expectRevert(_lengths(2, 3, 2));
        propose(T, what);
    }

    function test_aDescriptionCanReserveAProposalForItsProposer() external {
        Action memory what = noop();
        what.description = string.concat("mine#proposer=", vm.toString(T));
        vm.expectRevert(abi.encodeWithSelector(ILivepeerGovernor.GovernorRestrictedProposer.selector, T2));
        propose(T2, what);
        propose(T, what);
        what.description = string.concat("#proposer=", vm.toString(T2));
        propose(T2, what);
        // Not an address, or not at the end: means nothing.
        what.description = "#proposer=0xzz00000000000000000000000000000000000000";
        propose(T2, what);
        what.description = string.concat("#proposer=", vm.toString(T), ".");
        propose(T2, what);
    }

    function test_theEventOfAProposalTellsAllOfIt() external {
        Action memory what = noop();
        vm.recordLogs();
        uint256 id = propose(T, what);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 1, "one event");
        vm.assertEq(logs[0].topics[0], ILivepeerGovernor.ProposalCreated.selector, "event");
        bytes memory expected = abi.encode(
            id,
            T,
            what.targets,
            what.values,
            new string[](1),
            what.calldatas,
            FIRST_ROUND + 2,
            FIRST_ROUND + 12,
            what.description
        );
        vm.assertEq(keccak256(logs[0].data), keccak256(expected), "data");
    }

    function testFuzz_anIdIsTheHashOfItsProposal(
        address target,
        uint256 value,
        bytes calldata data,
        bytes32 text
    ) external view {
        Action memory what = action(target, data);
        what.values[0] = value;
        uint256 id = governor.hashProposal(what.targets, what.values, what.calldatas, text);
        bytes memory encoded = abi.encode(what.targets, what.values, what.calldatas, text);
        vm.assertEq(id, uint256(keccak256(encoded)), "id");
    }

    // ---- taking back ----------------------------------------------------------------------------------------

    function test_theProposerTakesAProposalBackBeforeTheVote() external {
        Action memory what = noop();
        uint256 id = propose(T, what);
        vm.expectRevert(
            abi.encodeWithSelector(ILivepeerGovernor.GovernorUnableToCancel.selector, id, STRANGER)
        );
        cancel(STRANGER, what);
        cancel(T, what);
        assertState(id, ILivepeerGovernor.ProposalState.Canceled);
        vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Canceled, 1));
        cancel(T, what);
        goToRound(FIRST_ROUND + 3);
        vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Canceled, 2));
        castVote(T, id, FOR);
    }

    function test_onceTheVoteBeganNobodyTakesAProposalBack() external {
        Action memory what = noop();
        uint256 id = propose(T, what);
        goToRound(FIRST_ROUND + 3);
        vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Active, 1));
        cancel(T, what);
    }

    // ---- wrong order ----------------------------------------------------------------------------------------

    function test_stepsOutOfOrderAreRefused() external {
        Action memory what = noop();
        uint256 id = idOf(what);
        bytes memory unknown =
            abi.encodeWithSelector(ILivepeerGovernor.GovernorNonexistentProposal.selector, id);
        vm.expectRevert(unknown);
        governor.state(id);
        vm.expectRevert(unknown);
        castVote(T, id, FOR);
        vm.expectRevert(unknown);
        queue(what);
        propose(T, what);
        vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Pending, 2));
        castVote(T, id, FOR);
        vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Pending, 16));
        queue(what);
        vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Pending, 48));
        execute(what);
        goToRound(FIRST_ROUND + 3);
        castVote(T, id, FOR);
        goToRound(FIRST_ROUND + 13);
        vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Succeeded, 2));
        castVote(T2, id, FOR);
        vm.expectPartialRevert(TimelockController.TimelockUnexpectedOperationState.selector);
        execute(what);
        queue(what);
        vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Queued, 16));
        queue(what);
        execute(what);
        vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Executed, 48));
        execute(what);
    }

    /// The treasury may have other executors; what they execute is done for the governor, too.
    function test_aProposalThatTheTreasuryExecutedForAnotherIsDone() external {
        Action memory what = noop();
        uint256 id = pass(T, what);
        bytes32 executor = treasury.EXECUTOR_ROLE();
        vm.prank(address(treasury));
        treasury.grantRole(executor, STRANGER);
        queue(what);
        bytes32 salt = keccak256(bytes(what.description));
        vm.prank(STRANGER);
        treasury.executeBatch(what.targets, what.values, what.calldatas, bytes32(0), salt);
        assertState(id, ILivepeerGovernor.ProposalState.Executed);
        vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Executed, 48));
        execute(what);
    }

    function test_aProposalThatTheTreasuryDroppedIsCanceled() external {
        Action memory what = noop();
        uint256 id = pass(T, what);
        queue(what);
        bytes32 salt = keccak256(bytes(what.description));
        bytes32 operation =
            treasury.hashOperationBatch(what.targets, what.values, what.calldatas, bytes32(0), salt);
        vm.prank(address(governor));
        treasury.cancel(operation);
        assertState(id, ILivepeerGovernor.ProposalState.Canceled);
    }

    function test_aFailingCallLeavesTheProposalQueued() external {
        Action memory what = action(address(token), abi.encodeCall(token.transfer, (STRANGER, 1)));
        uint256 id = pass(T, what);
        queue(what);
        vm.expectRevert(
            abi.encodeWithSignature(
                "ERC20InsufficientBalance(address,uint256,uint256)", address(treasury), 0, 1
            )
        );
        execute(what);
        assertState(id, ILivepeerGovernor.ProposalState.Queued);
    }

    // ---- outcome --------------------------------------------------------------------------------------------

    function test_withoutAQuorumAProposalFails() external {
        fund(STRANGER, 300e18);
        bond(STRANGER, 300e18, STRANGER);
        uint256 id = propose(T, noop());
        goToRound(FIRST_ROUND + 3);
        vm.assertEq(governor.quorum(FIRST_ROUND + 2), 1300e18 * QUORUM / 1e6, "quorum");
        castVote(STRANGER, id, FOR);
        goToRound(FIRST_ROUND + 13);
        assertState(id, ILivepeerGovernor.ProposalState.Defeated);
    }

    function test_abstentionsCountForTheQuorumOnly() external {
        uint256 id = propose(T, noop());
        goToRound(FIRST_ROUND + 3);
        castVote(T, id, ABSTAIN);
        goToRound(FIRST_ROUND + 13);
        assertState(id, ILivepeerGovernor.ProposalState.Succeeded);
    }

    function test_aTiePasses() external {
        fund(STRANGER, 200e18);
        bond(STRANGER, 200e18, STRANGER);
        uint256 id = propose(T, noop());
        goToRound(FIRST_ROUND + 3);
        castVote(T, id, AGAINST);
        castVote(T2, id, FOR);
        castVote(STRANGER, id, FOR);
        goToRound(FIRST_ROUND + 13);
        assertState(id, ILivepeerGovernor.ProposalState.Succeeded);
    }

    function testFuzz_outcomeFollowsQuorumAndQuota(uint256 a, uint256 f, uint256 b) external {
        address[3] memory accounts = [address(0x31), address(0x32), address(0x33)];
        uint256[3] memory amounts = [bound(a, 0, 900e18), bound(f, 0, 900e18), bound(b, 0, 900e18)];
        for (uint256 i = 0; i < 3; i++) {
            if (amounts[i] == 0) continue;
            fund(accounts[i], amounts[i]);
            bond(accounts[i], amounts[i], T);
        }
        uint256 id = propose(T, noop());
        goToRound(FIRST_ROUND + 3);
        for (uint8 i = 0; i < 3; i++) {
            castVote(accounts[i], id, i);
        }
        assertVotes(id, amounts[0], amounts[1], amounts[2]);
        goToRound(FIRST_ROUND + 13);
        uint256 supply = votes.getPastTotalSupply(FIRST_ROUND + 2);
        bool quorate = amounts[0] + amounts[1] + amounts[2] >= supply * QUORUM / 1e6;
        bool passed = quorate && amounts[1] >= (amounts[0] + amounts[1]) * QUOTA / 1e6;
        assertState(
            id, passed ? ILivepeerGovernor.ProposalState.Succeeded : ILivepeerGovernor.ProposalState.Defeated
        );
    }

    // ---- helpers --------------------------------------------------------------------------------------------

    function _lengths(uint256 targets, uint256 calldatas, uint256 values)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            ILivepeerGovernor.GovernorInvalidProposalLength.selector, targets, calldatas, values
        );
    }
}
