// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {TransientSlot} from "@openzeppelin/contracts/utils/TransientSlot.sol";
import {IBondingVotes} from "../interfaces/IBondingVotes.sol";
import {ILivepeerGovernor} from "../interfaces/ILivepeerGovernor.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {ManagerProxyTarget} from "../registry/ManagerProxyTarget.sol";
import {MILLIONTHS, Millionths, toMillionths} from "../types/Millionths.sol";
import {RoundSeries} from "../votes/RoundSeries.sol";
import {OneTimeInitializer} from "./OneTimeInitializer.sol";
import {Proposal} from "./Tally.sol";

/// @title State of the LivepeerGovernor and what proposals can change in it
/// @dev Lives in a proxy: append state, never reorder it.
abstract contract GovernorSettings is ManagerProxyTarget, OneTimeInitializer, ILivepeerGovernor {
    using RoundSeries for RoundSeries.Series;
    using SafeCast for uint256;
    using TransientSlot for *;

    /// In rounds: with daily ones almost 180 years.
    uint256 private constant MAX_VOTING_TIME = type(uint16).max;
    bytes32 private constant ALLOWED_CALLS = keccak256("tessera.governor.allowed-calls");

    uint16 private _votingDelay;
    uint16 private _votingPeriod;
    uint96 private _proposalThreshold;
    Millionths internal _quota;
    /// @inheritdoc ILivepeerGovernor
    IBondingVotes public override token;
    TimelockController internal _timelock;
    RoundSeries.Series private _quorumNumerators;
    mapping(uint256 proposalId => Proposal) internal _proposals;
    mapping(uint256 proposalId => bytes32 operation) internal _operations;

    /// Only the timelock while it executes a proposal of this governor: others may be allowed to use the timelock too.
    modifier onlyGovernance() {
        if (msg.sender != address(_timelock)) revert GovernorOnlyExecutor(msg.sender);
        TransientSlot.Uint256Slot allowed = _allowedCalls(msg.data);
        uint256 count = allowed.tload();
        if (count == 0) revert GovernorOnlyExecutor(msg.sender);
        allowed.tstore(count - 1);
        _;
    }

    // ---- changes --------------------------------------------------------------------------------------------

    /// @inheritdoc ILivepeerGovernor
    function bumpGovernorVotesTokenAddress() external override {
        token = votes();
    }

    /// @inheritdoc ILivepeerGovernor
    function setVotingDelay(uint256 rounds) external override onlyGovernance {
        _setVotingDelay(rounds);
    }

    /// @inheritdoc ILivepeerGovernor
    function setVotingPeriod(uint256 rounds) external override onlyGovernance {
        _setVotingPeriod(rounds);
    }

    /// @inheritdoc ILivepeerGovernor
    function setProposalThreshold(uint256 amount) external override onlyGovernance {
        _setProposalThreshold(amount);
    }

    /// @inheritdoc ILivepeerGovernor
    function updateQuorumNumerator(uint256 numerator) external override onlyGovernance {
        _setQuorumNumerator(numerator);
    }

    /// @inheritdoc ILivepeerGovernor
    function updateTimelock(TimelockController newTimelock) external override onlyGovernance {
        _setTimelock(newTimelock);
    }

    // ---- views ----------------------------------------------------------------------------------------------

    /// @inheritdoc ILivepeerGovernor
    function votingDelay() public view override returns (uint256) {
        return _votingDelay;
    }

    /// @inheritdoc ILivepeerGovernor
    function votingPeriod() public view override returns (uint256) {
        return _votingPeriod;
    }

    /// @inheritdoc ILivepeerGovernor
    function proposalThreshold() public view override returns (uint256) {
        return _proposalThreshold;
    }

    /// @inheritdoc ILivepeerGovernor
    function quota() external view override returns (uint256) {
        return _quota.value();
    }

    /// @inheritdoc ILivepeerGovernor
    function quorum(uint256 round) public view override returns (uint256) {
        return token.getPastTotalSupply(round) * quorumNumerator(round) / MILLIONTHS;
    }

    /// @inheritdoc ILivepeerGovernor
    function quorumNumerator() public view override returns (uint256) {
        return _quorumNumerators.latest();
    }

    /// @inheritdoc ILivepeerGovernor
    function quorumNumerator(uint256 round) public view override returns (uint256) {
        return _quorumNumerators.valueAt(round);
    }

    /// @inheritdoc ILivepeerGovernor
    function quorumDenominator() external pure override returns (uint256) {
        return MILLIONTHS;
    }

    /// @inheritdoc ILivepeerGovernor
    function timelock() external view override returns (address) {
        return address(_timelock);
    }

    /// @inheritdoc ILivepeerGovernor
    function votes() public view override returns (IBondingVotes) {
        return IBondingVotes(_contractOf(ContractIds.BONDING_VOTES));
    }

    /// @inheritdoc IERC6372
    function clock() public view override returns (uint48) {
        return token.clock();
    }

    /// @inheritdoc IERC6372
    function CLOCK_MODE() external view override returns (string memory) {
        return token.CLOCK_MODE();
    }

    // ---- internal -------------------------------------------------------------------------------------------

    function _setUp(uint256 delay, uint256 period, uint256 threshold, uint256 numerator, uint256 quota_)
        internal
    {
        token = votes();
        _setVotingDelay(delay);
        _setVotingPeriod(period);
        _setProposalThreshold(threshold);
        _setTimelock(TimelockController(payable(_contractOf(ContractIds.TREASURY))));
        _setQuorumNumerator(numerator);
        _quota = toMillionths(quota_);
    }

    /// Allows the calls of a proposal to this contract until `_forbidCalls`.
    function _allowCalls(address[] memory targets, bytes[] memory calldatas) internal {
        for (uint256 i = 0; i < targets.length; i++) {
            if (targets[i] != address(this)) continue;
            TransientSlot.Uint256Slot allowed = _allowedCalls(calldatas[i]);
            allowed.tstore(allowed.tload() + 1);
        }
    }

    function _forbidCalls(address[] memory targets, bytes[] memory calldatas) internal {
        for (uint256 i = 0; i < targets.length; i++) {
            if (targets[i] == address(this)) _allowedCalls(calldatas[i]).tstore(0);
        }
    }

    function _allowedCalls(bytes memory data) private pure returns (TransientSlot.Uint256Slot) {
        return keccak256(abi.encode(ALLOWED_CALLS, keccak256(data))).asUint256();
    }

    function _setVotingDelay(uint256 rounds) private {
        emit VotingDelaySet(_votingDelay, rounds);
        _votingDelay = _votingTime(rounds);
    }

    function _setVotingPeriod(uint256 rounds) private {
        if (rounds == 0) revert GovernorInvalidVotingPeriod(rounds);
        emit VotingPeriodSet(_votingPeriod, rounds);
        _votingPeriod = _votingTime(rounds);
    }

    function _setProposalThreshold(uint256 amount) private {
        emit ProposalThresholdSet(_proposalThreshold, amount);
        _proposalThreshold = amount.toUint96();
    }

    function _setQuorumNumerator(uint256 numerator) private {
        if (numerator > MILLIONTHS) revert GovernorInvalidQuorumFraction(numerator, MILLIONTHS);
        emit QuorumNumeratorUpdated(_quorumNumerators.latest(), numerator);
        _quorumNumerators.write(clock(), numerator);
    }

    function _setTimelock(TimelockController newTimelock) private {
        emit TimelockChange(address(_timelock), address(newTimelock));
        _timelock = newTimelock;
    }

    function _votingTime(uint256 rounds) private pure returns (uint16) {
        if (rounds > MAX_VOTING_TIME) revert VotingTimeTooLong(rounds, MAX_VOTING_TIME);
        // forge-lint: disable-next-line(unsafe-typecast)
        return uint16(rounds);
    }
}
