// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {LivepeerToken} from "../../../src/token/LivepeerToken.sol";
import {BridgeTest} from "../../base/BridgeTest.sol";
import {vm} from "../../base/Vm.sol";

/// What messages call: remembers its caller, refuses on demand, tries to come back.
contract Target {
    address public caller;
    uint256 public received;
    bool public refuses;
    address private _reenter;
    bytes private _reentry;

    error Refused();

    function setRefuses(bool refuses_) external {
        refuses = refuses_;
    }

    function reenter(address target, bytes calldata data) external {
        (_reenter, _reentry) = (target, data);
    }

    function take() external payable {
        if (refuses) revert Refused();
        (caller, received) = (msg.sender, received + msg.value);
        if (_reenter == address(0)) return;
        (bool ok, bytes memory answer) = _reenter.call(_reentry);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
    }

    function burnGas() external pure {
        while (true) {}
    }

    /// A revert with about as much data as the gas of a message pays for, here and once more in its alias.
    function bomb() external pure {
        assembly {
            revert(0, 400000)
        }
    }
}

/// @title Messages between the chains of a development network, to a contract that may be hostile
abstract contract DevMessagingTest is BridgeTest {
    Target internal target;

    function setUp() external {
        deployBridge(new LivepeerToken());
        target = new Target();
        vm.deal(ALICE, 1_000_000 ether);
        vm.deal(BOB, 0);
    }
}
