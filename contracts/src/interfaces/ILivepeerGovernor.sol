// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {IBondingVotes} from "./IBondingVotes.sol";
import {IManagerProxyTarget} from "./IManager.sol";

/// @title Proposals on the treasury and the protocol, decided by stake
/// @notice Behaves as OpenZeppelin's Governor 4.9.2 with a timelock, and has its ABI. Times are in rounds, votes in wei of
///         LPT, shares in millionths. Votes, their total and who delegates to whom are those at the end of the snapshot
///         round. A transcoder votes with all stake delegated to it; a delegator that votes takes its stake back out of
///         that, before or after the transcoder voted.
interface ILivepeerGovernor is IManagerProxyTarget, IERC6372 {
    /// @dev Expired is part of the known ABI; no proposal expires.
    enum ProposalState {
        Pending,
        Active,
        Canceled,
        Defeated,
        Succeeded,
        Queued,
        Expired,
        Executed
    }

    enum VoteType {
        Against,
        For,
        Abstain
    }

    /// @notice Something was proposed; voting begins after `voteStart`.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @param proposer Who proposed it
    /// @param targets Contracts to call, in order
    /// @param values Wei that go with each call
    /// @param signatures Empty texts; kept for readers of older governors
    /// @param calldatas Call data of each call
    /// @param voteStart Round at whose end votes are counted
    /// @param voteEnd Last round in which votes are taken
    /// @param description Text of the proposal
    event ProposalCreated(
        uint256 proposalId,
        address proposer,
        address[] targets,
        uint256[] values,
        string[] signatures,
        bytes[] calldatas,
        uint256 voteStart,
        uint256 voteEnd,
        string description
    );
    /// @notice A proposal was taken back.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    event ProposalCanceled(uint256 proposalId);
    /// @notice All calls of a proposal were made.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    event ProposalExecuted(uint256 proposalId);
    /// @notice A successful proposal waits in the timelock.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @param eta Unix time in seconds from which on the proposal can be executed
    event ProposalQueued(uint256 proposalId, uint256 eta);
    /// @notice An account voted.
    /// @param voter Who voted
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @param support 0 against, 1 for, 2 abstain
    /// @param weight Wei of LPT: all votes of the voter, also those that its delegators take back. `proposalVotes`
    ///        has the truth
    /// @param reason Any text; goes to the event
    event VoteCast(address indexed voter, uint256 proposalId, uint8 support, uint256 weight, string reason);
    /// @notice An account voted and sent data along.
    /// @param voter Who voted
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @param support 0 against, 1 for, 2 abstain
    /// @param weight Wei of LPT, as in VoteCast
    /// @param reason Any text; goes to the event
    /// @param params Any bytes; go to the event
    event VoteCastWithParams(
        address indexed voter, uint256 proposalId, uint8 support, uint256 weight, string reason, bytes params
    );
    /// @notice Voting on proposals from now on begins after another delay.
    /// @param oldVotingDelay Rounds before
    /// @param newVotingDelay Rounds from now on
    event VotingDelaySet(uint256 oldVotingDelay, uint256 newVotingDelay);
    /// @notice Voting on proposals from now on takes another time.
    /// @param oldVotingPeriod Rounds before
    /// @param newVotingPeriod Rounds from now on
    event VotingPeriodSet(uint256 oldVotingPeriod, uint256 newVotingPeriod);
    /// @notice Proposing takes another number of votes from now on.
    /// @param oldProposalThreshold Wei of LPT before
    /// @param newProposalThreshold Wei of LPT from now on
    event ProposalThresholdSet(uint256 oldProposalThreshold, uint256 newProposalThreshold);
    /// @notice Decisions take another share of all votes from the current round on.
    /// @param oldQuorumNumerator Millionths before
    /// @param newQuorumNumerator Millionths from now on
    event QuorumNumeratorUpdated(uint256 oldQuorumNumerator, uint256 newQuorumNumerator);
    /// @notice Another timelock acts for the governor from now on.
    /// @param oldTimelock Zero at the set-up
    /// @param newTimelock The timelock
    event TimelockChange(address oldTimelock, address newTimelock);

