// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManager} from "../../src/interfaces/IManager.sol";
import {bound, vm} from "../base/Vm.sol";
import {World} from "./World.sol";

/// @title Time, and the owner: rounds, parameters, pause
abstract contract OwnerActions is World {
    /// pool when the round began: exactly these are active in it
    address[] internal _active;

    function startRound(uint256 skipped) public by(address(0)) {
        uint256 inflation = minter.inflation();
        uint256 ahead = skipped % 16 == 0 ? 2 : 1;
        vm.roll(rounds.currentRoundStartBlock() + rounds.roundLength() * ahead + skipped % 3);
        address[] memory next = members();
        initializeRound();
        delete _active;
        for (uint256 i = 0; i < next.length; i++) {
            _active.push(next[i]);
        }
        _requireInflation(inflation);
        _requireActive(next);
        succeeded["round"]++;
    }

    function setParameter(uint256 choice, uint256 value) external by(address(0)) {
        choice = choice % 9;
        if (choice == 0 && bonding.getTranscoderPoolMaxSize() < 5) {
            bonding.setNumActiveTranscoders(bonding.getTranscoderPoolMaxSize() + 1);
        }
        if (choice == 1) bonding.setUnbondingPeriod(uint64(bound(value, 0, 3)));
        if (choice == 2) bonding.setTreasuryRewardCutRate(bound(value, 0, 1e27));
        if (choice == 3) bonding.setTreasuryBalanceCeiling(value % 2 == 0 ? 0 : bound(value, 1, 100e18));
        if (choice == 4) broker.setUnlockPeriod(bound(value, 0, 3));
        if (choice == 5) broker.setTicketValidityPeriod(bound(value, 1, 3));
        if (choice == 6) minter.setInflationChange(value % 4 == 0 ? bound(value, 0, 1e6) : 500);
        if (choice == 7) minter.setTargetBondingRate(bound(value, 0, 1e9));
        if (choice == 8) rounds.setRoundLength(bound(value, 20, 60));
        succeeded["parameter"]++;
    }

    /// While the system is paused everything that moves money is refused, by name, and nothing is lost.
    function pauseAndTry(uint256 who, uint256 choice) external by(address(0)) {
        controller.pause();
        bytes[9] memory stakeCalls = [
            abi.encodeCall(bonding.bond, (1, account(choice))),
            abi.encodeCall(bonding.unbond, (1)),
            abi.encodeCall(bonding.rebond, (0)),
            abi.encodeCall(bonding.withdrawStake, (0)),
            abi.encodeCall(bonding.withdrawFees, (payable(account(who)), 0)),
            abi.encodeCall(bonding.claimEarnings, (0)),
            abi.encodeCall(bonding.reward, ()),
            abi.encodeCall(bonding.slashTranscoder, (account(who), address(0), 1e6, 0)),
            abi.encodeCall(bonding.setRewardCaller, (account(choice)))
        ];
        bytes[5] memory payments = [
            abi.encodeCall(broker.unlock, ()),
            abi.encodeCall(broker.cancelUnlock, ()),
            abi.encodeCall(broker.withdraw, ()),
            abi.encodeCall(broker.fundDeposit, ()),
            abi.encodeCall(broker.fundReserve, ())
        ];
        _requirePaused(account(who), address(bonding), stakeCalls[choice % 9]);
        _requirePaused(sender(who), address(broker), payments[choice % 5]);
        _requirePaused(account(who), address(rounds), abi.encodeCall(rounds.initializeRound, ()));
        controller.unpause();
        succeeded["pause"]++;
    }

    function _requirePaused(address caller, address target, bytes memory data) private {
        vm.prank(caller);
        (bool ok, bytes memory reason) = target.call(data);
        vm.assertFalse(ok, "12: a paused system moves nothing");
        vm.assertEq(bytes32(reason), bytes32(IManager.SystemIsPaused.selector), "and says so");
    }

    /// @dev 11: one step towards the target, bounded below by 0, and a budget of exactly that share.
    function _requireInflation(uint256 before) private view {
        uint256 supply = token.totalSupply();
        uint256 rate = bonding.getTotalBonded() * 1e9 / supply;
        uint256 step = minter.inflationChange();
        uint256 target = minter.targetBondingRate();
        uint256 expected = before;
        if (rate < target) expected = before + step;
        if (rate > target) expected = before > step ? before - step : 0;
        vm.assertEq(minter.inflation(), expected, "11: inflation moves by one step towards the target");
        vm.assertEq(minter.currentMintableTokens(), supply * expected / 1e9, "11: the budget of the round");
        vm.assertEq(minter.currentMintedTokens(), 0, "11: nothing is minted yet");
    }

    /// @dev 9: active are exactly those who were in the pool at the start, with their stake of then.
    function _requireActive(address[] memory pool) private view {
        uint256 active = 0;
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            if (bonding.isActiveTranscoder(account(i))) active++;
        }
        uint256 total = 0;
        for (uint256 i = 0; i < pool.length; i++) {
            vm.assertTrue(
                bonding.isActiveTranscoder(pool[i]), "9: the pool is active from the start of the round"
            );
            total += bonding.transcoderTotalStake(pool[i]);
        }
        vm.assertEq(active, pool.length, "9: nobody else is active");
        vm.assertEq(bonding.getTotalBonded(), total, "9: with the stake that they have");
        vm.assertEq(bonding.currentRoundActiveTranscoders(), active, "9: and are counted");
    }
}
