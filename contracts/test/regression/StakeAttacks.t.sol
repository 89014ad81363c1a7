// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../../src/interfaces/IBondingManager.sol";
import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {RayOverflow} from "../../src/types/Ray.sol";
import {vm} from "../base/Vm.sol";
import {IssueTest} from "./IssueTest.sol";

/// @title Attacks on staking beyond the reported issues: what a slash, a gift and a change of rounds can do to others
/// @dev The tests of known limits say how much an attack costs its victim, so that it doesn't grow unnoticed.
contract StakeAttacksTest is IssueTest {
    function setUp() public override {
        super.setUp();
        register("Verifier", address(this));
        token.grantRole(keccak256("BURNER_ROLE"), address(minter));
        fundSender(100 ether, 0);
    }

    /// The stake of a round is fixed when somebody initializes it. Slashed before that, a transcoder would lose its place
    /// in the total but be active: minted more than its share, and the last of the others nothing.
    function test_aSlashWaitsForTheRound() external {
        uint256 round = rounds.currentRound() + 1;
        vm.roll(round * ROUND_LENGTH);
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.CurrentRoundIsNotInitialized.selector, round));
        bonding.slashTranscoder(T3, STRANGER, 10_000, 0);
    }

    function test_aSlashAtTheStartOfARoundTakesNobodysReward() external {
        nextRound();
        bonding.slashTranscoder(T3, STRANGER, 10_000, 0);
        rewardOf(T3);
        rewardOf(T1);
        rewardOf(T2);
        uint256 mintable = minter.currentMintableTokens();
        // Shares are rounded down to billionths.
        assertAlmost(minter.currentMintedTokens(), mintable, mintable / 1e8, "the budget of the round");
        vm.assertEq(bonding.currentRoundActiveTranscoders(), 3, "who shares reserves");
    }

    /// A claim books what a transcoder without stake was rewarded with, so it is its own delegate again, as before.
    function test_whoLostAllStakeButWasRewardedLaterKeepsItself() external {
        bonding.slashTranscoder(T3, NONE, 1e6, 0);
        rewardOf(T3);
        uint256 own = bonding.pendingStake(T3, 0);
        nextRound();
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.InvalidDelegateChange.selector, T3, T1));
        bondFor(STRANGER, 1, T3, T1);
        bondFor(STRANGER, 1, T3, T3);
        vm.assertEq(delegateOf(T3), T3, "its own delegate");
        vm.assertEq(bondedOf(T3), own + 1, "with what it was rewarded");
    }

    /// In the round of the slash that claim has happened, and the reward is not in the stake yet.
    function test_inTheRoundOfTheSlashAStrangerChoosesNoDelegateForWhoWasRewarded() external {
        bonding.slashTranscoder(T3, NONE, 1e6, 0);
        rewardOf(T3);
        uint256 own = bonding.pendingStake(T3, 0);
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.InvalidDelegateChange.selector, T3, T1));
        bondFor(STRANGER, 1, T3, T1);
        bondFor(STRANGER, 1, T3, T3);
        vm.assertEq(bonding.pendingStake(T3, 0), own + 1, "all there");
    }

    /// Known limit, of the original too: dust after the reward makes a delegator claim, which costs it the fees that come
    /// later in this round. Neither stake nor rewards, nor fees that came before or come in the next round.
    function test_dustAfterTheRewardCostsOnlyTheFeesOfTheRestOfTheRound() external {
        bond(D1, 400e18, T1);
        nextRound();
        redeemFor(T1, 10 ether);
        rewardOf(T1);
        (uint256 stake, uint256 fees) = (bonding.pendingStake(D1, 0), bonding.pendingFees(D1, 0));
        bondFor(STRANGER, 1, D1, T1);
        redeemFor(T1, 10 ether);
        vm.assertEq(bonding.pendingStake(D1, 0), stake + 1, "stake");
        nextRound();
        vm.assertEq(bonding.pendingFees(D1, 0), fees, "fees before it");
        redeemFor(T1, 10 ether);
        vm.assertGe(bonding.pendingFees(D1, 0), fees + 2 ether, "fees of the next round");
    }

    /// Known limit, of the original too: who is evicted and brought back after its reward is not active until the next
    /// round, and tickets of the round before expire. Before the reward nobody can bring it back.
    function test_whoIsEvictedRedeemsBeforeItsReward() external {
        (ITicketLottery.Ticket memory ticket, bytes memory sig, uint256 rand) = ticketFor(T3, 1 ether);
        (ITicketLottery.Ticket memory late, bytes memory lateSig, uint256 lateRand) = ticketFor(T3, 1 ether);
        nextRound();
        bond(T4, 500e18, T4);
        vm.expectRevert(
            abi.encodeWithSelector(
                IBondingManager.DelegateMustCallRewardFirst.selector, T3, rounds.currentRound()
            )
        );
        bond(STRANGER, 1000e18, T3);
        broker.redeemWinningTicket(ticket, sig, rand);
        rewardOf(T3);
        bond(STRANGER, 1000e18, T3);
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.TranscoderMustBeActive.selector, T3));
        broker.redeemWinningTicket(late, lateSig, lateRand);
        nextRound();
        vm.assertTrue(bonding.isActiveTranscoder(T3), "active again");
        rewardOf(T3);
    }

    /// Known limit: factors have 128 bits. Fees on dust, which anybody can send, fill the fee factor of a transcoder; shared
    /// fees are refused then, instead of going to somebody else. Its stake and rewards go on, and so do unshared fees.
    function test_aFeeFactorFilledByDustStopsSharedFeesOnly() external {
        unbondOf(T3, 200e18 - 1000);
        nextRound();
        redeemFor(T3, 2 * uint256(type(uint128).max) / 1e24);
        rewardOf(T3);
        bond(T3, 700e18, T3);
        nextRound();
        rewardOf(T3);
        (ITicketLottery.Ticket memory ticket, bytes memory sig, uint256 rand) = ticketFor(T3, 10 ether);
        vm.expectPartialRevert(RayOverflow.selector);
        broker.redeemWinningTicket(ticket, sig, rand);
        setTerms(T3, 0, 0);
        nextRound();
        broker.redeemWinningTicket(ticket, sig, rand);
        vm.assertGe(bonding.pendingFees(T3, 0), 10 ether, "unshared");
        unbondOf(T3, bonding.pendingStake(T3, 0));
    }

    function testFuzz_roundsGoOnWhateverTheirLengthBecomes(uint256 seed) external {
        uint256 round = rounds.currentRound();
        for (uint256 i = 0; i < 8; i++) {
            vm.roll(block.number + seed % 97);
            vm.assertGe(rounds.currentRound(), round, "by time");
            round = rounds.currentRound();
            uint256 length = 1 + (seed >> 8) % 200;
            // A shorter length may end the round at once; it counts from the start of this round, not of the chain.
            round += (block.number - rounds.currentRoundStartBlock()) / length;
            rounds.setRoundLength(length);
            vm.assertEq(rounds.currentRound(), round, "by a change of length");
            vm.assertLe(rounds.currentRoundStartBlock(), block.number, "has begun");
            vm.assertLe(block.number + 1, rounds.currentRoundStartBlock() + length, "has not ended");
            if (!rounds.currentRoundInitialized()) initializeRound();
            seed = uint256(keccak256(abi.encode(seed)));
            _rewardOnce([T1, T2, T3][seed % 3], round);
        }
    }

    function _rewardOnce(address transcoder, uint256 round) private {
        (uint256 last,,,,,,,,,) = bonding.getTranscoder(transcoder);
        if (last < round) rewardOf(transcoder);
        vm.assertEq(votes.getVotes(transcoder), bonding.transcoderTotalStake(transcoder), "votes");
    }
}
