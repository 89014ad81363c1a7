// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IBondingVotes} from "../interfaces/IBondingVotes.sol";
import {IController} from "../interfaces/IController.sol";
import {IManager} from "../interfaces/IManager.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {IRoundsManager} from "../interfaces/IRoundsManager.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {Registry} from "../registry/Registry.sol";
import {NEVER, Round, toRound} from "../types/Round.sol";
import {Delegator, State, Transcoder} from "./BondingState.sol";

/// @dev What one call needs to know of the rest of the protocol, looked up once. Lives in memory only: the next call looks
///      again, so a change at the Controller holds at once.
struct Context {
    IController controller;
    /// the Controller's, where other addresses are found
    address directory;
    /// zero where no history of stake is kept
    IBondingVotes votes;
    Round round;
}

using Contexts for Context global;

/// @notice Looks up what one call needs to know, and writes the history of votes.
library Contexts {
    using Registry for IController;

    /// Guard of all that moves stake: the system runs and somebody initialized the round.
    function open(IController controller) internal view returns (Context memory context) {
        bool paused;
        (context.directory, paused) = controller.look();
        if (paused) revert IManager.SystemIsPaused();
        context.controller = controller;
        (uint256 round, bool initialized) =
            IRoundsManager(find(context, ContractIds.ROUNDS_MANAGER)).currentRoundStatus();
        if (!initialized) revert IBondingManager.CurrentRoundIsNotInitialized(round);
        context.votes = IBondingVotes(find(context, ContractIds.BONDING_VOTES));
        context.round = toRound(round);
    }

    /// The current round, whether it is initialized or not, and also while the system is paused.
    function look(IController controller) internal view returns (Context memory context) {
        context.controller = controller;
        (context.directory,) = controller.look();
        context.votes = IBondingVotes(find(context, ContractIds.BONDING_VOTES));
        context.round = toRound(IRoundsManager(find(context, ContractIds.ROUNDS_MANAGER)).currentRound());
    }

    /// @return Zero when nothing is registered under `id`.
    function find(Context memory context, bytes32 id) internal view returns (address) {
        return context.controller.find(context.directory, id);
    }

    function minter(Context memory context) internal view returns (IMinter) {
        return IMinter(find(context, ContractIds.MINTER));
    }

    /// Writes the state of an account from the next round on to the history of votes, where there is one.
    function checkpoint(Context memory context, State storage self, address account) internal {
        if (address(context.votes) == address(0)) return;
        Delegator storage d = self.delegators[account];
        Transcoder storage t = self.transcoders[account];
        // Read together: one slot.
        (Round deactivation, Round rewarded) = (t.deactivationRound, t.lastRewardRound);
        // A member of the pool is its own delegate: a slot less to read.
        address delegate = deactivation == NEVER ? account : d.delegateAddress;
        context.votes
            .checkpointBondingState(
                account,
                context.round.next().value(),
                d.bondedAmount,
                delegate,
                d.delegatedAmount,
                d.lastClaimRound.value(),
                rewarded.value()
            );
    }
}
