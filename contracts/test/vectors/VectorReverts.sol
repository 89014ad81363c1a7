// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../../src/interfaces/IBondingManager.sol";
import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";

/// @title Our error for each recorded reason to revert
abstract contract VectorReverts {
    mapping(bytes32 reasonHash => bytes4) private _selectors;

    constructor() {
        _error("caller must be bonded", IBondingManager.CallerMustBeBonded.selector);
        _error("caller must be unbonded", IBondingManager.CallerMustBeUnbonded.selector);
        _error("invalid unbonding lock ID", IBondingManager.InvalidUnbondingLock.selector);
        _error("transcoder must be active", IBondingManager.TranscoderMustBeActive.selector);
        _error("caller must be an active transcoder", IBondingManager.TranscoderMustBeActive.selector);
        _error("insufficient fees to withdraw", IBondingManager.InsufficientFees.selector);
        _error("ILLEGAL_CLAIM_EARNINGS", IBondingManager.IllegalClaimEarnings.selector);
        _error("INVALID_DELEGATE_CHANGE", IBondingManager.InvalidDelegateChange.selector);
        _error("INVALID_DELEGATE", IBondingManager.InvalidDelegate.selector);
        _error("delegation amount must be greater than 0", IBondingManager.BondAmountIsZero.selector);
        _error("unbond amount must be greater than 0", IBondingManager.UnbondAmountIsZero.selector);
        _error("amount is greater than bonded amount", IBondingManager.UnbondAmountExceedsBonded.selector);
        _error(
            "caller has already called reward for the current round",
            IBondingManager.RewardAlreadyCalled.selector
        );
        _error(
            "transcoder has not yet called reward for the current round",
            IBondingManager.DelegateMustCallRewardFirst.selector
        );
        _error(
            "caller can't be active or must have already called reward for the current round",
            IBondingManager.RewardBeforeUpdateRequired.selector
        );
        _error(
            "registered transcoders can't delegate towards other addresses",
            IBondingManager.RegisteredTranscoderCannotDelegate.selector
        );
        _error(
            "withdraw round must be before or equal to the current round",
            IBondingManager.WithdrawRoundNotReached.selector
        );
        _error(
            "sender deposit and reserve insufficient to cover ticket face value",
            ITicketLottery.InsufficientFunds.selector
        );
        _error("account is locked", ITicketLottery.AccountIsLocked.selector);
        _error("sender is unlocked", ITicketLottery.SenderIsUnlocked.selector);
    }

    function selectorFor(string memory reason) internal view returns (bytes4) {
        return _selectors[keccak256(bytes(reason))];
    }

    function _error(string memory reason, bytes4 selector) private {
        _selectors[keccak256(bytes(reason))] = selector;
    }
}
