// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {LivepeerGovernor} from "../../src/governance/LivepeerGovernor.sol";
import {OneTimeInitializer} from "../../src/governance/OneTimeInitializer.sol";
import {Treasury} from "../../src/governance/Treasury.sol";
import {ILivepeerGovernor} from "../../src/interfaces/ILivepeerGovernor.sol";
import {BondingVotes} from "../../src/votes/BondingVotes.sol";
import {GovernedTest} from "../base/GovernedTest.sol";
import {vm} from "../base/Vm.sol";

/// @title Settings of the governor, who may change them, and what it says of itself
contract GovernorSettingsTest is GovernedTest {
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
        Action memory what = actions(calls.length);
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
        Action memory what = actions(2);
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
        pass(T, what);
        queue(what);
        vm.expectRevert(reason);
        execute(what);
    }
}
