// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Timelock that holds the treasury and acts for the governor
/// @notice OpenZeppelin's TimelockController, set up by a call instead of its constructor: deploy and initialize in one go,
///         because the first caller decides who governs.
interface ITreasury {
    /// @notice Role that grants and revokes the others. The timelock itself has it.
    /// @return keccak256 of "TIMELOCK_ADMIN_ROLE"
    function TIMELOCK_ADMIN_ROLE() external view returns (bytes32);

    /// @notice Sets delay and roles. Once, by anybody.
    /// @param minDelay Seconds between queueing and executing
    /// @param proposers May queue and cancel
    /// @param executors May execute; the zero address stands for everybody
    /// @param admin May grant and revoke roles until it renounces; zero for none
    function initialize(
        uint256 minDelay,
        address[] calldata proposers,
        address[] calldata executors,
        address admin
    ) external;
}
