// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Holds the LPT that is on L2
interface IL1Escrow {
    event Approve(address indexed token, address indexed spender, uint256 value);

    /// @notice The token answered with false.
    error ApprovalFailed(address token, address spender, uint256 value);

    /// @notice Lets `spender`, the L1 gateway, pay out up to `value` wei of `token`. Only the admin.
    function approve(address token, address spender, uint256 value) external;
}
