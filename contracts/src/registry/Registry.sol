// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {Directory} from "./Directory.sol";

/// @title What a contract of the protocol asks the Controller
/// @dev The calls are written by hand, because every call of the protocol makes several of them.
library Registry {
    /// @return directory Where addresses are found; holds for this call only
    /// @return paused Whether the system stands still
    function look(IController controller) internal view returns (address directory, bool paused) {
        bytes4 selector = IController.directory.selector;
        assembly ("memory-safe") {
            mstore(0, selector)
            let ok := staticcall(gas(), controller, 0, 4, 0, 64)
            // Without code at the Controller's address the call succeeds with no answer.
            if iszero(and(ok, gt(returndatasize(), 63))) { revert(0, 0) }
            directory := mload(0)
            paused := mload(32)
        }
    }

    /// @param directory What `look` answered in the same call
    /// @return contractAddress Zero when nothing is registered under `id`
    function find(IController controller, address directory, bytes32 id)
        internal
        view
        returns (address contractAddress)
    {
        contractAddress = Directory.find(directory, id);
        if (contractAddress == address(0)) return addressOf(controller, id);
    }

    /// @return contractAddress Zero when nothing is registered under `id`
    function addressOf(IController controller, bytes32 id) internal view returns (address contractAddress) {
        bytes4 selector = IController.getContract.selector;
        assembly ("memory-safe") {
            mstore(0, selector)
            mstore(4, id)
            let ok := staticcall(gas(), controller, 0, 36, 0, 32)
            if iszero(and(ok, gt(returndatasize(), 31))) { revert(0, 0) }
            contractAddress := mload(0)
        }
    }
}
