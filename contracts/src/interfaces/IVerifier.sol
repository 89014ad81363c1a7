// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManager} from "./IManager.sol";

/// @title Judge of wrong work
/// @notice Takes proofs that consist of an orchestrator's own signatures, so that anybody can check them again and no
///         oracle is asked: two different results for one segment, a result that names other bytes than were delivered,
///         a result whose bytes are not the container it names. A proven fault costs part of the stake; the finder gets
///         a share of that, the rest is burned.
/// @dev Off until it is registered at the Controller as "Verifier" and the Minter may burn. Shares in millionths,
///      receipts and cool-down in rounds, the delay of a reveal in blocks.
///
///      A finder first calls `commit` with keccak256(abi.encode(finder, keccak256(callData))) where `callData` is the
///      whole later call of a `prove…` function, salt included; `commitDelay` blocks later it makes that call. Whoever
///      copies the call from the pool of pending transactions has no commitment of his own that is old enough.
interface IVerifier is IManager {
    /// @notice What an orchestrator signs with its answer to a segment. EIP-712 type of the same name and fields.
    struct SegmentReceipt {
        /// version of this structure; 1
        uint16 schema;
        /// signs, and owns the stake
        address orchestrator;
        /// keccak256 of the orchestrator's session id and the stream's manifest id; see the TypeScript module
        bytes32 job;
        /// of the segment in its stream
        uint64 sequence;
        /// keccak256 of the segment's bytes
        bytes32 sourceHash;
        /// keccak256 of what was asked for: the profiles in order
        bytes32 profilesHash;
        /// what every rendition is: 0 = not said, 1 = MPEG transport stream
        uint8 container;
        /// keccak256 of the joined keccak256 of each rendition, in the order of the profiles: the hash of Livepeer's wire
        bytes32 resultHash;
        /// in which it was signed
        uint32 round;
    }

    /// @notice What an orchestrator signs with the bytes of one rendition as it hands them over.
    struct RenditionReceipt {
        uint16 schema;
        address orchestrator;
        bytes32 job;
        uint64 sequence;
        bytes32 sourceHash;
        bytes32 profilesHash;
        /// index in the order of the profiles
        uint16 rendition;
        /// keccak256 of the bytes handed over
        bytes32 dataHash;
        uint32 round;
    }

    enum Fault {
        ConflictingResults,
        OtherDelivery,
        BrokenContainer
    }

    /// @notice From block `revealBlock` on the committed proof may be shown.
    /// @param commitment keccak256 by which a finder announced its call; see the contract's notes
    /// @param revealBlock Block number
    event ProofCommitted(bytes32 indexed commitment, uint256 revealBlock);

    /// @notice A fault was proven and the stake slashed; BondingManager's TranscoderSlashed has the amounts.
    /// @param orchestrator Who signed the receipts
    /// @param workId Orchestrator, job and sequence hashed: never punished again
    /// @param finder Who proved it
    /// @param fault 0 different results, 1 other delivery, 2 broken container
    /// @param round Number of the current round
    event FaultProven(
        address indexed orchestrator,
        bytes32 indexed workId,
        address indexed finder,
        Fault fault,
        uint256 round
    );

