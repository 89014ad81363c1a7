// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManagerProxyTarget} from "./IManager.sol";

/// @title Divides time into rounds of equally many blocks
/// @notice Somebody must initialize each round; skipped rounds keep no block hash.
interface IRoundsManager is IManagerProxyTarget {
    /// @notice A round was initialized.
    /// @param round Number of the round that begins
    /// @param blockHash Of the block before: no one could know it when the round's tickets were planned
    event NewRound(uint256 indexed round, bytes32 blockHash);

    /// @notice A round has at least one block. Choose a length above 0.
    error RoundLengthIsZero();
    /// @notice More than the whole round would be locked. Choose 0 to 1_000_000.
    /// @param roundLockAmount In millionths
    error InvalidRoundLockAmount(uint256 roundLockAmount);
    /// @notice Each round is initialized once. Wait for the next round.
    /// @param round Number of the current round
    error RoundAlreadyInitialized(uint256 round);
    /// @notice The round of this proposal is noted. It can't be changed.
    /// @param lip Number of the improvement proposal
    /// @param round The round noted before
    error LipUpgradeRoundAlreadySet(uint256 lip, uint256 round);
    /// @notice Only past blocks have a hash. Ask for an earlier block.
    /// @param blockNumber Number of the block asked for
    /// @param current Number of the current block
    error BlockIsNotPast(uint256 blockNumber, uint256 current);
    /// @notice The chain keeps 256 hashes. Ask for a later block.
    /// @param blockNumber Number of the block asked for
    /// @param current Number of the current block
    error BlockIsTooOld(uint256 blockNumber, uint256 current);

    /// @notice Length of a round.
    /// @return In blocks, below 2^64
    function roundLength() external view returns (uint256);

    /// @notice Part at the end of a round in which orchestrators can't change their terms.
    /// @return In millionths
    function roundLockAmount() external view returns (uint256);

    /// @notice Newest round that somebody initialized.
    /// @return Number of the round; 0 before the first
    function lastInitializedRound() external view returns (uint256);

    /// @notice Round from which rounds are counted since the length last changed.
    /// @return Number of the round
    function lastRoundLengthUpdateRound() external view returns (uint256);

    /// @notice First block of `lastRoundLengthUpdateRound`.
    /// @return Block number
    function lastRoundLengthUpdateStartBlock() external view returns (uint256);

    /// @notice Round in which a Livepeer improvement proposal took effect.
    /// @param lip Number of the improvement proposal
    /// @return Number of the round; 0 = not noted
    function lipUpgradeRound(uint256 lip) external view returns (uint256);

    /// @notice Hash of the block before the one that initialized a round.
    /// @param round Number of any round
    /// @return Zero for a round that nobody initialized
    function blockHashForRound(uint256 round) external view returns (bytes32);

    /// @notice Changes the length from the current round on, whose number and start stay. Only the owner of the Controller
    ///         (`CallerMustBeControllerOwner`), as the other setters; `RoundLengthIsZero`, and `RoundOutOfRange`
    ///         where the block number gives a round of more than 24 bits, in which votes note rounds.
    /// @param roundLength Blocks, below 2^32
    function setRoundLength(uint256 roundLength) external;

    /// @notice Sets the locked part at the end of a round. `InvalidRoundLockAmount` for more than the whole.
    /// @param roundLockAmount In millionths
    function setRoundLockAmount(uint256 roundLockAmount) external;

    /// @notice Notes the round in which an improvement proposal took effect, once for each
    ///         (`LipUpgradeRoundAlreadySet`).
    /// @param lip Number of the improvement proposal
    /// @param round Number of the round
    function setLIPUpgradeRound(uint256 lip, uint256 round) external;

    /// @notice Starts the current round: fixes the active stake, then the budget of new tokens. Anyone, once a round.
    ///         Reverts with `SystemIsPaused`, `RoundAlreadyInitialized`.
    function initializeRound() external;

    /// @notice Height of the chain that counts rounds.
    /// @return Number of the current block
    function blockNum() external view returns (uint256);

    /// @notice Hash of one of the last 256 blocks; `BlockIsNotPast`, `BlockIsTooOld` for others.
    /// @param blockNumber Number of the block
    /// @return Hash of the block
    function blockHash(uint256 blockNumber) external view returns (bytes32);

    /// @notice The current round, initialized or not. Panics (0x12) before the first `setRoundLength`.
    /// @return Number of the round
    function currentRound() external view returns (uint256);

    /// @notice First block of the current round.
    /// @return Block number
    function currentRoundStartBlock() external view returns (uint256);

    /// @notice Whether somebody initialized the current round. Round 0, of a chain younger than a round, needs nobody.
    /// @return True from then on
    function currentRoundInitialized() external view returns (bool);

    /// @notice Whether the current round is in its last part, in which orchestrators can't change their terms.
    /// @return True in the last `roundLockAmount` of the round
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
