// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ProtocolTest} from "../base/ProtocolTest.sol";
import {vm} from "../base/Vm.sol";

/// @title Accounts and numbers as the recorded vectors write them
abstract contract VectorNames is ProtocolTest {
    mapping(bytes32 nameHash => address) private _accountOf;
    mapping(address account => string) private _nameOf;

    function setName(string memory name, address account) internal {
        _accountOf[keccak256(bytes(name))] = account;
        _nameOf[account] = name;
        vm.label(account, name);
    }

    function accountOf(string memory name) internal view returns (address account) {
        if (same(name, "0")) return address(0);
        account = _accountOf[keccak256(bytes(name))];
        vm.assertTrue(account != address(0), string.concat("unknown account ", name));
    }

    function nameOf(address account) internal view returns (string memory) {
        return account == address(0) ? "0" : _nameOf[account];
    }

    function same(string memory a, string memory b) internal pure returns (bool) {
        return keccak256(bytes(a)) == keccak256(bytes(b));
    }

    function startsWith(string memory text, string memory prefix) internal pure returns (bool) {
        bytes memory head = bytes(prefix);
        bytes memory whole = bytes(text);
        if (whole.length < head.length) return false;
        for (uint256 i = 0; i < head.length; i++) {
            if (whole[i] != head[i]) return false;
        }
        return true;
    }

    function number(uint256 value) internal pure returns (string memory) {
        return value == type(uint256).max ? "MAX" : vm.toString(value);
    }

    /// Values of more than 70 characters are cut to 10.
    function cut(string memory text) internal pure returns (string memory) {
        if (bytes(text).length <= 70) return text;
        bytes memory head = new bytes(10);
        for (uint256 i = 0; i < 10; i++) {
            head[i] = bytes(text)[i];
        }
        return string.concat(string(head), "..");
    }
}
