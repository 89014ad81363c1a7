// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {vm} from "../base/Vm.sol";
import {BridgeHandler} from "./BridgeHandler.sol";

/// @title What holds at the bridge after any sequence of calls
abstract contract BridgeInvariants {
    bool public constant IS_TEST = true;

    BridgeHandler internal bridge;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    /// @dev Asked by the invariant runner: call the handler only.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(bridge);
    }

    /// @dev Asked by the invariant runner: the actions of the handler only, not the helpers that it calls from outside.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory actions = new bytes4[](9);
        actions[0] = BridgeHandler.sendToL2.selector;
        actions[1] = BridgeHandler.sendToL1.selector;
        actions[2] = BridgeHandler.relay.selector;
        actions[3] = BridgeHandler.claimExit.selector;
        actions[4] = BridgeHandler.mintRewards.selector;
        actions[5] = BridgeHandler.replayTicket.selector;
        actions[6] = BridgeHandler.forgeDeposit.selector;
        actions[7] = BridgeHandler.forgeWithdrawal.selector;
        actions[8] = BridgeHandler.forgeExit.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(bridge), actions);
    }

    function invariant_noLptIsLostOrMadeAndTheEscrowHoldsWhatItOwes() public view {
        vm.assertEq(bridge.succeeded("attack"), 0, "no attack succeeded");
        checkEscrow();
        vm.assertEq(bridge.circulating(), bridge.issued(), "all LPT: on L1, on L2 and under way");
    }

    /// A fixed walk that shows that the fuzzed choices reach every operation, and checks after each.
    function test_aLongWalkReachesEveryOperationAndKeepsTheInvariants() external {
        uint256 seed = 42;
        for (uint256 i = 0; i < 300; i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            _act(seed % 11, seed >> 16, seed >> 64, seed >> 128);
            invariant_noLptIsLostOrMadeAndTheEscrowHoldsWhatItOwes();
        }
        bytes32[6] memory operations =
            [bytes32("deposit"), "withdraw", "claim", "submit", "confirm", "refused"];
        for (uint256 i = 0; i < operations.length; i++) {
            vm.assertGe(bridge.succeeded(operations[i]), 5, string(abi.encodePacked(operations[i])));
        }
    }

    function checkEscrow() public view virtual;

    function _act(uint256 choice, uint256 a, uint256 b, uint256 c) private {
        if (choice < 2) bridge.sendToL2(a, b, c);
        if (choice == 2) bridge.sendToL1(a, b, c);
        if (choice == 3 || choice == 4) bridge.relay();
        if (choice == 5) bridge.claimExit(a, b);
        if (choice == 6) bridge.mintRewards(a, b);
        if (choice == 7) bridge.replayTicket(a);
        if (choice == 8) bridge.forgeDeposit(a, b, c);
        if (choice == 9) bridge.forgeWithdrawal(a, b, c);
        if (choice == 10) bridge.forgeExit(a, b);
    }
}

/// All LPT on L2 came from L1.
contract BridgeWithoutRewardsInvariants is BridgeInvariants {
    function setUp() external {
        bridge = new BridgeHandler(false);
    }

    function checkEscrow() public view override {
        uint256 owed = bridge.onL2FromL1() + bridge.underWayToL2() + bridge.underWayToL1();
        vm.assertEq(bridge.inEscrow(), owed, "the escrow holds what is on L2 and under way, to the wei");
        vm.assertEq(bridge.mintedOnL1(), 0, "nothing is minted on L1");
    }
}

/// L2 mints rewards, which may leave too.
contract BridgeWithRewardsInvariants is BridgeInvariants {
    function setUp() external {
        bridge = new BridgeHandler(true);
    }

    function checkEscrow() public view override {
        vm.assertLe(bridge.mintedOnL1(), bridge.rewards(), "no more is minted on L1 than L2 made");
    }
}
