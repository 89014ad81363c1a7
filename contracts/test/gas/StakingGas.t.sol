// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {vm} from "../base/Vm.sol";
import {GasWorld} from "./GasWorld.sol";

/// @title What delegators and orchestrators pay, delegating to the middle of a full pool
/// forge-config: default.isolate = true
contract StakingGasTest is GasWorld {
    address private constant RECEIVER = address(0x22);
    uint256 private constant OTHER = 20;

    function setUp() external {
        openWorld(POOL);
    }

    function test_bonding() external {
        bondWithHint(100e18, MIDDLE);
        measured("bond first (new delegator, exact hint)");
        afterRewards();
        bondWithHint(1e18, MIDDLE);
        measured("bond again (later round, exact hint)");
        bondWithHint(1e18, MIDDLE);
        measured("bond again (same round, exact hint)");
    }

    function test_bondingWithoutAHint() external {
        bond(DELEGATOR, 100e18, member(MIDDLE));
        measured("bond first (new delegator, no hint, delegate rank 50)");
    }

    function test_unbonding() external {
        bondWithHint(50e18, MIDDLE);
        afterRewards();
        uint256 rest = bonding.pendingStake(DELEGATOR, 0);
        vm.startPrank(DELEGATOR);
        bonding.unbondWithHint(10e18, above(MIDDLE), below(MIDDLE, POOL));
        measured("unbond partial (exact hint)");
        bonding.rebondWithHint(0, above(MIDDLE), below(MIDDLE, POOL));
        measured("rebond (exact hint)");
        bonding.unbondWithHint(rest, above(MIDDLE), below(MIDDLE, POOL));
        measured("unbond full (exact hint)");
        bonding.rebondFromUnbondedWithHint(member(MIDDLE), 1, above(MIDDLE), below(MIDDLE, POOL));
        measured("rebondFromUnbonded (exact hint)");
        vm.stopPrank();
    }

    function test_movingDelegation() external {
        bondWithHint(50e18, MIDDLE);
        afterRewards();
        vm.prank(DELEGATOR);
        bonding.bondWithHint(
            0, member(OTHER), above(MIDDLE), below(MIDDLE, POOL), above(OTHER), below(OTHER, POOL)
        );
        measured("bond: move delegation (exact hints)");
    }

    function test_transferBond() external {
        bondWithHint(50e18, MIDDLE);
        afterRewards();
        vm.prank(DELEGATOR);
        bonding.transferBond(
            RECEIVER, 10e18, above(MIDDLE), below(MIDDLE, POOL), above(MIDDLE), below(MIDDLE, POOL)
        );
        measured("transferBond to new delegator (no change of delegate)");
    }

    function test_claiming() external {
        bondWithHint(50e18, MIDDLE);
        afterRewards();
        bonding.checkpointBondingState(member(OTHER));
        measured("checkpointBondingState");
        vm.prank(DELEGATOR);
        bonding.claimEarnings(0);
        measured("claimEarnings (delegator)");
        vm.prank(member(MIDDLE + 1));
        bonding.claimEarnings(0);
        measured("claimEarnings (transcoder)");
    }

    function test_withdrawStake() external {
        bondWithHint(50e18, MIDDLE);
        nextRound();
        vm.prank(DELEGATOR);
        bonding.unbond(10e18);
        goToRound(rounds.currentRound() + bonding.unbondingPeriod());
        vm.prank(DELEGATOR);
        bonding.withdrawStake(0);
        measured("withdrawStake");
    }

    function test_transcoder() external {
        reward(MIDDLE, POOL);
        vm.prank(member(MIDDLE));
        bonding.transcoder(60_000, 400_000);
        measured("transcoder() update");
    }

    function bondWithHint(uint256 amount, uint256 to) private {
        vm.prank(DELEGATOR);
        bonding.bondWithHint(amount, member(to), address(0), address(0), above(to), below(to, POOL));
    }

    /// A round in which all of the pool rewarded lies behind, none has rewarded in this one.
    function afterRewards() private {
        nextRound();
        rewardAll(POOL);
        nextRound();
    }
}