    /// @notice Governance has not registered this contract as the "Verifier". Governance switches it on by
    ///         registering it.
    /// @param registered Who is registered; zero for nobody
    error VerifierIsOff(address registered);
    /// @notice A share must lie in [min, max] millionths. Choose one that does.
    /// @param value In millionths
    /// @param min In millionths
    /// @param max In millionths
    error ShareOutOfRange(uint256 value, uint256 min, uint256 max);
    /// @notice A number of rounds or blocks must lie in [min, max]. Choose one that does.
    /// @param value Number of rounds or blocks given
    /// @param min Number of rounds or blocks, at least
    /// @param max Number of rounds or blocks, at most
    error PeriodOutOfRange(uint256 value, uint256 min, uint256 max);
    /// @notice The same commitment stands already. Show the proof when its block has come.
    /// @param commitment keccak256 by which a finder announced its call; see the contract's notes
    error AlreadyCommitted(bytes32 commitment);
    /// @notice The caller committed to no such call. Commit to exactly this call, from this account, first.
    /// @param commitment keccak256 by which a finder announced its call; see the contract's notes
    error NotCommitted(bytes32 commitment);
    /// @notice The commitment is younger than `commitDelay` blocks. Wait for `revealBlock`.
    /// @param now_ Number of the current block
    /// @param revealBlock First block number in which it may be shown
    error RevealTooEarly(uint256 now_, uint256 revealBlock);
    /// @notice Only version 1 of the receipts is known. Use a Verifier that knows the version.
    /// @param schema Version given
    error UnknownSchema(uint256 schema);
    /// @notice Signed more than `receiptValidity` rounds ago. Show proofs sooner.
    /// @param round Number of the round in which the receipt was signed
    /// @param oldestValid Number of the oldest round that counts
    error ReceiptExpired(uint256 round, uint256 oldestValid);
    /// @notice Says to be signed in a round that has not come. Wait for that round.
    /// @param round Number of the round in which the receipt was signed
    /// @param currentRound Number of the current round
    error ReceiptFromTheFuture(uint256 round, uint256 currentRound);
    /// @notice Signed before the end of the cool-down that followed an earlier slash: that slash stands for it.
    /// @param round Number of the round in which the receipt was signed
    /// @param firstPunishable Number of the first round that counts
    error CoveredByEarlierSlash(uint256 round, uint256 firstPunishable);
    /// @notice A signature has 65 bytes: r, s, v.
    /// @param length In bytes
    error InvalidSignatureLength(uint256 length);
    /// @notice s lies in the upper half of the curve's order: a second form of another signature (EIP-2).
    /// @param s Second 32 bytes of the signature
    error MalleableSignature(bytes32 s);
    /// @notice No key gives this signature. Give the signature that came with the receipt.
    error InvalidSignature();
    /// @notice Signed by somebody else, for another chain, another Verifier, or with other values. Give the receipt
    ///         as it was signed.
    /// @param signer Who signed
    /// @param orchestrator Who signed the receipts
    error WrongSigner(address signer, address orchestrator);
    /// @notice The receipts name different orchestrators, jobs, segments, sources or profiles. Two receipts prove
    ///         something only about the same work.
    error DifferentWork();
    /// @notice Both say the same: nothing is wrong.
    /// @param hash keccak256 that both name
    error SameResult(bytes32 hash);
    /// @notice The hashes shown are not those the receipt was signed for. Give the hash of each rendition in the
    ///         order of the profiles.
    /// @param hash keccak256 of the hashes shown
    /// @param resultHash keccak256 that was signed
    error NotTheSignedHashes(bytes32 hash, bytes32 resultHash);
    /// @notice The result has fewer renditions. Count from 0.
    /// @param rendition Index that was given
    /// @param count Number of renditions
    error NoSuchRendition(uint256 rendition, uint256 count);
    /// @notice The bytes shown are not those the receipt was signed for. Give the bytes of that rendition.
    /// @param hash keccak256 of the bytes shown
    /// @param signedHash keccak256 that was signed
    error NotTheSignedData(bytes32 hash, bytes32 signedHash);
    /// @notice The receipt names no container whose form can be checked. Nothing can be proven about it.
    /// @param container 0 = not said, 1 = MPEG transport stream, or an unknown number
    error ContainerNotClaimed(uint256 container);
    /// @notice The bytes are whole transport stream packets: nothing is wrong.
    error ContainerIsIntact();
    /// @notice Has no stake as an orchestrator that could be slashed. Nobody can be punished.
    /// @param account Who signed the receipts
    error NotAnOrchestrator(address account);
    /// @notice This segment's fault was punished. A segment is punished once.
    /// @param workId Orchestrator, job and sequence hashed
    error AlreadyPunished(bytes32 workId);

    // ---- proofs ---------------------------------------------------------------------------------------------

    /// @notice Announces a proof without showing it.
    /// @param commitment see the contract's notes
    function commit(bytes32 commitment) external;

    /// @notice Two receipts for the same work with different result hashes.
    /// @param first One result
    /// @param firstSignature 65 bytes r, s, v of the orchestrator
    /// @param second Another result for the same work
    /// @param secondSignature 65 bytes r, s, v of the orchestrator
    /// @param salt Any number; keeps the commitment from being guessed
    function proveConflict(
        SegmentReceipt calldata first,
        bytes calldata firstSignature,
        SegmentReceipt calldata second,
        bytes calldata secondSignature,
        bytes32 salt
    ) external;

    /// @notice A result, and the receipt of a delivery of other bytes for one of its renditions.
    /// @param result What the orchestrator answered
    /// @param resultSignature 65 bytes r, s, v of the orchestrator
    /// @param renditionHashes keccak256 of each rendition: their joined hash is the result's
    /// @param delivery What came with the bytes of a rendition
    /// @param deliverySignature 65 bytes r, s, v of the orchestrator
    /// @param salt Any 32 bytes; keep the commitment from being guessed
    function proveOtherDelivery(
        SegmentReceipt calldata result,
        bytes calldata resultSignature,
        bytes32[] calldata renditionHashes,
        RenditionReceipt calldata delivery,
        bytes calldata deliverySignature,
        bytes32 salt
    ) external;

