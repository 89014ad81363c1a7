// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {bound, vm} from "../base/Vm.sol";
import {StakeActions} from "./StakeActions.sol";

/// @title What those do who want to harm others, or to be paid too much
abstract contract HostileStake is StakeActions {
    uint256 private _tries;

    /// A stranger bonds dust for others, to force a claim, a delegate or an activation on them.
    function bondDustFor(uint256 who, uint256 owner, uint256 to) external by(account(who)) {
        _bondDust(
            account(who), account(owner), to % 2 == 0 ? delegateAt(account(owner)) : delegateOf(to >> 1)
        );
    }

    /// Everything at once just before a transcoder's reward, which must still come through and pay its delegators.
    function frontRunReward(uint256 who, uint256 victim, uint256 how) external by(account(who)) {
        address transcoder = candidate(victim);
        address attacker = account(who);
        address delegator = account(how >> 8);
        uint256 expected = _stakeAfterReward(transcoder, delegator);
        _bondDust(attacker, delegator, delegateAt(delegator));
        _bondDust(attacker, transcoder, delegateAt(transcoder));
        stake(attacker, "transferBond", _transfer(delegator, 1, address(0)));
        stake(attacker, "checkpoint", abi.encodeCall(bonding.checkpointBondingState, (delegator)));
        if (how % 4 == 0) _evictByOf(attacker, transcoder);
        if (attacker == transcoder || attacker == delegator) return;
        _reward(transcoder, transcoder, how >> 16);
        (uint256 got,) = withdrawable(delegator);
        // Less by what a rounding of one more claim may cost.
        vm.assertGe(got + 2, expected, "a stranger costs nobody a reward");
    }

    /// Out of the pool with more stake than the last, then away again, with dust left for the victim: its activation in
    /// the next round must not end its activity in this one.
    function evict(uint256 who, uint256 victim) external by(candidate(who)) {
        _evictByOf(candidate(who), candidate(victim));
    }

    /// A stake of one wei that was large when the round began, then a reward and fees on it.
    function shrinkAndEarn(uint256 who, uint256 others) external byTwo(candidate(who), candidate(others)) {
        address transcoder = candidate(who);
        uint256 all = bonding.pendingStake(transcoder, 0);
        if (all > 1) stake(transcoder, "unbond", abi.encodeCall(bonding.unbond, (all - 1)));
        _evictByOf(candidate(others), transcoder);
        _reward(transcoder, transcoder, others >> 8);
    }

    /// The Verifier, as governance may switch it on.
    function slash(uint256 who, uint256 share, uint256 fee) external {
        if (share % 4 != 0) return;
        share = share % 64 == 0 ? 1e6 : bound(share >> 6, 0, 300_000);
        address account_ = account(who);
        if (account_ == account(CANDIDATES - 1)) return;
        uint256 supply = token.totalSupply();
        uint256 finders = token.balanceOf(FINDER);
        address finder = fee % 4 == 0 ? address(0) : FINDER;
        bytes memory data =
            abi.encodeCall(bonding.slashTranscoder, (account_, finder, share, bound(fee >> 2, 0, 1e6)));
        if (!stake(address(this), "slash", data)) return;
        uint256 burned = supply - token.totalSupply();
        _books.burned += burned;
        _books.stakeOut += burned + token.balanceOf(FINDER) - finders;
    }

    function _bondDust(address attacker, address owner, address to) internal {
        bytes memory data = abi.encodeCall(
            bonding.bondForWithHint, (1, owner, to, address(0), address(0), account(0), account(1))
        );
        address before = delegateAt(owner);
        // A slashed transcoder that was still rewarded has stake again as soon as it is claimed.
        bool had = bonding.pendingStake(owner, 0) > 0;
        if (!stake(attacker, "bondFor", data)) return;
        _books.stakeIn += 1;
        if (attacker == owner) return;
        if (had) vm.assertEq(delegateAt(owner), before, "a stranger changes no delegate");
        bool made = delegateAt(owner) == owner && before != owner;
        if (!had) vm.assertTrue(!made, "a stranger makes nobody its own delegate");
    }

    /// @dev The newcomer leaves at once when it may; with the room it made, dust goes to the victim.
    function _evictByOf(address attacker, address victim) private {
        address[] memory before = members();
        if (before.length == 0 || attacker == victim) return;
        bool due = bonding.isActiveTranscoder(victim) && lastRewardRound(victim) != rounds.currentRound();
        address last = before[before.length - 1];
        uint256 lastStake = bonding.transcoderTotalStake(last);
        uint256 own = bonding.transcoderTotalStake(attacker);
        // Every other time exactly as much as the last has, which is not enough.
        uint256 amount = own > lastStake ? 1 : lastStake - own + ++_tries % 2;
        if (!stake(attacker, "bond", abi.encodeCall(bonding.bond, (amount, attacker)))) return;
        _books.stakeIn += amount;
        if (last != attacker && !inPool(last)) {
            succeeded["evict"]++;
            vm.assertTrue(bonding.transcoderTotalStake(attacker) > lastStake, "9: only more stake evicts");
        }
        stake(attacker, "unbond", abi.encodeCall(bonding.unbond, (bonding.pendingStake(attacker, 0))));
        _bondDust(attacker, victim, victim);
        if (stake(attacker, "bond", abi.encodeCall(bonding.bond, (1, victim)))) _books.stakeIn += 1;
        if (due) {
            vm.assertTrue(
                bonding.isActiveTranscoder(victim), "nobody ends the activity of who is due a reward"
            );
        }
    }

    /// What `delegator` would have after an undisturbed reward of `transcoder` now.
    function _stakeAfterReward(address transcoder, address delegator) private returns (uint256 expected) {
        uint256 before = vm.snapshotState();
        vm.prank(transcoder);
        (bool ok,) = address(bonding).call(abi.encodeCall(bonding.reward, ()));
        (expected,) = withdrawable(delegator);
        vm.revertToState(before);
        if (ok) succeeded["undisturbed"]++;
    }
}
