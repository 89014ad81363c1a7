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
    event ProposalCanceled(uint256 proposalId);
    event ProposalExecuted(uint256 proposalId);
    /// @param eta Unix time in seconds from which on the proposal can be executed.
    event ProposalQueued(uint256 proposalId, uint256 eta);
    /// @param weight All votes of the voter, also those that its delegators take back: `proposalVotes` has the truth.
    event VoteCast(address indexed voter, uint256 proposalId, uint8 support, uint256 weight, string reason);
    event VoteCastWithParams(
        address indexed voter, uint256 proposalId, uint8 support, uint256 weight, string reason, bytes params
    );
    event VotingDelaySet(uint256 oldVotingDelay, uint256 newVotingDelay);
    event VotingPeriodSet(uint256 oldVotingPeriod, uint256 newVotingPeriod);
    event ProposalThresholdSet(uint256 oldProposalThreshold, uint256 newProposalThreshold);
    event QuorumNumeratorUpdated(uint256 oldQuorumNumerator, uint256 newQuorumNumerator);
    event TimelockChange(address oldTimelock, address newTimelock);

    error InvalidVoteType(uint8 voteType);
    error VoteAlreadyCast();
    /// @notice Only a proposal can do this: the call must come from the timelock while it executes one.
    error GovernorOnlyExecutor(address account);
    error GovernorNonexistentProposal(uint256 proposalId);
    /// @param expectedStates A bit for each state that would be right: 1 << ProposalState.
    error GovernorUnexpectedProposalState(uint256 proposalId, ProposalState current, bytes32 expectedStates);
    error GovernorInvalidProposalLength(uint256 targets, uint256 calldatas, uint256 values);
    /// @notice The proposer has fewer votes than it needs since the start of the current round.
    error GovernorInsufficientProposerVotes(address proposer, uint256 votes, uint256 threshold);
    /// @notice The description names, after "#proposer=", somebody else.
    error GovernorRestrictedProposer(address proposer);
    error GovernorUnableToCancel(uint256 proposalId, address account);
    error GovernorInvalidVotingPeriod(uint256 votingPeriod);
    error GovernorInvalidQuorumFraction(uint256 quorumNumerator, uint256 quorumDenominator);
    /// @notice A delay or period, in rounds, that would make the end of a vote unreachable.
    error VotingTimeTooLong(uint256 rounds, uint256 max);

    /// @notice Once, by whoever deploys the proxy, in the same go. The timelock and the votes are those registered then.
    /// @param votingDelay Rounds between proposing and the snapshot.
    /// @param votingPeriod Rounds for voting; at least 1.
    /// @param proposalThreshold Votes needed to propose.
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

    /// @notice Anyone with enough votes. The description may end with "#proposer=0x…", so that nobody else can be first
    ///         with the same proposal.
    function propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description
    ) external returns (uint256 proposalId);

    /// @notice Puts a successful proposal into the timelock. Anyone.
    function queue(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) external returns (uint256 proposalId);

    /// @notice Carries a proposal out when its delay in the timelock is over. Anyone; the ETH sent goes along.
    function execute(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) external payable returns (uint256 proposalId);

    /// @notice The proposer takes a proposal back before the vote on it begins.
    function cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) external returns (uint256 proposalId);

    function hashProposal(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) external pure returns (uint256 proposalId);

    function state(uint256 proposalId) external view returns (ProposalState);

    /// @notice Round at whose end votes are counted; voting begins with the next one. 0 for an unknown proposal.
    function proposalSnapshot(uint256 proposalId) external view returns (uint256);

    /// @notice Last round in which votes are taken.
    function proposalDeadline(uint256 proposalId) external view returns (uint256);

    function proposalProposer(uint256 proposalId) external view returns (address);

    /// @notice Unix time in seconds from which on a queued proposal can be executed; 0 before and after.
    function proposalEta(uint256 proposalId) external view returns (uint256);

    /// @notice The tally, with all overrides.
    function proposalVotes(uint256 proposalId)
        external
        view
        returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes);

    // ---- voting ---------------------------------------------------------------------------------------------

    /// @param support 0 against, 1 for, 2 abstain.
    function castVote(uint256 proposalId, uint8 support) external returns (uint256 weight);

    function castVoteWithReason(uint256 proposalId, uint8 support, string calldata reason)
        external
        returns (uint256 weight);

    /// @param params Only passed on to the event.
    function castVoteWithReasonAndParams(
        uint256 proposalId,
        uint8 support,
        string calldata reason,
        bytes calldata params
    ) external returns (uint256 weight);

    /// @notice Votes for the account that signed a Ballot (EIP-712).
    function castVoteBySig(uint256 proposalId, uint8 support, uint8 v, bytes32 r, bytes32 s)
        external
        returns (uint256 weight);

    /// @notice Votes for the account that signed an ExtendedBallot (EIP-712).
    function castVoteWithReasonAndParamsBySig(
        uint256 proposalId,
        uint8 support,
        string calldata reason,
        bytes calldata params,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external returns (uint256 weight);

    function hasVoted(uint256 proposalId, address account) external view returns (bool);

    /// @notice Votes of an account at the end of a past round.
    function getVotes(address account, uint256 round) external view returns (uint256);

    /// @notice The same as `getVotes`.
    function getVotesWithParams(address account, uint256 round, bytes memory params)
        external
        view
        returns (uint256);

    function COUNTING_MODE() external pure returns (string memory);

    function BALLOT_TYPEHASH() external view returns (bytes32);

    function EXTENDED_BALLOT_TYPEHASH() external view returns (bytes32);

    // ---- settings -------------------------------------------------------------------------------------------

    function votingDelay() external view returns (uint256);

    function votingPeriod() external view returns (uint256);

    function proposalThreshold() external view returns (uint256);

    /// @notice Votes that must take part in a decision whose snapshot is the past round `round`.
    function quorum(uint256 round) external view returns (uint256);

    function quorumNumerator() external view returns (uint256);

    /// @notice The numerator as it was in `round`.
    function quorumNumerator(uint256 round) external view returns (uint256);

    function quorumDenominator() external view returns (uint256);

    function quota() external view returns (uint256);

    function timelock() external view returns (address);

    /// @notice The history of votes in use.
    function token() external view returns (IBondingVotes);

    /// @notice The history of votes that the Controller knows now.
    function votes() external view returns (IBondingVotes);

    /// @notice Makes `votes()` the history in use. Anyone.
    function bumpGovernorVotesTokenAddress() external;

    /// @notice Only a proposal.
    function setVotingDelay(uint256 rounds) external;

    /// @notice Only a proposal.
    function setVotingPeriod(uint256 rounds) external;

    /// @notice Only a proposal.
    function setProposalThreshold(uint256 amount) external;

    /// @notice Only a proposal. Holds for proposals whose snapshot is this round or a later one.
    function updateQuorumNumerator(uint256 numerator) external;

    /// @notice Only a proposal. What is queued in the old timelock is lost.
    function updateTimelock(TimelockController newTimelock) external;

    /// @notice Only a proposal: a call by the governor itself, for what it was sent by mistake.
    function relay(address target, uint256 value, bytes calldata data) external payable;

    function name() external view returns (string memory);

    function version() external view returns (string memory);
}
