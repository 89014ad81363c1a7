// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IBondingVotes} from "../interfaces/IBondingVotes.sol";
import {IStablecoinTicketBroker} from "../interfaces/IStablecoinTicketBroker.sol";
import {Millionths, toMillionths} from "../types/Millionths.sol";
import {Round} from "../types/Round.sol";

/// @title Fees by transcoder and round, and who has taken which share
/// @notice Of a fee F with the transcoder's fee share p, the part p * F is shared among all stake that was delegated to the
///         transcoder when the round started, its own included; the rest is its own. A staker with stake s of S gets
///         shared * s / S. All roundings are downwards: what is lost stays in the contract.
///         Worked number: F = 100, p = 40 %, S = 1000, the transcoder's own 200: it gets 60 + 8, a delegator of 300 gets 12.
/// @dev p, S and the transcoder's own stake are fixed by the first fee of a round. A delegator's stake is asked from
///      BondingVotes when it claims; it is that of the start of a past round, which nothing can change any more.
library FeeBook {
    using SafeCast for uint256;

    struct Entry {
        uint112 shared;
        uint112 commission;
        Millionths feeShare;
        /// in LPT wei
        uint96 totalStake;
        uint96 ownStake;
        /// already paid out; never above shared + commission, whatever the history of stake says
        uint112 paid;
    }

    struct State {
        mapping(address transcoder => mapping(Round round => Entry)) entries;
        /// one bit a round, 256 rounds a word
        mapping(address staker => mapping(address transcoder => mapping(uint256 word => uint256))) claimed;
    }

    /// @notice Adds a fee, more than 0, to the round of a transcoder that is active in it.
    function book(
        State storage self,
        address transcoder,
        uint256 fee,
        Round round,
        IBondingManager bondingManager,
        IBondingVotes votes
    ) internal returns (uint256 shared, uint256 commission) {
        Entry storage entry = self.entries[transcoder][round];
        if (entry.shared == 0 && entry.commission == 0) {
            _open(entry, transcoder, round, bondingManager, votes);
        }
        shared = entry.totalStake == 0 ? 0 : entry.feeShare.shareOf(fee);
        commission = fee - shared;
        entry.shared = (entry.shared + shared).toUint112();
        entry.commission = (entry.commission + commission).toUint112();
    }

    /// @notice Marks the share of a staker as taken.
    /// @return amount What it is worth
    function take(State storage self, address staker, address transcoder, Round round, IBondingVotes votes)
        internal
        returns (uint256 amount)
    {
        if (isClaimed(self, staker, transcoder, round)) {
            revert IStablecoinTicketBroker.FeesAlreadyClaimed(staker, transcoder, round.value());
        }
        (uint256 word, uint256 bit) = _place(round);
        self.claimed[staker][transcoder][word] |= bit;
        amount = shareOf(self, staker, transcoder, round, votes);
        if (amount != 0) self.entries[transcoder][round].paid += amount.toUint112();
    }

    /// @notice What a past round is worth to a staker that has not taken it yet.
    function shareOf(State storage self, address staker, address transcoder, Round round, IBondingVotes votes)
        internal
        view
        returns (uint256 amount)
    {
        Entry memory entry = self.entries[transcoder][round];
        uint256 total = uint256(entry.shared) + entry.commission;
        if (total == 0) return 0;
        uint256 stake = entry.ownStake;
        if (staker != transcoder) {
            address delegate;
            (stake, delegate) = votes.getOwnStakeAndDelegateAtRoundStart(staker, round.value());
            if (delegate != transcoder) return 0;
        } else {
            amount = entry.commission;
        }
        if (entry.totalStake != 0) amount += entry.shared * stake / entry.totalStake;
        uint256 left = total - entry.paid;
        return amount < left ? amount : left;
    }

    function isClaimed(State storage self, address staker, address transcoder, Round round)
        internal
        view
        returns (bool)
    {
        (uint256 word, uint256 bit) = _place(round);
        return self.claimed[staker][transcoder][word] & bit != 0;
    }

    /// The terms are those by which the BondingManager shares ETH in this round: after the reward call the fee share it
    /// fixed, before it today's, which can't change until then; and the part of the transcoder's own rewards that counts
    /// as its stake. A transcoder that claims its rewards before the first fee and the reward call of a round gives up
    /// that part for the round, as with ETH.
    function _open(
        Entry storage entry,
        address transcoder,
        Round round,
        IBondingManager bondingManager,
        IBondingVotes votes
    ) private {
        (uint256 total,) = votes.getVotesAndDelegateAtRoundStart(transcoder, round.value());
        (uint256 own,) = votes.getOwnStakeAndDelegateAtRoundStart(transcoder, round.value());
        (uint256 lastRewardRound,, uint256 feeShare,,,, uint256 activeRewards, uint256 rewards,,) =
            bondingManager.getTranscoder(transcoder);
        if (lastRewardRound == round.value()) {
            (,, feeShare,,) = bondingManager.getTranscoderEarningsPoolForRound(transcoder, round.value());
            rewards = activeRewards;
        }
        own += rewards;
        entry.feeShare = toMillionths(feeShare);
        entry.totalStake = total.toUint96();
        entry.ownStake = (own < total ? own : total).toUint96();
    }

    function _place(Round round) private pure returns (uint256 word, uint256 bit) {
        // forge-lint: disable-next-line(incorrect-shift)
        return (round.value() >> 8, 1 << (round.value() & 0xff));
    }
}
