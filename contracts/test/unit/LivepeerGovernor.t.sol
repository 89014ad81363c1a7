// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {LivepeerGovernor} from "../../src/governance/LivepeerGovernor.sol";
import {OneTimeInitializer} from "../../src/governance/OneTimeInitializer.sol";
import {Treasury} from "../../src/governance/Treasury.sol";
import {ILivepeerGovernor} from "../../src/interfaces/ILivepeerGovernor.sol";
import {BondingVotes} from "../../src/votes/BondingVotes.sol";
import {GovernedTest} from "../base/GovernedTest.sol";
import {Vm, bound, vm} from "../base/Vm.sol";

/// @title Life of a proposal, settings and who may do what
contract LivepeerGovernorTest is GovernedTest {
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
        Action memory what = _actions(3);
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
        Action memory what = _actions(1);
        (what.targets[0], what.values[0]) = (STRANGER, 1 ether);
        uint256 id = _pass(what);
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
        Action memory what = _noop();
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
        Action memory what = _noop();
        uint256 id = propose(T, what);
        vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Pending, 0));
        propose(T2, what);
    }

    function test_aProposalNeedsCallsWithAllTheirParts() external {
        Action memory what = _actions(0);
        vm.expectRevert(_lengths(0, 0, 0));
        propose(T, what);
        what = _actions(2);
        what.values = new uint256[](1);
        vm.expectRevert(_lengths(2, 2, 1));
        propose(T, what);
        what = _actions(2);
        what.calldatas = new bytes[](3);
        vm.expectRevert(_lengths(2, 3, 2));
        propose(T, what);
    }

    function test_aDescriptionCanReserveAProposalForItsProposer() external {
        Action memory what = _noop();
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
        Action memory what = _noop();
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
        Action memory what = _noop();
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
        Action memory what = _noop();
        uint256 id = propose(T, what);
        goToRound(FIRST_ROUND + 3);
        vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Active, 1));
        cancel(T, what);
    }

    // ---- wrong order ----------------------------------------------------------------------------------------

    function test_stepsOutOfOrderAreRefused() external {
        Action memory what = _noop();
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
        vm.expectRevert();
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
        Action memory what = _noop();
        uint256 id = _pass(what);
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
        Action memory what = _noop();
        uint256 id = _pass(what);
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
        uint256 id = _pass(what);
        queue(what);
        vm.expectRevert();
        execute(what);
        assertState(id, ILivepeerGovernor.ProposalState.Queued);
    }

    // ---- outcome --------------------------------------------------------------------------------------------

    function test_withoutAQuorumAProposalFails() external {
        fund(STRANGER, 300e18);
        bond(STRANGER, 300e18, STRANGER);
        uint256 id = propose(T, _noop());
        goToRound(FIRST_ROUND + 3);
        vm.assertEq(governor.quorum(FIRST_ROUND + 2), 1300e18 * QUORUM / 1e6, "quorum");
        castVote(STRANGER, id, FOR);
        goToRound(FIRST_ROUND + 13);
        assertState(id, ILivepeerGovernor.ProposalState.Defeated);
    }

    function test_abstentionsCountForTheQuorumOnly() external {
        uint256 id = propose(T, _noop());
        goToRound(FIRST_ROUND + 3);
        castVote(T, id, ABSTAIN);
        goToRound(FIRST_ROUND + 13);
        assertState(id, ILivepeerGovernor.ProposalState.Succeeded);
    }

    function test_aTiePasses() external {
        fund(STRANGER, 200e18);
        bond(STRANGER, 200e18, STRANGER);
        uint256 id = propose(T, _noop());
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
        uint256 id = propose(T, _noop());
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

    // ---- settings -------------------------------------------------------------------------------------------

    function test_onlyProposalsChangeSettings() external {
        bytes[] memory calls = _settings();
        for (uint256 i = 0; i < calls.length; i++) {
            _expectOnlyExecutor(address(this), calls[i]);
            // Somebody else's operation in the same timelock does not do either.
            _expectOnlyExecutor(address(treasury), calls[i]);
        }
    }

    function test_aProposalChangesSettings() external {
        bytes[] memory calls = _settings();
        Action memory what = _actions(calls.length);
        for (uint256 i = 0; i < calls.length; i++) {
            (what.targets[i], what.calldatas[i]) = (address(governor), calls[i]);
        }
        carryOut(T, what);
        vm.assertEq(governor.votingDelay(), 2, "delay");
        vm.assertEq(governor.votingPeriod(), 3, "period");
        vm.assertEq(governor.proposalThreshold(), 4e18, "threshold");
        vm.assertEq(governor.quorumNumerator(), 500_000, "quorum");
        vm.assertEq(governor.quorumNumerator(FIRST_ROUND), QUORUM, "quorum before");
        vm.assertEq(governor.timelock(), STRANGER, "timelock");
        // Nothing is left over that would allow such a call again.
        _expectOnlyExecutor(STRANGER, calls[0]);
    }

    function test_aCallIsAllowedAsOftenAsTheProposalHasIt() external {
        Action memory what = _actions(2);
        bytes memory call = abi.encodeCall(governor.setVotingDelay, (7));
        (what.targets[0], what.calldatas[0]) = (address(governor), call);
        (what.targets[1], what.calldatas[1]) = (address(governor), call);
        carryOut(T, what);
        vm.assertEq(governor.votingDelay(), 7, "delay");
    }

    function test_settingsHaveLimits() external {
        _expectRefused(
            abi.encodeCall(governor.setVotingPeriod, (0)),
            abi.encodeWithSelector(ILivepeerGovernor.GovernorInvalidVotingPeriod.selector, 0)
        );
        _expectRefused(
            abi.encodeCall(governor.setVotingPeriod, (65_536)),
            abi.encodeWithSelector(ILivepeerGovernor.VotingTimeTooLong.selector, 65_536, 65_535)
        );
        _expectRefused(
            abi.encodeCall(governor.setVotingDelay, (65_536)),
            abi.encodeWithSelector(ILivepeerGovernor.VotingTimeTooLong.selector, 65_536, 65_535)
        );
        _expectRefused(
            abi.encodeCall(governor.updateQuorumNumerator, (1_000_001)),
            abi.encodeWithSelector(
                ILivepeerGovernor.GovernorInvalidQuorumFraction.selector, 1_000_001, 1_000_000
            )
        );
    }

    function test_theGovernorPassesOnWhatItWasSent() external {
        token.mint(address(governor), 5e18);
        bytes memory give = abi.encodeCall(token.transfer, (STRANGER, 5e18));
        carryOut(T, action(address(governor), abi.encodeCall(governor.relay, (address(token), 0, give))));
        vm.assertEq(token.balanceOf(STRANGER), 5e18, "relayed");
    }

    function test_itIsInitializedOnce() external {
        vm.expectRevert(abi.encodeWithSelector(OneTimeInitializer.AlreadyInitialized.selector));
        governor.initialize(1, 1, 1, 1, 1);
        LivepeerGovernor code = new LivepeerGovernor(controller);
        vm.expectRevert(abi.encodeWithSelector(OneTimeInitializer.AlreadyInitialized.selector));
        code.initialize(1, 1, 1, 1, 1);
    }

    function test_anyoneMakesItFollowNewVotes() external {
        vm.assertEq(address(governor.token()), address(votes), "in use");
        address fresh = address(new BondingVotes(controller));
        register("BondingVotes", fresh);
        vm.assertEq(address(governor.votes()), fresh, "registered");
        vm.assertEq(address(governor.token()), address(votes), "still in use");
        vm.prank(STRANGER);
        governor.bumpGovernorVotesTokenAddress();
        vm.assertEq(address(governor.token()), fresh, "now in use");
    }

    function test_itDescribesItself() external view {
        vm.assertEq(governor.name(), "LivepeerGovernor", "name");
        vm.assertEq(governor.version(), "1", "version");
        vm.assertEq(governor.COUNTING_MODE(), "support=bravo&quorum=for,abstain,against", "counting");
        vm.assertEq(governor.CLOCK_MODE(), "mode=livepeer_round", "clock mode");
        vm.assertEq(governor.clock(), FIRST_ROUND + 1, "clock");
        vm.assertEq(governor.quorumDenominator(), 1_000_000, "denominator");
        vm.assertEq(governor.quota(), QUOTA, "quota");
        vm.assertEq(governor.getVotes(T, FIRST_ROUND), 600e18, "votes");
        vm.assertEq(governor.getVotesWithParams(T, FIRST_ROUND, "x"), 600e18, "votes with params");
    }

    function test_itNamesTheInterfacesOfTheKnownVersion() external {
        LivepeerGovernor whole = LivepeerGovernor(address(governor));
        bytes4 params = governor.castVoteWithReasonAndParams.selector
            ^ governor.castVoteWithReasonAndParamsBySig.selector ^ governor.getVotesWithParams.selector;
        bytes4 first = governor.name.selector ^ governor.version.selector ^ governor.COUNTING_MODE.selector
            ^ governor.hashProposal.selector ^ governor.state.selector ^ governor.proposalSnapshot.selector
            ^ governor.proposalDeadline.selector ^ governor.votingDelay.selector
            ^ governor.votingPeriod.selector ^ governor.quorum.selector ^ governor.getVotes.selector
            ^ governor.hasVoted.selector ^ governor.propose.selector ^ governor.execute.selector
            ^ governor.castVote.selector ^ governor.castVoteWithReason.selector
            ^ governor.castVoteBySig.selector;
        vm.assertTrue(whole.supportsInterface(first), "4.3");
        vm.assertTrue(whole.supportsInterface(first ^ params), "4.6");
        vm.assertTrue(
            whole.supportsInterface(governor.cancel.selector ^ governor.proposalProposer.selector), "cancel"
        );
        vm.assertTrue(
            whole.supportsInterface(
                governor.timelock.selector ^ governor.proposalEta.selector ^ governor.queue.selector
            ),
            "timelock"
        );
        vm.assertTrue(whole.supportsInterface(0x01ffc9a7), "ERC-165");
        vm.assertTrue(whole.supportsInterface(0x4e2312e0), "receives ERC-1155");
        vm.assertFalse(whole.supportsInterface(0xffffffff), "nothing");
        vm.assertEq(
            bytes32(whole.onERC721Received(T, T, 1, "")), bytes32(whole.onERC721Received.selector), "ERC-721"
        );
    }

    function test_ethForNothingIsRefused() external {
        vm.deal(address(this), 1 ether);
        (bool ok,) = address(governor).call{value: 1 ether}("");
        vm.assertFalse(ok, "ETH belongs to the treasury");
    }

    // ---- helpers --------------------------------------------------------------------------------------------

    function _actions(uint256 count) private pure returns (Action memory what) {
        what.targets = new address[](count);
        what.values = new uint256[](count);
        what.calldatas = new bytes[](count);
        what.description = "several changes";
    }

    function _noop() private view returns (Action memory) {
        return action(address(token), abi.encodeCall(token.approve, (address(this), 0)));
    }

    function _pass(Action memory what) private returns (uint256 id) {
        id = propose(T, what);
        goToRound(governor.proposalSnapshot(id) + 1);
        castVote(T, id, FOR);
        goToRound(governor.proposalDeadline(id) + 1);
    }

    function _settings() private view returns (bytes[] memory calls) {
        calls = new bytes[](6);
        calls[0] = abi.encodeCall(governor.setVotingDelay, (2));
        calls[1] = abi.encodeCall(governor.setVotingPeriod, (3));
        calls[2] = abi.encodeCall(governor.setProposalThreshold, (4e18));
        calls[3] = abi.encodeCall(governor.updateQuorumNumerator, (500_000));
        calls[4] = abi.encodeCall(governor.relay, (address(token), 0, abi.encodeCall(token.approve, (T, 0))));
        calls[5] = abi.encodeCall(governor.updateTimelock, (Treasury(payable(STRANGER))));
    }

    function _expectOnlyExecutor(address caller, bytes memory data) private {
        vm.prank(caller);
        (bool ok, bytes memory reason) = address(governor).call(data);
        vm.assertFalse(ok, "must be refused");
        vm.assertEq(
            keccak256(reason),
            keccak256(abi.encodeWithSelector(ILivepeerGovernor.GovernorOnlyExecutor.selector, caller)),
            "reason"
        );
    }

    /// A proposal with this call passes, but can't be executed.
    function _expectRefused(bytes memory data, bytes memory reason) private {
        Action memory what = action(address(governor), data);
        _pass(what);
        queue(what);
        vm.expectRevert(reason);
        execute(what);
    }

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
