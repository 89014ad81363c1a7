// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManagerProxyTarget} from "./IManager.sol";

/// @title Where each orchestrator can be reached
interface IServiceRegistry is IManagerProxyTarget {
    /// @param serviceURI Address on the net; empty = none
    event ServiceURIUpdate(address indexed addr, string serviceURI);

    /// @notice Sets the caller's own address; open to all, also while the system is paused.
    function setServiceURI(string calldata serviceURI) external;

    /// @return Empty for an account that never set one
    function getServiceURI(address addr) external view returns (string memory);
}
