// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Stake of all delegators of one migrated transcoder, until each claims its own
interface IDelegatorPool {
    /// @notice A delegator got its part of the pool.
    /// @param delegator Who claims
    /// @param stake LPT wei, rewards included
    /// @param fees Wei of ETH
    event Claimed(address indexed delegator, uint256 stake, uint256 fees);

    /// @notice Only the L2 migrator pays out of the pool. Claim there.
    /// @param caller Who called
    /// @param migrator Who may
    error NotMigrator(address caller, address migrator);
    /// @notice More than is left of the stake that the pool started with. Check the amount of the snapshot.
    /// @param stake LPT wei claimed
    /// @param remaining LPT wei left
    error InvalidClaim(uint256 stake, uint256 remaining);

    /// @notice The BondingManager with which the pool is bonded.
    /// @return Zero before `initialize`
    function bondingManager() external view returns (address);

    /// @notice Who may pay out of the pool.
    /// @return The L2 migrator; zero before `initialize`
    function migrator() external view returns (address);

    /// @notice What the pool started with.
    /// @return LPT wei with which the pool started
    function initialStake() external view returns (uint256);

    /// @notice What of that delegators have claimed.
    /// @return LPT wei of `initialStake` that were claimed, without rewards
    function claimedInitialStake() external view returns (uint256);

    /// @notice Moves stake that a stranger bonded for the pool before it existed, with a delegate of the stranger's
    ///         choice. Only before `initialize`.
    /// @param bondingManager The BondingManager of L2
    /// @param delegate The transcoder whose delegators' stake this is
    function follow(address bondingManager, address delegate) external;

    /// @notice The caller becomes the migrator. Once, after the pool was bonded.
    /// @param bondingManager The BondingManager of L2
    function initialize(address bondingManager) external;

    /// @notice Gives a delegator its part of stake, rewards and fees. Only the migrator.
    /// @param delegator Who claims
    /// @param stake LPT wei that it brought from L1
    function claim(address delegator, uint256 stake) external;
}
