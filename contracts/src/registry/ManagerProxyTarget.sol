// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {IManagerProxyTarget} from "../interfaces/IManager.sol";
import {Manager} from "./Manager.sol";

/// @title Base of contracts that run behind a ManagerProxy
/// @dev Slot 0 holds the controller, as in the proxy. Slot 1 stays reserved for the id of the code: proxies that keep it
///      there can run this code too.
abstract contract ManagerProxyTarget is Manager, IManagerProxyTarget {
    /// @inheritdoc IManagerProxyTarget
    bytes32 public override targetContractId;

    constructor(IController controller_) Manager(controller_) {}
}
