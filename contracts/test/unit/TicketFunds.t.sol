// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IManager} from "../../src/interfaces/IManager.sol";
import {ITicketBroker} from "../../src/interfaces/ITicketBroker.sol";
import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {Vm, bound, vm} from "../base/Vm.sol";

/// @title Deposits and reserves in ETH: in, locked, out
contract TicketFundsTest is ProtocolTest {
    address private constant SENDER = address(0x5e);
    address private constant OTHER = address(0x07);

    function setUp() external {
        deploy(defaultConfig());
        initializeRound();
        vm.deal(SENDER, type(uint112).max);
        vm.deal(OTHER, 100 ether);
    }

    function testFuzz_fundsAddUpWhateverTheWayIn(uint256[5] memory amounts) external {
        for (uint256 i = 0; i < 5; i++) {
            amounts[i] = bound(amounts[i], 0, 10 ether);
        }
        vm.startPrank(SENDER);
        broker.fundDeposit{value: amounts[0]}();
        broker.fundReserve{value: amounts[1]}();
        broker.fundDepositAndReserve{value: amounts[2] + amounts[3]}(amounts[2], amounts[3]);
        vm.stopPrank();
        vm.prank(OTHER);
        broker.fundDepositAndReserveFor{value: amounts[4]}(SENDER, amounts[4], 0);
        _expect(amounts[0] + amounts[2] + amounts[4], amounts[1] + amounts[3]);
        uint256 sum = amounts[0] + amounts[1] + amounts[2] + amounts[3] + amounts[4];
        vm.assertEq(address(minter).balance, sum, "held by the Minter");
        vm.assertEq(address(broker).balance, 0, "none here");
    }

    function testFuzz_theValueIsTheSumOrNothingHappens(uint256 value, uint256 deposit, uint256 reserve)
        external
    {
        value = bound(value, 0, 3);
        (deposit, reserve) = (bound(deposit, 0, 2), bound(reserve, 0, 2));
        if (value != deposit + reserve) {
            vm.prank(SENDER);
            vm.expectRevert(
                abi.encodeWithSelector(ITicketBroker.ValueDoesNotEqualSum.selector, value, deposit, reserve)
            );
            broker.fundDepositAndReserve{value: value}(deposit, reserve);
            return _expect(0, 0);
        }
        vm.prank(SENDER);
        broker.fundDepositAndReserve{value: value}(deposit, reserve);
        _expect(deposit, reserve);
    }

    function test_theEventsComeInTheOrderThatClientsKnow() external {
        vm.deal(SENDER, 100);
        vm.startPrank(SENDER);
        broker.fundDeposit{value: 1}();
        broker.unlock();
        vm.recordLogs();
        broker.fundDeposit{value: 2}();
        _expectEvents([ITicketLottery.UnlockCancelled.selector, ITicketLottery.DepositFunded.selector, 0]);
        broker.unlock();
        vm.recordLogs();
        broker.fundReserve{value: 3}();
        _expectEvents([ITicketLottery.ReserveFunded.selector, ITicketLottery.UnlockCancelled.selector, 0]);
        broker.unlock();
        vm.recordLogs();
        broker.fundDepositAndReserve{value: 0}(0, 0);
        _expectEvents(
            [
                ITicketLottery.UnlockCancelled.selector,
                ITicketLottery.ReserveFunded.selector,
                ITicketLottery.DepositFunded.selector
            ]
        );
    }

    function test_fundsBeyondTheirFieldAreRefusedAndNothingIsCut() external {
        vm.startPrank(SENDER);
        broker.fundDeposit{value: type(uint112).max}();
        vm.stopPrank();
        vm.prank(OTHER);
        vm.expectRevert(
            abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 112, uint256(1) << 112)
        );
        broker.fundDepositAndReserveFor{value: 1}(SENDER, 1, 0);
        vm.prank(OTHER);
        broker.fundDepositAndReserveFor{value: 1}(SENDER, 0, 1);
        _expect(type(uint112).max, 1);
    }

    function testFuzz_onlyTheAccountItselfEndsItsUnlock(address other, uint256 deposit, uint256 reserve)
        external
    {
        vm.assume(other != SENDER && other != address(broker) && other != address(minter));
        (deposit, reserve) = (bound(deposit, 0, 1 ether), bound(reserve, 0, 1 ether));
        vm.startPrank(SENDER);
        broker.fundDeposit{value: 1}();
        broker.unlock();
        vm.stopPrank();
        vm.deal(other, 2 ether);
        vm.startPrank(other);
        broker.fundDepositAndReserveFor{value: deposit + reserve}(SENDER, deposit, reserve);
        vm.expectRevert(abi.encodeWithSelector(ITicketLottery.NoUnlockInProgress.selector));
        broker.cancelUnlock();
        vm.stopPrank();
        vm.assertTrue(broker.isUnlockInProgress(SENDER), "still unlocking");
        vm.prank(SENDER);
        broker.cancelUnlock();
        vm.assertFalse(broker.isUnlockInProgress(SENDER), "locked again");
    }

    function testFuzz_fundsLeaveFromTheirRoundOn(uint256 period, uint256 passed, uint256 deposit) external {
        (period, passed) = (bound(period, 0, 5), bound(passed, 0, 8));
        deposit = bound(deposit, 1, 1 ether);
        broker.setUnlockPeriod(period);
        vm.startPrank(SENDER);
        vm.expectRevert(abi.encodeWithSelector(ITicketLottery.NoFunds.selector, SENDER));
        broker.unlock();
        broker.fundDepositAndReserve{value: deposit + 5}(deposit, 5);
        broker.unlock();
        vm.stopPrank();
        // A longer period afterwards does not hold funds that were promised.
        broker.setUnlockPeriod(100);
        uint256 start = rounds.currentRound();
        vm.roll((start + passed) * ROUND_LENGTH);
        uint256 before = SENDER.balance;
        if (passed < period) {
            vm.prank(SENDER);
            vm.expectRevert(
                abi.encodeWithSelector(
                    ITicketLottery.AccountIsLocked.selector, start + period, start + passed
                )
            );
            broker.withdraw();
            return _expect(deposit, 5);
        }
        vm.prank(SENDER);
        broker.withdraw();
        vm.assertEq(SENDER.balance - before, deposit + 5, "all of it");
        _expect(0, 0);
        vm.assertTrue(broker.isUnlockInProgress(SENDER), "empty, and still unlocking");
    }

    function testFuzz_onlyTheOwnerSetsPeriods(address other, uint256 period) external {
        vm.assume(other != address(this));
        period = bound(period, 1, type(uint32).max);
        vm.startPrank(other);
        vm.expectPartialRevert(IManager.CallerMustBeControllerOwner.selector);
        broker.setUnlockPeriod(period);
        vm.expectPartialRevert(IManager.CallerMustBeControllerOwner.selector);
        broker.setTicketValidityPeriod(period);
        vm.stopPrank();
        broker.setUnlockPeriod(period);
        broker.setTicketValidityPeriod(period);
        vm.assertEq(broker.unlockPeriod(), period, "unlock");
        vm.assertEq(broker.ticketValidityPeriod(), period, "validity");
    }

    function test_aPausedSystemTakesAndGivesNothing() external {
        controller.pause();
        bytes4 paused = IManager.SystemIsPaused.selector;
        vm.startPrank(SENDER);
        vm.expectPartialRevert(paused);
        broker.fundDeposit{value: 1}();
        vm.expectPartialRevert(paused);
        broker.fundReserve{value: 1}();
        vm.expectPartialRevert(paused);
        broker.fundDepositAndReserve{value: 2}(1, 1);
        vm.expectPartialRevert(paused);
        broker.unlock();
        vm.expectPartialRevert(paused);
        broker.cancelUnlock();
        vm.expectPartialRevert(paused);
        broker.withdraw();
        vm.expectPartialRevert(paused);
        broker.batchRedeemWinningTickets(new ITicketLottery.Ticket[](0), new bytes[](0), new uint256[](0));
    }

    function _expect(uint256 deposit, uint256 reserve) private view {
        (ITicketLottery.Sender memory info, ITicketLottery.ReserveInfo memory left) =
            broker.getSenderInfo(SENDER);
        vm.assertEq(info.deposit, deposit, "deposit");
        vm.assertEq(left.fundsRemaining, reserve, "reserve");
    }

    /// Events of the broker; 0 = no more.
    function _expectEvents(bytes32[3] memory topics) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; i++) {
            vm.assertEq(logs[i].topics[0], topics[i], "order");
        }
        vm.assertEq(logs.length, topics[2] == 0 ? 2 : 3, "number");
    }
}
