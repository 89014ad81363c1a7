// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "../interfaces/ITicketLottery.sol";
import {WinProbability} from "../types/WinProbability.sol";

/// @title Lottery tickets: identity, signature, draw
/// @notice A ticket is worth faceValue * winProb / 2^256 on average. Neither side can steer the draw: the sender does not
///         know the recipient's number, the recipient can't change the sender's signature.
/// @dev Hashing is done in memory behind the free pointer, which does not move: a batch costs no growing memory.
library Tickets {
    /// r, s, v. The compact form of EIP-2098 is refused: a second valid signature would be a second draw.
    uint256 internal constant SIGNATURE_BYTES = 65;
    uint256 internal constant AUX_DATA_BYTES = 64;

    /// Half the order of secp256k1. Of the two values of s that make a valid signature only the lower is taken (EIP-2).
    uint256 private constant MAX_S = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    bytes32 internal constant EIP712_TYPE_HASH = keccak256(
        "Ticket(address recipient,address sender,address token,uint256 faceValue,uint256 winProb,uint256 senderNonce,bytes32 recipientRandHash,bytes auxData)"
    );

    /// @dev What redemption asks of a ticket, read from the calldata once.
    struct Facts {
        address recipient;
        address sender;
        uint256 faceValue;
        WinProbability winProb;
        bytes32 recipientRandHash;
        /// in bytes; unless it is 64 the next two are 0
        uint256 auxDataLength;
        uint256 creationRound;
        bytes32 blockHash;
        /// where auxData begins in the calldata
        uint256 auxDataAt;
    }

    /// @notice Overwrites `facts`, so that a batch needs memory for one ticket only.
    function read(Facts memory facts, ITicketLottery.Ticket calldata ticket) internal pure {
        (facts.recipient, facts.sender) = (ticket.recipient, ticket.sender);
        bytes calldata auxData = ticket.auxData;
        assembly ("memory-safe") {
            calldatacopy(add(facts, 64), add(ticket, 64), 64)
            calldatacopy(add(facts, 128), add(ticket, 160), 32)
            mstore(add(facts, 160), auxData.length)
            // Behind the end of the calldata there are only zeros.
            let from := calldatasize()
            if eq(auxData.length, AUX_DATA_BYTES) { from := auxData.offset }
            calldatacopy(add(facts, 192), from, AUX_DATA_BYTES)
            mstore(add(facts, 256), auxData.offset)
        }
    }

    /// @notice keccak256 of the fields packed in their order: 20 + 20 + 4 * 32 + auxData bytes.
    /// @param facts What was read of the same ticket
    function packedHash(Facts memory facts, ITicketLottery.Ticket calldata ticket)
        internal
        pure
        returns (bytes32 result)
    {
        assembly ("memory-safe") {
            let free := mload(0x40)
            let length := mload(add(facts, 160))
            mstore(free, shl(96, mload(facts)))
            mstore(add(free, 20), shl(96, mload(add(facts, 32))))
            // faceValue, winProb, senderNonce and recipientRandHash follow each other in the calldata, too.
            calldatacopy(add(free, 40), add(ticket, 64), 128)
            calldatacopy(add(free, 168), mload(add(facts, 256)), length)
            result := keccak256(free, add(168, length))
        }
    }

    /// @notice What a wallet signs for `hash` as a personal message (EIP-191, version 0x45).
    function personalMessage(bytes32 hash) internal pure returns (bytes32 digest) {
        assembly ("memory-safe") {
            mstore(0, "\x19Ethereum Signed Message:\n32")
            mstore(28, hash)
            digest := keccak256(0, 60)
        }
    }

    /// @notice EIP-712 digest of the ticket, paid in `token`, under a domain.
    function typedDigest(ITicketLottery.Ticket calldata ticket, address token, bytes32 domainSeparator)
        internal
        pure
        returns (bytes32)
    {
        bytes32 structHash = keccak256(
            abi.encode(
                EIP712_TYPE_HASH,
                ticket.recipient,
                ticket.sender,
                token,
                ticket.faceValue,
                ticket.winProb,
                ticket.senderNonce,
                ticket.recipientRandHash,
                keccak256(ticket.auxData)
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domainSeparator, structHash));
    }

    /// @param sig 65 bytes; the caller has checked the length
    /// @return signer Zero for a malformed signature: s in the upper half, v other than 27 and 28, no point on the curve
    function signerOf(bytes32 digest, bytes calldata sig) internal view returns (address signer) {
        assembly ("memory-safe") {
            let s := calldataload(add(sig.offset, 32))
            let v := byte(0, calldataload(add(sig.offset, 64)))
            if and(iszero(gt(s, MAX_S)), or(eq(v, 27), eq(v, 28))) {
                let at := mload(0x40)
                mstore(at, digest)
                mstore(add(at, 32), v)
                mstore(add(at, 64), calldataload(sig.offset))
                mstore(add(at, 96), s)
                mstore(0, 0)
                // The precompile returns nothing when no key fits: the word stays 0.
                pop(staticcall(gas(), 1, at, 128, 0, 32))
                signer := mload(0)
            }
        }
    }

    /// @notice The number that decides: keccak256 of signature and recipient's number.
    function draw(bytes calldata sig, uint256 recipientRand) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let at := mload(0x40)
            calldatacopy(at, sig.offset, sig.length)
            mstore(add(at, sig.length), recipientRand)
            result := keccak256(at, add(sig.length, 32))
        }
    }

    function isCommitment(bytes32 recipientRandHash, uint256 recipientRand)
        internal
        pure
        returns (bool fits)
    {
        assembly ("memory-safe") {
            mstore(0, recipientRand)
            fits := eq(keccak256(0, 32), recipientRandHash)
        }
    }
}
