// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IController} from "../interfaces/IController.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {IRoundsManager} from "../interfaces/IRoundsManager.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {ManagerProxyTarget} from "../registry/ManagerProxyTarget.sol";
import {isMillionths, Millionths, toMillionths} from "../types/Millionths.sol";
import {Round, toRound} from "../types/Round.sol";
import {RoundClock, toRoundClock} from "./RoundClock.sol";

/// @notice See IRoundsManager.
contract RoundsManager is ManagerProxyTarget, IRoundsManager {
    using SafeCast for uint256;

    /// The EVM remembers this many block hashes.
    uint256 private constant HASHED_BLOCKS = 256;

    /// What few calls ask.
    struct Past {
        /// first block of the round in which the length was changed last
        uint64 lengthUpdateStartBlock;
        Round lengthUpdateRound;
        /// while the clock's known round is not initialized: the last one that was
        Round initializedRound;
        Millionths lockAmount;
    }

    Past private _past;
    /// @inheritdoc IRoundsManager
    mapping(uint256 lip => uint256 round) public override lipUpgradeRound;
    /// @inheritdoc IRoundsManager
    mapping(uint256 round => bytes32 blockHash) public override blockHashForRound;

    constructor(IController controller_) ManagerProxyTarget(controller_) {}

    /// @inheritdoc IRoundsManager
    /// @dev The first call stores the length first, so that the first round is `block / length`; later calls count the
    ///      elapsed rounds with the old length. Round 0 needs no initialization.
    function setRoundLength(uint256 roundLength_) external override onlyControllerOwner {
        if (roundLength_ == 0) revert RoundLengthIsZero();
        RoundClock clock = _clock();
        if (clock.length() == 0) clock = toRoundClock(roundLength_, 0, 0, true);
        uint256 round = clock.roundAt(block.number);
        uint256 startBlock = clock.startOf(round);
        bool initialized = clock.isInitializedIn(round);
        if (!initialized) _past.initializedRound = toRound(lastInitializedRound());
        (_past.lengthUpdateRound, _past.lengthUpdateStartBlock) = (toRound(round), startBlock.toUint64());
        _setClock(toRoundClock(roundLength_, round, startBlock, initialized));
        emit ParameterUpdate("roundLength");
    }

    /// @inheritdoc IRoundsManager
    function setRoundLockAmount(uint256 roundLockAmount_) external override onlyControllerOwner {
        if (!isMillionths(roundLockAmount_)) revert InvalidRoundLockAmount(roundLockAmount_);
        _past.lockAmount = toMillionths(roundLockAmount_);
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
        address directory = _lookUnlessPaused();
        RoundClock clock = _clock();
        uint256 round = clock.roundAt(block.number);
        if (clock.isInitializedIn(round)) revert RoundAlreadyInitialized(round);
        bytes32 hash = blockHash(blockNum() - 1);
        _setClock(toRoundClock(clock.length(), round, clock.startOf(round), true));
        blockHashForRound[round] = hash;
        IBondingManager(_find(directory, ContractIds.BONDING_MANAGER)).setCurrentRoundTotalActiveStake();
        IMinter(_find(directory, ContractIds.MINTER)).setCurrentRewardTokens();
        emit NewRound(round, hash);
    }

    /// @inheritdoc IRoundsManager
    function roundLength() external view override returns (uint256) {
        return _clock().length();
    }

    /// @inheritdoc IRoundsManager
    function roundLockAmount() external view override returns (uint256) {
        return _past.lockAmount.value();
    }

    /// @inheritdoc IRoundsManager
    function lastInitializedRound() public view override returns (uint256) {
        RoundClock clock = _clock();
        return clock.isKnownInitialized() ? clock.knownRound() : _past.initializedRound.value();
    }

    /// @inheritdoc IRoundsManager
    function lastRoundLengthUpdateRound() external view override returns (uint256) {
        return _past.lengthUpdateRound.value();
    }

    /// @inheritdoc IRoundsManager
    function lastRoundLengthUpdateStartBlock() external view override returns (uint256) {
        return _past.lengthUpdateStartBlock;
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
    function currentRound() public view override returns (uint256) {
        return _clock().roundAt(block.number);
    }

    /// @inheritdoc IRoundsManager
    function currentRoundStartBlock() public view override returns (uint256) {
        RoundClock clock = _clock();
        return clock.startOf(clock.roundAt(block.number));
    }

    /// @inheritdoc IRoundsManager
    function currentRoundInitialized() external view override returns (bool initialized) {
        (, initialized) = currentRoundStatus();
    }

    /// @inheritdoc IRoundsManager
    function currentRoundStatus() public view override returns (uint256 round, bool initialized) {
        RoundClock clock = _clock();
        round = clock.roundAt(block.number);
        initialized = clock.isInitializedIn(round);
    }

    /// @inheritdoc IRoundsManager
    function currentRoundLocked() external view override returns (bool) {
        uint256 length = _clock().length();
        uint256 open = length - _past.lockAmount.shareOf(length);
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

    /// Beside the controller, because nearly every call of the protocol asks for the current round.
    function _clock() private view returns (RoundClock) {
        return RoundClock.wrap(_besideController);
    }

    function _setClock(RoundClock clock) private {
        _besideController = RoundClock.unwrap(clock);
    }
}
