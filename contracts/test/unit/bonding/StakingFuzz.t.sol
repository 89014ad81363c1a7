// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SortedPool} from "../../../src/bonding/SortedPool.sol";
import {IBondingManager} from "../../../src/interfaces/IBondingManager.sol";
import {IManager} from "../../../src/interfaces/IManager.sol";
import {NotMillionths} from "../../../src/types/Millionths.sol";
import {ProtocolTest} from "../../base/ProtocolTest.sol";
import {bound, vm} from "../../base/Vm.sol";

/// @title Every function of staking with any amount, hint and caller
/// @dev A pool of three, full, all rewarded in the round before; a fourth transcoder outside, two delegators, a lock each.
contract StakingFuzzTest is ProtocolTest {
    uint256 private constant START = 1_000_000e18;
    address[6] private _accounts =
        [address(0x11), address(0x12), address(0x13), address(0x14), address(0x21), address(0x22)];

    function setUp() external {
        deploy(defaultConfig());
        initializeRound();
        for (uint256 i = 0; i < 6; i++) {
            fund(_accounts[i], START);
            bond(_accounts[i], (60 - i * 10) * 1e18, i < 4 ? _accounts[i] : _accounts[i - 4]);
        }
        nextRound();
        for (uint256 i = 0; i < 6; i++) {
            vm.prank(_accounts[i]);
            bonding.unbond(2e18);
        }
        for (uint256 i = 0; i < 3; i++) {
            vm.prank(_accounts[i]);
            bonding.reward();
        }
        nextRound();
    }

    // ---- stake in -------------------------------------------------------------------------------------------

    function testFuzz_bonding(uint256 amount, uint256 who, uint256 to, uint256 hints, uint256 variant)
        external
    {
        (address owner, address delegate) = (_any(who), _any(to));
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
        _assertPool();
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
        (address owner, address delegate) = (_any(who), _any(to));
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
        _assertPool();
    }

    // ---- stake out ------------------------------------------------------------------------------------------

    function testFuzz_unbonding(uint256 amount, uint256 who, uint256 hints, bool hinted) external {
        address account = _any(who);
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
        _assertPool();
    }

    function testFuzz_locksComeBackWhole(uint256 who, uint256 lockId, uint256 hints, bool hinted) external {
        address account = _any(who);
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
        address account = _any(who);
        lockId = bound(lockId, 0, 2);
        (uint256 stake,) = _stake(account);
        vm.prank(account);
        bonding.unbond(stake);
        // Who left the pool and is active still must call reward before stake is added.
        _rewardAll();
        (uint256 locked,) = bonding.getDelegatorUnbondingLock(account, lockId);
        address[4] memory h = _hints(hints);
        address to = _accounts[hints % 4];
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
        _assertPool();
    }

    function testFuzz_withdrawnStakeIsWhatWasLocked(uint256 who, uint256 lockId, uint256 later) external {
        address account = _any(who);
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
        (address giver, address receiver) = (_any(from), to % 7 == 6 ? address(0xbeef) : _any(to));
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
        _assertPool();
    }

    // ---- transcoders ----------------------------------------------------------------------------------------

    function testFuzz_terms(uint256 rewardCut, uint256 feeShare, uint256 who, uint256 hints, bool hinted)
        external
    {
        address account = _any(who);
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
        _assertPool();
    }

    function testFuzz_rewards(uint256 who, uint256 hints, uint256 variant) external {
        address account = _any(who);
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
        _assertPool();
    }

    // ---- earnings -------------------------------------------------------------------------------------------

    function testFuzz_feesAreNeverMoreThanCameIn(uint256 fees, uint256 who, uint256 take, uint256 round)
        external
    {
        address account = _any(who);
        fees = bound(fees, 1, 1_000_000 ether);
        vm.deal(address(minter), address(minter).balance + fees);
        if (!bonding.isActiveTranscoder(account)) _expect(IBondingManager.TranscoderMustBeActive.selector);
        vm.prank(address(broker));
        bonding.updateTranscoderWithFees(account, fees, round);
        _claimAll(round);
        uint256 owed = 0;
        for (uint256 i = 0; i < 6; i++) {
            owed += bonding.pendingFees(_accounts[i], round);
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
        address account = _any(who);
        (uint256 stake, uint256 fees) = (bonding.pendingStake(account, 0), bonding.pendingFees(account, 0));
        vm.prank(account);
        bonding.claimEarnings(ignored);
        (uint256 bonded, uint256 booked,,,, uint256 round,) = bonding.getDelegator(account);
        vm.assertEq(bonded, stake, "stake");
        vm.assertEq(booked, fees, "fees");
        vm.assertEq(round, rounds.currentRound(), "round");
    }

    // ---- other contracts, owner, strangers ------------------------------------------------------------------

    function testFuzz_aSlashTakesItsShare(uint256 who, uint256 share, uint256 fee, bool found) external {
        address account = _any(who);
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
        _assertPool();
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
        if (variant == 0) bonding.updateTranscoderWithFees(_any(a), b, a);
        else if (variant == 1) bonding.slashTranscoder(_any(a), stranger, a, b);
        else if (variant == 2) bonding.setCurrentRoundTotalActiveStake();
        else if (variant == 3) bonding.setUnbondingPeriod(uint64(a));
        else if (variant == 4) bonding.setNumActiveTranscoders(a);
        else if (variant == 5) bonding.setTreasuryRewardCutRate(a);
        else if (variant == 6) bonding.setTreasuryBalanceCeiling(a);
        else bonding.rewardForTranscoder(_any(a));
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
            vm.assume(account != _accounts[i]);
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

    // ---- helpers --------------------------------------------------------------------------------------------

    function _any(uint256 seed) private view returns (address) {
        return _accounts[seed % 6];
    }

    /// Members, outsiders, strangers and zero, in any combination.
    function _hints(uint256 seed) private view returns (address[4] memory hints) {
        for (uint256 i = 0; i < 4; i++) {
            uint256 pick = uint256(keccak256(abi.encode(seed, i))) % 8;
            hints[i] = pick < 6 ? _accounts[pick] : pick == 6 ? address(0) : address(0xdead);
        }
    }

    /// Stake with rewards, and delegate.
    function _stake(address account) private view returns (uint256 stake, address delegate) {
        (,, delegate,,,,) = bonding.getDelegator(account);
        stake = bonding.pendingStake(account, 0);
    }

    function _rewardAll() private {
        for (uint256 i = 0; i < 3; i++) {
            vm.prank(_accounts[i]);
            bonding.reward();
        }
    }

    function _claimAll(uint256 ignored) private {
        for (uint256 i = 0; i < 6; i++) {
            vm.prank(_accounts[i]);
            bonding.claimEarnings(ignored);
        }
    }

    function _expect(bytes4 selector) private returns (bool) {
        vm.expectPartialRevert(selector);
        return false;
    }

    /// Sorted, linked, as long as it says, worth what it says, and never more than the Minter holds.
    function _assertPool() private view {
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
            owed += bonding.pendingStake(_accounts[i], 0);
        }
        vm.assertLe(owed, token.balanceOf(address(minter)), "covered");
    }
}
