// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What the gateways of both chains have in common
/// @notice Pausing stops new transfers; those under way can always be finalized. A gateway starts paused.
interface IControlledGateway {
    /// @notice The gateway carries LPT only, named by its address on L1. Give that one.
    /// @param token What was given
    /// @param lpt LPT's address on L1
    error TokenNotLpt(address token, address lpt);
    /// @notice Nothing would be transferred. Give an amount above 0.
    error ZeroAmount();
    /// @notice Calls on arrival are not offered; `length` bytes were given for one.
    /// @param length In bytes
    error CallHookDataNotAllowed(uint256 length);
    /// @notice Tokens for the zero address could never be paid out. Name another recipient.
    error NullRecipient();
    /// @notice Without a counterpart the transfer could never arrive. The admin sets it with `setCounterpart`.
    error CounterpartNotSet();

    /// @notice LPT on L1.
    /// @return Address on L1, also when this gateway is on L2
    function l1Lpt() external view returns (address);

    /// @notice LPT on L2.
    /// @return Address on L2, also when this gateway is on L1
    function l2Lpt() external view returns (address);

    /// @notice Stops new transfers. Only the admin.
    function pause() external;

    /// @notice Allows new transfers. Only the admin.
    function unpause() external;
}
