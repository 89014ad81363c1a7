// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../../../src/interfaces/IBondingManager.sol";
import {IManager} from "../../../src/interfaces/IManager.sol";
import {ITicketBroker} from "../../../src/interfaces/ITicketBroker.sol";
import {ITicketLottery} from "../../../src/interfaces/ITicketLottery.sol";
import {vm} from "../../base/Vm.sol";
import {BadInputTest} from "./BadInputTest.sol";

contract BadInputTicketsTest is BadInputTest {
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    address private _broker;
    address private _sender;

    function setUp() public override {
        super.setUp();
        (_broker, _sender) = (address(broker), senderAddress());
        fundSender(2 ether, 3 ether);
    }

    function test_fieldsOfATicketThatAreNotThoseSigned() external {
        for (uint256 field = 0; field < 5; field++) {
            (ITicketLottery.Ticket memory t, bytes memory sig, uint256 rand) = ticketFor(T1, 1 ether);
            if (field == 0) t.recipient = T2;
            if (field == 1) t.sender = STRANGER;
            if (field == 2) t.faceValue += 1;
            if (field == 3) t.winProb -= 1;
            if (field == 4) t.senderNonce += 1;
            _ticketRow(
                "changed field",
                t,
                sig,
                rand,
                abi.encodeWithSelector(
                    ITicketLottery.InvalidTicketSignature.selector, broker.getTicketHash(t)
                )
            );
        }
        requireAllRefused();
    }

    function test_valuesAtTheirEnds() external {
        (ITicketLottery.Ticket memory t, bytes memory sig, uint256 rand) = ticketFor(T1, MAX);
        _ticketRow(
            "the maximal face value",
            t,
            sig,
            rand,
            abi.encodeWithSelector(ITicketLottery.InsufficientFunds.selector, _sender, 3 ether, MAX)
        );
        (t, sig, rand) = ticketFor(T1, 3 ether + 1);
        _ticketRow(
            "one wei more than the recipient's part",
            t,
            sig,
            rand,
            abi.encodeWithSelector(ITicketLottery.InsufficientFunds.selector, _sender, 3 ether, 3 ether + 1)
        );
        (t, sig, rand) = ticketFor(T1, 1 ether);
        t.winProb = 0;
        _ticketRow(
            "a ticket that can't win",
            t,
            signTicket(t, SENDER_KEY),
            rand,
            abi.encodeWithSelector(ITicketLottery.TicketDidNotWin.selector, broker.getTicketHash(t))
        );
        (t, sig, rand) = ticketFor(T1, 1 ether);
        _ticketRow(
            "another number",
            t,
            sig,
            rand + 1,
            abi.encodeWithSelector(ITicketLottery.RecipientRandMismatch.selector, t.recipientRandHash)
        );
        _ticketRow(
            "the maximal number",
            t,
            sig,
            MAX,
            abi.encodeWithSelector(ITicketLottery.RecipientRandMismatch.selector, t.recipientRandHash)
        );
        t.auxData = abi.encode(MAX, BLOCK_HASH);
        _ticketRow(
            "a round that never was",
            t,
            signTicket(t, SENDER_KEY),
            rand,
            abi.encodeWithSelector(ITicketLottery.CreationRoundHasNoBlockHash.selector, MAX)
        );
        t.auxData = new bytes(0);
        _ticketRow(
            "no aux data",
            t,
            signTicket(t, SENDER_KEY),
            rand,
            abi.encodeWithSelector(ITicketLottery.InvalidAuxDataLength.selector, 0)
        );
        t.auxData = new bytes(65);
        _ticketRow(
            "more aux data",
            t,
            signTicket(t, SENDER_KEY),
            rand,
            abi.encodeWithSelector(ITicketLottery.InvalidAuxDataLength.selector, 65)
        );
        (t, sig, rand) = ticketFor(D1, 1 ether);
        _ticketRow(
            "a recipient who is not active",
            t,
            sig,
            rand,
            abi.encodeWithSelector(IBondingManager.TranscoderMustBeActive.selector, D1)
        );
        requireAllRefused();
    }

    function test_signaturesOfEveryOtherForm() external {
        (ITicketLottery.Ticket memory t, bytes memory sig, uint256 rand) = ticketFor(T1, 1 ether);
        bytes32 hash = broker.getTicketHash(t);
        (bytes32 r, uint256 s, uint8 v) = _split(sig);
        bytes memory invalid = abi.encodeWithSelector(ITicketLottery.InvalidTicketSignature.selector, hash);
        _ticketRow(
            "empty", t, "", rand, abi.encodeWithSelector(ITicketLottery.InvalidSignatureLength.selector, 0)
        );
        _ticketRow(
            "compact",
            t,
            abi.encodePacked(r, s | uint256(v - 27) << 255),
            rand,
            abi.encodeWithSelector(ITicketLottery.InvalidSignatureLength.selector, 64)
        );
        _ticketRow(
            "one byte more",
            t,
            abi.encodePacked(sig, uint8(0)),
            rand,
            abi.encodeWithSelector(ITicketLottery.InvalidSignatureLength.selector, 66)
        );
        _ticketRow(
            "mirrored", t, abi.encodePacked(r, ORDER - s, v == 27 ? uint8(28) : uint8(27)), rand, invalid
        );
        _ticketRow("v of 0 or 1", t, abi.encodePacked(r, s, v - 27), rand, invalid);
        _ticketRow("v of another chain", t, abi.encodePacked(r, s, uint8(37)), rand, invalid);
        _ticketRow("other parity", t, abi.encodePacked(r, s, v == 27 ? uint8(28) : uint8(27)), rand, invalid);
        _ticketRow("zeros", t, new bytes(65), rand, invalid);
        _ticketRow("r of zero", t, abi.encodePacked(bytes32(0), s, v), rand, invalid);
        _ticketRow("s of zero", t, abi.encodePacked(r, bytes32(0), v), rand, invalid);
        _ticketRow("the recipient's own", t, signTicket(t, 0xbad), rand, invalid);
        requireAllRefused();
    }

    function test_fundsThatDoNotAddUp() external {
        bytes memory data = abi.encodeCall(broker.fundDepositAndReserve, (1, 2));
        paidRow(
            "too little",
            STRANGER,
            _broker,
            2,
            data,
            abi.encodeWithSelector(ITicketBroker.ValueDoesNotEqualSum.selector, 2, 1, 2)
        );
        paidRow(
            "too much",
            STRANGER,
            _broker,
            4,
            data,
            abi.encodeWithSelector(ITicketBroker.ValueDoesNotEqualSum.selector, 4, 1, 2)
        );
        paidRow(
            "a sum that overflows",
            STRANGER,
            _broker,
            1,
            abi.encodeCall(broker.fundDepositAndReserve, (MAX, 2)),
            abi.encodeWithSignature("Panic(uint256)", 0x11)
        );
        paidRow("ETH for nothing", STRANGER, _broker, 1, "", "");
        paidRow("ETH with an unknown call", STRANGER, _broker, 1, hex"deadbeef", "");
        row(
            "unlock of nothing",
            STRANGER,
            _broker,
            abi.encodeCall(broker.unlock, ()),
            abi.encodeWithSelector(ITicketLottery.NoFunds.selector, STRANGER)
        );
        row(
            "withdraw of nothing",
            STRANGER,
            _broker,
            abi.encodeCall(broker.withdraw, ()),
            abi.encodeWithSelector(ITicketLottery.NoFunds.selector, STRANGER)
        );
        row(
            "withdraw without unlock",
            _sender,
            _broker,
            abi.encodeCall(broker.withdraw, ()),
            abi.encodeWithSelector(ITicketLottery.NoUnlockInProgress.selector)
        );
        row(
            "cancel without unlock",
            _sender,
            _broker,
            abi.encodeCall(broker.cancelUnlock, ()),
            abi.encodeWithSelector(ITicketLottery.NoUnlockInProgress.selector)
        );
        requireAllRefused();
    }

    function test_anUnlockedSender() external {
        vm.prank(_sender);
        broker.unlock();
        row(
            "unlock twice",
            _sender,
            _broker,
            abi.encodeCall(broker.unlock, ()),
            abi.encodeWithSelector(ITicketLottery.UnlockAlreadyInitiated.selector, rounds.currentRound() + 2)
        );
        row(
            "withdraw too early",
            _sender,
            _broker,
            abi.encodeCall(broker.withdraw, ()),
            abi.encodeWithSelector(
                ITicketLottery.AccountIsLocked.selector, rounds.currentRound() + 2, rounds.currentRound()
            )
        );
        requireAllRefused();
        nextRound();
        nextRound();
        (ITicketLottery.Ticket memory t, bytes memory sig, uint256 rand) = ticketFor(T1, 1 ether);
        _ticketRow(
            "a ticket after the unlock",
            t,
            sig,
            rand,
            abi.encodeWithSelector(ITicketLottery.SenderIsUnlocked.selector, _sender, rounds.currentRound())
        );
        requireAllRefused();
    }

    function test_aPausedSystemAndARoundThatNobodyInitialized() external {
        (ITicketLottery.Ticket memory t, bytes memory sig, uint256 rand) = ticketFor(T1, 1 ether);
        controller.pause();
        bytes memory reason = abi.encodeWithSelector(IManager.SystemIsPaused.selector);
        _ticketRow("redeem", t, sig, rand, reason);
        paidRow("fund a deposit", STRANGER, _broker, 1, abi.encodeCall(broker.fundDeposit, ()), reason);
        paidRow("fund a reserve", STRANGER, _broker, 1, abi.encodeCall(broker.fundReserve, ()), reason);
        paidRow(
            "fund both", STRANGER, _broker, 1, abi.encodeCall(broker.fundDepositAndReserve, (1, 0)), reason
        );
        row("unlock", _sender, _broker, abi.encodeCall(broker.unlock, ()), reason);
        row("withdraw", _sender, _broker, abi.encodeCall(broker.withdraw, ()), reason);
        requireAllRefused();
        controller.unpause();
        vm.roll(rounds.currentRoundStartBlock() + ROUND_LENGTH);
        _ticketRow(
            "redeem",
            t,
            sig,
            rand,
            abi.encodeWithSelector(
                ITicketLottery.CurrentRoundIsNotInitialized.selector, rounds.currentRound()
            )
        );
        requireAllRefused();
    }

    /// A batch is not refused: each bad ticket in it is skipped and changes nothing.
    function test_aBatchOfBadTicketsChangesNothing() external {
        ITicketLottery.Ticket[] memory tickets = new ITicketLottery.Ticket[](4);
        bytes[] memory sigs = new bytes[](4);
        uint256[] memory rands = new uint256[](4);
        for (uint256 i = 0; i < 4; i++) {
            (tickets[i], sigs[i], rands[i]) = ticketFor(i == 3 ? D1 : T1, 1 ether);
        }
        sigs[0] = new bytes(64);
        tickets[1].faceValue += 1;
        rands[2] += 1;
        bytes32 before = digest();
        broker.batchRedeemWinningTickets(tickets, sigs, rands);
        vm.assertEq(digest(), before, "nothing changed");
        for (uint256 i = 0; i < 4; i++) {
            vm.assertFalse(broker.usedTickets(broker.getTicketHash(tickets[i])), "not used");
        }
    }

    function test_aBatchWithTooFewSignaturesIsRefusedWhole() external {
        ITicketLottery.Ticket[] memory tickets = new ITicketLottery.Ticket[](2);
        bytes[] memory sigs = new bytes[](1);
        uint256[] memory rands = new uint256[](2);
        (tickets[0], sigs[0], rands[0]) = ticketFor(T1, 1 ether);
        (tickets[1],,) = ticketFor(T1, 1 ether);
        row(
            "too few signatures",
            STRANGER,
            _broker,
            abi.encodeCall(broker.batchRedeemWinningTickets, (tickets, sigs, rands)),
            abi.encodeWithSignature("Panic(uint256)", 0x32)
        );
        requireAllRefused();
        vm.assertFalse(broker.usedTickets(broker.getTicketHash(tickets[0])), "the good one as well");
    }

    function _ticketRow(
        string memory what,
        ITicketLottery.Ticket memory t,
        bytes memory sig,
        uint256 rand,
        bytes memory reason
    ) private {
        row(what, STRANGER, _broker, abi.encodeCall(broker.redeemWinningTicket, (t, sig, rand)), reason);
    }

    function _split(bytes memory sig) private pure returns (bytes32 r, uint256 s, uint8 v) {
        assembly ("memory-safe") {
            r := mload(add(sig, 32))
            s := mload(add(sig, 64))
            v := byte(0, mload(add(sig, 96)))
        }
    }
}
