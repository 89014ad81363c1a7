// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {bound, vm} from "../base/Vm.sol";
import {World} from "./World.sol";

/// @title Senders and recipients of tickets, and those who want a ticket paid twice, too high or burned
abstract contract PaymentActions is World {
    struct Redeemed {
        ITicketLottery.Ticket ticket;
        bytes sig;
        uint256 rand;
    }

    /// Sender and recipient of a ticket before it is redeemed.
    struct Before {
        uint256 funds;
        uint256 fees;
        uint256 share;
        uint256 taken;
        uint256 rewardFactor;
        uint256 feeFactor;
    }

    struct Batch {
        ITicketLottery.Ticket[] tickets;
        bytes[] sigs;
        uint256[] rands;
    }

    /// A fee can complete a fraction of a wei that an account already had: less than a wei for each. That all of it is
    /// covered is asked of the Minter's balance, exactly.
    uint256 private constant FRACTIONS = ACCOUNTS - 1;
    uint256 private constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    bytes32[] internal _used;
    Redeemed private _last;
    uint256 private _nonce;

    function fundSender(uint256 who, uint256 deposit, uint256 reserve) external by(sender(who)) {
        (deposit, reserve) = (bound(deposit, 0, 3 ether), bound(reserve, 0, 3 ether));
        bytes memory data = abi.encodeCall(broker.fundDepositAndReserve, (deposit, reserve));
        _pay(sender(who), sender(who), data, deposit + reserve);
    }

    function fundPart(uint256 who, uint256 amount, bool toReserve) external by(sender(who)) {
        bytes memory data =
            toReserve ? abi.encodeCall(broker.fundReserve, ()) : abi.encodeCall(broker.fundDeposit, ());
        _pay(sender(who), sender(who), data, bound(amount, 0, 1 ether));
    }

    /// A stranger funds a sender with dust, before a redemption or during an unlock: that changes nothing else.
    function depositDust(uint256 who, uint256 to, uint256 amount) external {
        amount = bound(amount, 0, 2);
        address payer = account(who);
        vm.deal(payer, payer.balance + amount);
        uint256 withdrawRound = _withdrawRound(sender(to));
        bytes memory data = abi.encodeCall(broker.fundDepositAndReserveFor, (sender(to), amount, 0));
        _pay(payer, sender(to), data, amount);
        vm.assertEq(_withdrawRound(sender(to)), withdrawRound, "a stranger's funds change no unlock");
    }

    function unlockOrWithdraw(uint256 who, uint256 choice) external by(sender(who)) {
        address caller = sender(who);
        if (choice % 4 == 0) {
            send(caller, address(broker), "cancelUnlock", abi.encodeCall(broker.cancelUnlock, ()), 0);
        } else if (choice % 4 == 1) {
            send(caller, address(broker), "unlock", abi.encodeCall(broker.unlock, ()), 0);
        } else {
            _withdrawSender(caller);
        }
    }

    function redeem(uint256 who, uint256 from, uint256 faceValue, uint256 dust) external by(sender(from)) {
        address recipient = who % 16 == 0 ? account(who >> 4) : candidate(who >> 4);
        ITicketLottery.Ticket memory ticket = winningTicket(
            sender(from),
            recipient,
            faceValue % 8 == 0 ? faceValue >> 8 & 3 : bound(faceValue, 0, 2 ether),
            ++_nonce
        );
        bytes memory sig = signTicket(ticket, senderKey(from));
        if (dust % 4 == 0) this.depositDust(dust, from, 1);
        _redeem(ticket, sig, 1000 + _nonce);
    }

    /// The same ticket again, under another signature, or with a field changed.
    function redeemAgain(uint256 how) external by(address(0)) {
        if (_last.sig.length == 0) return;
        (ITicketLottery.Ticket memory ticket, bytes memory sig) = (_last.ticket, _last.sig);
        if (how % 4 == 1) sig = _compact(sig);
        if (how % 4 == 2) sig = _highS(sig);
        if (how % 4 == 3) ticket.faceValue += 1;
        bytes memory data = abi.encodeCall(broker.redeemWinningTicket, (ticket, sig, _last.rand));
        vm.assertFalse(send(account(how), address(broker), "double", data, 0), "6: a ticket is paid once");
    }

    /// Up to three tickets at once; the last may be a copy of the first.
    function redeemBatch(uint256 who, uint256 from, uint256 faceValue, uint256 count)
        external
        by(sender(from))
    {
        Batch memory batch = _batch(who, from, faceValue, bound(count, 1, 3));
        uint256 funds = _funds(sender(from));
        uint256 fees = totalFees();
        bytes memory data =
            abi.encodeCall(broker.batchRedeemWinningTickets, (batch.tickets, batch.sigs, batch.rands));
        send(account(who), address(broker), "batch", data, 0);
        uint256 paid = funds - _funds(sender(from));
        vm.assertEq(paid, _noteUsed(batch.tickets), "6: a batch pays the face value of what it marks used");
        uint256 booked = totalFees();
        vm.assertGe(booked, fees, "10: fees are added to those that are there");
        vm.assertLe(booked - fees, paid + FRACTIONS, "fees booked never exceed what senders paid");
    }

    function _batch(uint256 who, uint256 from, uint256 faceValue, uint256 count)
        private
        returns (Batch memory batch)
    {
        batch.tickets = new ITicketLottery.Ticket[](count);
        batch.sigs = new bytes[](count);
        batch.rands = new uint256[](count);
        for (uint256 i = 0; i < count; i++) {
            uint256 face = bound(faceValue >> i, 0, 1 ether);
            ITicketLottery.Ticket memory ticket =
                winningTicket(sender(from), candidate((who >> 1) + i), face, ++_nonce);
            (batch.tickets[i], batch.rands[i]) = (ticket, 1000 + _nonce);
            batch.sigs[i] = signTicket(ticket, senderKey(from));
        }
        if (faceValue % 2 != 0) return batch;
        (batch.tickets[count - 1], batch.sigs[count - 1]) = (batch.tickets[0], batch.sigs[0]);
        batch.rands[count - 1] = batch.rands[0];
    }

    /// @return due Face value of those that are marked used, a copy counted once
    function _noteUsed(ITicketLottery.Ticket[] memory tickets) private returns (uint256 due) {
        for (uint256 i = 0; i < tickets.length; i++) {
            bytes32 hash = broker.getTicketHash(tickets[i]);
            if (i > 0 && tickets[i].senderNonce == tickets[0].senderNonce) continue;
            if (!broker.usedTickets(hash)) continue;
            due += tickets[i].faceValue;
            _used.push(hash);
        }
    }

    function _redeem(ITicketLottery.Ticket memory ticket, bytes memory sig, uint256 rand)
        private
        returns (bool ok)
    {
        Before memory before = _before(ticket.sender, ticket.recipient);
        bytes32 hash = broker.getTicketHash(ticket);
        bytes memory data = abi.encodeCall(broker.redeemWinningTicket, (ticket, sig, rand));
        ok = send(ticket.recipient, address(broker), "redeem", data, 0);
        requireFactorsKept(ticket.recipient, before.rewardFactor, before.feeFactor);
        uint256 paid = before.funds - _funds(ticket.sender);
        vm.assertTrue(broker.usedTickets(hash) == ok, "6: a ticket is used when it was paid, else not");
        vm.assertEq(paid, ok ? ticket.faceValue : 0, "6: a ticket is paid whole or not at all");
        uint256 fees = totalFees();
        vm.assertGe(fees, before.fees, "10: fees are added to those that are there");
        vm.assertLe(fees - before.fees, paid + FRACTIONS, "fees booked never exceed what the sender paid");
        if (!ok) return false;
        _used.push(hash);
        _last.ticket = ticket;
        _last.sig = sig;
        _last.rand = rand;
        uint256 share = broker.claimableReserve(ticket.sender, ticket.recipient);
        vm.assertLe(before.share - share, paid, "a share shrinks by what was paid");
        if (broker.claimedReserve(ticket.sender, ticket.recipient) > before.taken) {
            _requireShare(ticket.sender, ticket.recipient);
        }
    }

    function _before(address from, address recipient) private view returns (Before memory before) {
        (before.funds, before.fees) = (_funds(from), totalFees());
        before.share = broker.claimableReserve(from, recipient);
        before.taken = broker.claimedReserve(from, recipient);
        (before.rewardFactor, before.feeFactor) = factorsOf(recipient);
    }

    /// One claimant takes the deposit and its whole share of the reserve at once, then asks for a wei more.
    function takeShare(uint256 who, uint256 from) external by(sender(from)) {
        (address payer, address recipient) = (sender(from), candidate(who));
        (ITicketLottery.Sender memory info,) = broker.getSenderInfo(payer);
        uint256 share = broker.claimableReserve(payer, recipient);
        ITicketLottery.Ticket memory ticket = winningTicket(payer, recipient, info.deposit + share, ++_nonce);
        if (share == 0 || !_redeem(ticket, signTicket(ticket, senderKey(from)), 1000 + _nonce)) return;
        succeeded["share"]++;
        ticket = winningTicket(payer, recipient, 1, ++_nonce);
        bool more = _redeem(ticket, signTicket(ticket, senderKey(from)), 1000 + _nonce);
        vm.assertFalse(more, "7: who took its share of a reserve gets no more in the round");
    }

    /// @dev 7: in a round one claimant takes at most an equal share of the reserve. Asked after it took some: a sender may
    ///      withdraw its reserve and come back with less, which takes nothing from who was paid.
    function _requireShare(address from, address claimant) private view {
        ITicketLottery.ReserveInfo memory reserve = broker.getReserveInfo(from);
        uint256 taken = broker.claimedReserve(from, claimant);
        uint256 whole = reserve.fundsRemaining + reserve.claimedInCurrentRound;
        vm.assertLe(taken * _activeAtStart(), whole, "7: one claimant takes at most its share of a reserve");
    }

    /// Number of transcoders that were in the pool when the round began.
    function _activeAtStart() internal view virtual returns (uint256);

    function _withdrawSender(address caller) internal returns (bool ok) {
        uint256 funds = _funds(caller);
        uint256 before = caller.balance;
        uint256 withdrawRound = _withdrawRound(caller);
        bool due = funds > 0 && withdrawRound != 0 && withdrawRound <= rounds.currentRound();
        ok = send(caller, address(broker), "withdraw", abi.encodeCall(broker.withdraw, ()), 0);
        vm.assertTrue(ok == due, "12: a sender is paid from its round on, not before");
        if (!ok) return false;
        vm.assertEq(caller.balance - before, funds, "a sender gets all that is left");
        vm.assertEq(_funds(caller), 0, "and nothing is left");
        _books.ethOut += funds;
    }

    function _pay(address payer, address to, bytes memory data, uint256 value) private {
        uint256 funds = _funds(to);
        if (!send(payer, address(broker), "fund", data, value)) return;
        _books.ethIn += value;
        vm.assertEq(_funds(to), funds + value, "a sender is credited what was paid in");
    }

    function _funds(address from) internal view returns (uint256) {
        (ITicketLottery.Sender memory info, ITicketLottery.ReserveInfo memory reserve) =
            broker.getSenderInfo(from);
        return info.deposit + reserve.fundsRemaining;
    }

    function _withdrawRound(address from) private view returns (uint256) {
        (ITicketLottery.Sender memory info,) = broker.getSenderInfo(from);
        return info.withdrawRound;
    }

    function _split(bytes memory sig) private pure returns (bytes32 r, uint256 s, uint8 v) {
        assembly ("memory-safe") {
            r := mload(add(sig, 32))
            s := mload(add(sig, 64))
            v := byte(0, mload(add(sig, 96)))
        }
    }

    /// EIP-2098.
    function _compact(bytes memory sig) private pure returns (bytes memory) {
        (bytes32 r, uint256 s, uint8 v) = _split(sig);
        return abi.encodePacked(r, s | uint256(v - 27) << 255);
    }

    /// The other signature that the curve allows for the same message.
    function _highS(bytes memory sig) private pure returns (bytes memory) {
        (bytes32 r, uint256 s, uint8 v) = _split(sig);
        assert(s <= HALF_ORDER);
        return abi.encodePacked(r, ORDER - s, v == 27 ? uint8(28) : uint8(27));
    }
}
