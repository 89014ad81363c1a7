// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {IManagerProxyTarget} from "../interfaces/IManager.sol";
import {Manager} from "./Manager.sol";

/// @title Base of contracts that run behind a ManagerProxy
/// @dev Slot 0 holds the controller, as in the proxy, and 96 bits of the manager's own. Slot 1 stays reserved for the id of
///      the code: proxies that keep it there can run this code too.
abstract contract ManagerProxyTarget is Manager, IManagerProxyTarget {
    /// What a manager needs in most of its calls. The proxy has read the slot for the controller already, so this costs 100
    /// gas where a slot of its own would cost 2,100. Each manager says what it keeps here.
    uint96 internal _besideController;

    /// @inheritdoc IManagerProxyTarget
    bytes32 public override targetContractId;

    constructor(IController controller_) Manager(controller_) {}
}
