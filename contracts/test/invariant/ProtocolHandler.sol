// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {vm} from "../base/Vm.sol";
import {Checks} from "./Checks.sol";

/// @title Everything that accounts, the owner and time can do, with fuzzed choices, and the way out for all of them
contract ProtocolHandler is Checks {
    constructor() {
        startRound(1);
    }

    /// A round as it mostly is: everyone active calls reward, but for those who miss it.
    function playRound(uint256 missers) external {
        startRound(1);
        for (uint256 i = 0; i < CANDIDATES; i++) {
            if (missers >> i & 3 != 0) _reward(account(i), account(i), missers >> 16);
        }
    }

    /// @dev 12: everybody leaves; a pause within the unbonding period only delays that. Everyone is paid what was
    ///      promised, to the wei, and what remains is the dust of rounding and what was forfeited.
    function everybodyLeaves() external {
        startRound(1);
        uint256[] memory promised = new uint256[](ACCOUNTS);
        uint256[] memory fees = new uint256[](ACCOUNTS);
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            (promised[i], fees[i]) = withdrawable(account(i));
        }
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            uint256 stake_ = bonding.pendingStake(account(i), 0);
            if (stake_ == 0) continue;
            vm.prank(account(i));
            bonding.unbond(stake_);
        }
        for (uint256 i = 0; i < SENDERS; i++) {
            send(sender(i), address(broker), "unlock", abi.encodeCall(broker.unlock, ()), 0);
        }
        vm.assertEq(bonding.getTranscoderPoolSize(), 0, "nobody is left in the pool");
        vm.assertEq(bonding.nextRoundTotalActiveStake(), 0, "and no stake");
        controller.pause();
        for (uint256 i = 0; i < 3; i++) {
            vm.roll(rounds.currentRoundStartBlock() + rounds.roundLength());
        }
        controller.unpause();
        startRound(1);
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            _takeAll(account(i), promised[i], fees[i]);
        }
        for (uint256 i = 0; i < SENDERS; i++) {
            if (_funds(sender(i)) > 0) vm.assertTrue(_withdrawSender(sender(i)), "12: a sender can leave");
        }
        this.check();
    }

    function _takeAll(address who, uint256 promised, uint256 fees) private {
        uint256 before = token.balanceOf(who);
        (,,,,,, uint256 locks) = bonding.getDelegator(who);
        for (uint256 id = 0; id < locks; id++) {
            if (!bonding.isValidUnbondingLock(who, id)) continue;
            vm.prank(who);
            bonding.withdrawStake(id);
        }
        vm.assertEq(token.balanceOf(who) - before, promised, "12: all stake can be withdrawn");
        _books.stakeOut += promised;
        uint256 balance = who.balance;
        vm.prank(who);
        bonding.withdrawFees(payable(who), fees);
        vm.assertEq(who.balance - balance, fees, "12: all fees can be withdrawn");
        _books.ethOut += fees;
        vm.assertEq(bonding.pendingFees(who, 0), 0, "12: and none are left");
    }
}
