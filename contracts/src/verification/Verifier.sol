// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IController} from "../interfaces/IController.sol";
import {IRoundsManager} from "../interfaces/IRoundsManager.sol";
import {IVerifier} from "../interfaces/IVerifier.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {Manager} from "../registry/Manager.sol";
import {MILLIONTHS, Millionths, toMillionths} from "../types/Millionths.sol";
import {Round, toRound} from "../types/Round.sol";
import {Receipts} from "./Receipts.sol";

/// @notice See IVerifier.
/// @dev Not behind a proxy: receipts are signed for this address, and another judge is another registration.
contract Verifier is IVerifier, Manager, EIP712 {
    using Receipts for SegmentReceipt;
    using Receipts for RenditionReceipt;
    using SafeCast for uint256;

    /// One slot.
    struct Parameters {
        Millionths slashAmount;
        /// of the penalty
        Millionths finderFee;
        /// rounds
        uint32 receiptValidity;
        /// rounds
        uint32 cooldown;
        /// blocks
        uint32 commitDelay;
    }

    uint256 private constant MAX_FINDER_FEE = MILLIONTHS / 2;
    uint256 private constant MAX_ROUNDS = 1_000;
    uint256 private constant MAX_COMMIT_DELAY = 7_200;

    Parameters private _parameters;
    /// @inheritdoc IVerifier
    mapping(bytes32 commitment => uint256 block_) public override revealBlockOf;
    mapping(address orchestrator => Round round) private _firstPunishable;
    /// @inheritdoc IVerifier
    mapping(bytes32 workId => bool) public override isPunished;

    modifier whenOn() {
        _requireNotPaused();
        address registered = _contractOf(ContractIds.VERIFIER);
        if (registered != address(this)) revert VerifierIsOff(registered);
        _;
    }

    /// @dev Units and bounds as those of the setters.
    constructor(
        IController controller_,
        uint256 slashAmount_,
        uint256 finderFee_,
        uint256 receiptValidity_,
        uint256 cooldown_,
        uint256 commitDelay_
    ) Manager(controller_) EIP712("Livepeer Verifier", "1") {
        _setSlashAmount(slashAmount_);
        _setFinderFee(finderFee_);
        _setReceiptValidity(receiptValidity_);
        _setCooldown(cooldown_);
        _setCommitDelay(commitDelay_);
    }

    // ---- proofs ---------------------------------------------------------------------------------------------

    /// @inheritdoc IVerifier
    function commit(bytes32 commitment) external override whenOn {
        if (revealBlockOf[commitment] != 0) revert AlreadyCommitted(commitment);
        uint256 revealBlock = block.number + _parameters.commitDelay;
        revealBlockOf[commitment] = revealBlock;
        emit ProofCommitted(commitment, revealBlock);
    }

    /// @inheritdoc IVerifier
    function proveConflict(
        SegmentReceipt calldata first,
        bytes calldata firstSignature,
        SegmentReceipt calldata second,
        bytes calldata secondSignature,
        bytes32
    ) external override whenOn {
        _takeCommitment();
        if (first.workKey() != second.workKey()) revert DifferentWork();
        if (first.resultHash == second.resultHash) revert SameResult(first.resultHash);
        Round round = _currentRound();
        _requireSigned(first, firstSignature, round);
        _requireSigned(second, secondSignature, round);
        _punish(first, Fault.ConflictingResults, round);
    }

    /// @inheritdoc IVerifier
    function proveOtherDelivery(
        SegmentReceipt calldata result,
        bytes calldata resultSignature,
        bytes32[] calldata renditionHashes,
        RenditionReceipt calldata delivery,
        bytes calldata deliverySignature,
        bytes32
    ) external override whenOn {
        _takeCommitment();
        if (result.workKey() != delivery.workKey()) revert DifferentWork();
        bytes32 signedHash = _signedHash(result, renditionHashes, delivery.rendition);
        if (signedHash == delivery.dataHash) revert SameResult(signedHash);
        Round round = _currentRound();
        _requireSigned(result, resultSignature, round);
        _requireUsable(delivery.schema, delivery.orchestrator, Round.wrap(delivery.round), round);
        Receipts.requireSignedBy(
            delivery.orchestrator, _hashTypedDataV4(delivery.structHash()), deliverySignature
        );
        _punish(result, Fault.OtherDelivery, round);
    }

    /// @inheritdoc IVerifier
    function proveBrokenContainer(
        SegmentReceipt calldata result,
        bytes calldata resultSignature,
        bytes32[] calldata renditionHashes,
        uint256 rendition,
        bytes calldata data,
        bytes32
    ) external override whenOn {
        _takeCommitment();
        if (result.container != Receipts.MPEG_TS) revert ContainerNotClaimed(result.container);
        bytes32 signedHash = _signedHash(result, renditionHashes, rendition);
        bytes32 dataHash = keccak256(data);
        if (dataHash != signedHash) revert NotTheSignedData(dataHash, signedHash);
        if (Receipts.isTransportStream(data)) revert ContainerIsIntact();
        Round round = _currentRound();
        _requireSigned(result, resultSignature, round);
        _punish(result, Fault.BrokenContainer, round);
    }

    // ---- parameters -----------------------------------------------------------------------------------------

    /// @inheritdoc IVerifier
    function setSlashAmount(uint256 millionths) external override onlyControllerOwner {
        _setSlashAmount(millionths);
    }

    /// @inheritdoc IVerifier
    function setFinderFee(uint256 millionths) external override onlyControllerOwner {
        _setFinderFee(millionths);
    }

    /// @inheritdoc IVerifier
    function setReceiptValidity(uint256 numRounds) external override onlyControllerOwner {
        _setReceiptValidity(numRounds);
    }

    /// @inheritdoc IVerifier
    function setCooldown(uint256 numRounds) external override onlyControllerOwner {
        _setCooldown(numRounds);
    }

    /// @inheritdoc IVerifier
    function setCommitDelay(uint256 blocks) external override onlyControllerOwner {
        _setCommitDelay(blocks);
    }

    // ---- views ----------------------------------------------------------------------------------------------

    /// @inheritdoc IVerifier
    function slashAmount() external view override returns (uint256) {
        return _parameters.slashAmount.value();
    }

    /// @inheritdoc IVerifier
    function finderFee() external view override returns (uint256) {
        return _parameters.finderFee.value();
    }

    /// @inheritdoc IVerifier
    function receiptValidity() external view override returns (uint256) {
        return _parameters.receiptValidity;
    }

    /// @inheritdoc IVerifier
    function cooldown() external view override returns (uint256) {
        return _parameters.cooldown;
    }

    /// @inheritdoc IVerifier
    function commitDelay() external view override returns (uint256) {
        return _parameters.commitDelay;
    }

    /// @inheritdoc IVerifier
    function isOn() external view override returns (bool) {
        return _contractOf(ContractIds.VERIFIER) == address(this);
    }

    /// @inheritdoc IVerifier
    function firstPunishableRound(address orchestrator) external view override returns (uint256) {
        return _firstPunishable[orchestrator].value();
    }

    /// @inheritdoc IVerifier
    function commitmentOf(address finder, bytes calldata callData) external pure override returns (bytes32) {
        return _commitment(finder, callData);
    }

    /// @inheritdoc IVerifier
    function segmentReceiptDigest(SegmentReceipt calldata receipt) external view override returns (bytes32) {
        return _hashTypedDataV4(receipt.structHash());
    }

    /// @inheritdoc IVerifier
    function renditionReceiptDigest(RenditionReceipt calldata receipt)
        external
        view
        override
        returns (bytes32)
    {
        return _hashTypedDataV4(receipt.structHash());
    }

    // ---- inside ---------------------------------------------------------------------------------------------

    function _commitment(address finder, bytes calldata callData) private pure returns (bytes32) {
        return keccak256(abi.encode(finder, keccak256(callData)));
    }

    /// @dev Binds the caller and every byte of this call. A proof that fails later gives the commitment back.
    function _takeCommitment() private {
        bytes32 commitment = _commitment(msg.sender, msg.data);
        uint256 revealBlock = revealBlockOf[commitment];
        if (revealBlock == 0) revert NotCommitted(commitment);
        if (block.number < revealBlock) revert RevealTooEarly(block.number, revealBlock);
        delete revealBlockOf[commitment];
    }

    function _requireSigned(SegmentReceipt calldata receipt, bytes calldata signature, Round current)
        private
        view
    {
        _requireUsable(receipt.schema, receipt.orchestrator, Round.wrap(receipt.round), current);
        Receipts.requireSignedBy(receipt.orchestrator, _hashTypedDataV4(receipt.structHash()), signature);
    }

    function _requireUsable(uint256 schema, address orchestrator, Round signed, Round current) private view {
        if (schema != Receipts.SCHEMA) revert UnknownSchema(schema);
        if (signed > current) revert ReceiptFromTheFuture(signed.value(), current.value());
        uint256 validity = _parameters.receiptValidity;
        if (current.value() - signed.value() > validity) {
            revert ReceiptExpired(signed.value(), current.value() - validity);
        }
        Round firstPunishable = _firstPunishable[orchestrator];
        if (signed < firstPunishable) revert CoveredByEarlierSlash(signed.value(), firstPunishable.value());
    }

    /// @return What the orchestrator signed as the hash of `rendition`.
    function _signedHash(SegmentReceipt calldata result, bytes32[] calldata hashes, uint256 rendition)
        private
        pure
        returns (bytes32)
    {
        result.requireHashes(hashes);
        if (rendition >= hashes.length) revert NoSuchRendition(rendition, hashes.length);
        return hashes[rendition];
    }

    function _punish(SegmentReceipt calldata receipt, Fault fault, Round round) private {
        address orchestrator = receipt.orchestrator;
        bytes32 workId = receipt.workId();
        if (isPunished[workId]) revert AlreadyPunished(workId);
        IBondingManager bonding = IBondingManager(_contractOf(ContractIds.BONDING_MANAGER));
        if (!bonding.isRegisteredTranscoder(orchestrator)) revert NotAnOrchestrator(orchestrator);

        Parameters memory p = _parameters;
        isPunished[workId] = true;
        _firstPunishable[orchestrator] = toRound(round.value() + p.cooldown);
        emit FaultProven(orchestrator, workId, msg.sender, fault, round.value());
        bonding.slashTranscoder(orchestrator, msg.sender, p.slashAmount.value(), p.finderFee.value());
    }

    function _currentRound() private view returns (Round) {
        return toRound(IRoundsManager(_contractOf(ContractIds.ROUNDS_MANAGER)).currentRound());
    }

    function _setSlashAmount(uint256 millionths) private {
        if (millionths < 1 || millionths > MILLIONTHS) revert ShareOutOfRange(millionths, 1, MILLIONTHS);
        _parameters.slashAmount = toMillionths(millionths);
        emit ParameterUpdate("slashAmount");
    }

    function _setFinderFee(uint256 millionths) private {
        if (millionths > MAX_FINDER_FEE) revert ShareOutOfRange(millionths, 0, MAX_FINDER_FEE);
        _parameters.finderFee = toMillionths(millionths);
        emit ParameterUpdate("finderFee");
    }

    function _setReceiptValidity(uint256 numRounds) private {
        _parameters.receiptValidity = _period(numRounds, MAX_ROUNDS);
        emit ParameterUpdate("receiptValidity");
    }

    function _setCooldown(uint256 numRounds) private {
        _parameters.cooldown = _period(numRounds, MAX_ROUNDS);
        emit ParameterUpdate("cooldown");
    }

    function _setCommitDelay(uint256 blocks) private {
        _parameters.commitDelay = _period(blocks, MAX_COMMIT_DELAY);
        emit ParameterUpdate("commitDelay");
    }

    function _period(uint256 value, uint256 max) private pure returns (uint32) {
        if (value < 1 || value > max) revert PeriodOutOfRange(value, 1, max);
        return value.toUint32();
    }
}
