// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {vm} from "../base/Vm.sol";
import {ProtocolHandler} from "./ProtocolHandler.sol";

/// @title What holds after any sequence of calls
contract ProtocolInvariants {
    bool public constant IS_TEST = true;

    ProtocolHandler private _protocol;

    function setUp() external {
        _protocol = new ProtocolHandler();
    }

    /// @dev Asked by the invariant runner: call the handler only.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_protocol);
    }

    function invariant_solventWithinBudgetAndSorted() public view {
        vm.assertGe(_protocol.stakeHeld(), _protocol.stakeOwed(), "the Minter holds all stake it owes");
        vm.assertGe(_protocol.ethHeld(), _protocol.ethOwed(), "the Minter holds all ETH it owes");
        (uint256 used, uint256 budget) = _protocol.minted();
        vm.assertLe(used, budget, "no more is minted than the budget of the round");
        _checkDelegates();
        _checkPool();
    }

    /// A fixed walk that shows that the fuzzed choices reach every operation, and checks after each.
    function test_aLongWalkReachesEveryOperationAndKeepsTheInvariants() external {
        uint256 seed = 42;
        for (uint256 i = 0; i < 1200; i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            _act(seed % 16, seed >> 16, seed >> 64, seed >> 128);
            if (i % 4 == 0) invariant_solventWithinBudgetAndSorted();
        }
        bytes32[14] memory operations = [
            bytes32("bond"),
            "bondFor",
            "unbond",
            "rebond",
            "rebondFromUnbonded",
            "transferBond",
            "withdrawStake",
            "withdrawFees",
            "claimEarnings",
            "transcoder",
            "reward",
            "redeem",
            "unlock",
            "withdraw"
        ];
        for (uint256 i = 0; i < operations.length; i++) {
            vm.assertGe(_protocol.succeeded(operations[i]), 1, string(abi.encodePacked(operations[i])));
        }
    }

    function _act(uint256 choice, uint256 a, uint256 b, uint256 c) private {
        if (choice == 0) _protocol.bondStake(a, b, c);
        if (choice == 1) _protocol.bondDust(a, b, c);
        if (choice == 2) _protocol.unbondStake(a, b);
        if (choice == 3) _protocol.rebondStake(a, b, c);
        if (choice == 4) _protocol.transferStake(a, b, c);
        if (choice == 5) _protocol.withdrawStake(a, b);
        if (choice == 6) _protocol.withdrawFees(a, b);
        if (choice == 7) _protocol.claim(a);
        if (choice == 8) _protocol.setTerms(a, b, c);
        if (choice == 9 || choice == 10) _protocol.reward(a, b, c);
        if (choice == 11 || choice == 12) _protocol.startRound(a);
        if (choice == 13) _protocol.fundSender(a, b);
        if (choice == 14) _protocol.redeem(a, b);
        if (choice == 15) _protocol.unlockOrWithdraw(a);
    }

    function _checkDelegates() private view {
        for (uint256 i = 0; i < _protocol.ACCOUNTS(); i++) {
            (uint256 delegated, uint256 pending) = _protocol.stakeOfDelegators(_protocol.account(i));
            vm.assertGe(delegated, pending, "a delegate has at least the stake of its delegators");
        }
    }

    function _checkPool() private view {
        (address[] memory members, uint256 total) = _protocol.pool();
        vm.assertLe(members.length, _protocol.maxPoolSize(), "the pool is bounded");
        uint256 sum = 0;
        uint256 last = type(uint256).max;
        for (uint256 i = 0; i < members.length; i++) {
            (uint256 stake,) = _protocol.stakeOfDelegators(members[i]);
            vm.assertLe(stake, last, "the pool is sorted");
            (last, sum) = (stake, sum + stake);
        }
        vm.assertEq(sum, total, "nextRoundTotalActiveStake is the stake of the pool");
    }
}
