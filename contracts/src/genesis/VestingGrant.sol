// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {VestingWallet} from "@openzeppelin/contracts/finance/VestingWallet.sol";
import {VestingWalletCliff} from "@openzeppelin/contracts/finance/VestingWalletCliff.sol";

/// @title A genesis share of one member of the team or early developer
/// @notice Nothing until the cliff, then what has vested linearly since the start, all of it at the end; anyone may
///         call `release(token)`, which pays the beneficiary. The beneficiary (`owner`) may move to another address.
/// @dev Can't be revoked: whoever could take grants back would hold that stake's weight over its beneficiaries, and
///      the report of the genesis would stop being final.
contract VestingGrant is VestingWalletCliff {
    /// @notice Without an owner nobody could ever be paid. Hand the grant over with `transferOwnership` instead.
    error GrantNeedsABeneficiary();

    /// @param beneficiary Is paid; not zero.
    /// @param startSeconds Unix time from which shares grow.
    /// @param cliffSeconds From the start; at most the duration.
    /// @param durationSeconds From the start to the last token.
    constructor(address beneficiary, uint64 startSeconds, uint64 cliffSeconds, uint64 durationSeconds)
        VestingWallet(beneficiary, startSeconds, durationSeconds)
        VestingWalletCliff(cliffSeconds)
    {}

    /// @notice Refused.
    function renounceOwnership() public view override onlyOwner {
        revert GrantNeedsABeneficiary();
    }
}
