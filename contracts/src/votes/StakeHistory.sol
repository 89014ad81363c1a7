// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {DecreasingValues} from "./RoundSeries.sol";
import {Stake, StakeRecord, StakeRecords} from "./StakeRecord.sol";

/// @dev One wide record, or one or two narrow ones: the older in the lower half, the upper half 0 while it is free.
type RecordSlot is uint256;

/// @dev A delegate that another one replaced.
struct PastDelegate {
    address delegate;
    uint24 since;
}

/// @dev All records of an account. The first four fields share a slot, so a record costs one new slot and one update, or
///      for every other record of a delegator only the update of a half; the delegate, which seldom changes, has a history
///      of its own.
struct Account {
    address delegate;
    uint24 delegateSince;
    uint32 slots;
    uint32 pastDelegates;
    mapping(uint256 index => RecordSlot) slot;
    mapping(uint256 index => PastDelegate) pastDelegate;
}

/// @title Records of stake, ordered by the round from which they hold
library StakeHistory {
    using StakeRecords for Stake;
    using StakeRecords for StakeRecord;

    uint256 private constant HALF = 128;
    uint256 private constant LOWER_HALF = type(uint128).max;

    /// Appends the stake of `account` from `startRound` on, or replaces it when it was already recorded for that round.
    /// @return previous The newest record until now; zero when there was none.
    function write(Account storage self, address account, uint256 startRound, Stake memory next)
        internal
        returns (Stake memory previous)
    {
        StakeRecord record = next.pack(account, startRound);
        // Read together: one slot.
        (uint32 count, address delegate) = (self.slots, self.delegate);
        if (count == 0) {
            _append(self, count, record);
        } else {
            RecordSlot slot = self.slot[count - 1];
            (StakeRecord newest, bool isUpper) = _newest(slot);
            uint256 last = newest.startRound();
            if (startRound < last) revert DecreasingValues(startRound, last);
            newest.unpackTo(previous);
            previous.delegate = delegate;
            bool hasRoom = !isUpper && newest.isNarrow();
            if (startRound == last) _replace(self, count, slot, isUpper, record);
            else if (hasRoom && record.isNarrow()) self.slot[count - 1] = _pair(slot, record);
            else _append(self, count, record);
        }
        if (next.delegate != delegate) _setDelegate(self, next.delegate, startRound);
    }

    /// @return stake The stake that holds in `round`; zero before the first record.
    function stakeAt(Account storage self, uint256 round) internal view returns (Stake memory stake) {
        uint256 count = _slotsUpTo(self, round);
        if (count == 0) return stake;
        RecordSlot slot = self.slot[count - 1];
        (StakeRecord record, bool isUpper) = _newest(slot);
        if (isUpper && record.startRound() > round) record = _lower(slot);
        stake = record.unpack();
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

    /// Number of slots whose first record starts in or before `round`. The newest are tried first, because votes are mostly
    /// read soon after their snapshot.
    function _slotsUpTo(Account storage self, uint256 round) private view returns (uint256 low) {
        uint256 high = self.slots;
        for (uint256 tries = 0; tries < 2 && high > 0; tries++) {
            if (_lower(self.slot[high - 1]).startRound() <= round) return high;
            high--;
        }
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (_lower(self.slot[middle]).startRound() <= round) low = middle + 1;
            else high = middle;
        }
    }

    /// A second record for a round replaces the first; where it was an upper half and is wide now, it moves on.
    function _replace(Account storage self, uint32 count, RecordSlot slot, bool isUpper, StakeRecord record)
        private
    {
        if (!isUpper) {
            self.slot[count - 1] = RecordSlot.wrap(StakeRecord.unwrap(record));
            return;
        }
        RecordSlot lower = RecordSlot.wrap(StakeRecord.unwrap(_lower(slot)));
        self.slot[count - 1] = record.isNarrow() ? _pair(lower, record) : lower;
        if (!record.isNarrow()) _append(self, count, record);
    }

    function _append(Account storage self, uint32 count, StakeRecord record) private {
        self.slot[count] = RecordSlot.wrap(StakeRecord.unwrap(record));
        self.slots = count + 1;
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

    function _newest(RecordSlot slot) private pure returns (StakeRecord record, bool isUpper) {
        uint256 bits = RecordSlot.unwrap(slot);
        isUpper = StakeRecord.wrap(bits).isNarrow() && bits >> HALF != 0;
        record = StakeRecord.wrap(isUpper ? bits >> HALF : bits);
    }

    /// The older of two narrow records, or the only record.
    function _lower(RecordSlot slot) private pure returns (StakeRecord) {
        StakeRecord whole = StakeRecord.wrap(RecordSlot.unwrap(slot));
        return whole.isNarrow() ? StakeRecord.wrap(RecordSlot.unwrap(slot) & LOWER_HALF) : whole;
    }

    function _pair(RecordSlot lower, StakeRecord upper) private pure returns (RecordSlot) {
        return RecordSlot.wrap(RecordSlot.unwrap(lower) | StakeRecord.unwrap(upper) << HALF);
    }
}
