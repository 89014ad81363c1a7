// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingVotes} from "../interfaces/IBondingVotes.sol";
import {IController} from "../interfaces/IController.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {Round} from "../types/Round.sol";
import {Delegator, State} from "./BondingState.sol";

/// @dev What one call needs to know of the rest of the protocol, looked up once. Lives in memory only: the next call looks
///      again, so a change at the Controller holds at once.
struct Context {
    IController controller;
    /// zero where no history of stake is kept
    IBondingVotes votes;
    Round round;
}

using Contexts for Context global;

library Contexts {
    function look(IController controller, Round round) internal view returns (Context memory) {
        return Context({
            controller: controller,
            votes: IBondingVotes(controller.getContract(ContractIds.BONDING_VOTES)),
            round: round
        });
    }

    /// Writes the state of an account from the next round on to the history of votes, where there is one.
    function checkpoint(Context memory context, State storage self, address account) internal {
        if (address(context.votes) == address(0)) return;
        Delegator storage d = self.delegators[account];
        context.votes
            .checkpointBondingState(
                account,
                context.round.next().value(),
                d.bondedAmount,
                d.delegateAddress,
                d.delegatedAmount,
                d.lastClaimRound.value(),
                self.transcoders[account].lastRewardRound.value()
            );
    }
}
