// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {vm} from "../base/Vm.sol";

/// @title Our error for each recorded reason to revert, by the table that the TypeScript model reads too
abstract contract VectorReverts {
    mapping(bytes32 reasonHash => bytes4) private _selectors;

    constructor() {
        string memory table = vm.readFile("fixtures/vectors/protocol/reverts.json");
        string[] memory reasons = vm.parseJsonStringArray(table, ".reasons");
        string[] memory errors = vm.parseJsonStringArray(table, ".errors");
        for (uint256 i = 0; i < reasons.length; i++) {
            _selectors[keccak256(bytes(reasons[i]))] = bytes4(keccak256(bytes(errors[i])));
        }
    }

    function selectorFor(string memory reason) internal view returns (bytes4) {
        return _selectors[keccak256(bytes(reason))];
    }
}
