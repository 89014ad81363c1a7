// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingVotes} from "../interfaces/IBondingVotes.sol";
import {DecreasingValues} from "./RoundSeries.sol";

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

/// @dev What a round changed, in one slot, from the lowest bit: startRound (24 bits), lastClaimRound (24),
///      lastRewardRound (24), delegated (92), bonded (92).
type StakeRecord is uint256;

/// @dev A delegate that another one replaced.
struct PastDelegate {
    address delegate;
    uint24 since;
}

/// @dev All records of an account. The first four fields share a slot, so a record costs one new slot and one update; the
///      delegate, which seldom changes, has a history of its own.
struct Account {
    address delegate;
    uint24 delegateSince;
    uint32 records;
    uint32 pastDelegates;
    mapping(uint256 index => StakeRecord) record;
    mapping(uint256 index => PastDelegate) pastDelegate;
}

using {isRegistered} for Stake global;

/// A registered transcoder: its own delegate, with stake.
function isRegistered(Stake memory stake, address account) pure returns (bool) {
    return stake.delegate == account && stake.bonded > 0;
}

/// @title Records of stake, ordered by the round from which they hold
library StakeHistory {
    // Literals, because an expression of constants is computed anew at every use.
    uint256 private constant MAX_ROUND = type(uint24).max;
    uint256 private constant MAX_AMOUNT = type(uint96).max >> 4;
    uint256 private constant CLAIM_AT = 24;
    uint256 private constant REWARD_AT = 48;
    uint256 private constant DELEGATED_AT = 72;
    uint256 private constant BONDED_AT = 164;

    /// Appends the stake from `startRound` on, or replaces it when it was already recorded for that round.
    /// @return previous The newest record until now; zero when there was none.
    function write(Account storage self, uint256 startRound, Stake memory next)
        internal
        returns (Stake memory previous)
    {
        uint32 count = self.records;
        uint256 last;
        if (count > 0) {
            StakeRecord newest = self.record[count - 1];
            last = _startRound(newest);
            if (startRound < last) revert DecreasingValues(startRound, last);
            previous = _unpack(newest);
            previous.delegate = self.delegate;
        }
        if (count > 0 && startRound == last) count--;
        else self.records = count + 1;
        self.record[count] = _pack(startRound, next);
        if (next.delegate != previous.delegate) _setDelegate(self, next.delegate, startRound);
    }

    /// @return stake The stake that holds in `round`; zero before the first record.
    function stakeAt(Account storage self, uint256 round) internal view returns (Stake memory stake) {
        uint256 count = _recordsUpTo(self, round);
        if (count == 0) return stake;
        stake = _unpack(self.record[count - 1]);
        stake.delegate = delegateAt(self, round);
    }

    /// @return The delegate in `round`; zero before the first record.
    function delegateAt(Account storage self, uint256 round) internal view returns (address) {
        if (self.delegateSince <= round) return self.delegate;
        uint256 low = 0;
        uint256 high = self.pastDelegates;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (self.pastDelegate[middle].since <= round) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? address(0) : self.pastDelegate[low - 1].delegate;
    }

    /// Number of records that start in or before `round`. The newest are tried first, because votes are mostly read soon
    /// after their snapshot.
    function _recordsUpTo(Account storage self, uint256 round) private view returns (uint256 low) {
        uint256 high = self.records;
        for (uint256 tries = 0; tries < 2 && high > 0; tries++) {
            if (_startRound(self.record[high - 1]) <= round) return high;
            high--;
        }
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (_startRound(self.record[middle]) <= round) low = middle + 1;
            else high = middle;
        }
    }

    /// Within a round only the last delegate counts. The time before the first delegate needs no entry.
    function _setDelegate(Account storage self, address delegate, uint256 startRound) private {
        (address old, uint24 since, uint32 count) = (self.delegate, self.delegateSince, self.pastDelegates);
        if (since != startRound && (old != address(0) || count > 0)) {
            self.pastDelegate[count] = PastDelegate(old, since);
            self.pastDelegates = count + 1;
        }
        // Packing the record has checked that the round fits.
        // forge-lint: disable-next-line(unsafe-typecast)
        (self.delegate, self.delegateSince) = (delegate, uint24(startRound));
    }

    function _pack(uint256 startRound, Stake memory stake) private pure returns (StakeRecord) {
        return StakeRecord.wrap(
            _fit(startRound, MAX_ROUND) | _fit(stake.lastClaimRound, MAX_ROUND) << CLAIM_AT
                | _fit(stake.lastRewardRound, MAX_ROUND) << REWARD_AT | _fit(stake.delegated, MAX_AMOUNT)
                << DELEGATED_AT | _fit(stake.bonded, MAX_AMOUNT) << BONDED_AT
        );
    }

    function _unpack(StakeRecord packed) private pure returns (Stake memory stake) {
        uint256 bits = StakeRecord.unwrap(packed);
        stake.lastClaimRound = bits >> CLAIM_AT & MAX_ROUND;
        stake.lastRewardRound = bits >> REWARD_AT & MAX_ROUND;
        stake.delegated = bits >> DELEGATED_AT & MAX_AMOUNT;
        stake.bonded = bits >> BONDED_AT;
    }

    function _startRound(StakeRecord packed) private pure returns (uint256) {
        return StakeRecord.unwrap(packed) & MAX_ROUND;
    }

    function _fit(uint256 value, uint256 max) private pure returns (uint256) {
        if (value > max) revert IBondingVotes.ValueTooLarge(value, max);
        return value;
    }
}
