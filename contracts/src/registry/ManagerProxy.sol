// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {IManagerProxyTarget} from "../interfaces/IManager.sol";
import {Manager} from "./Manager.sol";

/// @title Keeps the state of a manager while its code can be replaced
/// @notice Runs the code registered at the Controller under `targetContractId`, looked up on every call.
/// @dev The id is in the code, not in slot 1: a read less on every call of the protocol. The slot stays reserved by
///      ManagerProxyTarget.
contract ManagerProxy is Manager, IManagerProxyTarget {
    /// @inheritdoc IManagerProxyTarget
    bytes32 public immutable override targetContractId;

    /// @notice Nothing is registered under the id of the code to run. Register the code first.
    /// @param targetContractId keccak256 of the name
    error TargetContractNotRegistered(bytes32 targetContractId);

    constructor(IController controller_, bytes32 targetContractId_) Manager(controller_) {
        targetContractId = targetContractId_;
    }

    receive() external payable {
        _delegate();
    }

    fallback() external payable {
        _delegate();
    }

    /// Written for its price: every call of the protocol pays it, some several times.
    function _delegate() private {
        bytes32 id = targetContractId;
        bytes4 getContract = IController.getContract.selector;
        address target;
        assembly ("memory-safe") {
            // controller.getContract(id): selector and argument in the scratch space, the answer over them.
            mstore(0, getContract)
            mstore(4, id)
            if iszero(staticcall(gas(), sload(controller.slot), 0, 36, 0, 32)) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
            if gt(returndatasize(), 31) { target := mload(0) }
        }
        if (target == address(0)) revert TargetContractNotRegistered(id);
        assembly ("memory-safe") {
            // Ends the call, so memory may be overwritten from 0.
            calldatacopy(0, 0, calldatasize())
            let ok := delegatecall(gas(), target, 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            if iszero(ok) { revert(0, returndatasize()) }
            return(0, returndatasize())
        }
    }
}
