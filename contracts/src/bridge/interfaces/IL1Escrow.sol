// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Holds the LPT that is on L2
interface IL1Escrow {
    /// @notice Somebody may take tokens out of the escrow.
    /// @param token ERC-20 on L1
    /// @param spender Who may take tokens out of the escrow
    /// @param value Wei of the token
    event Approve(address indexed token, address indexed spender, uint256 value);

    /// @notice The token answered with false. Check that it is an ERC-20.
    /// @param token ERC-20 on L1
    /// @param spender Who may take tokens out of the escrow
    /// @param value Wei of the token
    error ApprovalFailed(address token, address spender, uint256 value);

    /// @notice Lets `spender`, the L1 gateway, pay out up to `value` wei of `token`. Only the admin.
    /// @param token ERC-20 on L1
    /// @param spender Who may take tokens out of the escrow
    /// @param value Wei of the token
    function approve(address token, address spender, uint256 value) external;
}
