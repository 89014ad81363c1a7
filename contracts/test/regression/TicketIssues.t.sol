// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IMinter} from "../../src/interfaces/IMinter.sol";
import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {vm} from "../base/Vm.sol";
import {IssueTest} from "./IssueTest.sol";

/// @dev A wallet that needs more gas than a transfer gives it.
contract HungryWallet {
    uint256 private _received;

    receive() external payable {
        _received += msg.value;
    }
}

/// @title Publicly reported issues of tickets: one draw, the whole face value, once
contract TicketIssuesTest is IssueTest {
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function test_issue17_aCompactSignatureIsNoSecondDraw() external {
        fundSender(10 ether, 0);
        (ITicketLottery.Ticket memory t, bytes memory sig, uint256 rand) = ticketFor(T1, 1 ether);
        (bytes32 r, uint256 s, uint8 v) = _split(sig);
        bytes memory compact = abi.encodePacked(r, s | uint256(v - 27) << 255);
        vm.expectRevert(abi.encodeWithSelector(ITicketLottery.InvalidSignatureLength.selector, 64));
        broker.redeemWinningTicket(t, compact, rand);
    }

    function test_issue17_norIsAMirroredSignature() external {
        fundSender(10 ether, 0);
        (ITicketLottery.Ticket memory t, bytes memory sig, uint256 rand) = ticketFor(T1, 1 ether);
        (bytes32 r, uint256 s, uint8 v) = _split(sig);
        vm.expectPartialRevert(ITicketLottery.InvalidTicketSignature.selector);
        broker.redeemWinningTicket(t, abi.encodePacked(r, ORDER - s, v == 27 ? uint8(28) : uint8(27)), rand);
        vm.expectPartialRevert(ITicketLottery.InvalidTicketSignature.selector);
        broker.redeemWinningTicket(t, abi.encodePacked(r, s, v - 27), rand);
    }

    function test_issue17_aTicketIsUsedWhateverSignatureComesNext() external {
        fundSender(10 ether, 0);
        (ITicketLottery.Ticket memory t, bytes memory sig, uint256 rand) = ticketFor(T1, 1 ether);
        broker.redeemWinningTicket(t, sig, rand);
        vm.expectRevert(abi.encodeWithSelector(ITicketLottery.TicketUsed.selector, broker.getTicketHash(t)));
        broker.redeemWinningTicket(t, sig, rand);
        vm.assertEq(bonding.pendingFees(T1, 0), 1 ether, "paid once");
    }

    function test_issue18_aStrangersFundsDoNotCancelAnUnlock() external {
        fundSender(1 ether, 1 ether);
        vm.prank(senderAddress());
        broker.unlock();
        broker.fundDepositAndReserveFor{value: 2}(senderAddress(), 1, 1);
        vm.assertTrue(broker.isUnlockInProgress(senderAddress()), "still on its way");
        nextRound();
        nextRound();
        vm.prank(senderAddress());
        broker.withdraw();
        vm.assertEq(senderAddress().balance, 1000 ether + 2, "and out");
    }

    function test_issue18_theSendersOwnFundsDo() external {
        fundSender(1 ether, 0);
        vm.prank(senderAddress());
        broker.unlock();
        fundSender(1, 0);
        vm.assertFalse(broker.isUnlockInProgress(senderAddress()), "locked again");
    }

    function test_issue24_aDustDepositDoesNotBurnATicket() external {
        (ITicketLottery.Ticket memory t, bytes memory sig, uint256 rand) = ticketFor(T1, 1 ether);
        broker.fundDepositAndReserveFor{value: 1}(senderAddress(), 1, 0);
        vm.expectRevert(
            abi.encodeWithSelector(ITicketLottery.InsufficientFunds.selector, senderAddress(), 1, 1 ether)
        );
        broker.redeemWinningTicket(t, sig, rand);
        fundSender(1 ether, 0);
        broker.redeemWinningTicket(t, sig, rand);
        vm.assertEq(bonding.pendingFees(T1, 0), 1 ether, "the ticket was still worth its face value");
    }

    function test_issue24_ofTwoTicketsOneIsPaidWholeAndOneKept() external {
        fundSender(1.5 ether, 0);
        (ITicketLottery.Ticket memory t1, bytes memory sig1, uint256 rand1) = ticketFor(T1, 1 ether);
        (ITicketLottery.Ticket memory t2, bytes memory sig2, uint256 rand2) = ticketFor(T2, 1 ether);
        ITicketLottery.Ticket[] memory tickets = new ITicketLottery.Ticket[](2);
        bytes[] memory sigs = new bytes[](2);
        uint256[] memory rands = new uint256[](2);
        (tickets[0], tickets[1]) = (t1, t2);
        (sigs[0], sigs[1]) = (sig1, sig2);
        (rands[0], rands[1]) = (rand1, rand2);
        broker.batchRedeemWinningTickets(tickets, sigs, rands);
        vm.assertEq(bonding.pendingFees(T1, 0), 1 ether, "the first");
        vm.assertFalse(broker.usedTickets(broker.getTicketHash(t2)), "the second waits");
        fundSender(0.5 ether, 0);
        broker.redeemWinningTicket(t2, sig2, rand2);
        assertAlmost(bonding.pendingFees(T2, 0), 1 ether, 1, "and is paid whole");
    }

    function test_issue25_aResignationDoesNotChangeTheShareOfAReserve() external {
        fundSender(0, 3 ether);
        vm.assertEq(broker.claimableReserve(senderAddress(), T1), 1 ether, "a third");
        unbondOf(T3, 200e18);
        vm.assertEq(bonding.getTranscoderPoolSize(), 2, "two are left for the next round");
        vm.assertEq(broker.claimableReserve(senderAddress(), T1), 1 ether, "still a third");
    }

    function test_issue25_aTicketAboveTheRecipientsShareStaysValid() external {
        fundSender(0, 3 ether);
        redeemFor(T1, 0.75 ether);
        (ITicketLottery.Ticket memory t, bytes memory sig, uint256 rand) = ticketFor(T1, 0.5 ether);
        vm.expectRevert(
            abi.encodeWithSelector(
                ITicketLottery.InsufficientFunds.selector, senderAddress(), 0.25 ether, 0.5 ether
            )
        );
        broker.redeemWinningTicket(t, sig, rand);
        vm.assertFalse(broker.usedTickets(broker.getTicketHash(t)), "not used up");
        nextRound();
        broker.redeemWinningTicket(t, sig, rand);
        vm.assertEq(bonding.pendingFees(T1, 0), 1.25 ether, "paid in the next round");
    }

    function test_issue32_feesForAWalletThatNeedsMoreGasAreNotLost() external {
        fundSender(1 ether, 0);
        redeemFor(T1, 1 ether);
        address payable wallet = payable(address(new HungryWallet()));
        vm.expectRevert(abi.encodeWithSelector(IMinter.EthTransferFailed.selector, wallet, 1 ether));
        vm.prank(T1);
        bonding.withdrawFees(wallet, 1 ether);
        vm.assertEq(bonding.pendingFees(T1, 0), 1 ether, "they stay");
        vm.prank(T1);
        bonding.withdrawFees(payable(STRANGER), 1 ether);
        vm.assertEq(STRANGER.balance, 1 ether, "and go where they can");
    }

    function _split(bytes memory sig) private pure returns (bytes32 r, uint256 s, uint8 v) {
        assembly ("memory-safe") {
            r := mload(add(sig, 32))
            s := mload(add(sig, 64))
            v := byte(0, mload(add(sig, 96)))
        }
    }
}
