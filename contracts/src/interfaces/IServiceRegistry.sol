// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManagerProxyTarget} from "./IManager.sol";

/// @title Where each orchestrator can be reached
interface IServiceRegistry is IManagerProxyTarget {
    /// @notice An orchestrator says where it can be reached.
    /// @param addr The orchestrator
    /// @param serviceURI Address on the net; empty = none
    event ServiceURIUpdate(address indexed addr, string serviceURI);

    /// @notice Sets the caller's own address; open to all, also while the system is paused.
    /// @param serviceURI Address on the net; empty = none
    function setServiceURI(string calldata serviceURI) external;

    /// @notice Where an orchestrator can be reached.
    /// @param addr The orchestrator
    /// @return Empty for an account that never set one
    function getServiceURI(address addr) external view returns (string memory);
}
