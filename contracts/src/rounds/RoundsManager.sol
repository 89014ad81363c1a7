// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IController} from "../interfaces/IController.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {IRoundsManager} from "../interfaces/IRoundsManager.sol";
import {Millionths} from "../math/Fractions.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {ManagerProxyTarget} from "../registry/ManagerProxyTarget.sol";

/// @notice See IRoundsManager.
contract RoundsManager is ManagerProxyTarget, IRoundsManager {
    /// The EVM remembers this many block hashes.
    uint256 private constant HASHED_BLOCKS = 256;

    uint256 public override roundLength;
    uint256 public override roundLockAmount;
    uint256 public override lastInitializedRound;
    uint256 public override lastRoundLengthUpdateRound;
    uint256 public override lastRoundLengthUpdateStartBlock;
    mapping(uint256 lip => uint256 round) public override lipUpgradeRound;
    mapping(uint256 round => bytes32 blockHash) public override blockHashForRound;

    constructor(IController controller_) ManagerProxyTarget(controller_) {}

    /// @inheritdoc IRoundsManager
    /// @dev The first call stores the length first, so that the first round is `block / length`; later calls count the
    ///      elapsed rounds with the old length.
    function setRoundLength(uint256 roundLength_) external override onlyControllerOwner {
        if (roundLength_ == 0) revert RoundLengthIsZero();
        if (roundLength == 0) roundLength = roundLength_;
        uint256 round = currentRound();
        uint256 startBlock = currentRoundStartBlock();
        lastRoundLengthUpdateRound = round;
        lastRoundLengthUpdateStartBlock = startBlock;
        roundLength = roundLength_;
        emit ParameterUpdate("roundLength");
    }

    /// @inheritdoc IRoundsManager
    function setRoundLockAmount(uint256 roundLockAmount_) external override onlyControllerOwner {
        if (roundLockAmount_ > Millionths.ONE) revert InvalidRoundLockAmount(roundLockAmount_);
        roundLockAmount = roundLockAmount_;
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
    function initializeRound() external override whenSystemNotPaused {
        uint256 round = currentRound();
        if (lastInitializedRound >= round) revert RoundAlreadyInitialized(round);
        bytes32 hash = blockHash(blockNum() - 1);
        lastInitializedRound = round;
        blockHashForRound[round] = hash;
        IBondingManager(_contractOf(ContractIds.BONDING_MANAGER)).setCurrentRoundTotalActiveStake();
        IMinter(_contractOf(ContractIds.MINTER)).setCurrentRewardTokens();
        emit NewRound(round, hash);
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
        return lastRoundLengthUpdateRound + _roundsSinceUpdate();
    }

    /// @inheritdoc IRoundsManager
    function currentRoundStartBlock() public view override returns (uint256) {
        return lastRoundLengthUpdateStartBlock + _roundsSinceUpdate() * roundLength;
    }

    /// @inheritdoc IRoundsManager
    function currentRoundInitialized() external view override returns (bool) {
        return lastInitializedRound == currentRound();
    }

    /// @inheritdoc IRoundsManager
    function currentRoundLocked() external view override returns (bool) {
        uint256 open = roundLength - Millionths.shareOf(roundLength, roundLockAmount);
        return blockNum() - currentRoundStartBlock() >= open;
    }

    function _roundsSinceUpdate() private view returns (uint256) {
        return (blockNum() - lastRoundLengthUpdateStartBlock) / roundLength;
    }
}
