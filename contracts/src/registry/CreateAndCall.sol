// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title Creates a contract and makes the first call to it, in one transaction
/// @notice For contracts that the first caller sets up: nobody can be faster than the one who creates them. To use it,
///         create it; what it created has the address of its first creation (nonce 1). It leaves no code behind, and a
///         refusal of either step undoes both with the reason of that step.
contract CreateAndCall {
    using Address for address;

    /// @param initCode Creation code with its arguments; without ETH
    /// @param call Selector and arguments
    constructor(bytes memory initCode, bytes memory call) {
        address created;
        assembly ("memory-safe") {
            created := create(0, add(initCode, 32), mload(initCode))
            if iszero(created) {
                let reason := mload(0x40)
                returndatacopy(reason, 0, returndatasize())
                revert(reason, returndatasize())
            }
        }
        created.functionCall(call);
        assembly ("memory-safe") {
            return(0, 0)
        }
    }
}
