// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {vm} from "../base/Vm.sol";
import {VectorNames} from "./VectorNames.sol";

/// @title The tickets of the vectors: good ones, and each way to be bad
abstract contract VectorTickets is VectorNames {
    /// Order of secp256k1.
    uint256 private constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    uint256 private _tickets;
    uint256 private _senderKey;
    uint256 private _forgerKey;

    /// Tickets that name no number are counted from here.
    function setTicketSigners(uint256 senderKey, uint256 forgerKey) internal {
        (_senderKey, _forgerKey, _tickets) = (senderKey, forgerKey, 0);
    }

    /// @param args Recipient and face value of the next good ticket
    function redemptionOfNext(string[] memory args) internal returns (bytes memory) {
        string memory nonce = vm.toString(++_tickets);
        string memory round = vm.toString(rounds.currentRound());
        return redemption(string.concat(args[0], "/", args[1], "/", nonce, "/", round, "/none"));
    }

    /// @param spec recipient/face value/nonce/creation round/flaw
    function redemption(string memory spec) internal view returns (bytes memory) {
        (ITicketLottery.Ticket memory ticket, bytes memory sig, uint256 recipientRand) = _ticketOf(spec);
        return abi.encodeCall(broker.redeemWinningTicket, (ticket, sig, recipientRand));
    }

    function batchRedemption(string[] memory specs) internal view returns (bytes memory) {
        uint256 count = specs.length;
        ITicketLottery.Ticket[] memory tickets = new ITicketLottery.Ticket[](count);
        bytes[] memory sigs = new bytes[](count);
        uint256[] memory recipientRands = new uint256[](count);
        for (uint256 i = 0; i < count; i++) {
            (tickets[i], sigs[i], recipientRands[i]) = _ticketOf(specs[i]);
        }
        return abi.encodeCall(broker.batchRedeemWinningTickets, (tickets, sigs, recipientRands));
    }

    function _ticketOf(string memory spec)
        private
        view
        returns (ITicketLottery.Ticket memory ticket, bytes memory sig, uint256 recipientRand)
    {
        string[] memory parts = vm.split(spec, "/");
        string memory flaw = parts[4];
        uint256 nonce = vm.parseUint(parts[2]);
        ticket = winningTicket(accountOf("B"), accountOf(parts[0]), vm.parseUint(parts[1]), nonce);
        ticket.auxData =
            abi.encode(vm.parseUint(parts[3]), same(flaw, "hash") ? keccak256("another block") : BLOCK_HASH);
        if (same(flaw, "aux")) ticket.auxData = "";
        if (same(flaw, "nobody")) ticket.sender = address(0);
        if (same(flaw, "loses")) ticket.winProb = 0;
        if (same(flaw, "coin")) ticket.winProb = 1 << 255;
        sig = _spoiled(signTicket(ticket, same(flaw, "forged") ? _forgerKey : _senderKey), flaw);
        recipientRand = 1000 + nonce + (same(flaw, "rand") ? 1 : 0);
    }

    function _spoiled(bytes memory sig, string memory flaw) private pure returns (bytes memory) {
        bytes32 r;
        uint256 s;
        assembly ("memory-safe") {
            r := mload(add(sig, 32))
            s := mload(add(sig, 64))
        }
        uint8 v = uint8(sig[64]);
        if (same(flaw, "short")) return abi.encodePacked(r, s);
        if (same(flaw, "long")) return abi.encodePacked(sig, uint8(0));
        if (same(flaw, "v")) return abi.encodePacked(r, s, v - 27);
        // The other form of the same signature.
        if (same(flaw, "s")) return abi.encodePacked(r, ORDER - s, 55 - v);
        return sig;
    }
}
