// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {bound, vm} from "../base/Vm.sol";
import {World} from "./World.sol";

/// @title What holders of LPT do: bond, move, unbond, earn, with right and wrong hints
abstract contract StakeActions is World {
    function bondStake(uint256 who, uint256 to, uint256 amount, uint256 hint) external by(account(who)) {
        amount = amount % 8 == 0 ? amount >> 8 & 1 : bound(amount, 0, 1000e18);
        bytes memory data = abi.encodeCall(
            bonding.bondWithHint,
            (amount, delegateOf(to), account(hint), account(hint >> 8), account(hint >> 16), address(0))
        );
        uint256 balance = token.balanceOf(account(who));
        if (!stake(account(who), "bond", data)) return;
        vm.assertEq(balance - token.balanceOf(account(who)), amount, "a bond takes its amount");
        _books.stakeIn += amount;
    }

    function unbondStake(uint256 who, uint256 amount, uint256 hint) external by(account(who)) {
        uint256 all = bonding.pendingStake(account(who), 0);
        // Everything, all but one wei, or a part.
        uint256 part = bound(amount >> 8, 0, all);
        if (amount % 4 == 0) part = all;
        if (amount % 4 == 1 && all > 0) part = all - 1;
        bytes memory data = abi.encodeCall(bonding.unbondWithHint, (part, account(hint), account(hint >> 8)));
        stake(account(who), "unbond", data);
    }

    function rebondStake(uint256 who, uint256 to, uint256 lock) external by(account(who)) {
        // Few are unbonded by chance: every fourth time it leaves altogether first.
        uint256 all = bonding.pendingStake(account(who), 0);
        if (lock % 4 == 0) stake(account(who), "unbond", abi.encodeCall(bonding.unbond, (all)));
        uint256 id = lockOf(account(who), lock >> 2);
        // Now and then the function for the other state.
        if (bondedOf(account(who)) > 0 != (to % 8 == 0)) {
            stake(account(who), "rebond", abi.encodeCall(bonding.rebond, (id)));
        } else {
            bytes memory data = abi.encodeCall(bonding.rebondFromUnbonded, (delegateOf(to >> 3), id));
            stake(account(who), "rebondFromUnbonded", data);
        }
    }

    function transferStake(uint256 who, uint256 to, uint256 amount) external by(account(who)) {
        address receiver = to % 16 == 0 ? address(0) : account(to >> 4);
        uint256 part =
            amount % 4 == 0 ? bondedOf(account(who)) : bound(amount >> 2, 0, bondedOf(account(who)));
        (uint256 before,) = withdrawable(receiver);
        bytes memory data = _transfer(receiver, part, account(to >> 8));
        if (!stake(account(who), "transferBond", data) || receiver == account(who)) return;
        (uint256 afterwards,) = withdrawable(receiver);
        vm.assertEq(afterwards, before + part, "10: the receiver has what was given, and keeps what it had");
    }

    function _transfer(address receiver, uint256 amount, address hint) internal view returns (bytes memory) {
        return
            abi.encodeCall(bonding.transferBond, (receiver, amount, address(0), hint, receiver, address(0)));
    }

    function withdrawStake(uint256 who, uint256 lock) external by(account(who)) {
        uint256 before = token.balanceOf(account(who));
        uint256 id = lockOf(account(who), lock);
        (uint256 amount, uint256 withdrawRound) = bonding.getDelegatorUnbondingLock(account(who), id);
        bool due = withdrawRound != 0 && withdrawRound <= rounds.currentRound();
        bool ok = stake(account(who), "withdrawStake", abi.encodeCall(bonding.withdrawStake, (id)));
        vm.assertTrue(ok == due, "12: a lock is paid from its round on, not before");
        if (!ok) return;
        vm.assertEq(token.balanceOf(account(who)) - before, amount, "a lock is paid whole");
        _books.stakeOut += amount;
    }

    function withdrawFees(uint256 who, uint256 to, uint256 amount) external by(account(who)) {
        uint256 fees = bonding.pendingFees(account(who), 0);
        uint256 part = amount % 2 == 0 ? fees : bound(amount >> 1, 0, fees);
        address payable recipient = payable(account(to));
        uint256 before = recipient.balance;
        bytes memory data = abi.encodeCall(bonding.withdrawFees, (recipient, part));
        if (!stake(account(who), "withdrawFees", data)) return;
        vm.assertEq(recipient.balance - before, part, "fees are paid whole");
        _books.ethOut += part;
    }

    function claim(uint256 who) external by(account(who)) {
        (uint256 amount, uint256 fees) = withdrawable(account(who));
        if (!stake(account(who), "claimEarnings", abi.encodeCall(bonding.claimEarnings, (0)))) return;
        (uint256 amountNow, uint256 feesNow) = withdrawable(account(who));
        vm.assertEq(amountNow, amount, "a claim books the stake that was shown");
        vm.assertEq(feesNow, fees, "a claim books the fees that were shown");
    }

    function setTerms(uint256 who, uint256 rewardCut, uint256 feeShare) external by(account(who)) {
        bytes memory data = abi.encodeCall(
            bonding.transcoderWithHint,
            (
                bound(rewardCut, 0, 1e6),
                bound(feeShare, 0, 1e6),
                account(rewardCut >> 20),
                account(feeShare >> 20)
            )
        );
        stake(account(who), "transcoder", data);
    }

    /// Some miss their reward: whoever is not chosen in a round.
    function reward(uint256 who, uint256 hint) external by(address(0)) {
        _reward(candidate(who), candidate(who), hint);
    }

    /// LIP-118: a third account calls reward.
    function rewardByCaller(uint256 who, uint256 caller, uint256 hint) external by(address(0)) {
        bytes memory data = abi.encodeCall(bonding.setRewardCaller, (account(caller)));
        stake(candidate(who), "setRewardCaller", data);
        _reward(candidate(who), account(caller), hint);
    }

    /// @dev Whoever is active gets its reward, exactly its share, once, whatever others did before.
    function _reward(address transcoder, address caller, uint256 hint) internal returns (bool ok) {
        uint256 round = rounds.currentRound();
        bool due = bonding.isActiveTranscoder(transcoder) && lastRewardRound(transcoder) != round;
        uint256 mintedBefore = minter.currentMintedTokens();
        uint256 treasuryBefore = token.balanceOf(TREASURY);
        bytes memory data = caller == transcoder
            ? abi.encodeCall(bonding.rewardWithHint, (account(hint), account(hint >> 8)))
            : abi.encodeCall(
                bonding.rewardForTranscoderWithHint, (transcoder, account(hint), account(hint >> 8))
            );
        (uint256 rewardFactor, uint256 feeFactor) = factorsOf(transcoder);
        ok = stake(caller, caller == transcoder ? bytes32("reward") : bytes32("rewardForTranscoder"), data);
        vm.assertTrue(ok == due, "an active transcoder can call reward, once in a round");
        if (!ok) return false;
        requireFactorsKept(transcoder, rewardFactor, feeFactor);
        uint256 minted = minter.currentMintedTokens() - mintedBefore;
        uint256 toTreasury = token.balanceOf(TREASURY) - treasuryBefore;
        (uint256 share,,,,) = bonding.getTranscoderEarningsPoolForRound(transcoder, round);
        vm.assertEq(
            minted,
            minter.currentMintableTokens() * (share * 1e9 / bonding.getTotalBonded()) / 1e9,
            "a reward is the share of the stake in the budget"
        );
        vm.assertEq(toTreasury, minted * bonding.treasuryRewardCutRate() / 1e27, "the treasury gets its cut");
        (_books.minted, _books.stakeIn) = (_books.minted + minted, _books.stakeIn + minted);
        _books.stakeOut += toTreasury;
    }
}
