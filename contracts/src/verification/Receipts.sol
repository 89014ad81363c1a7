// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IVerifier} from "../interfaces/IVerifier.sol";

/// @title What receipts say: their EIP-712 hashes, who signed, which work they are about
library Receipts {
    uint16 internal constant SCHEMA = 1;
    uint8 internal constant MPEG_TS = 1;
    /// ISO/IEC 13818-1, 2.4.3.2
    uint256 internal constant PACKET_BYTES = 188;
    bytes1 internal constant SYNC_BYTE = 0x47;

    bytes32 internal constant SEGMENT_RECEIPT_TYPEHASH = keccak256(
        "SegmentReceipt(uint16 schema,address orchestrator,bytes32 job,uint64 sequence,bytes32 sourceHash,bytes32 profilesHash,uint8 container,bytes32 resultHash,uint32 round)"
    );
    bytes32 internal constant RENDITION_RECEIPT_TYPEHASH = keccak256(
        "RenditionReceipt(uint16 schema,address orchestrator,bytes32 job,uint64 sequence,bytes32 sourceHash,bytes32 profilesHash,uint16 rendition,bytes32 dataHash,uint32 round)"
    );

    /// @dev A struct of static fields is ABI-encoded exactly as EIP-712 encodes its data.
    function structHash(IVerifier.SegmentReceipt calldata receipt) internal pure returns (bytes32) {
        return keccak256(abi.encode(SEGMENT_RECEIPT_TYPEHASH, receipt));
    }

    function structHash(IVerifier.RenditionReceipt calldata receipt) internal pure returns (bytes32) {
        return keccak256(abi.encode(RENDITION_RECEIPT_TYPEHASH, receipt));
    }

    /// @notice Reverts with the reason unless `orchestrator` signed `digest`, in the one accepted form.
    function requireSignedBy(address orchestrator, bytes32 digest, bytes calldata signature) internal pure {
        (address signer, ECDSA.RecoverError problem, bytes32 detail) =
            ECDSA.tryRecoverCalldata(digest, signature);
        if (problem == ECDSA.RecoverError.InvalidSignatureLength) {
            revert IVerifier.InvalidSignatureLength(signature.length);
        }
        if (problem == ECDSA.RecoverError.InvalidSignatureS) revert IVerifier.MalleableSignature(detail);
        if (problem != ECDSA.RecoverError.NoError) revert IVerifier.InvalidSignature();
        if (signer != orchestrator) revert IVerifier.WrongSigner(signer, orchestrator);
    }

    /// @notice What two receipts must have in common to be about the same work. The round is not part of it.
    function workKey(IVerifier.SegmentReceipt calldata r) internal pure returns (bytes32) {
        return keccak256(abi.encode(r.orchestrator, r.job, r.sequence, r.sourceHash, r.profilesHash));
    }

    function workKey(IVerifier.RenditionReceipt calldata r) internal pure returns (bytes32) {
        return keccak256(abi.encode(r.orchestrator, r.job, r.sequence, r.sourceHash, r.profilesHash));
    }

    /// @notice What is punished once: a segment of a job, whatever else the receipts say of it.
    function workId(IVerifier.SegmentReceipt calldata r) internal pure returns (bytes32) {
        return keccak256(abi.encode(r.orchestrator, r.job, r.sequence));
    }

    /// @notice Reverts unless the receipt was signed for exactly these renditions.
    function requireHashes(IVerifier.SegmentReceipt calldata r, bytes32[] calldata renditionHashes)
        internal
        pure
    {
        bytes32 joined = keccak256(abi.encodePacked(renditionHashes));
        if (joined != r.resultHash) revert IVerifier.NotTheSignedHashes(joined, r.resultHash);
    }

    /// @notice Whole packets, each with its sync byte, and at least one.
    function isTransportStream(bytes calldata data) internal pure returns (bool) {
        if (data.length == 0 || data.length % PACKET_BYTES != 0) return false;
        for (uint256 offset = 0; offset < data.length; offset += PACKET_BYTES) {
            if (data[offset] != SYNC_BYTE) return false;
        }
        return true;
    }
}