    /// @notice There is no such choice. Vote 0 (against), 1 (for) or 2 (abstain).
    /// @param voteType The number given
    error InvalidVoteType(uint8 voteType);
    /// @notice The account has voted on this proposal. A vote can't be changed.
    error VoteAlreadyCast();
    /// @notice Only a proposal can do this: the call must come from the timelock while it executes one.
    /// @param account Who called
    error GovernorOnlyExecutor(address account);
    /// @notice Nothing like this was proposed. Queueing, executing and cancelling need exactly the calls and the text
    ///         of the proposal.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    error GovernorNonexistentProposal(uint256 proposalId);
    /// @notice The proposal is not in a state in which this can be done. Ask `state`, and wait for the right one if
    ///         it is still to come.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @param current The state that it is in
    /// @param expectedStates A bit for each state that would be right: 1 << ProposalState
    error GovernorUnexpectedProposalState(uint256 proposalId, ProposalState current, bytes32 expectedStates);
    /// @notice Targets, values and calls are not equally many, or there are none. Give as many of each, and at least
    ///         one.
    /// @param targets Number of targets
    /// @param calldatas Number of calls
    /// @param values Number of values
    error GovernorInvalidProposalLength(uint256 targets, uint256 calldatas, uint256 values);
    /// @notice The proposer has fewer votes than it needs since the start of the current round. Bond more; it counts
    ///         from the next round on.
    /// @param proposer Who called
    /// @param votes Wei of LPT there are
    /// @param threshold Wei of LPT needed
    error GovernorInsufficientProposerVotes(address proposer, uint256 votes, uint256 threshold);
    /// @notice The description names, after "#proposer=", somebody else. Let that account propose it.
    /// @param proposer Who called
    error GovernorRestrictedProposer(address proposer);
    /// @notice Only the proposer takes a proposal back. Vote against it instead.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @param account Who called
    error GovernorUnableToCancel(uint256 proposalId, address account);
    /// @notice Nobody could vote. Choose 1 round or more.
    /// @param votingPeriod In rounds
    error GovernorInvalidVotingPeriod(uint256 votingPeriod);
    /// @notice The quorum is more than all votes. Choose 0 to 1_000_000.
    /// @param quorumNumerator In millionths
    /// @param quorumDenominator The number 1_000_000
    error GovernorInvalidQuorumFraction(uint256 quorumNumerator, uint256 quorumDenominator);
    /// @notice A delay or period, in rounds, that would make the end of a vote unreachable. Choose at most `max`.
    /// @param rounds Number of rounds given
    /// @param max Number of rounds allowed
    error VotingTimeTooLong(uint256 rounds, uint256 max);

    /// @notice Once, by whoever deploys the proxy, in the same go. The timelock and the votes are those registered then.
    /// @param votingDelay Rounds between proposing and the snapshot.
    /// @param votingPeriod Rounds for voting; at least 1.
    /// @param proposalThreshold Votes needed to propose, in wei of LPT.
    /// @param quorumNumerator Share of all votes that must take part, in millionths.
    /// @param quota Share of the votes for and against that must be in favour, in millionths.
    function initialize(
        uint256 votingDelay,
        uint256 votingPeriod,
        uint256 proposalThreshold,
        uint256 quorumNumerator,
        uint256 quota
    ) external;

    // ---- proposals ------------------------------------------------------------------------------------------

