// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {ManagerProxyTarget} from "./ManagerProxyTarget.sol";

/// @title Keeps the state of a manager while its code can be replaced
/// @notice Runs the code registered at the Controller under `targetContractId`, looked up on every call.
contract ManagerProxy is ManagerProxyTarget {
    error TargetContractNotRegistered(bytes32 targetContractId);

    constructor(IController controller_, bytes32 targetContractId_) ManagerProxyTarget(controller_) {
        targetContractId = targetContractId_;
    }

    receive() external payable {
        _delegate();
    }

    fallback() external payable {
        _delegate();
    }

    function _delegate() private {
        address target = _contractOf(targetContractId);
        if (target == address(0)) revert TargetContractNotRegistered(targetContractId);
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
