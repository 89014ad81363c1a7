// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IController} from "../interfaces/IController.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {IRoundsManager} from "../interfaces/IRoundsManager.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {ManagerProxyTarget} from "../registry/ManagerProxyTarget.sol";
import {Registry} from "../registry/Registry.sol";
import {isMillionths, Millionths, toMillionths} from "../types/Millionths.sol";
import {Round, RoundOutOfRange, toRound} from "../types/Round.sol";

/// @notice See IRoundsManager.
contract RoundsManager is ManagerProxyTarget, IRoundsManager {
    using Registry for IController;
    using SafeCast for uint256;

    /// The EVM remembers this many block hashes.
    uint256 private constant HASHED_BLOCKS = 256;
    /// Votes note rounds in 24 bits.
    uint256 private constant ROUNDS = 2 ** 24;

    /// One slot, because nearly every call of the protocol asks for the current round.
    struct Clock {
        uint64 roundLength;
        uint64 lastLengthUpdateStartBlock;
        Round lastInitializedRound;
        Round lastLengthUpdateRound;
        Millionths lockAmount;
    }

    Clock private _clock;
    /// @inheritdoc IRoundsManager
    mapping(uint256 lip => uint256 round) public override lipUpgradeRound;
    /// @inheritdoc IRoundsManager
    mapping(uint256 round => bytes32 blockHash) public override blockHashForRound;

    constructor(IController controller_) ManagerProxyTarget(controller_) {}

    /// @inheritdoc IRoundsManager
    /// @dev The first call stores the length first, so that the first round is `block / length`; later calls count the
    ///      elapsed rounds with the old length.
    function setRoundLength(uint256 roundLength_) external override onlyControllerOwner {
        if (roundLength_ == 0) revert RoundLengthIsZero();
        if (_clock.roundLength == 0) _clock.roundLength = roundLength_.toUint64();
        uint256 round = currentRound();
        if (round >= ROUNDS) revert RoundOutOfRange(round);
        uint256 startBlock = currentRoundStartBlock();
        _clock.lastLengthUpdateRound = toRound(round);
        _clock.lastLengthUpdateStartBlock = startBlock.toUint64();
        _clock.roundLength = roundLength_.toUint64();
        emit ParameterUpdate("roundLength");
    }

    /// @inheritdoc IRoundsManager
    function setRoundLockAmount(uint256 roundLockAmount_) external override onlyControllerOwner {
        if (!isMillionths(roundLockAmount_)) revert InvalidRoundLockAmount(roundLockAmount_);
        _clock.lockAmount = toMillionths(roundLockAmount_);
        emit ParameterUpdate("roundLockAmount");
    }

    /// @inheritdoc IRoundsManager
    function setLIPUpgradeRound(uint256 lip, uint256 round) external override onlyControllerOwner {
        uint256 stored = lipUpgradeRound[lip];
        if (stored != 0) revert LipUpgradeRoundAlreadySet(lip, stored);
        lipUpgradeRound[lip] = round;
    }

    /// @inheritdoc IRoundsManager
    /// @dev The stake comes before the budget: inflation steers by the stake of the new round.
    function initializeRound() external override {
        (bool paused, address bondingManager, address minter) =
            controller.askBoth(ContractIds.BONDING_MANAGER, ContractIds.MINTER);
        if (paused) revert SystemIsPaused();
        (uint256 round,) = currentRoundStatus();
        if (_clock.lastInitializedRound.value() >= round) revert RoundAlreadyInitialized(round);
        bytes32 hash = blockHash(blockNum() - 1);
        _clock.lastInitializedRound = toRound(round);
        blockHashForRound[round] = hash;
        IBondingManager(bondingManager).setCurrentRoundTotalActiveStake();
        IMinter(minter).setCurrentRewardTokens();
        emit NewRound(round, hash);
    }

    /// @inheritdoc IRoundsManager
    function roundLength() external view override returns (uint256) {
        return _clock.roundLength;
    }

    /// @inheritdoc IRoundsManager
    function roundLockAmount() external view override returns (uint256) {
        return _clock.lockAmount.value();
    }

    /// @inheritdoc IRoundsManager
    function lastInitializedRound() external view override returns (uint256) {
        return _clock.lastInitializedRound.value();
    }

    /// @inheritdoc IRoundsManager
    function lastRoundLengthUpdateRound() external view override returns (uint256) {
        return _clock.lastLengthUpdateRound.value();
    }

    /// @inheritdoc IRoundsManager
    function lastRoundLengthUpdateStartBlock() external view override returns (uint256) {
        return _clock.lastLengthUpdateStartBlock;
    }

    /// @inheritdoc IRoundsManager
    function blockNum() public view override returns (uint256) {
        return block.number;
    }

    /// @inheritdoc IRoundsManager
    function blockHash(uint256 blockNumber) public view override returns (bytes32) {
        uint256 current = blockNum();
        if (blockNumber >= current) revert BlockIsNotPast(blockNumber, current);
        if (blockNumber + HASHED_BLOCKS < current) revert BlockIsTooOld(blockNumber, current);
        return blockhash(blockNumber);
    }

    /// @inheritdoc IRoundsManager
    function currentRound() public view override returns (uint256 round) {
        (round,) = currentRoundStatus();
    }

    /// @inheritdoc IRoundsManager
    function currentRoundStartBlock() public view override returns (uint256) {
        return _clock.lastLengthUpdateStartBlock + _roundsSinceUpdate() * _clock.roundLength;
    }

    /// @inheritdoc IRoundsManager
    function currentRoundInitialized() external view override returns (bool) {
        return _clock.lastInitializedRound.value() == currentRound();
    }

    /// @inheritdoc IRoundsManager
    function currentRoundStatus() public view override returns (uint256 round, bool initialized) {
        // Read together: one slot.
        (uint256 length, uint256 start) = (_clock.roundLength, _clock.lastLengthUpdateStartBlock);
        (Round updated, Round last) = (_clock.lastLengthUpdateRound, _clock.lastInitializedRound);
        round = updated.value() + (block.number - start) / length;
        initialized = last.value() == round;
    }

    /// @inheritdoc IRoundsManager
    function currentRoundLocked() external view override returns (bool) {
        uint256 length = _clock.roundLength;
        uint256 open = length - _clock.lockAmount.shareOf(length);
        return blockNum() - currentRoundStartBlock() >= open;
    }

    /// @inheritdoc IRoundsManager
    function roundAndBlockHash(uint256 ofRound)
        external
        view
        override
        returns (uint256 round, bool initialized, bytes32 hash)
    {
        (round, initialized) = currentRoundStatus();
        hash = blockHashForRound[ofRound];
    }

    function _roundsSinceUpdate() private view returns (uint256) {
        return (blockNum() - _clock.lastLengthUpdateStartBlock) / _clock.roundLength;
    }
}
