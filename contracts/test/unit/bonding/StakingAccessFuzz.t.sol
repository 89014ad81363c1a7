// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SortedPool} from "../../../src/bonding/SortedPool.sol";
import {IBondingManager} from "../../../src/interfaces/IBondingManager.sol";
import {IManager} from "../../../src/interfaces/IManager.sol";
import {NotMillionths} from "../../../src/types/Millionths.sol";
import {bound, vm} from "../../base/Vm.sol";
import {StakingFuzzTest} from "./StakingFuzzTest.sol";

/// @title What other contracts, the owner and strangers may do to staking
contract StakingAccessFuzzTest is StakingFuzzTest {
    function testFuzz_aSlashTakesItsShare(uint256 who, uint256 share, uint256 fee, bool found) external {
        address account = anyAccount(who);
        (share, fee) = (bound(share, 0, 1_000_001), bound(fee, 0, 1_000_001));
        register("Verifier", address(this));
        token.grantRole(keccak256("BURNER_ROLE"), address(minter));
        uint256 before = bonding.pendingStake(account, 0);
        uint256 supply = token.totalSupply();
        address finder = found ? address(0xf1) : address(0);
        bool good = share <= 1e6 && fee <= 1e6;
        if (!good) vm.expectPartialRevert(NotMillionths.selector);
        bonding.slashTranscoder(account, finder, share, fee);
        uint256 penalty = good ? before * share / 1e6 : 0;
        uint256 paid = good && found ? penalty * fee / 1e6 : 0;
        vm.assertEq(bonding.pendingStake(account, 0), before - penalty, "stake");
        vm.assertEq(token.balanceOf(address(0xf1)), paid, "finder");
        vm.assertEq(token.totalSupply(), supply - (penalty - paid), "burned");
        assertPool();
    }

    function testFuzz_strangersAreRefused(address stranger, uint256 a, uint256 b, uint256 variant) external {
        vm.assume(stranger != address(this) && stranger != address(broker) && stranger != address(rounds));
        variant = variant % 8;
        bytes4[8] memory errors = [
            IBondingManager.CallerMustBeTicketBroker.selector,
            IBondingManager.CallerMustBeVerifier.selector,
            IBondingManager.CallerMustBeRoundsManager.selector,
            IManager.CallerMustBeControllerOwner.selector,
            IManager.CallerMustBeControllerOwner.selector,
            IManager.CallerMustBeControllerOwner.selector,
            IManager.CallerMustBeControllerOwner.selector,
            IBondingManager.CallerMustBeRewardCaller.selector
        ];
        vm.assume(stranger != address(0));
        vm.expectPartialRevert(errors[variant]);
        vm.prank(stranger);
        if (variant == 0) bonding.updateTranscoderWithFees(anyAccount(a), b, a);
        else if (variant == 1) bonding.slashTranscoder(anyAccount(a), stranger, a, b);
        else if (variant == 2) bonding.setCurrentRoundTotalActiveStake();
        else if (variant == 3) bonding.setUnbondingPeriod(uint64(a));
        else if (variant == 4) bonding.setNumActiveTranscoders(a);
        else if (variant == 5) bonding.setTreasuryRewardCutRate(a);
        else if (variant == 6) bonding.setTreasuryBalanceCeiling(a);
        else bonding.rewardForTranscoder(anyAccount(a));
    }

    function testFuzz_parametersOfTheOwner(uint256 cut, uint256 ceiling, uint32 period, uint256 size)
        external
    {
        size = bound(size, 0, type(uint32).max);
        bonding.setTreasuryBalanceCeiling(ceiling);
        bonding.setUnbondingPeriod(period);
        vm.assertEq(bonding.treasuryBalanceCeiling(), ceiling, "ceiling");
        vm.assertEq(bonding.unbondingPeriod(), period, "period");
        cut = cut % 2 == 0 ? bound(cut, 0, 1e27) : cut;
        if (cut > 1e27) vm.expectPartialRevert(IBondingManager.InvalidTreasuryRewardCutRate.selector);
        bonding.setTreasuryRewardCutRate(cut);
        vm.assertEq(bonding.treasuryRewardCutRate(), 0, "not in this round");
        nextRound();
        vm.assertEq(bonding.treasuryRewardCutRate(), cut > 1e27 ? 0 : cut, "in the next");
        if (size <= 3) {
            vm.expectRevert(abi.encodeWithSelector(SortedPool.PoolSizeCannotShrink.selector, 3, size));
        }
        bonding.setNumActiveTranscoders(size);
        vm.assertEq(bonding.getTranscoderPoolMaxSize(), size <= 3 ? 3 : size, "size");
    }

    function testFuzz_viewsAnswerForAnyAccountAndRound(address account, uint256 round) external {
        for (uint256 i = 0; i < 6; i++) {
            vm.assume(account != accounts[i]);
        }
        bonding.checkpointBondingState(account);
        (uint256 stake, uint256 cut, uint256 share, uint256 rewards, uint256 fees) =
            bonding.getTranscoderEarningsPoolForRound(account, round);
        vm.assertEq(stake + cut + share + rewards + fees, 0, "pool");
        vm.assertEq(bonding.pendingStake(account, round) + bonding.pendingFees(account, round), 0, "pending");
        vm.assertFalse(bonding.isActiveTranscoder(account), "active");
        vm.assertFalse(bonding.isValidUnbondingLock(account, round), "lock");
        vm.assertEq(bonding.getNextTranscoderInPool(account), address(0), "next");
        vm.assertTrue(bonding.delegatorStatus(account) == IBondingManager.DelegatorStatus.Unbonded, "status");
        vm.assertTrue(
            bonding.transcoderStatus(account) == IBondingManager.TranscoderStatus.NotRegistered, "transcoder"
        );
    }
}
