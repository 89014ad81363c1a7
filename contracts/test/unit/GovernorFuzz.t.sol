// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {LivepeerGovernor} from "../../src/governance/LivepeerGovernor.sol";
import {Treasury} from "../../src/governance/Treasury.sol";
import {ILivepeerGovernor} from "../../src/interfaces/ILivepeerGovernor.sol";
import {BondingVotes} from "../../src/votes/BondingVotes.sol";
import {GovernedTest} from "../base/GovernedTest.sol";
import {bound, vm} from "../base/Vm.sol";

/// @dev Asks contracts whether they take it.
contract Card is ERC721("Card", "CARD") {
    function give(address to, uint256 id) external {
        _safeMint(to, id);
    }
}

/// @dev Asks contracts whether they take them.
contract Coins is ERC1155("") {
    function give(address to, uint256 id, uint256 amount) external {
        _mint(to, id, amount, "");
    }

    function giveTwo(address to, uint256[] calldata ids, uint256[] calldata amounts) external {
        _mintBatch(to, ids, amounts, "");
    }
}

/// @title Every function of the governor with any value, caller and time
contract GovernorFuzzTest is GovernedTest {
    address private constant T = address(0x11);
    address private constant T2 = address(0x12);
    uint256 private constant KEY = 0xbeef;
    uint256 private constant VOTES = 70e18;

    address private _signer;

    function setUp() external {
        deploy(defaultConfig());
        deployGovernance();
        initializeRound();
        _signer = vm.addr(KEY);
        _stake(T, 600e18);
        _stake(T2, 400e18);
        _stake(_signer, VOTES);
        nextRound();
    }

    // ---- votes ----------------------------------------------------------------------------------------------

    function testFuzz_everyWayOfVotingCountsTheSameOnce(
        uint256 way,
        uint8 support,
        string calldata reason,
        bytes calldata params
    ) external {
        uint256 id = _open();
        if (support % 4 != 3) support %= 4;
        if (support > 2) {
            vm.expectRevert(abi.encodeWithSelector(ILivepeerGovernor.InvalidVoteType.selector, support));
            this.voteSomehow(way, id, support, reason, params);
            vm.assertFalse(governor.hasVoted(id, _signer), "no vote");
            return;
        }
        vm.assertEq(this.voteSomehow(way, id, support, reason, params), VOTES, "weight");
        assertVotes(id, support == 0 ? VOTES : 0, support == 1 ? VOTES : 0, support == 2 ? VOTES : 0);
        vm.assertTrue(governor.hasVoted(id, _signer), "voted");
        vm.expectRevert(abi.encodeWithSelector(ILivepeerGovernor.VoteAlreadyCast.selector));
        this.voteSomehow(way / 5, id, support, reason, params);
    }

    function voteSomehow(
        uint256 way,
        uint256 id,
        uint8 support,
        string calldata reason,
        bytes calldata params
    ) external returns (uint256) {
        if (way % 5 < 3) vm.prank(_signer);
        if (way % 5 == 0) return governor.castVote(id, support);
        if (way % 5 == 1) return governor.castVoteWithReason(id, support, reason);
        if (way % 5 == 2) return governor.castVoteWithReasonAndParams(id, support, reason, params);
        if (way % 5 == 3) {
            (uint8 v, bytes32 r, bytes32 s) =
                _sign(keccak256(abi.encode(governor.BALLOT_TYPEHASH(), id, support)));
            return governor.castVoteBySig(id, support, v, r, s);
        }
        bytes32 kind = governor.EXTENDED_BALLOT_TYPEHASH();
        (uint8 v2, bytes32 r2, bytes32 s2) =
            _sign(keccak256(abi.encode(kind, id, support, keccak256(bytes(reason)), keccak256(params))));
        return governor.castVoteWithReasonAndParamsBySig(id, support, reason, params, v2, r2, s2);
    }

    function testFuzz_noOtherSignatureVotesForAnAccount(uint8 v, bytes32 r, bytes32 s, uint256 flip)
        external
    {
        uint256 id = _open();
        (uint8 realV, bytes32 realR, bytes32 realS) =
            _sign(keccak256(abi.encode(governor.BALLOT_TYPEHASH(), id, FOR)));
        // One bit of the real one, or anything at all.
        if (flip % 2 == 0) (v, r, s) = (realV, realR ^ bytes32(1 << (flip >> 1) % 256), realS);
        if (flip % 4 == 1) v = 27 + v % 2;
        vm.assume(v != realV || r != realR || s != realS);
        bytes memory vote = abi.encodeCall(governor.castVoteBySig, (id, FOR, v, r, s));
        // Somebody without stake may have signed; that counts nothing.
        (bool ok, bytes memory answer) = address(governor).call(vote);
        if (ok) vm.assertEq(abi.decode(answer, (uint256)), 0, "weight");
        vm.assertFalse(governor.hasVoted(id, _signer), "not the signer's");
        assertVotes(id, 0, 0, 0);
    }

    // ---- life of a proposal ---------------------------------------------------------------------------------

    function testFuzz_aProposalIsTakenBackByItsProposerBeforeTheVoteOnly(address who, uint8 later) external {
        vm.assume(who != address(0));
        if (later % 2 == 0) who = T;
        Action memory what = noop();
        uint256 id = propose(T, what);
        _wait(later % 4);
        bool pending = later % 4 < 2;
        if (!pending) {
            vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Active, 1));
        } else if (who != T) {
            vm.expectRevert(
                abi.encodeWithSelector(ILivepeerGovernor.GovernorUnableToCancel.selector, id, who)
            );
        }
        cancel(who, what);
        bool canceled = governor.state(id) == ILivepeerGovernor.ProposalState.Canceled;
        vm.assertTrue(canceled == (pending && who == T), "taken back");
    }

    function testFuzz_onlyWhatPassedIsQueuedOnceByAnyone(address who, uint8 choice, uint8 later) external {
        vm.assume(who != address(0));
        Action memory what = noop();
        uint256 id = propose(T, what);
        goToRound(governor.proposalSnapshot(id) + 1);
        castVote(T, id, choice % 3);
        _wait(bound(later, 0, 15));
        ILivepeerGovernor.ProposalState current = governor.state(id);
        bool passed = current == ILivepeerGovernor.ProposalState.Succeeded;
        vm.assertTrue(
            passed == (choice % 3 != AGAINST && rounds.currentRound() > governor.proposalDeadline(id)),
            "passed"
        );
        if (!passed) vm.expectRevert(unexpected(id, current, 16));
        vm.prank(who);
        governor.queue(what.targets, what.values, what.calldatas, keccak256(bytes(what.description)));
        if (!passed) return;
        assertState(id, ILivepeerGovernor.ProposalState.Queued);
        vm.expectRevert(unexpected(id, ILivepeerGovernor.ProposalState.Queued, 16));
        queue(what);
    }

    // ---- settings -------------------------------------------------------------------------------------------

    function testFuzz_settingsChangeByProposalAndWithinTheirLimits(uint256 which, uint256 value) external {
        which = bound(which, 0, 4);
        if (value % 2 == 0) value = bound(value >> 1, 0, 1_000_002);
        (bytes memory call, bytes4 refusal) = _setting(which, value);
        bool fits = refusal == 0;
        Action memory what = action(address(governor), call);
        pass(T, what);
        queue(what);
        uint256[5] memory before = _settings();
        if (!fits) vm.expectPartialRevert(refusal);
        execute(what);
        uint256[5] memory now_ = _settings();
        for (uint256 i = 0; i < 5; i++) {
            uint256 expected = i == which && fits ? (i == 4 ? uint160(value) : value) : before[i];
            vm.assertEq(now_[i], expected, "this one only");
        }
    }

    function testFuzz_nobodyElseChangesSettings(address who, uint256 which, uint256 value) external {
        (bytes memory call,) = _setting(bound(which, 0, 4), value);
        vm.prank(who);
        (bool ok, bytes memory reason) = address(governor).call(call);
        vm.assertFalse(ok, "refused");
        bytes memory expected = abi.encodeWithSelector(ILivepeerGovernor.GovernorOnlyExecutor.selector, who);
        vm.assertEq(keccak256(reason), keccak256(expected), "by name");
    }

    function testFuzz_anyoneMakesItFollowTheRegisteredVotes(address who, bool changed) external {
        address registered = address(votes);
        if (changed) {
            registered = address(new BondingVotes(controller));
            register("BondingVotes", registered);
        }
        vm.prank(who);
        governor.bumpGovernorVotesTokenAddress();
        vm.assertEq(address(governor.token()), registered, "as registered");
    }

    // ---- tokens of other kinds ------------------------------------------------------------------------------

    function testFuzz_governorAndTreasuryTakeTokensOfAnyKind(uint256 id, uint256 amount, uint256 other)
        external
    {
        vm.assume(id != other);
        (Card card, Coins coins) = (new Card(), new Coins());
        (uint256[] memory ids, uint256[] memory amounts) = (new uint256[](2), new uint256[](2));
        (ids[0], ids[1], amounts[1]) = (id, other, amount);
        address[2] memory holders = [address(governor), address(treasury)];
        for (uint256 i = 0; i < 2; i++) {
            card.give(holders[i], i == 0 ? id : other);
            vm.assertEq(card.balanceOf(holders[i]), 1, "a card");
            coins.give(holders[i], id, amount);
            coins.giveTwo(holders[i], ids, amounts);
            vm.assertEq(coins.balanceOf(holders[i], id), amount, "coins");
            vm.assertEq(coins.balanceOf(holders[i], other), amount, "coins of a batch");
        }
    }

    /// What they answer is all that these functions do, whoever calls.
    function testFuzz_takingATokenChangesNothing(address who, address from, uint256 id, bytes calldata data)
        external
    {
        LivepeerGovernor whole = LivepeerGovernor(address(governor));
        Treasury chest = treasury;
        uint256[] memory ids = new uint256[](1);
        ids[0] = id;
        vm.startPrank(who);
        vm.assertEq(
            bytes32(whole.onERC721Received(who, from, id, data)), bytes32(bytes4(0x150b7a02)), "ERC-721"
        );
        vm.assertEq(
            bytes32(whole.onERC1155Received(who, from, id, id, data)), bytes32(bytes4(0xf23a6e61)), "ERC-1155"
        );
        vm.assertEq(
            bytes32(whole.onERC1155BatchReceived(who, from, ids, ids, data)),
            bytes32(bytes4(0xbc197c81)),
            "ERC-1155, several"
        );
        vm.assertEq(bytes32(chest.onERC721Received(who, from, id, data)), bytes32(bytes4(0x150b7a02)), "same");
        vm.assertEq(
            bytes32(chest.onERC1155Received(who, from, id, id, data)), bytes32(bytes4(0xf23a6e61)), "same"
        );
        vm.assertEq(
            bytes32(chest.onERC1155BatchReceived(who, from, ids, ids, data)),
            bytes32(bytes4(0xbc197c81)),
            "same"
        );
        vm.stopPrank();
    }

    // ---- helpers --------------------------------------------------------------------------------------------

    function _stake(address account, uint256 amount) private {
        fund(account, amount);
        bond(account, amount, account);
    }

    function _open() private returns (uint256 id) {
        id = propose(T, noop());
        goToRound(governor.proposalSnapshot(id) + 1);
    }

    function _wait(uint256 rounds_) private {
        if (rounds_ > 0) goToRound(rounds.currentRound() + rounds_);
    }

    /// A call that changes a setting, and the error of a value that it may not have; zero for others.
    function _setting(uint256 which, uint256 value) private view returns (bytes memory call, bytes4 refusal) {
        if (which == 0) {
            call = abi.encodeCall(governor.setVotingDelay, (value));
            if (value > 65_535) refusal = ILivepeerGovernor.VotingTimeTooLong.selector;
        } else if (which == 1) {
            call = abi.encodeCall(governor.setVotingPeriod, (value));
            if (value > 65_535) refusal = ILivepeerGovernor.VotingTimeTooLong.selector;
            if (value == 0) refusal = ILivepeerGovernor.GovernorInvalidVotingPeriod.selector;
        } else if (which == 2) {
            call = abi.encodeCall(governor.setProposalThreshold, (value));
            if (value > type(uint96).max) refusal = SafeCast.SafeCastOverflowedUintDowncast.selector;
        } else if (which == 3) {
            call = abi.encodeCall(governor.updateQuorumNumerator, (value));
            if (value > 1_000_000) refusal = ILivepeerGovernor.GovernorInvalidQuorumFraction.selector;
        } else {
            call = abi.encodeCall(governor.updateTimelock, (Treasury(payable(address(uint160(value))))));
        }
    }

    function _settings() private view returns (uint256[5] memory) {
        return [
            governor.votingDelay(),
            governor.votingPeriod(),
            governor.proposalThreshold(),
            governor.quorumNumerator(),
            uint160(governor.timelock())
        ];
    }

    function _sign(bytes32 ballot) private view returns (uint8, bytes32, bytes32) {
        return vm.sign(KEY, ballotDigest(ballot));
    }
}
