// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ILivepeerGovernor} from "../../src/interfaces/ILivepeerGovernor.sol";
import {IBondingManager} from "../../src/interfaces/IBondingManager.sol";
import {ITicketBroker} from "../../src/interfaces/ITicketBroker.sol";
import {GovernedTest} from "../base/GovernedTest.sol";
import {Vm, bound, vm} from "../base/Vm.sol";

/// @title Who votes with what, and how delegators override their delegate
contract GovernorVotingTest is GovernedTest {
    address private constant T1 = address(0x11);
    address private constant T2 = address(0x12);
    address private constant D1 = address(0x21);
    address private constant D2 = address(0x22);
    address private constant STRANGER = address(0x99);
    uint256 private constant KEY = 0xbeef;

    /// The accounts of the worked example, bonded in round 1000.
    function setUp() external {
        deploy(defaultConfig());
        deployGovernance();
        initializeRound();
        _bond(T1, 400e18, T1);
        _bond(D1, 350e18, T1);
        _bond(D2, 250e18, T1);
        _bond(T2, 1500e18, T2);
        vm.prank(T1);
        bonding.transcoder(0, 500_000);
    }

    // ---- the worked example ---------------------------------------------------------------------------------

    function test_delegatorsOverrideTheirTranscoder() external {
        Action memory what = noop();
        vm.expectRevert(
            abi.encodeWithSelector(
                ILivepeerGovernor.GovernorInsufficientProposerVotes.selector, T1, 0, THRESHOLD
            )
        );
        propose(T1, what);
        goToRound(1001);
        uint256 id = propose(T1, what);
        vm.assertEq(governor.proposalSnapshot(id), 1002, "snapshot");
        vm.assertEq(governor.proposalDeadline(id), 1012, "deadline");
        assertState(id, ILivepeerGovernor.ProposalState.Pending);
        goToRound(1002);
        assertState(id, ILivepeerGovernor.ProposalState.Pending);
        goToRound(1003);
        assertState(id, ILivepeerGovernor.ProposalState.Active);
        vm.assertEq(castVote(D1, id, FOR), 350e18, "weight of D1");
        assertVotes(id, 0, 350e18, 0);
        vm.assertEq(castVote(T1, id, AGAINST), 1000e18, "weight of T1, not deducted");
        assertVotes(id, 650e18, 350e18, 0);
        vm.assertEq(castVote(D2, id, ABSTAIN), 250e18, "weight of D2");
        assertVotes(id, 400e18, 350e18, 250e18);
        vm.assertEq(castVote(STRANGER, id, FOR), 0, "weight of a stranger");
        assertVotes(id, 400e18, 350e18, 250e18);
        vm.assertEq(governor.quorum(1002), 833.25e18, "quorum");
        goToRound(1012);
        assertState(id, ILivepeerGovernor.ProposalState.Active);
        goToRound(1013);
        assertState(id, ILivepeerGovernor.ProposalState.Defeated);
    }

    // ---- counting -------------------------------------------------------------------------------------------

    /// The tally depends on who votes for what, not on the order.
    function testFuzz_theOrderOfVotesDoesNotMatter(uint256 seed) external {
        uint256 id = _open();
        address[3] memory accounts = [T1, D1, D2];
        uint256[3] memory own = [uint256(400e18), 350e18, 250e18];
        uint256[3] memory buckets;
        uint256 rest = 1000e18;
        uint8[3] memory choices;
        bool[3] memory taking;
        for (uint256 i = 0; i < 3; i++) {
            choices[i] = uint8(seed >> (8 * i)) % 3;
            taking[i] = uint8(seed >> (8 * i + 4)) % 4 != 0;
            if (i > 0 && taking[i]) {
                buckets[choices[i]] += own[i];
                rest -= own[i];
            }
        }
        if (taking[0]) buckets[choices[0]] += rest;
        uint256 first = (seed >> 32) % 3;
        bool backwards = (seed >> 40) % 2 == 0;
        for (uint256 i = 0; i < 3; i++) {
            uint256 who = (first + (backwards ? 3 - i : i)) % 3;
            if (taking[who]) castVote(accounts[who], id, choices[who]);
        }
        assertVotes(id, buckets[0], buckets[1], buckets[2]);
    }

    function test_anAccountVotesOnceForOneOfThreeChoices() external {
        uint256 id = _open();
        vm.expectRevert(abi.encodeWithSelector(ILivepeerGovernor.InvalidVoteType.selector, 3));
        castVote(T1, id, 3);
        castVote(T1, id, FOR);
        vm.expectRevert(abi.encodeWithSelector(ILivepeerGovernor.VoteAlreadyCast.selector));
        castVote(T1, id, FOR);
        // The choice is looked at first.
        vm.expectRevert(abi.encodeWithSelector(ILivepeerGovernor.InvalidVoteType.selector, 255));
        castVote(T1, id, 255);
        castVote(STRANGER, id, FOR);
        vm.expectRevert(abi.encodeWithSelector(ILivepeerGovernor.VoteAlreadyCast.selector));
        castVote(STRANGER, id, FOR);
    }

    function test_proposalsAreCountedApart() external {
        goToRound(1001);
        uint256 first = propose(T1, noop());
        Action memory other = noop();
        other.description = "another";
        uint256 second = propose(T1, other);
        goToRound(1003);
        castVote(D1, first, FOR);
        castVote(T1, second, AGAINST);
        assertVotes(first, 0, 350e18, 0);
        assertVotes(second, 1000e18, 0, 0);
    }

    function test_rewardsUpToTheSnapshotVote() external {
        goToRound(1001);
        uint256 id = propose(T1, noop());
        goToRound(1002);
        vm.prank(T1);
        bonding.reward();
        uint256 own = bonding.pendingStake(D1, 0);
        uint256 all = bonding.transcoderTotalStake(T1);
        goToRound(1003);
        vm.prank(T1);
        bonding.reward();
        vm.assertTrue(own > 350e18, "rewarded");
        vm.assertEq(castVote(D1, id, FOR), own, "with the reward of the snapshot round, not the later one");
        vm.assertEq(castVote(T1, id, AGAINST), all, "all stake of the snapshot round");
        assertVotes(id, all - own, own, 0);
    }

    // ---- public issues --------------------------------------------------------------------------------------

    function test_aDelegatorOfADelegatorTakesNothingFromIt() external {
        address chained = address(0x23);
        _bond(chained, 5000e18, D1);
        uint256 id = _open();
        castVote(D1, id, FOR);
        vm.assertEq(castVote(chained, id, AGAINST), 0, "its delegate is no transcoder");
        assertVotes(id, 0, 350e18, 0);
        castVote(T1, id, AGAINST);
        assertVotes(id, 650e18, 350e18, 0);
    }

    function test_aSlashedTranscoderAndItsDelegatorsHaveNoVotesAndTakeNone() external {
        _slash(T1, 1_000_000);
        uint256 id = _open2();
        (uint256 stake,, address delegate, uint256 delegated,,,) = bonding.getDelegator(T1);
        vm.assertEq(stake, 0, "all of it");
        vm.assertEq(delegate, T1, "still its own delegate");
        vm.assertEq(delegated, 600e18, "still delegated to");
        castVote(T2, id, FOR);
        vm.assertEq(castVote(T1, id, FOR), 0, "slashed");
        vm.assertEq(castVote(D1, id, AGAINST), 0, "delegator of the slashed one");
        vm.assertEq(castVote(D2, id, ABSTAIN), 0, "another");
        assertVotes(id, 0, 1500e18, 0);
    }

    function testFuzz_slashingNeverLetsDelegatorsTakeMoreThanTheirDelegateHas(uint256 share) external {
        _slash(T1, bound(share, 0, 1_000_000));
        uint256 id = _open2();
        uint256 all = votes.getPastVotes(T1, 1002);
        castVote(T1, id, FOR);
        assertVotes(id, 0, all, 0);
        uint256 taken = castVote(D1, id, AGAINST) + castVote(D2, id, AGAINST);
        vm.assertLe(taken, all, "no more than it had");
        assertVotes(id, taken, all - taken, 0);
    }

    function test_withdrawingFeesKeepsVotesUpToDate() external {
        goToRound(1001);
        _earn(T1);
        goToRound(1002);
        vm.startPrank(D1);
        bonding.withdrawFees(payable(D1), bonding.pendingFees(D1, 0));
        vm.stopPrank();
        vm.assertTrue(D1.balance > 0, "fees");
        vm.assertEq(votes.getVotes(D1), bonding.pendingStake(D1, 0), "votes");
        goToRound(1003);
        vm.assertEq(votes.getPastVotes(D1, 1002), bonding.pendingStake(D1, 0), "votes of the round");
    }

    function test_votesCanBeReadWhenFeesCameAfterTheLastReward() external {
        goToRound(1001);
        vm.prank(T1);
        bonding.reward();
        goToRound(1002);
        _earn(T1);
        goToRound(1003);
        vm.prank(D1);
        bonding.claimEarnings(0);
        goToRound(1004);
        vm.assertEq(votes.getPastVotes(D1, 1003), bonding.pendingStake(D1, 0), "claimed after the reward");
        vm.assertEq(votes.getPastVotes(D1, 1001), votes.getPastVotes(D1, 1003), "same stake before");
    }

    function test_stakeOfASingleRoundHasNoWeight() external {
        goToRound(1001);
        uint256 id = propose(T1, noop());
        goToRound(1003);
        _bond(STRANGER, 100_000e18, STRANGER);
        vm.assertEq(castVote(STRANGER, id, FOR), 0, "bonded after the snapshot");
        vm.prank(STRANGER);
        vm.expectPartialRevert(IBondingManager.CallerMustBeBonded.selector);
        bonding.unbond(100_000e18);
        assertVotes(id, 0, 0, 0);
    }

    function test_stakeThatLeavesInTheSnapshotRoundHasNoWeight() external {
        goToRound(1001);
        uint256 id = propose(T1, noop());
        goToRound(1002);
        fund(T2, 100_000e18);
        vm.startPrank(T2);
        bonding.bond(100_000e18, T2);
        bonding.unbond(101_500e18);
        vm.stopPrank();
        goToRound(1003);
        vm.assertEq(castVote(T2, id, FOR), 0, "all gone before the snapshot");
        vm.assertEq(governor.quorum(1002), 333.3e18, "nor does it count for the quorum");
    }

    // ---- ways to vote ---------------------------------------------------------------------------------------

    function test_aVoteTellsItsReasonAndParams() external {
        uint256 id = _open();
        vm.recordLogs();
        vm.prank(T1);
        governor.castVoteWithReason(id, FOR, "because");
        vm.prank(D1);
        governor.castVoteWithReasonAndParams(id, AGAINST, "", "params");
        vm.prank(D2);
        governor.castVoteWithReasonAndParams(id, ABSTAIN, "none", "");
        castVote(T2, id, FOR);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 4, "one event each");
        _checkEvent(logs[0], ILivepeerGovernor.VoteCast.selector, T1, abi.encode(id, FOR, 1000e18, "because"));
        _checkEvent(
            logs[1],
            ILivepeerGovernor.VoteCastWithParams.selector,
            D1,
            abi.encode(id, AGAINST, 350e18, "", bytes("params"))
        );
        _checkEvent(logs[2], ILivepeerGovernor.VoteCast.selector, D2, abi.encode(id, ABSTAIN, 250e18, "none"));
        _checkEvent(logs[3], ILivepeerGovernor.VoteCast.selector, T2, abi.encode(id, FOR, 1500e18, ""));
    }

    function test_aSignedBallotVotesForItsSigner() external {
        address signer = vm.addr(KEY);
        _bond(signer, 70e18, signer);
        uint256 id = _open();
        bytes32 ballot = keccak256(abi.encode(governor.BALLOT_TYPEHASH(), id, FOR));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, ballotDigest(ballot));
        vm.prank(STRANGER);
        vm.assertEq(governor.castVoteBySig(id, FOR, v, r, s), 70e18, "weight");
        vm.assertTrue(governor.hasVoted(id, signer), "signer voted");
        vm.expectRevert(abi.encodeWithSelector(ILivepeerGovernor.VoteAlreadyCast.selector));
        governor.castVoteBySig(id, FOR, v, r, s);
        // Changed after signing, it is somebody else's, who has no votes.
        governor.castVoteBySig(id, AGAINST, v, r, s);
        assertVotes(id, 0, 70e18, 0);
    }

    function test_aSignedBallotWithReasonAndParamsVotesForItsSigner() external {
        address signer = vm.addr(KEY);
        _bond(signer, 70e18, signer);
        uint256 id = _open();
        bytes32 ballot = keccak256(
            abi.encode(
                governor.EXTENDED_BALLOT_TYPEHASH(), id, ABSTAIN, keccak256("because"), keccak256("params")
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, ballotDigest(ballot));
        governor.castVoteWithReasonAndParamsBySig(id, ABSTAIN, "other", "params", v, r, s);
        assertVotes(id, 0, 0, 0);
        governor.castVoteWithReasonAndParamsBySig(id, ABSTAIN, "because", "params", v, r, s);
        assertVotes(id, 0, 0, 70e18);
    }

    function test_malleableSignaturesAreRefused() external {
        uint256 id = _open();
        bytes32 ballot = keccak256(abi.encode(governor.BALLOT_TYPEHASH(), id, FOR));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, ballotDigest(ballot));
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        vm.expectPartialRevert(bytes4(keccak256("ECDSAInvalidSignatureS(bytes32)")));
        governor.castVoteBySig(id, FOR, v == 27 ? 28 : 27, r, bytes32(order - uint256(s)));
        vm.expectPartialRevert(bytes4(keccak256("ECDSAInvalidSignature()")));
        governor.castVoteBySig(id, FOR, 0, r, s);
    }

    // ---- helpers --------------------------------------------------------------------------------------------

    function _bond(address account, uint256 amount, address to) private {
        fund(account, amount);
        bond(account, amount, to);
    }

    /// A proposal in round 1001, open in 1003.
    function _open() private returns (uint256 id) {
        goToRound(1001);
        id = propose(T1, noop());
        goToRound(1003);
    }

    function _open2() private returns (uint256 id) {
        goToRound(1001);
        id = propose(T2, noop());
        goToRound(1003);
    }

    function _slash(address account, uint256 share) private {
        register("Verifier", address(this));
        token.grantRole(keccak256("BURNER_ROLE"), address(minter));
        bonding.slashTranscoder(account, address(0), share, 0);
    }

    /// Half an ETH of fees, shared with the delegators.
    function _earn(address account) private {
        address sender = vm.addr(KEY);
        vm.deal(sender, 2 ether);
        vm.prank(sender);
        broker.fundDepositAndReserve{value: 2 ether}(1 ether, 1 ether);
        ITicketBroker.Ticket memory ticket = winningTicket(sender, account, 0.5 ether, 1);
        broker.redeemWinningTicket(ticket, signTicket(ticket, KEY), 1001);
    }

    function _checkEvent(Vm.Log memory log, bytes32 topic, address voter, bytes memory data) private pure {
        vm.assertEq(log.topics[0], topic, "event");
        vm.assertEq(address(uint160(uint256(log.topics[1]))), voter, "voter");
        vm.assertEq(keccak256(log.data), keccak256(data), "data");
    }
}
