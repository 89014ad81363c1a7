// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {Millionths} from "../types/Millionths.sol";
import {ActivePool} from "./ActivePool.sol";
import {Delegator, Hint, State} from "./BondingState.sol";
import {Context} from "./Context.sol";
import {Earnings} from "./Earnings.sol";

/// @title Penalties for proven misbehaviour
/// @dev A library of its own on chain: there may never be a verifier, and the manager would be too large with this code.
library Slashing {
    using ActivePool for State;
    using Earnings for State;
    using SafeCast for uint256;

    /// Takes the share `slashed` of an account's own stake: a part for the finder, the rest is burned.
    function slash(
        State storage self,
        Context memory context,
        address account,
        address finder,
        Millionths slashed,
        Millionths finderFee
    ) external {
        self.claim(account, context.round);
        Delegator storage d = self.delegators[account];
        uint256 penalty = slashed.shareOf(d.bondedAmount);
        uint256 finderReward = finder == address(0) ? 0 : finderFee.shareOf(penalty);
        if (d.bondedAmount > 0) {
            if (self.transcoders[account].isInPool()) self.resign(account, context.round);
            d.bondedAmount -= penalty.toUint96();
            self.decreaseStake(d.delegateAddress, penalty, context.round, Hint(address(0), address(0)));
            IMinter minter = context.minter();
            if (finderReward > 0) minter.trustedTransferTokens(finder, finderReward);
            minter.trustedBurnTokens(penalty - finderReward);
            if (d.delegateAddress != account) context.checkpoint(self, d.delegateAddress);
            context.checkpoint(self, account);
        }
        emit IBondingManager.TranscoderSlashed(account, finder, penalty, finderReward);
    }
}
