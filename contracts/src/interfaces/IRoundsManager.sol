// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManagerProxyTarget} from "./IManager.sol";

/// @title Divides time into rounds of equally many blocks
/// @notice Somebody must initialize each round; skipped rounds keep no block hash.
interface IRoundsManager is IManagerProxyTarget {
    /// @param round The round that begins
    /// @param blockHash Of the block before: no one could know it when the round's tickets were planned
    event NewRound(uint256 indexed round, bytes32 blockHash);

    error RoundLengthIsZero();
    /// @param roundLockAmount In millionths.
    error InvalidRoundLockAmount(uint256 roundLockAmount);
    /// @notice Each round is initialized once.
    error RoundAlreadyInitialized(uint256 round);
    /// @param round The round noted before
    error LipUpgradeRoundAlreadySet(uint256 lip, uint256 round);
    /// @notice Only past blocks have a hash.
    error BlockIsNotPast(uint256 blockNumber, uint256 current);
    /// @notice The chain keeps 256 hashes.
    error BlockIsTooOld(uint256 blockNumber, uint256 current);

    /// @notice Blocks in a round.
    function roundLength() external view returns (uint256);

    /// @notice Part at the end of a round in which orchestrators can't change their terms, in millionths.
    function roundLockAmount() external view returns (uint256);

    /// @notice Newest round that somebody initialized; 0 before the first.
    function lastInitializedRound() external view returns (uint256);

    /// @notice Round and start block from which rounds are counted since the length last changed.
    function lastRoundLengthUpdateRound() external view returns (uint256);

    /// @notice First block of `lastRoundLengthUpdateRound`.
    function lastRoundLengthUpdateStartBlock() external view returns (uint256);

    /// @notice Round in which a Livepeer improvement proposal took effect; 0 = not noted.
    function lipUpgradeRound(uint256 lip) external view returns (uint256);

    /// @notice Hash of the block before the one that initialized `round`; zero for a round that never was.
    function blockHashForRound(uint256 round) external view returns (bytes32);

    /// @notice Changes the length from the current round on, whose number and start stay. Only the owner of the Controller
    ///         (`CallerMustBeControllerOwner`), as the other setters; `RoundLengthIsZero`, and `RoundOutOfRange`
    ///         where the block number gives a round of more than 24 bits, in which votes note rounds.
    /// @param roundLength Blocks, below 2^64
    function setRoundLength(uint256 roundLength) external;

    /// @notice `InvalidRoundLockAmount` for more than the whole.
    /// @param roundLockAmount In millionths
    function setRoundLockAmount(uint256 roundLockAmount) external;

    /// @notice Notes the round in which an improvement proposal took effect, once for each (`LipUpgradeRoundAlreadySet`).
    function setLIPUpgradeRound(uint256 lip, uint256 round) external;

    /// @notice Starts the current round: fixes the active stake, then the budget of new tokens. Anyone, once a round.
    ///         Reverts with `SystemIsPaused`, `RoundAlreadyInitialized`.
    function initializeRound() external;

    /// @notice Number of the current block.
    function blockNum() external view returns (uint256);

    /// @notice Hash of one of the last 256 blocks; `BlockIsNotPast`, `BlockIsTooOld` for others.
    function blockHash(uint256 blockNumber) external view returns (bytes32);

    /// @notice Number of the current round, initialized or not. Panics (0x12) before the first `setRoundLength`.
    function currentRound() external view returns (uint256);

    /// @notice First block of the current round.
    function currentRoundStartBlock() external view returns (uint256);

    /// @notice Whether somebody initialized the current round.
    function currentRoundInitialized() external view returns (bool);

    /// @notice Whether the current round is in its last part, in which orchestrators can't change their terms.
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
