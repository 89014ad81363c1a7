// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {ActivePool} from "./ActivePool.sol";
import {Delegator, Hint, State, Transcoder, UnbondingLock} from "./BondingState.sol";
import {Bonds} from "./Bonds.sol";
import {Context} from "./Context.sol";
import {CumulativeFactors} from "./CumulativeFactors.sol";
import {Earnings} from "./Earnings.sol";

/// @title What becomes of stake on its way out: paid, bonded again, or given to another account
/// @dev A library of its own on chain: this is rare, and the manager would be too large with it.
library UnbondingLocks {
    using ActivePool for State;
    using Bonds for State;
    using CumulativeFactors for Transcoder;
    using Earnings for State;

    /// Pays the stake of a lock out to the caller.
    function withdraw(State storage self, Context memory context, uint256 lockId) external {
        UnbondingLock memory lock = _takeLock(self, msg.sender, lockId);
        if (lock.withdrawRound > context.round) {
            revert IBondingManager.WithdrawRoundNotReached(lock.withdrawRound.value(), context.round.value());
        }
        context.minter().trustedTransferTokens(msg.sender, lock.amount);
        emit IBondingManager.WithdrawStake(msg.sender, lockId, lock.amount, lock.withdrawRound.value());
    }

    /// Gives `amount` of the caller's stake to `to`: unbonds it, hands the lock over, rebonds it.
    function transfer(
        State storage self,
        Context memory context,
        address to,
        uint256 amount,
        Hint memory oldHint,
        Hint memory newHint
    ) external {
        self.requireClaimAllowed(context, to);
        self.claim(msg.sender, context.round);
        address oldDelegate = self.delegators[msg.sender].delegateAddress;
        uint256 oldLockId = self.unbond(context, amount, oldHint);
        uint256 newLockId = _moveLock(self, to, oldLockId);
        emit IBondingManager.TransferBond(msg.sender, to, oldLockId, newLockId, amount);
        self.claim(to, context.round);
        _adoptDelegate(self, context, to, oldDelegate);
        _rebond(self, context, to, newLockId, newHint);
    }

    /// Rebonds for the caller, which still has stake.
    function rebondMore(State storage self, Context memory context, uint256 lockId, Hint memory hint)
        external
    {
        self.claim(msg.sender, context.round);
        if (self.isUnbonded(msg.sender)) revert IBondingManager.CallerMustBeBonded(msg.sender);
        _rebond(self, context, msg.sender, lockId, hint);
    }

    /// Rebonds for the caller, which has no stake left, to the delegate that it names.
    function rebondFromUnbonded(
        State storage self,
        Context memory context,
        address to,
        uint256 lockId,
        Hint memory hint
    ) external {
        self.claim(msg.sender, context.round);
        if (!self.isUnbonded(msg.sender)) revert IBondingManager.CallerMustBeUnbonded(msg.sender);
        self.transcoders[to].carryForward(context.round);
        Delegator storage d = self.delegators[msg.sender];
        d.startRound = context.round.next();
        d.delegateAddress = to;
        _rebond(self, context, msg.sender, lockId, hint);
    }

    /// Bonds the stake of a lock again, to the account's delegate.
    function _rebond(
        State storage self,
        Context memory context,
        address account,
        uint256 lockId,
        Hint memory hint
    ) private {
        UnbondingLock memory lock = _takeLock(self, account, lockId);
        Delegator storage d = self.delegators[account];
        address delegate = d.delegateAddress;
        self.requireRewardBeforeRejoin(delegate, context.round);
        d.bondedAmount += lock.amount;
        self.increaseStake(delegate, lock.amount, context.round, hint);
        if (delegate != account) context.checkpoint(self, delegate);
        emit IBondingManager.Rebond(delegate, account, lockId, lock.amount);
        context.checkpoint(self, account);
    }

    function _takeLock(State storage self, address account, uint256 lockId)
        private
        returns (UnbondingLock memory lock)
    {
        mapping(uint256 => UnbondingLock) storage locks = self.delegators[account].unbondingLocks;
        lock = locks[lockId];
        if (lock.withdrawRound.isZero()) revert IBondingManager.InvalidUnbondingLock(account, lockId);
        delete locks[lockId];
    }

    /// Gives a lock of the caller, with its withdraw round, to `to`.
    function _moveLock(State storage self, address to, uint256 lockId) private returns (uint256 newLockId) {
        UnbondingLock memory lock = _takeLock(self, msg.sender, lockId);
        Delegator storage receiver = self.delegators[to];
        newLockId = receiver.nextUnbondingLockId++;
        receiver.unbondingLocks[newLockId] = lock;
    }

    /// An account without stake that is given some follows the giver's delegate, but never becomes its own.
    function _adoptDelegate(State storage self, Context memory context, address account, address delegate)
        private
    {
        Delegator storage d = self.delegators[account];
        if (d.bondedAmount != 0) return;
        if (d.delegateAddress == address(0)) {
            if (account == delegate || account == address(0)) {
                revert IBondingManager.InvalidDelegator(account);
            }
            d.delegateAddress = delegate;
        }
        d.startRound = context.round.next();
    }
}
