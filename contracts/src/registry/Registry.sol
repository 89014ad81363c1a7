// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {ILivepeerToken} from "../interfaces/ILivepeerToken.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {IRoundsManager} from "../interfaces/IRoundsManager.sol";
import {ContractIds} from "./ContractIds.sol";

/// @title The Controller's registry by name and type
/// @dev The calls are written by hand, because every call of the protocol makes several of them.
library Registry {
    function minter(IController controller) internal view returns (IMinter) {
        return IMinter(addressOf(controller, ContractIds.MINTER));
    }

    function token(IController controller) internal view returns (ILivepeerToken) {
        return ILivepeerToken(addressOf(controller, ContractIds.LIVEPEER_TOKEN));
    }

    function roundsManager(IController controller) internal view returns (IRoundsManager) {
        return IRoundsManager(addressOf(controller, ContractIds.ROUNDS_MANAGER));
    }

    /// @return Zero when nothing is registered under `id`
    function addressOf(IController controller, bytes32 id) internal view returns (address) {
        return address(uint160(ask(controller, IController.getContract.selector, id)));
    }

    /// Calls a view of one word with one argument.
    function ask(IController controller, bytes4 selector, bytes32 argument)
        internal
        view
        returns (uint256 answer)
    {
        assembly ("memory-safe") {
            mstore(0, selector)
            mstore(4, argument)
            let ok := staticcall(gas(), controller, 0, 36, 0, 32)
            // Without code at the Controller's address the call succeeds with no answer.
            if iszero(and(ok, gt(returndatasize(), 31))) { revert(0, 0) }
            answer := mload(0)
        }
    }

    /// See IController.lookUp.
    function askBoth(IController controller, bytes32 first, bytes32 second)
        internal
        view
        returns (bool paused, address firstContract, address secondContract)
    {
        bytes4 selector = IController.lookUp.selector;
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(at, selector)
            mstore(add(at, 4), first)
            mstore(add(at, 36), second)
            let ok := staticcall(gas(), controller, at, 68, at, 96)
            if iszero(and(ok, gt(returndatasize(), 95))) { revert(0, 0) }
            paused := mload(at)
            firstContract := mload(add(at, 32))
            secondContract := mload(add(at, 64))
        }
    }
}
