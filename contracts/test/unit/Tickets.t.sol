// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {Tickets} from "../../src/payments/Tickets.sol";
import {WinProbability} from "../../src/types/WinProbability.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {vm} from "../base/Vm.sol";

contract TicketsTest is ProtocolTest {
    using Tickets for Tickets.Facts;

    string private _vectors;

    function setUp() external {
        _vectors = vm.readFile("fixtures/vectors/protocol/tickets.json");
    }

    function test_hashSignerAndDrawOfSignedTicketsAreThoseOfTheVectors() external view {
        _check(".tickets[0]");
        _check(".tickets[1]");
    }

    function test_compactAndAlteredSignaturesNameNoSigner() external view {
        bytes32 hash = vm.parseJsonBytes32(_vectors, ".tickets[0].ticketHash");
        bytes memory sig = vm.parseJsonBytes(_vectors, ".tickets[0].signature");
        bytes memory compact = new bytes(64);
        for (uint256 i = 0; i < 64; i++) {
            compact[i] = sig[i];
        }
        vm.assertEq(this.signerOf(hash, compact), address(0), "compact");
        vm.assertEq(this.signerOf(hash, _withHighS(sig)), address(0), "high s");
        sig[64] = bytes1(uint8(29));
        vm.assertEq(this.signerOf(hash, sig), address(0), "v");
    }

    function _check(string memory key) private view {
        ITicketLottery.Ticket memory ticket = _read(string.concat(key, ".ticket"));
        bytes memory sig = vm.parseJsonBytes(_vectors, string.concat(key, ".signature"));
        uint256 rand = vm.parseJsonUint(_vectors, string.concat(key, ".recipientRand"));
        bytes32 hash = this.hashOf(ticket);
        vm.assertEq(hash, vm.parseJsonBytes32(_vectors, string.concat(key, ".ticketHash")), "hash");
        vm.assertEq(this.signerOf(hash, sig), ticket.sender, "signer");
        vm.assertTrue(Tickets.isCommitment(ticket.recipientRandHash, rand), "recipient's number");
        bool expected = vm.parseJsonBool(_vectors, string.concat(key, ".wins"));
        vm.assertTrue(this.wins(ticket, sig, rand) == expected, "draw");
    }

    function _read(string memory key) private view returns (ITicketLottery.Ticket memory ticket) {
        ticket.recipient = vm.parseJsonAddress(_vectors, string.concat(key, ".recipient"));
        ticket.sender = vm.parseJsonAddress(_vectors, string.concat(key, ".sender"));
        ticket.faceValue = vm.parseJsonUint(_vectors, string.concat(key, ".faceValue"));
        ticket.winProb = vm.parseJsonUint(_vectors, string.concat(key, ".winProb"));
        ticket.senderNonce = vm.parseJsonUint(_vectors, string.concat(key, ".senderNonce"));
        ticket.recipientRandHash = vm.parseJsonBytes32(_vectors, string.concat(key, ".recipientRandHash"));
        ticket.auxData = vm.parseJsonBytes(_vectors, string.concat(key, ".auxData"));
    }

    /// The other signature over the same message: n - s with the other v.
    function _withHighS(bytes memory sig) private pure returns (bytes memory) {
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        bytes32 r;
        uint256 s;
        assembly ("memory-safe") {
            r := mload(add(sig, 32))
            s := mload(add(sig, 64))
        }
        return abi.encodePacked(r, order - s, uint8(sig[64]) == 27 ? 28 : 27);
    }

    function hashOf(ITicketLottery.Ticket calldata ticket) external pure returns (bytes32) {
        Tickets.Facts memory facts;
        facts.read(ticket);
        return facts.packedHash(ticket);
    }

    function signerOf(bytes32 hash, bytes calldata sig) external view returns (address) {
        return Tickets.signerOf(Tickets.personalMessage(hash), sig);
    }

    function wins(ITicketLottery.Ticket calldata ticket, bytes calldata sig, uint256 rand)
        external
        pure
        returns (bool)
    {
        return WinProbability.wrap(ticket.winProb).admits(Tickets.draw(sig, rand));
    }
}
