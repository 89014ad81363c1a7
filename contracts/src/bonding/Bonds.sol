// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {ILivepeerToken} from "../interfaces/ILivepeerToken.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {Round, toRound} from "../types/Round.sol";
import {ActivePool} from "./ActivePool.sol";
import {Delegator, Hint, State, Transcoder, UnbondingLock} from "./BondingState.sol";
import {Context} from "./Context.sol";
import {CumulativeFactors} from "./CumulativeFactors.sol";
import {Earnings} from "./Earnings.sol";

/// @title How stake gets to a delegate and away from it
library Bonds {
    using ActivePool for State;
    using CumulativeFactors for Transcoder;
    using Earnings for State;
    using Earnings for Context;
    using SafeCast for uint256;

    /// Bonds LPT of the caller for `owner`, or moves all stake of `owner` to another delegate, or both.
    function bond(
        State storage self,
        Context memory context,
        uint256 amount,
        address owner,
        address to,
        Hint memory oldHint,
        Hint memory newHint
    ) internal {
        self.requireClaimAllowed(context, owner);
        self.claim(owner, context.round);
        requireRewardBeforeRejoin(self, to, context.round);
        _requireMayBondFor(self, context, owner, to);

        Delegator storage d = self.delegators[owner];
        address oldDelegate = d.delegateAddress;
        uint256 moved = 0;
        if (d.bondedAmount == 0) {
            d.startRound = context.round.next();
        } else if (oldDelegate != to) {
            if (oldDelegate == owner) revert IBondingManager.RegisteredTranscoderCannotDelegate(owner);
            d.startRound = context.round.next();
            moved = d.bondedAmount;
            self.decreaseStake(oldDelegate, moved, context.round, oldHint);
            context.checkpoint(self, oldDelegate);
        }
        if (amount + moved == 0) revert IBondingManager.BondAmountIsZero();
        if (oldDelegate != to) {
            // For the delegate that stays, the claim of this round has done it.
            self.transcoders[to].carryForward(context.round);
            d.delegateAddress = to;
        }
        d.bondedAmount = (d.bondedAmount + amount).toUint96();
        self.increaseStake(to, amount + moved, context.round, newHint);
        if (to != owner) context.checkpoint(self, to);
        if (amount > 0) _collect(context, amount);
        emit IBondingManager.Bond(to, oldDelegate, owner, amount, d.bondedAmount);
        context.checkpoint(self, owner);
    }

    /// Puts stake of the caller on its way out.
    /// @return lockId Of the lock that holds it
    function unbond(State storage self, Context memory context, uint256 amount, Hint memory hint)
        internal
        returns (uint256 lockId)
    {
        Round round = context.round;
        self.claim(msg.sender, round);
        Delegator storage d = self.delegators[msg.sender];
        uint96 bonded = d.bondedAmount;
        if (bonded == 0 || d.startRound > round) revert IBondingManager.CallerMustBeBonded(msg.sender);
        if (amount == 0) revert IBondingManager.UnbondAmountIsZero();
        if (amount > bonded) revert IBondingManager.UnbondAmountExceedsBonded(amount, bonded);

        address delegate = d.delegateAddress;
        Round withdrawRound = toRound(round.value() + self.totals.unbondingPeriod);
        lockId = d.nextUnbondingLockId++;
        d.unbondingLocks[lockId] = UnbondingLock(amount.toUint96(), withdrawRound);
        d.bondedAmount = (bonded - amount).toUint96();
        if (amount == bonded) {
            (d.delegateAddress, d.startRound) = (address(0), Round.wrap(0));
            if (self.transcoders[msg.sender].isInPool()) self.resign(msg.sender, round);
        }
        self.decreaseStake(delegate, amount, round, hint);
        if (delegate != msg.sender) context.checkpoint(self, delegate);
        emit IBondingManager.Unbond(delegate, msg.sender, lockId, amount, withdrawRound.value());
        context.checkpoint(self, msg.sender);
    }

    /// An active delegate that leaves the pool after this round must have called reward before stake is added: the
    /// stake could bring it back into the pool, which ends its activity in this round and would cost it the reward.
    function requireRewardBeforeRejoin(State storage self, address delegate, Round round) internal view {
        Transcoder storage t = self.transcoders[delegate];
        if (t.isInPool() || !t.isActiveIn(round)) return;
        if (t.lastRewardRound == round) return;
        revert IBondingManager.DelegateMustCallRewardFirst(delegate, round.value());
    }

    /// Others can add to an account's stake, but can't choose a delegate for one that has stake or is owed the cut of a
    /// transcoder, and only the migrator can make an account its own delegate.
    function _requireMayBondFor(State storage self, Context memory context, address owner, address to)
        private
        view
    {
        if (msg.sender == owner) return;
        if (owner == address(0)) revert IBondingManager.InvalidDelegator(owner);
        if (self.isUnbonded(owner) && !self.hasOwnCut(owner)) {
            if (to == owner && !context.isL2Migrator()) revert IBondingManager.InvalidDelegate(to);
        } else if (to != self.delegators[owner].delegateAddress) {
            revert IBondingManager.InvalidDelegateChange(self.delegators[owner].delegateAddress, to);
        }
    }

    /// Takes LPT of the caller, also when it bonds for another.
    function _collect(Context memory context, uint256 amount) private {
        address minter = context.find(ContractIds.MINTER);
        ILivepeerToken token = ILivepeerToken(context.find(ContractIds.LIVEPEER_TOKEN));
        bool ok = token.transferFrom(msg.sender, minter, amount);
        if (!ok) revert IMinter.TokenTransferFailed(minter, amount);
    }
}