    /// @notice Anyone with enough votes. The description may end with "#proposer=0x…", so that nobody else can be
    ///         first with the same proposal. `GovernorRestrictedProposer`, `GovernorInsufficientProposerVotes`,
    ///         `GovernorInvalidProposalLength`, and `GovernorUnexpectedProposalState` for one that exists.
    /// @param targets Contracts to call, in order
    /// @param values Wei that go with each call
    /// @param calldatas Call data of each call
    /// @param description Text of the proposal
    /// @return proposalId Number of the proposal: `hashProposal`
    function propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) external returns (uint256 proposalId);

    /// @notice Puts a successful proposal into the timelock. Anyone. `GovernorUnexpectedProposalState` unless it
    ///         succeeded.
    /// @param targets Contracts to call, in order
    /// @param values Wei that go with each call
    /// @param calldatas Call data of each call
    /// @param descriptionHash keccak256 of the description
    /// @return proposalId Number of the proposal
    function queue(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) external returns (uint256 proposalId);

    /// @notice Carries a proposal out when its delay in the timelock is over. Anyone; the ETH sent goes along.
    ///         `GovernorUnexpectedProposalState` unless it is queued; what the timelock says while its delay lasts.
    /// @param targets Contracts to call, in order
    /// @param values Wei that go with each call
    /// @param calldatas Call data of each call
    /// @param descriptionHash keccak256 of the description
    /// @return proposalId Number of the proposal
    function execute(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) external payable returns (uint256 proposalId);

    /// @notice The proposer takes a proposal back before the vote on it begins. `GovernorUnexpectedProposalState`
    ///         later, `GovernorUnableToCancel` for others.
    /// @param targets Contracts to call, in order
    /// @param values Wei that go with each call
    /// @param calldatas Call data of each call
    /// @param descriptionHash keccak256 of the description
    /// @return proposalId Number of the proposal
    function cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) external returns (uint256 proposalId);

    /// @notice The id of a proposal: keccak256 of the ABI encoding of the four values.
    /// @param targets Contracts to call, in order
    /// @param values Wei that go with each call
    /// @param calldatas Call data of each call
    /// @param descriptionHash keccak256 of the description
    /// @return proposalId Number of the proposal
    function hashProposal(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) external pure returns (uint256 proposalId);

    /// @notice Where a proposal stands. `GovernorNonexistentProposal` for an unknown one.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @return Pending, Active, Canceled, Defeated, Succeeded, Queued or Executed
    function state(uint256 proposalId) external view returns (ProposalState);

    /// @notice Round at whose end votes are counted; voting begins with the next one.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @return Number of the round; 0 for an unknown proposal
    function proposalSnapshot(uint256 proposalId) external view returns (uint256);

    /// @notice Last round in which votes are taken.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @return Number of the round; 0 for an unknown proposal
    function proposalDeadline(uint256 proposalId) external view returns (uint256);

    /// @notice Who proposed it.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @return Zero for an unknown proposal
    function proposalProposer(uint256 proposalId) external view returns (address);

    /// @notice From when on a queued proposal can be executed.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @return Seconds since 1970; 0 before it is queued and after it was executed
    function proposalEta(uint256 proposalId) external view returns (uint256);

    /// @notice The tally, with all overrides.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @return againstVotes Votes against, in wei of LPT
    /// @return forVotes Votes for, in wei of LPT
    /// @return abstainVotes Abstentions, in wei of LPT
    function proposalVotes(uint256 proposalId)
        external
        view
        returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes);

    // ---- voting ---------------------------------------------------------------------------------------------

    /// @notice Votes as the caller. `GovernorUnexpectedProposalState` unless the proposal is active,
    ///         `VoteAlreadyCast`, `InvalidVoteType`.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @param support 0 against, 1 for, 2 abstain
    /// @return weight Votes of the caller, in wei of LPT
    function castVote(uint256 proposalId, uint8 support) external returns (uint256 weight);

    /// @notice `castVote` with a reason.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @param support 0 against, 1 for, 2 abstain
    /// @param reason Any text; goes to the event
    /// @return weight Votes of the caller, in wei of LPT
    function castVoteWithReason(uint256 proposalId, uint8 support, string calldata reason)
        external
        returns (uint256 weight);

    /// @notice `castVote` with a reason and data.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @param support 0 against, 1 for, 2 abstain
    /// @param reason Any text; goes to the event
    /// @param params Only passed on to the event
    /// @return weight Votes of the caller, in wei of LPT
    function castVoteWithReasonAndParams(
        uint256 proposalId,
        uint8 support,
        string calldata reason,
        bytes calldata params
    ) external returns (uint256 weight);

    /// @notice Votes for the account that signed a Ballot (EIP-712).
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @param support 0 against, 1 for, 2 abstain
    /// @param v Recovery id of the signature, 27 or 28
    /// @param r First 32 bytes of the signature
    /// @param s Second 32 bytes of the signature
    /// @return weight Votes of that account, in wei of LPT
    function castVoteBySig(uint256 proposalId, uint8 support, uint8 v, bytes32 r, bytes32 s)
        external
        returns (uint256 weight);

    /// @notice Votes for the account that signed an ExtendedBallot (EIP-712).
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @param support 0 against, 1 for, 2 abstain
    /// @param reason Any text; goes to the event
    /// @param params Any bytes; go to the event
    /// @param v Recovery id of the signature, 27 or 28
    /// @param r First 32 bytes of the signature
    /// @param s Second 32 bytes of the signature
    /// @return weight Votes of that account, in wei of LPT
    function castVoteWithReasonAndParamsBySig(
        uint256 proposalId,
        uint8 support,
        string calldata reason,
        bytes calldata params,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 weight);

    /// @notice Whether an account has voted on a proposal.
    /// @param proposalId keccak256 of the proposal's content as a number, see `hashProposal`
    /// @param account Any account
    /// @return True from then on
    function hasVoted(uint256 proposalId, address account) external view returns (bool);

    /// @notice Votes of an account at the end of a past round.
    /// @param account Any account
    /// @param round Number of a past round
    /// @return In wei of LPT
    function getVotes(address account, uint256 round) external view returns (uint256);

    /// @notice The same as `getVotes`.
    /// @param account Any account
    /// @param round Number of a past round
    /// @param params Ignored
    /// @return In wei of LPT
    function getVotesWithParams(address account, uint256 round, bytes memory params)
        external
        view
        returns (uint256);

    /// @notice How votes are counted, for tools that show governors.
    /// @return Three kinds of support, all of which count for the quorum
    function COUNTING_MODE() external pure returns (string memory);

    /// @notice EIP-712 type of what `castVoteBySig` takes.
    /// @return keccak256 of "Ballot(uint256 proposalId,uint8 support)"
    function BALLOT_TYPEHASH() external view returns (bytes32);

    /// @notice EIP-712 type of what `castVoteWithReasonAndParamsBySig` takes.
    /// @return keccak256 of "ExtendedBallot(uint256 proposalId,uint8 support,string reason,bytes params)"
    function EXTENDED_BALLOT_TYPEHASH() external view returns (bytes32);

    // ---- settings -------------------------------------------------------------------------------------------

    /// @notice Time between proposing and the snapshot.
    /// @return In rounds, below 2^16
    function votingDelay() external view returns (uint256);

    /// @notice Time for voting.
    /// @return In rounds, from 1 to 2^16 - 1
    function votingPeriod() external view returns (uint256);

    /// @notice Votes needed to propose.
    /// @return In wei of LPT, below 2^96
    function proposalThreshold() external view returns (uint256);

    /// @notice Votes that must take part in a decision whose snapshot is the past round `round`.
    /// @param round Number of a past round
    /// @return In wei of LPT
    function quorum(uint256 round) external view returns (uint256);

    /// @notice Share of all votes that must take part in a decision now.
    /// @return In millionths
    function quorumNumerator() external view returns (uint256);

    /// @notice The numerator as it was in `round`.
    /// @param round Number of a past round
    /// @return In millionths
    function quorumNumerator(uint256 round) external view returns (uint256);

    /// @notice The whole of `quorumNumerator`.
    /// @return The number 1_000_000
    function quorumDenominator() external view returns (uint256);

    /// @notice Share of the votes for and against that must be in favour.
    /// @return In millionths
    function quota() external view returns (uint256);

    /// @notice Who acts for the governor.
    /// @return The Treasury registered at the set-up, or the one a proposal named since
    function timelock() external view returns (address);

    /// @notice The history of votes in use.
    /// @return The BondingVotes that votes are read from
    function token() external view returns (IBondingVotes);

    /// @notice The history of votes that the Controller knows now.
    /// @return The BondingVotes registered now
    function votes() external view returns (IBondingVotes);

    /// @notice Makes `votes()` the history in use. Anyone.
    function bumpGovernorVotesTokenAddress() external;

    /// @notice Sets the time between proposing and the snapshot. Only a proposal (`GovernorOnlyExecutor`);
    ///         `VotingTimeTooLong`.
    /// @param rounds In rounds, below 2^16
    function setVotingDelay(uint256 rounds) external;

    /// @notice Sets the time for voting. Only a proposal (`GovernorOnlyExecutor`); `GovernorInvalidVotingPeriod`,
    ///         `VotingTimeTooLong`.
    /// @param rounds In rounds, from 1 to 2^16 - 1
    function setVotingPeriod(uint256 rounds) external;

    /// @notice Sets the votes needed to propose. Only a proposal (`GovernorOnlyExecutor`).
    /// @param amount In wei of LPT, below 2^96
    function setProposalThreshold(uint256 amount) external;

    /// @notice Sets the share of all votes that must take part, for proposals whose snapshot is this round or a later
    ///         one. Only a proposal (`GovernorOnlyExecutor`); `GovernorInvalidQuorumFraction`.
    /// @param numerator In millionths
    function updateQuorumNumerator(uint256 numerator) external;

    /// @notice Lets another timelock act for the governor. What is queued in the old one is lost. Only a proposal
    ///         (`GovernorOnlyExecutor`).
    /// @param newTimelock The timelock
    function updateTimelock(TimelockController newTimelock) external;

    /// @notice Only a proposal: a call by the governor itself, for what it was sent by mistake.
    /// @param target Contract to call
    /// @param value Wei that go with the call
    /// @param data Call data
    function relay(address target, uint256 value, bytes calldata data) external payable;

    /// @notice Name in the EIP-712 domain of ballots.
    /// @return "LivepeerGovernor"
    function name() external view returns (string memory);

    /// @notice Version in the EIP-712 domain of ballots.
    /// @return "1"
    function version() external view returns (string memory);
}
