// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {IServiceRegistry} from "../interfaces/IServiceRegistry.sol";
import {ManagerProxyTarget} from "./ManagerProxyTarget.sol";

/// @notice See IServiceRegistry.
contract ServiceRegistry is ManagerProxyTarget, IServiceRegistry {
    mapping(address account => string uri) private _serviceUris;

    constructor(IController controller_) ManagerProxyTarget(controller_) {}

    /// @inheritdoc IServiceRegistry
    function setServiceURI(string calldata serviceURI) external override {
        _serviceUris[msg.sender] = serviceURI;
        emit ServiceURIUpdate(msg.sender, serviceURI);
    }

    /// @inheritdoc IServiceRegistry
    function getServiceURI(address addr) external view override returns (string memory) {
        return _serviceUris[addr];
    }
}
