// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IStablecoinTicketBroker} from "../../src/interfaces/IStablecoinTicketBroker.sol";
import {StablecoinTest} from "../base/StablecoinTest.sol";
import {bound, vm} from "../base/Vm.sol";

/// @title A history of stake that makes everybody rich
contract LyingVotes {
    address private immutable _transcoder;

    constructor(address transcoder) {
        _transcoder = transcoder;
    }

    function getOwnStakeAndDelegateAtRoundStart(address, uint256) external view returns (uint256, address) {
        return (1e30, _transcoder);
    }
}

/// @title Who is paid which part of fees in a stablecoin
contract StablecoinFeesTest is StablecoinTest {
    function setUp() external {
        deployWithStakers();
        fundSender(100_000 * USD, 0);
    }

    /// 40 % of 100 are shared by 1000 LPT: 8 for the transcoder's 200, 12 for 300, 20 for 500.
    function test_aFeeIsSharedByStakeAfterTheTranscodersPart() external {
        pay(T1, 100 * USD);
        uint256 round = rounds.currentRound();
        IStablecoinTicketBroker.RoundFees memory fees = stable.getRoundFees(T1, round);
        vm.assertEq(fees.shared, 40 * USD, "shared");
        vm.assertEq(fees.commission, 60 * USD, "commission");
        vm.assertEq(fees.feeShare, 400_000, "fee share");
        vm.assertEq(fees.totalStake, 1000e18, "stake");
        vm.assertEq(fees.ownStake, 200e18, "own stake");
        nextRound();
        vm.assertEq(stable.claimableFees(D1, T1, round), 12 * USD, "before");
        vm.assertEq(claim(T1, T1, round), 68 * USD, "transcoder");
        vm.assertEq(claim(D1, T1, round), 12 * USD, "300");
        vm.assertEq(claim(D2, T1, round), 20 * USD, "500");
        vm.assertEq(stable.claimableFees(D1, T1, round), 0, "after");
        vm.assertEq(usd.balanceOf(D1), 12 * USD, "tokens");
        vm.assertEq(stable.getRoundFees(T1, round).paid, 100 * USD, "all of it");
    }

    /// BondingManager's own books don't move.
    function test_stablecoinFeesLeaveTheBooksOfEthAlone() external {
        pay(T1, 100 * USD);
        vm.assertEq(bonding.pendingFees(T1, 0), 0, "fees");
        (,,,,,,,, uint256 cumulativeFees, uint256 lastFeeRound) = bonding.getTranscoder(T1);
        vm.assertEq(cumulativeFees + lastFeeRound, 0, "books");
    }

    function test_aDelegatorThatMovesIsPaidForTheRoundsItWasThere() external {
        uint256 first = rounds.currentRound();
        bond(D1, 0, T2);
        stake(D3, 500e18, T1);
        pay(T1, 100 * USD);
        nextRound();
        pay(T1, 100 * USD);
        pay(T2, 130 * USD);
        nextRound();
        vm.assertEq(claim(D1, T1, first), 12 * USD, "still there when the round started");
        vm.assertEq(stable.claimableFees(D3, T1, first), 0, "came in the round");
        vm.assertEq(stable.claimableFees(D1, T1, first + 1), 0, "gone");
        vm.assertEq(claim(D1, T2, first + 1), 12 * USD, "300 of 1300 in 52");
        // 200 + 500 + 500
        vm.assertEq(claim(D3, T1, first + 1), uint256(40 * USD) * 500 / 1200, "500 of 1200 in 40");
    }

    function test_leavingAfterTheRoundStartedCostsNothing() external {
        pay(T1, 100 * USD);
        uint256 round = rounds.currentRound();
        vm.prank(D2);
        bonding.unbond(500e18);
        nextRound();
        vm.assertEq(claim(D2, T1, round), 20 * USD, "stake at the start of the round");
    }

    function test_termsAreThoseOfTheFirstFeeOfTheRound() external {
        pay(T1, 100 * USD);
        vm.prank(T1);
        bonding.reward();
        vm.prank(T1);
        bonding.transcoder(0, 1_000_000);
        pay(T1, 100 * USD);
        uint256 round = rounds.currentRound();
        vm.assertEq(stable.getRoundFees(T1, round).shared, 80 * USD, "40 % of both");
        nextRound();
        pay(T1, 100 * USD);
        vm.assertEq(stable.getRoundFees(T1, round + 1).shared, 100 * USD, "all of it");
    }

    function test_afterTheRewardTheTermsAreThoseOfTheReward() external {
        vm.prank(T1);
        bonding.reward();
        vm.prank(T1);
        bonding.transcoder(0, 1_000_000);
        pay(T1, 100 * USD);
        IStablecoinTicketBroker.RoundFees memory fees = stable.getRoundFees(T1, rounds.currentRound());
        vm.assertEq(fees.shared, 40 * USD, "as the reward found it");
        vm.assertEq(fees.totalStake, 1000e18, "stake before the reward");
        vm.assertEq(fees.ownStake, 200e18, "own stake before the reward");
    }

    /// A transcoder's cut of rewards is stake of its own from the next round on, claimed or not.
    function test_ownRewardsCountAsOwnStake() external {
        vm.prank(T1);
        bonding.reward();
        uint256 rewards = bonding.transcoderTotalStake(T1) - 1000e18;
        nextRound();
        pay(T1, 100 * USD);
        IStablecoinTicketBroker.RoundFees memory fees = stable.getRoundFees(T1, rounds.currentRound());
        vm.assertEq(fees.totalStake, 1000e18 + rewards, "stake");
        uint256 own = 200e18 + rewards / 10 + (rewards - rewards / 10) / 5;
        vm.assertLe(own - fees.ownStake, 1e6, "own, but for rounding");
        vm.assertLe(fees.ownStake, own, "never more");
    }

    function test_sharesWaitHoweverLong() external {
        pay(T1, 100 * USD);
        uint256 round = rounds.currentRound();
        for (uint256 i = 0; i < 5; i++) {
            nextRound();
            vm.prank(T1);
            bonding.reward();
        }
        goToRound(round + 5000);
        vm.prank(D1);
        bonding.claimEarnings(0);
        vm.assertEq(claim(D1, T1, round), 12 * USD, "the same");
    }

    function test_aRoundIsPaidOnceAndOnlyWhenItIsOver() external {
        pay(T1, 100 * USD);
        uint256 round = rounds.currentRound();
        vm.expectRevert(abi.encodeWithSelector(IStablecoinTicketBroker.RoundIsNotOver.selector, round, round));
        stable.claimFeesFor(D1, T1, one(round));
        vm.assertEq(stable.claimableFees(D1, T1, round), 0, "not yet");
        nextRound();
        uint256[] memory twice = new uint256[](2);
        (twice[0], twice[1]) = (round, round);
        bytes memory claimed =
            abi.encodeWithSelector(IStablecoinTicketBroker.FeesAlreadyClaimed.selector, D1, T1, round);
        vm.expectRevert(claimed);
        stable.claimFeesFor(D1, T1, twice);
        claim(D1, T1, round);
        vm.expectRevert(claimed);
        stable.claimFeesFor(D1, T1, one(round));
        vm.assertTrue(stable.isClaimed(D1, T1, round), "claimed");
        vm.assertFalse(stable.isClaimed(D2, T1, round), "by one");
    }

    function test_neighbouringRoundsAreClaimedApart() external {
        goToRound(1023);
        pay(T1, 100 * USD);
        nextRound();
        pay(T1, 100 * USD);
        nextRound();
        claim(D1, T1, 1023);
        vm.assertFalse(stable.isClaimed(D1, T1, 1024), "next word of the bitmap");
        vm.assertFalse(stable.isClaimed(D1, T1, 1022), "bit before");
        claim(D1, T1, 1024);
    }

    function test_severalRoundsArePaidAtOnceToWhomTheStakerWants() external {
        uint256[] memory list = new uint256[](2);
        list[0] = rounds.currentRound();
        pay(T1, 100 * USD);
        nextRound();
        list[1] = rounds.currentRound();
        pay(T1, 50 * USD);
        nextRound();
        vm.startPrank(D1);
        vm.expectPartialRevert(IStablecoinTicketBroker.InvalidRecipient.selector);
        stable.claimFees(T1, list, address(0));
        vm.expectPartialRevert(IStablecoinTicketBroker.InvalidRecipient.selector);
        stable.claimFees(T1, list, address(stable));
        stable.claimFees(T1, list, address(0xCAFE));
        vm.stopPrank();
        vm.assertEq(usd.balanceOf(address(0xCAFE)), 18 * USD, "12 and 6");
    }

    function test_strangersAndWrongTranscodersHaveNoShare() external {
        pay(T1, 100 * USD);
        uint256 round = rounds.currentRound();
        nextRound();
        bytes4 nothing = IStablecoinTicketBroker.NothingToClaim.selector;
        vm.expectRevert(abi.encodeWithSelector(nothing, D3, T1));
        stable.claimFeesFor(D3, T1, one(round));
        vm.expectRevert(abi.encodeWithSelector(nothing, T2, T1));
        stable.claimFeesFor(T2, T1, one(round));
        vm.expectRevert(abi.encodeWithSelector(nothing, D1, T2));
        stable.claimFeesFor(D1, T2, one(round));
        vm.expectRevert(abi.encodeWithSelector(nothing, D1, T1));
        stable.claimFeesFor(D1, T1, new uint256[](0));
    }

    /// Whatever the history of stake says: a round pays what it received, and other people's money is not touched.
    function test_aWrongHistoryPaysNoMoreThanTheRoundReceived() external {
        pay(T1, 100 * USD);
        uint256 round = rounds.currentRound();
        nextRound();
        register("BondingVotes", address(new LyingVotes(T1)));
        claim(T1, T1, round);
        vm.assertEq(claim(D1, T1, round), 32 * USD, "what the transcoder left");
        vm.assertEq(stable.claimableFees(D2, T1, round), 0, "nothing is left");
        vm.assertEq(usd.balanceOf(address(stable)), 99_900 * USD, "deposits stay");
    }

    function test_withoutAHistoryOfStakeNoFeesAreBooked() external {
        register("BondingVotes", address(0));
        expectRefusal(usdTicket(T1, USD), IStablecoinTicketBroker.StakeHistoryIsMissing.selector);
    }

    /// What all stakers get together is what was paid, less at most one unit for each of them and fee.
    function testFuzz_noMoreIsPaidThanWasReceived(
        uint256 feeShare,
        uint256[3] memory stakes,
        uint256[4] memory fees,
        bool reward
    ) external {
        nextRound();
        vm.prank(T1);
        bonding.reward();
        vm.prank(T1);
        bonding.transcoder(100_000, bound(feeShare, 0, 1_000_000));
        address[3] memory stakers = [T1, D1, D2];
        for (uint256 i = 0; i < 3; i++) {
            stake(stakers[i], bound(stakes[i], 1, 1e26), T1);
        }
        nextRound();
        uint256 round = rounds.currentRound();
        uint256 received;
        for (uint256 i = 0; i < 4; i++) {
            if (i == 2 && reward) {
                vm.prank(T1);
                bonding.reward();
            }
            uint256 fee = bound(fees[i], 1, 20_000 * USD);
            pay(T1, fee);
            received += fee;
        }
        nextRound();
        uint256 paid = _claimIfAny(T1, round) + _claimIfAny(D1, round) + _claimIfAny(D2, round);
        vm.assertLe(paid, received, "paid");
        // Stake that the history rounds away is worth less than a unit, too.
        vm.assertLe(received - paid, 8, "dust");
        vm.assertEq(stable.getRoundFees(T1, round).paid, paid, "booked");
    }

    function _claimIfAny(address staker, uint256 round) private returns (uint256) {
        return stable.claimableFees(staker, T1, round) == 0 ? 0 : claim(staker, T1, round);
    }
}
