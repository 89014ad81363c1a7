// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ProtocolTest} from "../../base/ProtocolTest.sol";
import {vm} from "../../base/Vm.sol";

/// @title The state in which functions of staking meet any amount, hint and caller
/// @dev A pool of three, full, all rewarded in the round before; a fourth transcoder outside, two delegators, a lock each.
abstract contract StakingFuzzTest is ProtocolTest {
    uint256 internal constant START = 1_000_000e18;
    address[6] internal accounts =
        [address(0x11), address(0x12), address(0x13), address(0x14), address(0x21), address(0x22)];

    function setUp() external {
        deploy(defaultConfig());
        initializeRound();
        for (uint256 i = 0; i < 6; i++) {
            fund(accounts[i], START);
            bond(accounts[i], (60 - i * 10) * 1e18, i < 4 ? accounts[i] : accounts[i - 4]);
        }
        nextRound();
        for (uint256 i = 0; i < 6; i++) {
            vm.prank(accounts[i]);
            bonding.unbond(2e18);
        }
        for (uint256 i = 0; i < 3; i++) {
            vm.prank(accounts[i]);
            bonding.reward();
        }
        nextRound();
    }

    function anyAccount(uint256 seed) internal view returns (address) {
        return accounts[seed % 6];
    }

    /// Sorted, linked, as long as it says, worth what it says, and never more than the Minter holds.
    function assertPool() internal view {
        (uint256 size, uint256 sum, uint256 last) = (0, 0, type(uint256).max);
        address member = bonding.getFirstTranscoderInPool();
        while (member != address(0)) {
            uint256 stake = bonding.transcoderTotalStake(member);
            vm.assertLe(stake, last, "sorted");
            vm.assertTrue(bonding.isRegisteredTranscoder(member), "registered");
            (size, sum, last) = (size + 1, sum + stake, stake);
            member = bonding.getNextTranscoderInPool(member);
        }
        vm.assertEq(size, bonding.getTranscoderPoolSize(), "size");
        vm.assertLe(size, bonding.getTranscoderPoolMaxSize(), "bounded");
        vm.assertEq(sum, bonding.nextRoundTotalActiveStake(), "stake of the next round");
        uint256 owed = 0;
        for (uint256 i = 0; i < 6; i++) {
            owed += bonding.pendingStake(accounts[i], 0);
        }
        vm.assertLe(owed, token.balanceOf(address(minter)), "covered");
    }
}
