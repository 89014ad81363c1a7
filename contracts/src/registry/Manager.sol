// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {IManager} from "../interfaces/IManager.sol";
import {Directory} from "./Directory.sol";
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
        (, bool paused) = _look();
        if (paused) revert SystemIsPaused();
    }

    /// Guard of what needs other contracts of the protocol.
    /// @return directory For `_find`
    function _lookUnlessPaused() internal view returns (address directory) {
        bool paused;
        (directory, paused) = _look();
        if (paused) revert SystemIsPaused();
    }

    /// What the Controller says now; good for one call. By hand, because nearly every call of the protocol asks it.
    function _look() internal view returns (address directory, bool paused) {
        bytes4 selector = IController.directory.selector;
        assembly ("memory-safe") {
            mstore(0, selector)
            // A call takes the address from the lower 160 bits of the slot.
            let ok := staticcall(gas(), sload(controller.slot), 0, 4, 0, 64)
            // Without code at the Controller's address the call succeeds with no answer.
            if iszero(and(ok, gt(returndatasize(), 63))) { revert(0, 0) }
            directory := mload(0)
            paused := mload(32)
        }
    }

    /// @param directory What `_look` answered in the same call
    /// @return found Zero when nothing is registered under `id`
    function _find(address directory, bytes32 id) internal view returns (address found) {
        found = Directory.find(directory, id);
        // Perhaps it only has no place in the directory.
        if (found == address(0)) return controller.addressOf(id);
    }

    /// @return Zero when nothing is registered under `id`.
    function _contractOf(bytes32 id) internal view returns (address) {
        (address directory,) = _look();
        return _find(directory, id);
    }
}
