// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {ITicketLottery} from "../interfaces/ITicketLottery.sol";

/// @title Lottery tickets: hash, signature, draw
/// @notice A ticket is worth faceValue * winProb / (2^256 - 1) on average. Neither side can steer the draw: the sender
///         does not know the recipient's number, the recipient can't change the sender's signature.
library Tickets {
    /// r, s, v. The compact form of EIP-2098 is refused: a second valid signature would be a second draw.
    uint256 internal constant SIGNATURE_BYTES = 65;
    uint256 internal constant AUX_DATA_BYTES = 64;

    function hash(ITicketLottery.Ticket calldata ticket) internal pure returns (bytes32) {
        return keccak256(
            abi.encodePacked(
                ticket.recipient,
                ticket.sender,
                ticket.faceValue,
                ticket.winProb,
                ticket.senderNonce,
                ticket.recipientRandHash,
                ticket.auxData
            )
        );
    }

    /// @return signer Zero for a malformed signature, one with a high s among them
    function signerOf(bytes32 ticketHash, bytes calldata sig) internal pure returns (address signer) {
        (signer,,) = ECDSA.tryRecoverCalldata(MessageHashUtils.toEthSignedMessageHash(ticketHash), sig);
    }

    function wins(ITicketLottery.Ticket calldata ticket, bytes calldata sig, uint256 recipientRand)
        internal
        pure
        returns (bool)
    {
        return uint256(keccak256(abi.encodePacked(sig, recipientRand))) < ticket.winProb;
    }

    function isCommitment(bytes32 recipientRandHash, uint256 recipientRand) internal pure returns (bool) {
        return keccak256(abi.encodePacked(recipientRand)) == recipientRandHash;
    }
}
