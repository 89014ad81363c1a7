// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {vm} from "../base/Vm.sol";
import {GasWorld} from "./GasWorld.sol";

/// @title What senders and recipients of tickets pay
/// forge-config: default.isolate = true
contract TicketGasTest is GasWorld {
    uint256 private constant KEY = 0xbeef;

    address private _sender;
    uint256 private _nonce;

    function setUp() external {
        openWorld(POOL);
        _sender = vm.addr(KEY);
        vm.deal(_sender, 100 ether);
    }

    function test_funds() external {
        vm.startPrank(_sender);
        broker.fundDepositAndReserve{value: 20 ether}(10 ether, 10 ether);
        measured("fundDepositAndReserve (first)");
        broker.fundDepositAndReserve{value: 2 ether}(1 ether, 1 ether);
        measured("fundDepositAndReserve (again)");
        broker.fundDeposit{value: 1 ether}();
        measured("fundDeposit (again)");
        broker.unlock();
        measured("unlock");
        broker.cancelUnlock();
        measured("cancelUnlock");
        vm.stopPrank();
    }

    /// The recipient missed the round before: its share of this round's fees is worked out backwards.
    function test_firstFeesEver() external {
        fundSender();
        nextRound();
        reward(MIDDLE, POOL);
        redeem(0.01 ether);
        measured("redeemWinningTicket (deposit, first fees ever)");
        redeem(0.01 ether);
        measured("redeemWinningTicket (deposit, same round again)");
    }

    function test_feesOfALaterRound() external {
        fundSender();
        redeem(0.01 ether);
        rewardAll(POOL);
        nextRound();
        reward(MIDDLE, POOL);
        redeem(0.01 ether);
        measured("redeemWinningTicket (deposit, first of a round, reward called)");
        nextRound();
        redeem(0.01 ether);
        measured("redeemWinningTicket (deposit, first of a round, no reward yet)");
        redeemBatch(10, 0.01 ether);
        measured("batchRedeemWinningTickets x10");
        withdrawFees();
        measured("withdrawFees (transcoder)");
        redeem(0.01 ether);
        nextRound();
        withdrawFees();
        measured("withdrawFees (transcoder, later round)");
        nextRound();
        redeem(depositOf() + 0.01 ether);
        measured("redeemWinningTicket (deposit + reserve)");
    }

    function fundSender() private {
        vm.prank(_sender);
        broker.fundDepositAndReserve{value: 20 ether}(10 ether, 10 ether);
    }

    function depositOf() private view returns (uint256) {
        (ITicketLottery.Sender memory sender,) = broker.getSenderInfo(_sender);
        return sender.deposit;
    }

    function redeem(uint256 faceValue) private {
        uint256 nonce = _nonce++;
        ITicketLottery.Ticket memory ticket = winningTicket(_sender, member(MIDDLE), faceValue, nonce);
        bytes memory sig = signTicket(ticket, KEY);
        vm.prank(member(MIDDLE));
        broker.redeemWinningTicket(ticket, sig, 1000 + nonce);
    }

    function redeemBatch(uint256 count, uint256 faceValue) private {
        ITicketLottery.Ticket[] memory tickets = new ITicketLottery.Ticket[](count);
        bytes[] memory sigs = new bytes[](count);
        uint256[] memory rands = new uint256[](count);
        for (uint256 i = 0; i < count; i++) {
            uint256 nonce = _nonce++;
            tickets[i] = winningTicket(_sender, member(MIDDLE), faceValue, nonce);
            (sigs[i], rands[i]) = (signTicket(tickets[i], KEY), 1000 + nonce);
        }
        vm.prank(member(MIDDLE));
        broker.batchRedeemWinningTickets(tickets, sigs, rands);
    }

    function withdrawFees() private {
        address account = member(MIDDLE);
        uint256 fees = bonding.pendingFees(account, 0);
        vm.prank(account);
        bonding.withdrawFees(payable(account), fees / 2);
    }
}
