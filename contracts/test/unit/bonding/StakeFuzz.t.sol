// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../../../src/interfaces/IBondingManager.sol";
import {bound, vm} from "../../base/Vm.sol";
import {StakingFuzzTest} from "./StakingFuzzTest.sol";

/// @title Stake, terms and earnings with any amount, hint and caller
contract StakeFuzzTest is StakingFuzzTest {
    // ---- stake in -------------------------------------------------------------------------------------------

    function testFuzz_bonding(uint256 amount, uint256 who, uint256 to, uint256 hints, uint256 variant)
        external
    {
        (address owner, address delegate) = (anyAccount(who), anyAccount(to));
        amount = bound(amount, 0, START / 2);
        (uint256 before, address oldDelegate) = _stake(owner);
        address[4] memory hint = _hints(hints);
        try this.bondVariant(owner, amount, delegate, hint, variant) {
            (uint256 bonded, address now_) = _stake(owner);
            vm.assertEq(bonded, before + amount, "stake");
            vm.assertEq(now_, delegate, "delegate");
        } catch {
            bool transcoderLeaves = oldDelegate == owner && delegate != owner;
            bool nothing = amount == 0 && (oldDelegate == delegate || before == 0);
            vm.assertTrue(transcoderLeaves || nothing, "refused for a reason");
        }
        assertPool();
    }

    function bondVariant(address owner, uint256 amount, address to, address[4] memory h, uint256 variant)
        external
    {
        vm.prank(owner);
        if (variant % 3 == 0) bonding.bond(amount, to);
        else if (variant % 3 == 1) bonding.bondWithHint(amount, to, h[0], h[1], h[2], h[3]);
        else bonding.bondForWithHint(amount, owner, to, h[0], h[1], h[2], h[3]);
    }

    function testFuzz_othersOnlyAddToTheStakeThatThereIs(
        uint256 amount,
        uint256 who,
        uint256 to,
        uint256 hints
    ) external {
        address caller = address(0xca11);
        fund(caller, START);
        (address owner, address delegate) = (anyAccount(who), anyAccount(to));
        amount = bound(amount, 1, START);
        _rewardAll();
        (uint256 before, address oldDelegate) = _stake(owner);
        uint256 purse = token.balanceOf(owner);
        address[4] memory h = _hints(hints);
        if (delegate != oldDelegate) vm.expectPartialRevert(IBondingManager.InvalidDelegateChange.selector);
        vm.prank(caller);
        bonding.bondForWithHint(amount, owner, delegate, h[0], h[1], h[2], h[3]);
        (uint256 bonded, address now_) = _stake(owner);
        vm.assertEq(now_, oldDelegate, "delegate");
        vm.assertEq(bonded, before + (delegate == oldDelegate ? amount : 0), "stake");
        vm.assertEq(token.balanceOf(owner), purse, "the caller pays");
        assertPool();
    }

    // ---- stake out ------------------------------------------------------------------------------------------

    function testFuzz_unbonding(uint256 amount, uint256 who, uint256 hints, bool hinted) external {
        address account = anyAccount(who);
        (uint256 before,) = _stake(account);
        amount = bound(amount, 0, before + 1e18);
        address[4] memory h = _hints(hints);
        if (amount == 0) vm.expectPartialRevert(IBondingManager.UnbondAmountIsZero.selector);
        if (amount > before) vm.expectPartialRevert(IBondingManager.UnbondAmountExceedsBonded.selector);
        vm.prank(account);
        if (hinted) bonding.unbondWithHint(amount, h[0], h[1]);
        else bonding.unbond(amount);
        bool done = amount > 0 && amount <= before;
        (uint256 locked, uint256 withdrawRound) = bonding.getDelegatorUnbondingLock(account, 1);
        vm.assertEq(locked, done ? amount : 0, "locked");
        vm.assertEq(withdrawRound, done ? rounds.currentRound() + 2 : 0, "until");
        (uint256 bonded,) = _stake(account);
        vm.assertEq(bonded, before - locked, "left");
        assertPool();
    }

    function testFuzz_locksComeBackWhole(uint256 who, uint256 lockId, uint256 hints, bool hinted) external {
        address account = anyAccount(who);
        lockId = bound(lockId, 0, 1);
        (uint256 before, address delegate) = _stake(account);
        (uint256 locked,) = bonding.getDelegatorUnbondingLock(account, lockId);
        address[4] memory h = _hints(hints);
        if (locked == 0) vm.expectPartialRevert(IBondingManager.InvalidUnbondingLock.selector);
        vm.prank(account);
        if (hinted) bonding.rebondWithHint(lockId, h[0], h[1]);
        else bonding.rebond(lockId);
        _assertRebonded(account, lockId, before + locked, delegate);
    }

    function testFuzz_locksOfWhoLeftComeBackWhole(uint256 who, uint256 lockId, uint256 hints, bool hinted)
        external
    {
        address account = anyAccount(who);
        lockId = bound(lockId, 0, 2);
        (uint256 stake,) = _stake(account);
        vm.prank(account);
        bonding.unbond(stake);
        // Who left the pool and is active still must call reward before stake is added.
        _rewardAll();
        (uint256 locked,) = bonding.getDelegatorUnbondingLock(account, lockId);
        address[4] memory h = _hints(hints);
        address to = accounts[hints % 4];
        if (locked == 0) vm.expectPartialRevert(IBondingManager.InvalidUnbondingLock.selector);
        vm.prank(account);
        if (hinted) bonding.rebondFromUnbondedWithHint(to, lockId, h[0], h[1]);
        else bonding.rebondFromUnbonded(to, lockId);
        (uint256 kept,) = _stake(account);
        _assertRebonded(account, lockId, kept, locked > 0 ? to : address(0));
        (uint256 bonded,,,,,,) = bonding.getDelegator(account);
        vm.assertEq(bonded, locked, "bonded");
    }

    function _assertRebonded(address account, uint256 lockId, uint256 stake, address delegate) private view {
        (uint256 bonded, address now_) = _stake(account);
        vm.assertEq(bonded, stake, "stake");
        vm.assertEq(now_, delegate, "delegate");
        vm.assertFalse(bonding.isValidUnbondingLock(account, lockId), "used up");
        assertPool();
    }

    function testFuzz_withdrawnStakeIsWhatWasLocked(uint256 who, uint256 lockId, uint256 later) external {
        address account = anyAccount(who);
        lockId = bound(lockId, 0, 1);
        uint256 round = rounds.currentRound() + bound(later, 0, 3);
        if (round > rounds.currentRound()) goToRound(round);
        (uint256 locked, uint256 withdrawRound) = bonding.getDelegatorUnbondingLock(account, lockId);
        uint256 before = token.balanceOf(account);
        bool ripe = locked > 0 && withdrawRound <= round;
        if (!ripe) {
            vm.expectPartialRevert(
                locked == 0
                    ? IBondingManager.InvalidUnbondingLock.selector
                    : IBondingManager.WithdrawRoundNotReached.selector
            );
        }
        vm.prank(account);
        bonding.withdrawStake(lockId);
        vm.assertEq(token.balanceOf(account), before + (ripe ? locked : 0), "paid");
    }

    function testFuzz_transfersMoveStakeWithoutLoss(uint256 amount, uint256 from, uint256 to, uint256 hints)
        external
    {
        (address giver, address receiver) = (anyAccount(from), to % 7 == 6 ? address(0xbeef) : anyAccount(to));
        _rewardAll();
        vm.assume(giver != receiver);
        (uint256 has,) = _stake(giver);
        (uint256 had,) = _stake(receiver);
        amount = bound(amount, 1, has);
        address[4] memory h = _hints(hints);
        vm.prank(giver);
        bonding.transferBond(receiver, amount, h[0], h[1], h[2], h[3]);
        (uint256 left,) = _stake(giver);
        (uint256 got,) = _stake(receiver);
        vm.assertEq(left, has - amount, "left");
        vm.assertEq(got, had + amount, "got");
        assertPool();
    }

    // ---- transcoders ----------------------------------------------------------------------------------------

    function testFuzz_terms(uint256 rewardCut, uint256 feeShare, uint256 who, uint256 hints, bool hinted)
        external
    {
        address account = anyAccount(who);
        rewardCut = bound(rewardCut, 0, 1_100_000);
        feeShare = bound(feeShare, 0, 1_100_000);
        _rewardAll();
        address[4] memory h = _hints(hints);
        bool good = true;
        if (rewardCut > 1e6) {
            good = _expect(IBondingManager.InvalidRewardCut.selector);
        } else if (feeShare > 1e6) {
            good = _expect(IBondingManager.InvalidFeeShare.selector);
        } else if (!bonding.isRegisteredTranscoder(account)) {
            good = _expect(IBondingManager.TranscoderMustBeRegistered.selector);
        }
        vm.prank(account);
        if (hinted) bonding.transcoderWithHint(rewardCut, feeShare, h[0], h[1]);
        else bonding.transcoder(rewardCut, feeShare);
        (, uint256 cut, uint256 share,,,,,,,) = bonding.getTranscoder(account);
        vm.assertEq(cut, good ? rewardCut : 0, "cut");
        vm.assertEq(share, good ? feeShare : 0, "share");
        assertPool();
    }

    function testFuzz_rewards(uint256 who, uint256 hints, uint256 variant) external {
        address account = anyAccount(who);
        address caller = address(uint160(uint256(keccak256(abi.encode(hints)))));
        vm.prank(account);
        bonding.setRewardCaller(caller);
        vm.assertEq(bonding.transcoderToRewardCaller(account), caller, "caller");
        address[4] memory h = _hints(hints);
        uint256 before = bonding.transcoderTotalStake(account);
        uint256 minted = minter.currentMintedTokens();
        bool active = bonding.isActiveTranscoder(account);
        if (!active) vm.expectPartialRevert(IBondingManager.TranscoderMustBeActive.selector);
        vm.prank(variant % 4 < 2 ? account : caller);
        if (variant % 4 == 0) bonding.reward();
        else if (variant % 4 == 1) bonding.rewardWithHint(h[0], h[1]);
        else if (variant % 4 == 2) bonding.rewardForTranscoder(account);
        else bonding.rewardForTranscoderWithHint(account, h[0], h[1]);
        uint256 got = bonding.transcoderTotalStake(account) - before;
        vm.assertEq(got, minter.currentMintedTokens() - minted, "what was minted");
        vm.assertTrue(got > 0 == active, "who is active is paid");
        assertPool();
    }

    // ---- earnings -------------------------------------------------------------------------------------------

    function testFuzz_feesAreNeverMoreThanCameIn(uint256 fees, uint256 who, uint256 take, uint256 round)
        external
    {
        address account = anyAccount(who);
        fees = bound(fees, 1, 1_000_000 ether);
        vm.deal(address(minter), address(minter).balance + fees);
        if (!bonding.isActiveTranscoder(account)) _expect(IBondingManager.TranscoderMustBeActive.selector);
        vm.prank(address(broker));
        bonding.updateTranscoderWithFees(account, fees, round);
        _claimAll(round);
        uint256 owed = 0;
        for (uint256 i = 0; i < 6; i++) {
            owed += bonding.pendingFees(accounts[i], round);
        }
        vm.assertLe(owed, fees, "owed");
        (, uint256 own,,,,,) = bonding.getDelegator(account);
        take = bound(take, 0, own + 1);
        address payable recipient = payable(address(0xfee));
        if (take > own) vm.expectPartialRevert(IBondingManager.InsufficientFees.selector);
        vm.prank(account);
        bonding.withdrawFees(recipient, take);
        vm.assertEq(recipient.balance, take > own ? 0 : take, "paid");
    }

    function testFuzz_aClaimGivesWhatWasPending(uint256 who, uint256 ignored, bool rewarded) external {
        if (rewarded) _rewardAll();
        address account = anyAccount(who);
        (uint256 stake, uint256 fees) = (bonding.pendingStake(account, 0), bonding.pendingFees(account, 0));
        vm.prank(account);
        bonding.claimEarnings(ignored);
        (uint256 bonded, uint256 booked,,,, uint256 round,) = bonding.getDelegator(account);
        vm.assertEq(bonded, stake, "stake");
        vm.assertEq(booked, fees, "fees");
        vm.assertEq(round, rounds.currentRound(), "round");
    }

    // ---- helpers ---------------------------------------------------------------------------------------------

    /// Members, outsiders, strangers and zero, in any combination.
    function _hints(uint256 seed) private view returns (address[4] memory hints) {
        for (uint256 i = 0; i < 4; i++) {
            uint256 pick = uint256(keccak256(abi.encode(seed, i))) % 8;
            hints[i] = pick < 6 ? accounts[pick] : pick == 6 ? address(0) : address(0xdead);
        }
    }

    /// Stake with rewards, and delegate.
    function _stake(address account) private view returns (uint256 stake, address delegate) {
        (,, delegate,,,,) = bonding.getDelegator(account);
        stake = bonding.pendingStake(account, 0);
    }

    function _rewardAll() private {
        for (uint256 i = 0; i < 3; i++) {
            vm.prank(accounts[i]);
            bonding.reward();
        }
    }

    function _claimAll(uint256 ignored) private {
        for (uint256 i = 0; i < 6; i++) {
            vm.prank(accounts[i]);
            bonding.claimEarnings(ignored);
        }
    }

    function _expect(bytes4 selector) private returns (bool) {
        vm.expectPartialRevert(selector);
        return false;
    }
}
