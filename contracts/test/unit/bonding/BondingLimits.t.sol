// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "../../../src/interfaces/ITicketLottery.sol";
import {RayOverflow} from "../../../src/types/Ray.sol";
import {bound, vm} from "../../base/Vm.sol";
import {IssueTest} from "../../regression/IssueTest.sol";

/// @title Where factors end: 128 bits hold 340 thousand million times one wei of stake
/// @dev What does not fit is refused, never cut, harms nobody else and can be mended with more stake.
contract BondingLimitsTest is IssueTest {
    function test_aTicketOfADustStakedTranscoderIsRefusedAndKept() external {
        fundSender(10 ether, 0);
        unbondOf(T3, 200e18 - 1);
        nextRound();
        (ITicketLottery.Ticket memory t, bytes memory sig, uint256 rand) = ticketFor(T3, 1 ether);
        // Half of the fees for one wei of stake: 5 * 10^17, in 10^-27.
        vm.expectRevert(abi.encodeWithSelector(RayOverflow.selector, 5e44));
        broker.redeemWinningTicket(t, sig, rand);
        vm.assertFalse(broker.usedTickets(broker.getTicketHash(t)), "not used up");
        (ITicketLottery.Sender memory sender,) = broker.getSenderInfo(senderAddress());
        vm.assertEq(sender.deposit, 10 ether, "nothing was taken");
        vm.assertEq(bonding.pendingFees(T3, 0), 0, "nothing was booked");
        redeemFor(T1, 1 ether);
        vm.assertEq(bonding.pendingFees(T1, 0), 1 ether, "others are paid");

        bond(T3, 500e18, T3);
        nextRound();
        broker.redeemWinningTicket(t, sig, rand);
        assertAlmost(bonding.pendingFees(T3, 0), 1 ether, 10, "paid whole with more stake");
    }

    function testFuzz_whatFitsIsPaidToTheWei(uint256 faceValue) external {
        faceValue = bound(faceValue, 1, 1.4e12);
        fundSender(10 ether, 0);
        unbondOf(T3, 200e18 - 1);
        nextRound();
        (ITicketLottery.Ticket memory t, bytes memory sig, uint256 rand) = ticketFor(T3, faceValue);
        uint256 factor = faceValue / 2 * 1e27;
        if (factor > type(uint128).max) {
            vm.expectRevert(abi.encodeWithSelector(RayOverflow.selector, factor));
        }
        broker.redeemWinningTicket(t, sig, rand);
        bool paid = factor <= type(uint128).max;
        vm.assertEq(bonding.pendingFees(T3, 0), paid ? faceValue : 0, "all or nothing");
    }

    function test_aRewardOnDustOfTheWholeNetworkIsRefusedUntilThereIsMoreStake() external {
        unbondOf(T1, 400e18);
        unbondOf(T2, 300e18);
        unbondOf(T3, 200e18 - 1);
        nextRound();
        vm.assertEq(bonding.currentRoundTotalActiveStake(), 1, "one wei");
        vm.expectPartialRevert(RayOverflow.selector);
        vm.prank(T3);
        bonding.reward();
        vm.assertEq(minter.currentMintedTokens(), 0, "nothing is minted");
        vm.assertEq(bonding.pendingStake(T3, 0), 1, "nothing is booked");

        bond(D1, 500e18, T3);
        nextRound();
        rewardOf(T3);
        vm.assertGe(bonding.pendingStake(D1, 0), 500e18 + 1, "rewarded again");
    }
}
