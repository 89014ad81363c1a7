// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {IManager, IManagerProxyTarget} from "../interfaces/IManager.sol";
import {Directory} from "./Directory.sol";

/// @title Keeps the state of a manager while its code can be replaced
/// @notice Runs the code registered at the Controller under the id given at construction, looked up on every call.
/// @dev Has no function of its own, so none can hide one of the code that it runs, and no call pays for the choice.
///      `controller`, `setController` and `targetContractId` are those of ManagerProxyTarget, on slots that the constructor
///      fills. Without code to run the proxy answers them itself, so that a Controller that lacks it, or that is none, can
///      be replaced.
contract ManagerProxy {
    // Slots 0 and 1 of ManagerProxyTarget. The target uses the rest of slot 0, too.
    IController private _controller;
    bytes32 private _targetContractId;

    /// The id once more, in the code: a read less on every call of the protocol.
    bytes32 private immutable _id;
    /// Where the Controller's directory has the address of the code.
    uint256 private immutable _place;

    /// @notice No contract is registered under the id of the code to run. Register the code first.
    /// @param targetContractId keccak256 of the name
    error TargetContractNotRegistered(bytes32 targetContractId);

    constructor(IController controller_, bytes32 targetContractId_) {
        (_controller, _targetContractId) = (controller_, targetContractId_);
        (_id, _place) = (targetContractId_, Directory.placeOf(targetContractId_));
    }

    /// Written for its price: every call of the protocol pays it, some several times.
    fallback() external payable {
        (bytes32 id, uint256 place) = (_id, _place);
        bytes4 getDirectory = IController.directory.selector;
        uint256 target;
        assembly ("memory-safe") {
            mstore(0, getDirectory)
            // A call takes the address from the lower 160 bits of the slot.
            let ok := staticcall(gas(), sload(_controller.slot), 0, 4, 0, 32)
            // Into the scratch space: an id, behind it its address. Where there is no code there are zeros, and there is none
            // at the address 0, where one looks after a refusal.
            extcodecopy(mul(ok, mload(0)), 0, place, 52)
            target := mul(eq(mload(0), id), shr(96, mload(32)))
        }
        if (target == 0) {
            uint256 answer;
            uint256 size;
            (target, answer, size) = _codeElsewhere(id);
            assembly ("memory-safe") {
                if iszero(target) {
                    mstore(0, answer)
                    return(0, size)
                }
            }
        }
        assembly ("memory-safe") {
            // Ends the call, so memory may be overwritten from 0.
            calldatacopy(0, 0, calldatasize())
            let ok := delegatecall(gas(), target, 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            if iszero(ok) { revert(0, returndatasize()) }
            return(0, returndatasize())
        }
    }

    /// What has no place in the directory is known to the Controller nevertheless. Without code the proxy is a Manager itself:
    /// a Controller that refuses, or answers with what is no contract, must not keep the proxy for ever.
    /// @return target Zero without code
    /// @return answer One word for the caller, or none
    /// @return size Of the answer in bytes
    function _codeElsewhere(bytes32 id) private returns (uint256 target, uint256 answer, uint256 size) {
        address current = address(_controller);
        (bool ok, bytes memory found) = current.staticcall(abi.encodeCall(IController.getContract, (id)));
        address registered;
        if (ok && found.length > 31) {
            assembly ("memory-safe") {
                registered := shr(96, shl(96, mload(add(found, 32))))
            }
        }
        // A call of an address without code would succeed and do nothing.
        if (registered.code.length != 0) return (uint160(registered), 0, 0);
        if (msg.sig == IManager.controller.selector) return (0, uint160(current), 32);
        if (msg.sig == IManagerProxyTarget.targetContractId.selector) return (0, uint256(id), 32);
        if (msg.sig != IManager.setController.selector) {
            if (ok) revert TargetContractNotRegistered(id);
            // Why the Controller refused.
            assembly ("memory-safe") {
                revert(add(found, 32), mload(found))
            }
        }
        if (msg.sender != current) revert IManager.CallerMustBeController(msg.sender, current);
        address next = abi.decode(msg.data[4:], (address));
        _controller = IController(next);
        emit IManager.SetController(next);
    }
}
