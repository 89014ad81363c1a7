// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What the gateways of both chains have in common
/// @notice Pausing stops new transfers; those under way can always be finalized. A gateway starts paused.
interface IControlledGateway {
    /// @notice The gateway carries LPT only, named by its address on L1.
    error TokenNotLpt(address token, address lpt);
    error ZeroAmount();
    /// @notice Calls on arrival are not offered; `length` bytes were given for one.
    error CallHookDataNotAllowed(uint256 length);
    /// @notice Tokens for the zero address could never be paid out.
    error NullRecipient();
    /// @notice Without a counterpart the transfer could never arrive.
    error CounterpartNotSet();

    function l1Lpt() external view returns (address);

    function l2Lpt() external view returns (address);

    /// @notice Stops new transfers. Only the admin.
    function pause() external;

    /// @notice Allows new transfers. Only the admin.
    function unpause() external;
}
