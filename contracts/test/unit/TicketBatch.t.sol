// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {Vm, bound, vm} from "../base/Vm.sol";

/// @title Books fees up to a limit in one call
contract PickyBondingManager {
    uint256 public immutable limit;
    uint256 public booked;
    uint256 public calls;

    error TooMuch(uint256 fees);

    constructor(uint256 limit_) {
        limit = limit_;
    }

    function updateTranscoderWithFees(address, uint256 fees, uint256) external {
        if (fees > limit) revert TooMuch(fees);
        booked += fees;
        calls++;
    }

    function isActiveTranscoder(address) external pure returns (bool) {
        return true;
    }

    function currentRoundActiveTranscoders() external pure returns (uint256) {
        return 2;
    }
}

/// @title Batches of tickets in ETH: what is booked together, and what a failing ticket leaves behind
contract TicketBatchTest is ProtocolTest {
    address private constant T1 = address(0x11);
    address private constant T2 = address(0x12);
    uint256 private constant KEY = 0xbeef;

    address private _sender;
    uint256 private _nonce;

    function setUp() external {
        deploy(defaultConfig());
        _sender = vm.addr(KEY);
        vm.deal(_sender, 100 ether);
        initializeRound();
        address[2] memory transcoders = [T1, T2];
        for (uint256 i = 0; i < 2; i++) {
            fund(transcoders[i], 10e18);
            bond(transcoders[i], 10e18, transcoders[i]);
        }
        nextRound();
    }

    function test_ticketsOfOneRecipientInARowAreOneBooking() external {
        PickyBondingManager picky = _usePicky(100);
        _fund(100, 0);
        ITicketLottery.Ticket[] memory list = new ITicketLottery.Ticket[](4);
        list[0] = _ticket(T1, 1);
        list[1] = _ticket(T1, 2);
        list[2] = _ticket(T2, 3);
        list[3] = _ticket(T1, 4);
        vm.recordLogs();
        _redeem(list);
        vm.assertEq(picky.calls(), 3, "runs");
        vm.assertEq(picky.booked(), 10, "sum");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 8, "two events for each ticket");
        for (uint256 i = 0; i < 4; i++) {
            vm.assertEq(logs[2 * i].topics[0], ITicketLottery.WinningTicketTransfer.selector, "transfer");
            vm.assertEq(logs[2 * i + 1].topics[0], ITicketLottery.WinningTicketRedeemed.selector, "redeemed");
            vm.assertEq(abi.decode(logs[2 * i].data, (uint256)), i + 1, "in their order");
        }
    }

    /// The sum of a row is refused, and so is its middle ticket: the others are booked alone.
    function test_whatCannotBeBookedTogetherIsBookedApart() external {
        PickyBondingManager picky = _usePicky(6);
        _fund(15, 20);
        ITicketLottery.Ticket[] memory list = new ITicketLottery.Ticket[](4);
        list[0] = _ticket(T1, 5);
        list[1] = _ticket(T1, 17);
        list[2] = _ticket(T1, 0);
        list[3] = _ticket(T1, 3);
        _redeem(list);
        vm.assertEq(picky.booked(), 8, "5 and 3");
        vm.assertTrue(_isUsed(list[0]), "5");
        vm.assertFalse(_isUsed(list[1]), "17, from deposit and reserve");
        vm.assertTrue(_isUsed(list[2]), "free");
        vm.assertTrue(_isUsed(list[3]), "3, from the reserve");
        (ITicketLottery.Sender memory funds, ITicketLottery.ReserveInfo memory reserve) =
            broker.getSenderInfo(_sender);
        vm.assertEq(funds.deposit, 10, "what 17 took of the deposit is back");
        vm.assertEq(reserve.fundsRemaining, 17, "what 17 took of the reserve is back");
        vm.assertEq(reserve.claimedInCurrentRound, 3, "counted");
        vm.assertEq(broker.claimedReserve(_sender, T1), 3, "counted for the recipient");
    }

    function test_aFailingTicketEmitsNothing() external {
        _usePicky(0);
        _fund(10, 0);
        ITicketLottery.Ticket[] memory list = new ITicketLottery.Ticket[](2);
        (list[0], list[1]) = (_ticket(T1, 5), _ticket(T1, 6));
        vm.recordLogs();
        _redeem(list);
        vm.assertEq(vm.getRecordedLogs().length, 0, "no event");
        vm.assertFalse(_isUsed(list[0]), "unused");
    }

    function test_anInactiveRecipientIsSkippedBetweenOthers() external {
        _fund(1 ether, 0);
        ITicketLottery.Ticket[] memory list = new ITicketLottery.Ticket[](3);
        list[0] = _ticket(T1, 0.1 ether);
        list[1] = _ticket(address(0x99), 0.5 ether);
        list[2] = _ticket(T2, 0.2 ether);
        _redeem(list);
        vm.assertEq(bonding.pendingFees(T1, 0), 0.1 ether, "before");
        vm.assertEq(bonding.pendingFees(T2, 0), 0.2 ether, "after");
        (ITicketLottery.Sender memory funds,) = broker.getSenderInfo(_sender);
        vm.assertEq(funds.deposit, 0.7 ether, "given back");
    }

    function test_ticketsOfTwoRoundsInOneBatch() external {
        _fund(1 ether, 0);
        ITicketLottery.Ticket[] memory list = new ITicketLottery.Ticket[](4);
        list[0] = _ticket(T1, 1);
        list[2] = _ticket(T1, 4);
        nextRound();
        list[1] = _ticket(T1, 2);
        list[3] = _ticket(T1, 8);
        list[3].auxData = abi.encode(rounds.currentRound(), keccak256("other"));
        _redeem(list);
        vm.assertEq(bonding.pendingFees(T1, 0), 7, "all but the one with a wrong hash");
    }

    /// A batch pays what single redemptions pay, in any order and with any mix of defects.
    function testFuzz_aBatchPaysWhatSinglesPay(uint256[6] memory amounts, uint8[6] memory kinds) external {
        _fund(2 ether, 1 ether);
        ITicketLottery.Ticket[] memory list = new ITicketLottery.Ticket[](6);
        uint256 good;
        uint256 goodToT1;
        for (uint256 i = 0; i < 6; i++) {
            uint256 amount = bound(amounts[i], 0, 0.3 ether);
            address recipient = kinds[i] % 3 == 0 ? T1 : kinds[i] % 3 == 1 ? T2 : address(0x99);
            list[i] = _ticket(recipient, amount);
            if (kinds[i] > 200) list[i].winProb = 0;
            else if (recipient != address(0x99)) good += amount;
            if (kinds[i] <= 200 && recipient == T1) goodToT1 += amount;
        }
        _redeem(list);
        vm.assertEq(bonding.pendingFees(T1, 0), goodToT1, "first");
        vm.assertEq(bonding.pendingFees(T2, 0), good - goodToT1, "second");
        (ITicketLottery.Sender memory funds, ITicketLottery.ReserveInfo memory reserve) =
            broker.getSenderInfo(_sender);
        vm.assertEq(funds.deposit + reserve.fundsRemaining, 3 ether - good, "left");
    }

    function _usePicky(uint256 limit) private returns (PickyBondingManager picky) {
        picky = new PickyBondingManager(limit);
        register("BondingManager", address(picky));
    }

    function _fund(uint256 deposit, uint256 reserve) private {
        vm.prank(_sender);
        broker.fundDepositAndReserve{value: deposit + reserve}(deposit, reserve);
    }

    function _ticket(address recipient, uint256 amount) private returns (ITicketLottery.Ticket memory) {
        return winningTicket(_sender, recipient, amount, ++_nonce);
    }

    function _isUsed(ITicketLottery.Ticket memory ticket) private view returns (bool) {
        return broker.usedTickets(broker.getTicketHash(ticket));
    }

    function _redeem(ITicketLottery.Ticket[] memory list) private {
        bytes[] memory sigs = new bytes[](list.length);
        uint256[] memory rands = new uint256[](list.length);
        for (uint256 i = 0; i < list.length; i++) {
            (sigs[i], rands[i]) = (signTicket(list[i], KEY), 1000 + list[i].senderNonce);
        }
        broker.batchRedeemWinningTickets(list, sigs, rands);
    }
}
