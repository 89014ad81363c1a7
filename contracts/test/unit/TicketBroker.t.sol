// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../../src/interfaces/IBondingManager.sol";
import {ITicketBroker} from "../../src/interfaces/ITicketBroker.sol";
import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {vm} from "../base/Vm.sol";

contract TicketBrokerTest is ProtocolTest {
    address private constant T1 = address(0x11);
    address private constant T2 = address(0x12);
    address private constant T3 = address(0x13);
    uint256 private constant KEY = 0xbeef;

    address private _sender;

    function setUp() external {
        deploy(defaultConfig());
        _sender = vm.addr(KEY);
        vm.deal(_sender, 100 ether);
        vm.deal(address(this), 100 ether);
        initializeRound();
        address[3] memory transcoders = [T1, T2, T3];
        for (uint256 i = 0; i < 3; i++) {
            fund(transcoders[i], 100e18);
            bond(transcoders[i], (i + 1) * 10e18, transcoders[i]);
            vm.prank(transcoders[i]);
            bonding.transcoder(0, 0);
        }
        nextRound();
    }

    receive() external payable {}

    function test_everyDefectOfATicketHasItsError() external {
        _fund(1 ether, 0);
        ITicketLottery.Ticket memory t = _ticket(1);
        t.recipient = address(0);
        _expect(t, ITicketLottery.TicketRecipientIsNull.selector);
        t = _ticket(1);
        t.sender = address(0);
        _expect(t, ITicketLottery.TicketSenderIsNull.selector);
        t = _ticket(1);
        t.auxData = new bytes(63);
        _expect(t, ITicketLottery.InvalidAuxDataLength.selector);
        t.auxData = abi.encode(rounds.currentRound() + 1, BLOCK_HASH);
        _expect(t, ITicketLottery.CreationRoundHasNoBlockHash.selector);
        t.auxData = abi.encode(rounds.currentRound(), bytes32(0));
        _expect(t, ITicketLottery.CreationRoundBlockHashMismatch.selector);
        t = _ticket(1);
        t.recipientRandHash = bytes32(0);
        _expect(t, ITicketLottery.RecipientRandMismatch.selector);
        t = _ticket(1);
        t.winProb = 0;
        _expect(t, ITicketLottery.TicketDidNotWin.selector);
    }

    function test_aTicketExpiresAfterItsValidityPeriod() external {
        _fund(1 ether, 0);
        ITicketLottery.Ticket memory t = _ticket(1);
        nextRound();
        nextRound();
        _expect(t, ITicketLottery.TicketExpired.selector);
    }

    function test_aTicketIsPaidOnce() external {
        _fund(1 ether, 0);
        ITicketLottery.Ticket memory t = _ticket(1);
        t.faceValue = 0.25 ether;
        _redeem(t);
        vm.assertEq(bonding.pendingFees(T1, 0), 0.25 ether, "fees");
        _expect(t, ITicketLottery.TicketUsed.selector);
    }

    function test_signaturesOfOthersAndOtherLengthsAreRefused() external {
        _fund(1 ether, 0);
        ITicketLottery.Ticket memory t = _ticket(1);
        bytes memory foreign = signTicket(t, 0xbad);
        vm.expectPartialRevert(ITicketLottery.InvalidTicketSignature.selector);
        broker.redeemWinningTicket(t, foreign, 1001);
        vm.expectPartialRevert(ITicketLottery.InvalidSignatureLength.selector);
        broker.redeemWinningTicket(t, new bytes(64), 1001);
    }

    /// Dust in front of a redemption must not burn the ticket.
    function test_aTicketIsPaidInFullOrStaysUnused() external {
        _fund(1, 0.3 ether);
        ITicketLottery.Ticket memory t = _ticket(1);
        t.faceValue = 0.1 ether + 2;
        _expect(t, ITicketLottery.InsufficientFunds.selector);
        vm.assertFalse(broker.usedTickets(broker.getTicketHash(t)), "unused");
        _fund(1, 0);
        _redeem(t);
        vm.assertEq(broker.claimableReserve(_sender, T1), 0, "share taken");
        vm.assertEq(broker.claimableReserve(_sender, T2), 0.1 ether, "share of others");
    }

    function test_aLeavingTranscoderDoesNotChangeTheSharesOfThisRound() external {
        _fund(0, 3 ether);
        uint256 before = broker.claimableReserve(_sender, T1);
        vm.prank(T3);
        bonding.unbond(30e18);
        vm.assertEq(bonding.getTranscoderPoolSize(), 2, "pool");
        vm.assertEq(broker.claimableReserve(_sender, T1), before, "share");
        nextRound();
        vm.assertEq(broker.claimableReserve(_sender, T1), 1.5 ether, "share of the next round");
    }

    function test_aTicketForAnInactiveRecipientStaysUnused() external {
        _fund(1 ether, 0);
        ITicketLottery.Ticket memory t = winningTicket(_sender, address(0x99), 1, 1);
        _expect(t, IBondingManager.TranscoderMustBeActive.selector);
        vm.assertFalse(broker.usedTickets(broker.getTicketHash(t)), "unused");
    }

    function test_aFreeTicketIsUsedUpWithoutMovingFunds() external {
        ITicketLottery.Ticket memory t = _ticket(1);
        t.faceValue = 0;
        _redeem(t);
        vm.assertTrue(broker.usedTickets(broker.getTicketHash(t)), "used");
    }

    function test_aBatchPaysTheGoodTicketsAndSkipsTheRest() external {
        _fund(1 ether, 0);
        ITicketLottery.Ticket[] memory tickets = new ITicketLottery.Ticket[](4);
        bytes[] memory sigs = new bytes[](4);
        uint256[] memory rands = new uint256[](4);
        for (uint256 i = 0; i < 4; i++) {
            tickets[i] = winningTicket(_sender, T1, 0.1 ether, i);
            rands[i] = 1000 + i;
            sigs[i] = signTicket(tickets[i], i == 1 ? 0xbad : KEY);
        }
        rands[2] = 7;
        broker.batchRedeemWinningTickets(tickets, sigs, rands);
        vm.assertEq(bonding.pendingFees(T1, 0), 0.2 ether, "two of four");
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x32));
        broker.batchRedeemWinningTickets(tickets, new bytes[](0), rands);
    }

    function test_othersCanFundButNotHoldASender() external {
        _fund(1 ether, 0);
        vm.prank(_sender);
        broker.unlock();
        broker.fundDepositAndReserveFor{value: 3}(_sender, 1, 2);
        vm.assertTrue(broker.isUnlockInProgress(_sender), "still unlocking");
        _fund(1, 0);
        vm.assertFalse(broker.isUnlockInProgress(_sender), "own funding locks again");
    }

    function test_withdrawReturnsEverythingAfterTheUnlockPeriod() external {
        _fund(1 ether, 2 ether);
        vm.startPrank(_sender);
        vm.expectRevert(abi.encodeWithSelector(ITicketLottery.NoUnlockInProgress.selector));
        broker.withdraw();
        broker.unlock();
        vm.expectPartialRevert(ITicketLottery.AccountIsLocked.selector);
        broker.withdraw();
        vm.stopPrank();
        nextRound();
        nextRound();
        uint256 before = _sender.balance;
        vm.startPrank(_sender);
        broker.withdraw();
        vm.assertEq(_sender.balance - before, 3 ether, "returned");
        vm.expectRevert(abi.encodeWithSelector(ITicketLottery.NoFunds.selector, _sender));
        broker.withdraw();
    }

    function test_valueMustBeTheSumOfBothParts() external {
        vm.expectRevert(abi.encodeWithSelector(ITicketBroker.ValueDoesNotEqualSum.selector, 1, 1, 1));
        broker.fundDepositAndReserve{value: 1}(1, 1);
    }

    function _fund(uint256 deposit, uint256 reserve) private {
        vm.prank(_sender);
        broker.fundDepositAndReserve{value: deposit + reserve}(deposit, reserve);
    }

    function _ticket(uint256 nonce) private view returns (ITicketLottery.Ticket memory) {
        return winningTicket(_sender, T1, 1, nonce);
    }

    function _redeem(ITicketLottery.Ticket memory t) private {
        broker.redeemWinningTicket(t, signTicket(t, KEY), 1000 + t.senderNonce);
    }

    function _expect(ITicketLottery.Ticket memory t, bytes4 selector) private {
        bytes memory sig = signTicket(t, KEY);
        vm.expectPartialRevert(selector);
        broker.redeemWinningTicket(t, sig, 1000 + t.senderNonce);
    }
}
