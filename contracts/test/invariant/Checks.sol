// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {vm} from "../base/Vm.sol";
import {HostileStake} from "./HostileStake.sol";
import {OwnerActions} from "./OwnerActions.sol";
import {PaymentActions} from "./PaymentActions.sol";

/// @title What must hold between any two steps, read from the contracts and compared with the books
abstract contract Checks is HostileStake, PaymentActions, OwnerActions {
    struct Seen {
        uint256 rewardFactor;
        uint256 feeFactor;
        uint256 round;
        uint256 totalStake;
    }

    mapping(address transcoder => Seen) private _seen;
    uint256 private _checks;

    function check() external {
        _checks++;
        _requireBooks();
        _requireSolvency();
        _requireDelegates();
        _requirePool();
        _requireFactors();
        _requireUsedTicket();
        _requireVotes();
        vm.assertLe(
            minter.currentMintedTokens(), minter.currentMintableTokens(), "no more is minted than the budget"
        );
    }

    /// @dev 1, 2 and 3 as equations.
    function _requireBooks() private view {
        vm.assertEq(
            token.totalSupply(),
            _books.genesis + _books.minted - _books.burned,
            "1: supply is minted less burned"
        );
        vm.assertEq(
            token.balanceOf(address(minter)),
            _books.stakeIn - _books.stakeOut,
            "3: the Minter holds what came in"
        );
        vm.assertEq(address(minter).balance, _books.ethIn - _books.ethOut, "2: the Minter holds what came in");
    }

    /// @dev 2 and 3 as promises: what is owed can be paid.
    function _requireSolvency() private view {
        uint256 stakeOwed = 0;
        uint256 ethOwed = 0;
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            (uint256 amount, uint256 fees) = withdrawable(account(i));
            (stakeOwed, ethOwed) = (stakeOwed + amount, ethOwed + fees);
        }
        for (uint256 i = 0; i < SENDERS; i++) {
            ethOwed += _funds(sender(i));
        }
        vm.assertGe(token.balanceOf(address(minter)), stakeOwed, "3: the Minter holds all stake it owes");
        vm.assertGe(address(minter).balance, ethOwed, "2: the Minter holds all ETH it owes");
    }

    /// @dev 4: what others delegate to an account is never more than its record says.
    function _requireDelegates() private view {
        uint256[] memory pending = new uint256[](ACCOUNTS);
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            address delegate = delegateAt(account(i));
            if (delegate == address(0)) continue;
            uint256 index = uint160(delegate) - uint160(account(0));
            pending[index] += bonding.pendingStake(account(i), 0);
        }
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            vm.assertGe(
                bonding.transcoderTotalStake(account(i)),
                pending[i],
                "4: a delegate has the stake of its delegators"
            );
        }
    }

    /// @dev Sorted by stake, bounded, of registered transcoders only, and the stake of the next round is its sum.
    function _requirePool() private view {
        address[] memory pool = members();
        vm.assertLe(pool.length, bonding.getTranscoderPoolMaxSize(), "the pool is bounded");
        uint256 sum = 0;
        uint256 last = type(uint256).max;
        for (uint256 i = 0; i < pool.length; i++) {
            uint256 amount = bonding.transcoderTotalStake(pool[i]);
            vm.assertLe(amount, last, "the pool is sorted");
            vm.assertTrue(bonding.isRegisteredTranscoder(pool[i]), "members are registered");
            (last, sum) = (amount, sum + amount);
        }
        vm.assertEq(
            sum, bonding.nextRoundTotalActiveStake(), "the stake of the next round is that of the pool"
        );
    }

    /// @dev 5: factors never fall; and the stake on which a round's rewards and fees are shared is fixed once written.
    function _requireFactors() private {
        uint256 round = rounds.currentRound();
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            (uint256 amount,,, uint256 rewardFactor, uint256 feeFactor) =
                bonding.getTranscoderEarningsPoolForRound(account(i), round);
            Seen storage seen = _seen[account(i)];
            if (seen.round == round && seen.totalStake != 0 && bonding.isActiveTranscoder(account(i))) {
                vm.assertEq(
                    amount, seen.totalStake, "the stake of an active transcoder is fixed for the round"
                );
            }
            (seen.round, seen.totalStake) = (round, amount);
            if (rewardFactor != 0) {
                vm.assertGe(rewardFactor, seen.rewardFactor, "5: the reward factor never falls");
                seen.rewardFactor = rewardFactor;
            }
            if (feeFactor != 0) {
                vm.assertGe(feeFactor, seen.feeFactor, "5: the fee factor never falls");
                seen.feeFactor = feeFactor;
            }
        }
    }

    /// @dev 6: one of all that were ever used, another each time.
    function _requireUsedTicket() private view {
        if (_used.length == 0) return;
        bytes32 ticket = _used[uint256(keccak256(abi.encode(_checks))) % _used.length];
        vm.assertTrue(broker.usedTickets(ticket), "6: a used ticket stays used");
    }

    /// @dev 8: a registered transcoder votes with all stake delegated to it, its delegators with theirs, which is part
    ///      of it; all others not at all. The votes of the pool are the total supply. Registered transcoders out of the
    ///      pool have votes as well, on top of it, as on mainnet.
    function _requireVotes() private view {
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            address delegate = delegateAt(account(i));
            uint256 expected = 0;
            if (bonding.isRegisteredTranscoder(account(i))) {
                expected = bonding.transcoderTotalStake(account(i));
            } else if (bonding.isRegisteredTranscoder(delegate)) {
                expected = bonding.pendingStake(account(i), 0);
            }
            vm.assertEq(votes.getVotes(account(i)), expected, "8: votes are stake");
            vm.assertEq(votes.delegates(account(i)), delegate, "8: votes follow the delegate");
        }
        vm.assertEq(votes.totalSupply(), bonding.nextRoundTotalActiveStake(), "8: all votes");
        uint256 round = rounds.currentRound();
        uint256 sum = 0;
        for (uint256 i = 0; i < _active.length; i++) {
            sum += votes.getPastVotes(_active[i], round - 1);
        }
        vm.assertEq(sum, votes.getPastTotalSupply(round - 1), "8: the past keeps its votes");
        vm.assertEq(sum, bonding.getTotalBonded(), "8: those of the active transcoders");
    }

    function _activeAtStart() internal view override returns (uint256) {
        return _active.length == 0 ? 3 : _active.length;
    }
}
