// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingVotes} from "../interfaces/IBondingVotes.sol";

/// @dev The stake of an account from a round on, unpacked.
struct Stake {
    uint256 bonded;
    /// stake delegated to the account, its own included
    uint256 delegated;
    /// round up to which `bonded` contains rewards
    uint256 lastClaimRound;
    uint256 lastRewardRound;
    address delegate;
}

using {isRegistered} for Stake global;

/// A registered transcoder: its own delegate, with stake.
function isRegistered(Stake memory stake, address account) pure returns (bool) {
    return stake.delegate == account && stake.bonded > 0;
}

/// @dev A stake without its delegate, packed. Two forms, told apart by the lowest bit, and alike in the next 24:
///      wide (256 bits), of an account that is its own delegate:
///        1 | startRound 24 | lastClaimRound 24 | lastRewardRound 24 | delegated 91 | bonded 91
///      narrow (128 bits), of a delegator, whose delegations and rewards don't count:
///        0 | startRound 24 | rounds from the last claim to the start, less one 12 | bonded 91
///      91 bits of wei hold 2.4 billion LPT, 48 times the supply. What does not fit is refused, never cut; a claim too
///      long ago makes the record of a delegator wide.
type StakeRecord is uint256;

/// @title Packing of stake records
library StakeRecords {
    // Literals, because an expression of constants is computed anew at every use.
    uint256 private constant MAX_ROUND = type(uint24).max;
    uint256 private constant MAX_AMOUNT = type(uint96).max >> 5;
    uint256 private constant MAX_SINCE_CLAIM = 0xfff;
    uint256 private constant WIDE = 1;
    uint256 private constant START_AT = 1;
    uint256 private constant CLAIM_AT = 25;
    uint256 private constant REWARD_AT = 49;
    uint256 private constant DELEGATED_AT = 73;
    uint256 private constant BONDED_AT = 164;
    uint256 private constant NARROW_BONDED_AT = 37;

    /// @param stake Its last claim is before `from`.
    function pack(Stake memory stake, address account, uint256 from) internal pure returns (StakeRecord) {
        uint256 bonded = _fit(stake.bonded, MAX_AMOUNT);
        uint256 claimed = stake.lastClaimRound;
        uint256 head = _fit(from, MAX_ROUND) << START_AT;
        if (stake.delegate != account) {
            uint256 sinceClaim = from - 1 - claimed;
            if (sinceClaim <= MAX_SINCE_CLAIM) {
                return StakeRecord.wrap(head | sinceClaim << CLAIM_AT | bonded << NARROW_BONDED_AT);
            }
        }
        return StakeRecord.wrap(
            WIDE | head | claimed << CLAIM_AT | _fit(stake.lastRewardRound, MAX_ROUND) << REWARD_AT
                | _fit(stake.delegated, MAX_AMOUNT) << DELEGATED_AT | bonded << BONDED_AT
        );
    }

    /// The delegate is left zero.
    function unpack(StakeRecord record) internal pure returns (Stake memory stake) {
        unpackTo(record, stake);
    }

    /// @param stake Zero yet
    function unpackTo(StakeRecord record, Stake memory stake) internal pure {
        uint256 bits = StakeRecord.unwrap(record);
        if (isNarrow(record)) {
            stake.lastClaimRound = startRound(record) - 1 - (bits >> CLAIM_AT & MAX_SINCE_CLAIM);
            stake.bonded = bits >> NARROW_BONDED_AT & MAX_AMOUNT;
        } else {
            stake.lastClaimRound = bits >> CLAIM_AT & MAX_ROUND;
            stake.lastRewardRound = bits >> REWARD_AT & MAX_ROUND;
            stake.delegated = bits >> DELEGATED_AT & MAX_AMOUNT;
            stake.bonded = bits >> BONDED_AT;
        }
    }

    function startRound(StakeRecord record) internal pure returns (uint256) {
        return StakeRecord.unwrap(record) >> START_AT & MAX_ROUND;
    }

    function isNarrow(StakeRecord record) internal pure returns (bool) {
        return StakeRecord.unwrap(record) & WIDE == 0;
    }

    function _fit(uint256 value, uint256 max) private pure returns (uint256) {
        if (value > max) revert IBondingVotes.ValueTooLarge(value, max);
        return value;
    }
}
