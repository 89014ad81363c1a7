// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {IManager} from "../interfaces/IManager.sol";

/// @title Base of the contracts steered by the Controller
/// @dev Owner, pause state and addresses are read from the Controller on every call, never cached: a change there
///      holds at once everywhere.
abstract contract Manager is IManager {
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
        if (_askController(IController.paused.selector, 0) != 0) revert SystemIsPaused();
    }

    /// @return Zero when nothing is registered under `id`.
    function _contractOf(bytes32 id) internal view returns (address) {
        return address(uint160(_askController(IController.getContract.selector, id)));
    }

    /// Calls a view of one word with one argument. By hand, because every call of the protocol does this several times,
    /// and the scratch space of the memory is enough for it.
    function _askController(bytes4 selector, bytes32 argument) private view returns (uint256 answer) {
        IController target = controller;
        assembly ("memory-safe") {
            mstore(0, selector)
            mstore(4, argument)
            let ok := staticcall(gas(), target, 0, 36, 0, 32)
            // Without code at the target the call succeeds with no answer.
            if iszero(and(ok, gt(returndatasize(), 31))) { revert(0, 0) }
            answer := mload(0)
        }
    }
}
