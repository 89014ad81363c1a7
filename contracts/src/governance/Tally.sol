// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ILivepeerGovernor} from "../interfaces/ILivepeerGovernor.sol";
import {Round} from "../types/Round.sol";

/// @dev What an account did in a vote, in one slot.
struct Voter {
    /// 0 before voting, then the VoteType + 1
    uint8 choice;
    /// what the account's vote still counts, after the overrides of its delegators
    uint96 counted;
    /// votes that its delegators took back
    uint96 deductions;
}

/// @dev A proposal in two slots.
struct Proposal {
    uint96 againstVotes;
    uint96 forVotes;
    /// 0 for a proposal that does not exist
    Round snapshot;
    uint16 period;
    bool executed;
    bool canceled;
    uint96 abstainVotes;
    address proposer;
    mapping(address account => Voter) voters;
}

/// @title Counting votes of which delegators can take back theirs
/// @dev The votes of a transcoder contain those of its delegators. When a delegator votes, its part moves from the
///      transcoder's choice to its own; when the transcoder votes later, it votes with the rest. Never more than what the
///      transcoder's vote still counts is taken from a choice, so an override can't touch the votes of others.
library Tally {
    using SafeCast for uint256;

    /// @param delegator Whether the voter delegates to `delegate`, a transcoder that can vote for it.
    function count(
        Proposal storage self,
        address account,
        uint8 support,
        uint256 weight,
        address delegate,
        bool delegator
    ) internal {
        if (support > uint8(ILivepeerGovernor.VoteType.Abstain)) {
            revert ILivepeerGovernor.InvalidVoteType(support);
        }
        Voter storage voter = self.voters[account];
        if (voter.choice != 0) revert ILivepeerGovernor.VoteAlreadyCast();
        uint256 deductions = delegate == account ? voter.deductions : 0;
        uint256 counted = weight > deductions ? weight - deductions : 0;
        (voter.choice, voter.counted) = (support + 1, counted.toUint96());
        if (delegator) _override(self, self.voters[delegate], weight);
        _add(self, support, counted);
    }

    /// Takes the votes of a delegator from its delegate, whether that has voted or will.
    function _override(Proposal storage self, Voter storage delegate, uint256 weight) private {
        delegate.deductions = (delegate.deductions + weight).toUint96();
        if (delegate.choice == 0) return;
        uint256 counted = delegate.counted;
        uint256 taken = weight < counted ? weight : counted;
        delegate.counted = (counted - taken).toUint96();
        _subtract(self, delegate.choice - 1, taken);
    }

    function _add(Proposal storage self, uint8 support, uint256 amount) private {
        uint96 votes = amount.toUint96();
        if (support == uint8(ILivepeerGovernor.VoteType.For)) self.forVotes += votes;
        else if (support == uint8(ILivepeerGovernor.VoteType.Against)) self.againstVotes += votes;
        else self.abstainVotes += votes;
    }

    function _subtract(Proposal storage self, uint8 support, uint256 amount) private {
        uint96 votes = amount.toUint96();
        if (support == uint8(ILivepeerGovernor.VoteType.For)) self.forVotes -= votes;
        else if (support == uint8(ILivepeerGovernor.VoteType.Against)) self.againstVotes -= votes;
        else self.abstainVotes -= votes;
    }
}
