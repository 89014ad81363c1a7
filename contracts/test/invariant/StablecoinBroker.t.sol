// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {vm} from "../base/Vm.sol";
import {StablecoinBrokerHandler} from "./StablecoinBrokerHandler.sol";

/// @title What holds for the broker of a stablecoin after any sequence of calls
contract StablecoinBrokerInvariants {
    bool public constant IS_TEST = true;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    StablecoinBrokerHandler private _world;

    function setUp() external {
        _world = new StablecoinBrokerHandler();
    }

    /// @dev Asked by the invariant runner: what to call.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_world);
    }

    /// @dev Asked by the invariant runner: not the checks.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory actions = new bytes4[](15);
        actions[0] = _world.stakeMore.selector;
        actions[1] = _world.unstake.selector;
        actions[2] = _world.claimEarnings.selector;
        actions[3] = _world.reward.selector;
        actions[4] = _world.setTerms.selector;
        actions[5] = _world.passRound.selector;
        actions[6] = _world.fundDeposit.selector;
        actions[7] = _world.unlockOrWithdraw.selector;
        actions[8] = _world.redeemOne.selector;
        actions[9] = _world.redeemBatch.selector;
        actions[10] = _world.redeemAgain.selector;
        actions[11] = _world.claimShares.selector;
        actions[12] = _world.refuseAccount.selector;
        actions[13] = _world.callBack.selector;
        actions[14] = _world.takeAllOut.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(_world), actions);
    }

    function invariant_everyTokenBelongsToSomebody() public view {
        _world.check();
    }

    function afterInvariant() external {
        _world.everybodyLeaves();
    }

    /// A fixed walk that shows that the fuzzed choices reach every operation.
    function test_aLongWalkReachesEveryOperationAndKeepsTheInvariants() external {
        uint256 seed = 7;
        for (uint256 i = 0; i < 1200; i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            _act(seed % 21, seed >> 16, seed >> 64, seed >> 128, seed >> 192);
            if (i % 8 == 0) _world.check();
        }
        bytes32[14] memory operations = [
            bytes32("bond"),
            "unbond",
            "claimEarnings",
            "reward",
            "transcoder",
            "fund",
            "unlock",
            "cancelUnlock",
            "withdraw",
            "redeem",
            "batch",
            "redeemed in a batch",
            "claim",
            "fund"
        ];
        for (uint256 i = 0; i < operations.length; i++) {
            vm.assertGe(_world.succeeded(operations[i]), 2, string(abi.encodePacked(operations[i])));
        }
        _world.everybodyLeaves();
    }

    function _act(uint256 which, uint256 a, uint256 b, uint256 c, uint256 d) private {
        if (which == 0) _world.stakeMore(a, b, c);
        if (which == 1) _world.unstake(a, b);
        if (which == 2) _world.claimEarnings(a);
        if (which == 3) _world.reward(a);
        if (which == 4) _world.setTerms(a, b, c);
        if (which == 5) _world.passRound(a);
        if (which == 6 || which == 7) _world.fundDeposit(a, b, c, d % 3 == 0);
        if (which == 8) _world.unlockOrWithdraw(a, b);
        if (which == 20) _world.takeAllOut(a);
        if (which > 8 && which < 12) _world.redeemOne(a, b % 4, c);
        if (which == 12) _world.redeemBatch(a, [a, b, c, d, a >> 9], [d, c, b, a, b >> 9]);
        if (which == 13) _world.redeemAgain(a);
        if (which > 13 && which < 18) _world.claimShares(a, b, c % 4, d % 2 == 0);
        if (which == 18) _world.refuseAccount(a, b % 3 == 0);
        if (which == 19) _world.callBack(a, b, c, d);
    }
}
