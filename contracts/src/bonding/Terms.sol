// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IRoundsManager} from "../interfaces/IRoundsManager.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {isMillionths, toMillionths} from "../types/Millionths.sol";
import {Round} from "../types/Round.sol";
import {ActivePool} from "./ActivePool.sol";
import {Hint, State, Transcoder} from "./BondingState.sol";
import {Context} from "./Context.sol";

/// @title What a transcoder asks of its delegators
/// @dev A library of its own on chain: terms seldom change, and the manager would be too large with this code.
library Terms {
    using ActivePool for State;

    /// Sets the caller's terms. One that is registered but out of the pool tries to get in.
    /// @param rewardCut In millionths, as its caller gave it
    /// @param feeShare In millionths, as its caller gave it
    function set(
        State storage self,
        Context memory context,
        uint256 rewardCut,
        uint256 feeShare,
        Hint memory hint
    ) external {
        Round round = context.round;
        if (IRoundsManager(context.find(ContractIds.ROUNDS_MANAGER)).currentRoundLocked()) {
            revert IBondingManager.CurrentRoundIsLocked(round.value());
        }
        if (!isMillionths(rewardCut)) revert IBondingManager.InvalidRewardCut(rewardCut);
        if (!isMillionths(feeShare)) revert IBondingManager.InvalidFeeShare(feeShare);
        if (!self.isRegistered(msg.sender)) revert IBondingManager.TranscoderMustBeRegistered(msg.sender);
        Transcoder storage t = self.transcoders[msg.sender];
        if (t.isActiveIn(round) && t.lastRewardRound != round) {
            revert IBondingManager.RewardBeforeUpdateRequired(msg.sender, round.value());
        }
        (t.rewardCut, t.feeShare) = (toMillionths(rewardCut), toMillionths(feeShare));
        if (!t.isInPool()) {
            self.tryToJoin(msg.sender, self.delegators[msg.sender].delegatedAmount, round, hint);
        }
        emit IBondingManager.TranscoderUpdate(msg.sender, rewardCut, feeShare);
    }
}
