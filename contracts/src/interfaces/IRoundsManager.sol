// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManagerProxyTarget} from "./IManager.sol";

/// @title Divides time into rounds of equally many blocks
/// @notice Somebody must initialize each round; skipped rounds keep no block hash.
interface IRoundsManager is IManagerProxyTarget {
    event NewRound(uint256 indexed round, bytes32 blockHash);

    error RoundLengthIsZero();
    /// @param roundLockAmount In millionths.
    error InvalidRoundLockAmount(uint256 roundLockAmount);
    error RoundAlreadyInitialized(uint256 round);
    error LipUpgradeRoundAlreadySet(uint256 lip, uint256 round);
    error BlockIsNotPast(uint256 blockNumber, uint256 current);
    error BlockIsTooOld(uint256 blockNumber, uint256 current);

    /// @notice Blocks in a round.
    function roundLength() external view returns (uint256);

    /// @notice Part at the end of a round in which orchestrators can't change their terms, in millionths.
    function roundLockAmount() external view returns (uint256);

    function lastInitializedRound() external view returns (uint256);

    /// @notice Round and start block from which rounds are counted since the length last changed.
    function lastRoundLengthUpdateRound() external view returns (uint256);

    function lastRoundLengthUpdateStartBlock() external view returns (uint256);

    function lipUpgradeRound(uint256 lip) external view returns (uint256);

    /// @notice Hash of the block before the one that initialized `round`; zero for a round that never was.
    function blockHashForRound(uint256 round) external view returns (bytes32);

    function setRoundLength(uint256 roundLength) external;

    function setRoundLockAmount(uint256 roundLockAmount) external;

    /// @notice Notes the round in which an improvement proposal took effect, once for each.
    function setLIPUpgradeRound(uint256 lip, uint256 round) external;

    /// @notice Starts the current round: fixes the active stake, then the budget of new tokens. Anyone, once a round.
    function initializeRound() external;

    function blockNum() external view returns (uint256);

    /// @notice Hash of one of the last 256 blocks.
    function blockHash(uint256 blockNumber) external view returns (bytes32);

    function currentRound() external view returns (uint256);

    function currentRoundStartBlock() external view returns (uint256);

    function currentRoundInitialized() external view returns (bool);

    function currentRoundLocked() external view returns (bool);

    /// @notice What nearly every call of the protocol asks, in one call.
    /// @return round The current round
    /// @return initialized Whether somebody initialized it
    function currentRoundStatus() external view returns (uint256 round, bool initialized);

    /// @notice What a ticket is checked against, in one call.
    /// @param ofRound Round whose hash is asked for
    /// @return round The current round
    /// @return initialized Whether the current round was initialized
    /// @return hash `blockHashForRound(ofRound)`
    function roundAndBlockHash(uint256 ofRound)
        external
        view
        returns (uint256 round, bool initialized, bytes32 hash);
}
