// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {IManager} from "../interfaces/IManager.sol";
import {Registry} from "./Registry.sol";

/// @title Base of the contracts steered by the Controller
/// @dev Owner, pause state and addresses are read from the Controller on every call, never cached: a change there
///      holds at once everywhere.
abstract contract Manager is IManager {
    using Registry for IController;

    /// @inheritdoc IManager
    IController public override controller;

    modifier onlyControllerOwner() {
        _requireControllerOwner();
        _;
    }

    modifier whenSystemNotPaused() {
        _requireNotPaused();
        _;
    }

    constructor(IController controller_) {
        controller = controller_;
    }

    /// @inheritdoc IManager
    function setController(address newController) external override {
        if (msg.sender != address(controller)) {
            revert CallerMustBeController(msg.sender, address(controller));
        }
        controller = IController(newController);
        emit SetController(newController);
    }

    function _requireControllerOwner() internal view {
        address owner = controller.owner();
        if (msg.sender != owner) revert CallerMustBeControllerOwner(msg.sender, owner);
    }

    function _requireNotPaused() internal view {
        if (controller.ask(IController.paused.selector, 0) != 0) revert SystemIsPaused();
    }

    /// @return Zero when nothing is registered under `id`.
    function _contractOf(bytes32 id) internal view returns (address) {
        return controller.addressOf(id);
    }
}
