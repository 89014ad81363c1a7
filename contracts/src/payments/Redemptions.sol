// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "../interfaces/ITicketLottery.sol";
import {WinProbability} from "../types/WinProbability.sol";
import {SenderAccounts} from "./SenderAccounts.sol";
import {Tickets} from "./Tickets.sol";

/// @title The rules for redeeming a ticket
/// @notice A ticket is judged by a code; a single redemption turns it into an error with its values, a batch skips the
///         ticket.
library Redemptions {
    using SenderAccounts for SenderAccounts.Account;

    struct State {
        uint32 unlockPeriod;
        uint32 ticketValidityPeriod;
        mapping(bytes32 ticketHash => bool) used;
        mapping(address sender => SenderAccounts.Account) accounts;
    }

    /// @dev What was read of the rounds; `blockHash` is that of `hashRound`.
    struct Clock {
        uint256 round;
        uint256 hashRound;
        bytes32 blockHash;
    }

    /// @dev What one ticket of a call has come to.
    struct Entry {
        bytes32 ticketHash;
        bytes32 digest;
        /// paid by the reserve; the rest of the face value by the deposit
        uint256 fromReserve;
        /// what the recipient could have had, when the deposit was short
        uint256 available;
        bool used;
    }

    enum Defect {
        None,
        RecipientIsNull,
        SenderIsNull,
        AuxDataLength,
        NoBlockHash,
        BlockHashMismatch,
        Expired,
        RandMismatch,
        Used,
        SignatureLength,
        Signature,
        DidNotWin,
        SenderUnlocked,
        InsufficientFunds
    }

    /// @notice Everything that does not depend on the sender's funds, in the order of the errors.
    function judge(
        State storage self,
        ITicketLottery.Ticket calldata ticket,
        bytes calldata sig,
        uint256 recipientRand,
        Clock memory clock,
        Entry memory entry
    ) internal view returns (Defect) {
        Defect defect = _judgeOrigin(self, ticket, clock);
        if (defect != Defect.None) return defect;
        if (!Tickets.isCommitment(ticket.recipientRandHash, recipientRand)) return Defect.RandMismatch;
        if (self.used[entry.ticketHash]) return Defect.Used;
        if (sig.length != Tickets.SIGNATURE_BYTES) return Defect.SignatureLength;
        if (Tickets.signerOf(entry.digest, sig) != ticket.sender) return Defect.Signature;
        bool wins = WinProbability.wrap(ticket.winProb).admits(Tickets.draw(sig, recipientRand));
        return wins ? Defect.None : Defect.DidNotWin;
    }

    function _judgeOrigin(State storage self, ITicketLottery.Ticket calldata ticket, Clock memory clock)
        private
        view
        returns (Defect)
    {
        if (ticket.recipient == address(0)) return Defect.RecipientIsNull;
        if (ticket.sender == address(0)) return Defect.SenderIsNull;
        if (ticket.auxData.length != Tickets.AUX_DATA_BYTES) return Defect.AuxDataLength;
        (uint256 creationRound, bytes32 blockHash) = Tickets.origin(ticket);
        if (clock.blockHash == 0) return Defect.NoBlockHash;
        if (clock.blockHash != blockHash) return Defect.BlockHashMismatch;
        // Only rounds that were have a hash, so the sum is small.
        if (creationRound + self.ticketValidityPeriod <= clock.round) return Defect.Expired;
        return Defect.None;
    }

    /// @notice Makes a ticket unused and pays its face value back to the sender, in the transaction that took it.
    function giveBack(State storage self, ITicketLottery.Ticket calldata ticket, Entry memory entry)
        internal
    {
        self.used[entry.ticketHash] = false;
        entry.used = false;
        self.accounts[ticket.sender].giveBack(ticket.recipient, ticket.faceValue, entry.fromReserve);
    }

    function emitRedeemed(ITicketLottery.Ticket calldata ticket, uint256 recipientRand, uint256 fromReserve)
        internal
    {
        (address sender, address recipient) = (ticket.sender, ticket.recipient);
        if (fromReserve != 0) emit ITicketLottery.ReserveClaimed(sender, recipient, fromReserve);
        if (ticket.faceValue != 0) {
            emit ITicketLottery.WinningTicketTransfer(sender, recipient, ticket.faceValue);
        }
        emit ITicketLottery.WinningTicketRedeemed(
            sender,
            recipient,
            ticket.faceValue,
            ticket.winProb,
            ticket.senderNonce,
            recipientRand,
            ticket.auxData
        );
    }

    /// @notice Reverts with the error of a defect.
    function refuse(
        State storage self,
        Defect defect,
        ITicketLottery.Ticket calldata ticket,
        bytes calldata sig,
        Clock memory clock,
        Entry memory entry
    ) internal view {
        if (defect <= Defect.Expired) _refuseOrigin(self, defect, ticket, clock);
        if (defect == Defect.RandMismatch) {
            revert ITicketLottery.RecipientRandMismatch(ticket.recipientRandHash);
        }
        if (defect == Defect.Used) revert ITicketLottery.TicketUsed(entry.ticketHash);
        if (defect == Defect.SignatureLength) revert ITicketLottery.InvalidSignatureLength(sig.length);
        if (defect == Defect.Signature) {
            address signer = Tickets.signerOf(entry.digest, sig);
            revert ITicketLottery.InvalidTicketSignature(entry.ticketHash, signer);
        }
        if (defect == Defect.DidNotWin) revert ITicketLottery.TicketDidNotWin(entry.ticketHash);
        if (defect == Defect.SenderUnlocked) {
            uint256 withdrawRound = self.accounts[ticket.sender].funds.withdrawRound;
            revert ITicketLottery.SenderIsUnlocked(ticket.sender, withdrawRound);
        }
        revert ITicketLottery.InsufficientFunds(ticket.sender, entry.available, ticket.faceValue);
    }

    function _refuseOrigin(
        State storage self,
        Defect defect,
        ITicketLottery.Ticket calldata ticket,
        Clock memory clock
    ) private view {
        if (defect == Defect.RecipientIsNull) {
            revert ITicketLottery.TicketRecipientIsNull();
        }
        if (defect == Defect.SenderIsNull) revert ITicketLottery.TicketSenderIsNull();
        if (defect == Defect.AuxDataLength) {
            revert ITicketLottery.InvalidAuxDataLength(ticket.auxData.length);
        }
        (uint256 creationRound, bytes32 given) = Tickets.origin(ticket);
        if (defect == Defect.NoBlockHash) revert ITicketLottery.CreationRoundHasNoBlockHash(creationRound);
        if (defect == Defect.BlockHashMismatch) {
            revert ITicketLottery.CreationRoundBlockHashMismatch(creationRound, given, clock.blockHash);
        }
        revert ITicketLottery.TicketExpired(creationRound, self.ticketValidityPeriod, clock.round);
    }
}
