// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IRoundsManager} from "../interfaces/IRoundsManager.sol";
import {ITicketLottery} from "../interfaces/ITicketLottery.sol";
import {SenderAccounts} from "./SenderAccounts.sol";
import {Tickets} from "./Tickets.sol";

/// @title The rules for redeeming a ticket
/// @notice A ticket is judged by a code; a single redemption turns it into an error with its values, a batch skips the
///         ticket.
library Redemptions {
    using SenderAccounts for SenderAccounts.Account;

    struct State {
        mapping(bytes32 ticketHash => bool) used;
        mapping(address sender => SenderAccounts.Account) accounts;
    }

    /// @dev What one call needs to know of the rest of the protocol, asked once.
    struct Clock {
        IRoundsManager rounds;
        IBondingManager bonding;
        uint256 round;
        /// hash of the round `hashRound`
        bytes32 blockHash;
        uint256 hashRound;
        /// rounds, the one of its creation included, in which a ticket can be redeemed
        uint256 validityPeriod;
    }

    /// @dev The ticket that is being judged.
    struct Case {
        Tickets.Facts facts;
        bytes32 ticketHash;
        bytes32 digest;
        /// paid by the reserve; the rest of the face value by the deposit
        uint256 fromReserve;
        /// what the recipient could have had, when the deposit was short
        uint256 available;
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
        Case memory c,
        bytes calldata sig,
        uint256 recipientRand,
        Clock memory clock
    ) internal view returns (Defect) {
        Tickets.Facts memory facts = c.facts;
        if (facts.recipient == address(0)) return Defect.RecipientIsNull;
        if (facts.sender == address(0)) return Defect.SenderIsNull;
        if (facts.auxDataLength != Tickets.AUX_DATA_BYTES) return Defect.AuxDataLength;
        if (clock.blockHash == 0) return Defect.NoBlockHash;
        if (clock.blockHash != facts.blockHash) return Defect.BlockHashMismatch;
        // Only rounds that were have a hash, so the sum is small.
        if (facts.creationRound + clock.validityPeriod <= clock.round) return Defect.Expired;
        if (!Tickets.isCommitment(facts.recipientRandHash, recipientRand)) return Defect.RandMismatch;
        if (self.used[c.ticketHash]) return Defect.Used;
        if (sig.length != Tickets.SIGNATURE_BYTES) return Defect.SignatureLength;
        if (Tickets.signerOf(c.digest, sig) != facts.sender) return Defect.Signature;
        bool wins = facts.winProb.admits(Tickets.draw(sig, recipientRand));
        return wins ? Defect.None : Defect.DidNotWin;
    }

    /// @notice Makes a ticket unused and pays its face value back to the sender, in the transaction that took it.
    function giveBack(
        State storage self,
        ITicketLottery.Ticket calldata ticket,
        bytes32 ticketHash,
        uint256 fromReserve
    ) internal {
        self.used[ticketHash] = false;
        self.accounts[ticket.sender].giveBack(ticket.recipient, ticket.faceValue, fromReserve);
    }

    /// @param ticket A good one: all of it lies in the calldata, and its auxData has 64 bytes
    function emitRedeemed(ITicketLottery.Ticket calldata ticket, uint256 recipientRand, uint256 fromReserve)
        internal
    {
        if (fromReserve != 0) {
            emit ITicketLottery.ReserveClaimed(ticket.sender, ticket.recipient, fromReserve);
        }
        bytes32 transfer = ITicketLottery.WinningTicketTransfer.selector;
        bytes32 redeemed = ITicketLottery.WinningTicketRedeemed.selector;
        // The fields lie in the calldata as the events want them. Nothing is checked a second time.
        assembly ("memory-safe") {
            let at := mload(0x40)
            let recipient := calldataload(ticket)
            let sender := calldataload(add(ticket, 32))
            // faceValue, winProb, senderNonce
            calldatacopy(at, add(ticket, 64), 96)
            if mload(at) { log3(at, 32, transfer, sender, recipient) }
            mstore(add(at, 96), recipientRand)
            mstore(add(at, 128), 160)
            mstore(add(at, 160), 64)
            // Behind the offset of auxData lies its length.
            calldatacopy(add(at, 192), add(add(ticket, calldataload(add(ticket, 192))), 32), 64)
            log3(at, 256, redeemed, sender, recipient)
        }
    }

    /// @notice Reverts with the error of a defect.
    function refuse(State storage self, Defect defect, Case memory c, bytes calldata sig, Clock memory clock)
        internal
        view
    {
        Tickets.Facts memory facts = c.facts;
        if (defect <= Defect.Expired) _refuseOrigin(defect, facts, clock);
        if (defect == Defect.RandMismatch) {
            revert ITicketLottery.RecipientRandMismatch(facts.recipientRandHash);
        }
        if (defect == Defect.Used) revert ITicketLottery.TicketUsed(c.ticketHash);
        if (defect == Defect.SignatureLength) revert ITicketLottery.InvalidSignatureLength(sig.length);
        if (defect == Defect.Signature) {
            revert ITicketLottery.InvalidTicketSignature(c.ticketHash, Tickets.signerOf(c.digest, sig));
        }
        if (defect == Defect.DidNotWin) revert ITicketLottery.TicketDidNotWin(c.ticketHash);
        if (defect == Defect.SenderUnlocked) {
            uint256 withdrawRound = self.accounts[facts.sender].funds.withdrawRound();
            revert ITicketLottery.SenderIsUnlocked(facts.sender, withdrawRound);
        }
        revert ITicketLottery.InsufficientFunds(facts.sender, c.available, facts.faceValue);
    }

    function _refuseOrigin(Defect defect, Tickets.Facts memory facts, Clock memory clock) private pure {
        if (defect == Defect.RecipientIsNull) revert ITicketLottery.TicketRecipientIsNull();
        if (defect == Defect.SenderIsNull) revert ITicketLottery.TicketSenderIsNull();
        if (defect == Defect.AuxDataLength) revert ITicketLottery.InvalidAuxDataLength(facts.auxDataLength);
        if (defect == Defect.NoBlockHash) {
            revert ITicketLottery.CreationRoundHasNoBlockHash(facts.creationRound);
        }
        if (defect == Defect.BlockHashMismatch) {
            revert ITicketLottery.CreationRoundBlockHashMismatch(
                facts.creationRound, facts.blockHash, clock.blockHash
            );
        }
        revert ITicketLottery.TicketExpired(facts.creationRound, clock.validityPeriod, clock.round);
    }
}