    /// @notice A result that says to be MPEG transport streams, and bytes of one of its renditions that are none:
    ///         empty, not whole packets of 188 bytes, or a packet without the sync byte 0x47 (ISO/IEC 13818-1,
    ///         2.4.3).
    /// @param result What the orchestrator answered
    /// @param resultSignature 65 bytes r, s, v of the orchestrator
    /// @param renditionHashes keccak256 of each rendition: their joined hash is the result's
    /// @param rendition Index in the order of the profiles, from 0
    /// @param data All bytes of that rendition
    /// @param salt Any 32 bytes; keep the commitment from being guessed
    function proveBrokenContainer(
        SegmentReceipt calldata result,
        bytes calldata resultSignature,
        bytes32[] calldata renditionHashes,
        uint256 rendition,
        bytes calldata data,
        bytes32 salt
    ) external;

    // ---- parameters: only the owner of the Controller ---------------------------------------------------------

    /// @notice Sets what a fault costs. `ShareOutOfRange`.
    /// @param millionths Share of the stake to take, in millionths, 1 to 1,000,000
    function setSlashAmount(uint256 millionths) external;

    /// @notice Sets what a finder gets. `ShareOutOfRange`.
    /// @param millionths Share of the penalty for the finder, in millionths, 0 to 500,000: slashing oneself must never pay
    function setFinderFee(uint256 millionths) external;

    /// @notice Sets how old a receipt may be. `PeriodOutOfRange`.
    /// @param numRounds How old a receipt may be, in rounds, 1 to 1,000
    function setReceiptValidity(uint256 numRounds) external;

    /// @notice Sets how long a slash covers what an orchestrator signs after it. `PeriodOutOfRange`.
    /// @param numRounds Number of rounds, 1 to 1,000
    function setCooldown(uint256 numRounds) external;

    /// @notice Sets how long a proof waits. `PeriodOutOfRange`.
    /// @param blocks Number of blocks between commitment and proof, 1 to 7,200
    function setCommitDelay(uint256 blocks) external;

    // ---- views ------------------------------------------------------------------------------------------------

    /// @notice What a fault costs.
    /// @return Share of the stake, in millionths, 1 to 1,000,000
    function slashAmount() external view returns (uint256);

    /// @notice What a finder gets.
    /// @return Share of the penalty, in millionths, 0 to 500,000
    function finderFee() external view returns (uint256);

    /// @notice How old a receipt may be.
    /// @return In rounds, 1 to 1,000
    function receiptValidity() external view returns (uint256);

    /// @notice How long a slash covers what an orchestrator signs after it.
    /// @return In rounds, 1 to 1,000
    function cooldown() external view returns (uint256);

    /// @notice How long a proof waits after its commitment.
    /// @return In blocks, 1 to 7,200
    function commitDelay() external view returns (uint256);

    /// @notice Whether governance has registered this contract.
    /// @return True while it has
    function isOn() external view returns (bool);

    /// @notice When a committed proof may be shown.
    /// @param commitment keccak256 by which a finder announced its call; see the contract's notes
    /// @return First block number; 0 for no commitment
    function revealBlockOf(bytes32 commitment) external view returns (uint256);

    /// @notice From when on receipts of an orchestrator count.
    /// @param orchestrator Any account
    /// @return Number of the round; 0 before its first slash
    function firstPunishableRound(address orchestrator) external view returns (uint256);

    /// @notice Whether the fault of a segment was punished.
    /// @param workId Orchestrator, job and sequence hashed, as in FaultProven
    /// @return True from then on
    function isPunished(bytes32 workId) external view returns (bool);

    /// @notice What `finder` commits to before making the call `callData`.
    /// @param finder Who will make the call
    /// @param callData The whole later call, salt included
    /// @return keccak256 for `commit`
    function commitmentOf(address finder, bytes calldata callData) external pure returns (bytes32);

    /// @notice What the orchestrator signs: the EIP-712 digest under this contract's domain ("Livepeer Verifier",
    ///         "1").
    /// @param receipt The receipt
    /// @return 32 bytes to sign
    function segmentReceiptDigest(SegmentReceipt calldata receipt) external view returns (bytes32);

    /// @notice What the orchestrator signs with a delivery: the EIP-712 digest under this contract's domain.
    /// @param receipt The receipt
    /// @return 32 bytes to sign
    function renditionReceiptDigest(RenditionReceipt calldata receipt) external view returns (bytes32);
}
