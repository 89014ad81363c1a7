// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @notice Records are written in the order of rounds. Only the contracts of the protocol write them, so this is a
///         fault of theirs.
/// @param newValue Number of the round given
/// @param lastValue Number of the newest round recorded
error DecreasingValues(uint256 newValue, uint256 lastValue);

/// @title A number as it changed from round to round
/// @dev Two entries share a slot, in ascending order of rounds.
library RoundSeries {
    using SafeCast for uint256;

    struct Entry {
        uint32 round;
        uint96 value;
    }

    struct Series {
        Entry[] entries;
    }

    /// Sets the value of `round`, which is the last one or a later one.
    function write(Series storage self, uint256 round, uint256 value) internal {
        uint256 count = self.entries.length;
        if (count > 0) {
            Entry storage newest = self.entries[count - 1];
            uint256 last = newest.round;
            if (round < last) revert DecreasingValues(round, last);
            if (round == last) {
                newest.value = value.toUint96();
                return;
            }
        }
        self.entries.push(Entry(round.toUint32(), value.toUint96()));
    }

    /// @return The newest value; 0 when there is none.
    function latest(Series storage self) internal view returns (uint256) {
        uint256 count = self.entries.length;
        return count == 0 ? 0 : self.entries[count - 1].value;
    }

    /// @return The value set in `round` or last before it; 0 when there is none.
    function valueAt(Series storage self, uint256 round) internal view returns (uint256) {
        uint256 index = firstFrom(self, round + 1);
        return index == 0 ? 0 : self.entries[index - 1].value;
    }

    /// @return low Index of the first entry of `round` or later; the number of entries when there is none.
    function firstFrom(Series storage self, uint256 round) internal view returns (uint256 low) {
        uint256 high = self.entries.length;
        // The newest entry is asked for most.
        if (high > 0 && self.entries[high - 1].round < round) return high;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (self.entries[middle].round < round) low = middle + 1;
            else high = middle;
        }
    }
}
