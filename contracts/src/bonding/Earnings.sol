// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {Round} from "../types/Round.sol";
import {Delegator, State, Transcoder} from "./BondingState.sol";
import {Context} from "./Context.sol";
import {CumulativeFactors} from "./CumulativeFactors.sol";

/// @title What accounts have earned: claims, and withdrawal of fees
library Earnings {
    using CumulativeFactors for Transcoder;
    using SafeCast for uint256;

    /// Books everything an account earned since its last claim. Runs before anything that changes stake or delegate.
    function claim(State storage self, address account, Round round) internal {
        Delegator storage d = self.delegators[account];
        Round since = d.lastClaimRound;
        if (since >= round) return;
        address delegate = d.delegateAddress;
        uint256 rewards;
        uint256 fees;
        if (delegate != address(0)) {
            (rewards, fees) = _earned(self, account, delegate, since);
            Transcoder storage t = self.transcoders[delegate];
            t.carryForward(round);
            if (delegate == account) (t.cumulativeRewards, t.cumulativeFees) = (0, 0);
            if (fees != 0) d.fees += fees;
        }
        // Written together: one slot.
        uint96 bonded = (d.bondedAmount + rewards).toUint96();
        (d.bondedAmount, d.lastClaimRound) = (bonded, round);
        emit IBondingManager.EarningsClaimed(
            delegate, account, rewards, fees, since.next().value(), round.value()
        );
    }

    /// Stake and fees as of `round`. A transcoder's own cut is added whenever asked, claimed or not in this round.
    function pending(State storage self, address account, Round round)
        internal
        view
        returns (uint256 stake, uint256 fees)
    {
        Delegator storage d = self.delegators[account];
        address delegate = d.delegateAddress;
        if (delegate != address(0)) {
            (stake, fees) = d.lastClaimRound < round
                ? _earned(self, account, delegate, d.lastClaimRound)
                : _ownCut(self, account, delegate);
        }
        (stake, fees) = (stake + d.bondedAmount, fees + d.fees);
    }

    /// A third party may make an account claim only when that can't cost it this round's reward: a claim after the
    /// delegate's reward, or one that changes nothing.
    function requireClaimAllowed(State storage self, Context memory context, address account) internal view {
        if (msg.sender == account || self.isUnbonded(account) || isL2Migrator(context)) return;
        Delegator storage d = self.delegators[account];
        address delegate = d.delegateAddress;
        Round round = context.round;
        bool harmless = !self.isActive(delegate, round) || self.transcoders[delegate].lastRewardRound == round
            || d.lastClaimRound == round;
        if (!harmless) revert IBondingManager.IllegalClaimEarnings(account, delegate);
    }

    function isL2Migrator(Context memory context) internal view returns (bool) {
        return msg.sender == context.find(ContractIds.L2_MIGRATOR);
    }

    /// Pays fees of the caller out to `recipient`.
    function withdrawFees(
        State storage self,
        Context memory context,
        address payable recipient,
        uint256 amount
    ) internal {
        claim(self, msg.sender, context.round);
        if (recipient == address(0)) revert IBondingManager.InvalidRecipient();
        Delegator storage d = self.delegators[msg.sender];
        uint256 fees = d.fees;
        if (fees < amount) revert IBondingManager.InsufficientFees(amount, fees);
        d.fees = fees - amount;
        context.minter().trustedWithdrawETH(recipient, amount);
        emit IBondingManager.WithdrawFees(msg.sender, recipient, amount);
        context.checkpoint(self, msg.sender);
    }

    /// A cut is earned also after a slash of all stake, which has claimed already: it is paid only to its own delegate.
    function hasOwnCut(State storage self, address account) internal view returns (bool) {
        (uint256 rewards, uint256 fees) = _ownCut(self, account, self.delegators[account].delegateAddress);
        return rewards + fees != 0;
    }

    /// Earnings that are not in the record yet: those of the stake, and for a transcoder its own cut.
    function _earned(State storage self, address account, address delegate, Round since)
        private
        view
        returns (uint256 rewards, uint256 fees)
    {
        (uint256 ownRewards, uint256 ownFees) = _ownCut(self, account, delegate);
        (rewards, fees) = self.transcoders[delegate].earned(self.delegators[account].bondedAmount, since);
        (rewards, fees) = (rewards + ownRewards, fees + ownFees);
    }

    function _ownCut(State storage self, address account, address delegate)
        private
        view
        returns (uint256 rewards, uint256 fees)
    {
        if (delegate != account) return (0, 0);
        Transcoder storage t = self.transcoders[account];
        return (t.cumulativeRewards, t.cumulativeFees);
    }
}
