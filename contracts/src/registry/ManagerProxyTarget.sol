// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {IManagerProxyTarget} from "../interfaces/IManager.sol";
import {Manager} from "./Manager.sol";

/// @title Base of contracts that run behind a ManagerProxy
/// @dev Takes the same first two storage slots as the proxy: controller, targetContractId.
abstract contract ManagerProxyTarget is Manager, IManagerProxyTarget {
    /// @inheritdoc IManagerProxyTarget
    bytes32 public override targetContractId;

    constructor(IController controller_) Manager(controller_) {}
}
