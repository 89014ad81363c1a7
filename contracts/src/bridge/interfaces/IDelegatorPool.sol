// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Stake of all delegators of one migrated transcoder, until each claims its own
interface IDelegatorPool {
    event Claimed(address indexed delegator, uint256 stake, uint256 fees);

    error NotMigrator(address caller, address migrator);
    /// @notice More than is left of the stake that the pool started with.
    error InvalidClaim(uint256 stake, uint256 remaining);

    function bondingManager() external view returns (address);

    function migrator() external view returns (address);

    /// @return LPT wei with which the pool started.
    function initialStake() external view returns (uint256);

    /// @return LPT wei of `initialStake` that were claimed, without rewards.
    function claimedInitialStake() external view returns (uint256);

    /// @notice Moves stake that a stranger bonded for the pool before it existed, with a delegate of the stranger's choice.
    ///         Only before `initialize`.
    function follow(address bondingManager, address delegate) external;

    /// @notice The caller becomes the migrator. Once, after the pool was bonded.
    function initialize(address bondingManager) external;

    /// @notice Gives a delegator its part of stake, rewards and fees. Only the migrator.
    /// @param stake LPT wei that it brought from L1.
    function claim(address delegator, uint256 stake) external;
}
