// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IBondingVotes} from "../interfaces/IBondingVotes.sol";
import {IController} from "../interfaces/IController.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {IRoundsManager} from "../interfaces/IRoundsManager.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {ManagerProxyTarget} from "../registry/ManagerProxyTarget.sol";
import {toMillionths} from "../types/Millionths.sol";
import {isRayShare, toRay} from "../types/Ray.sol";
import {NEVER, Round, toRound} from "../types/Round.sol";
import {ActivePool} from "./ActivePool.sol";
import {Delegator, EarningsPool, front, Hint, State, Transcoder, UnbondingLock} from "./BondingState.sol";
import {Bonds} from "./Bonds.sol";
import {Context, Contexts} from "./Context.sol";
import {CumulativeFactors} from "./CumulativeFactors.sol";
import {Earnings} from "./Earnings.sol";
import {Rewards} from "./Rewards.sol";
import {Slashing} from "./Slashing.sol";
import {SortedPool} from "./SortedPool.sol";
import {Terms} from "./Terms.sol";
import {UnbondingLocks} from "./UnbondingLocks.sol";

/// @notice See IBondingManager.
/// @dev Checks who may call and whether the round is open, then hands `_state` to a library: Bonds, UnbondingLocks, Rewards,
///      Earnings, Terms, Slashing, all upon ActivePool and CumulativeFactors. External calls go only to contracts of the
///      protocol, except for ETH, which the Minter sends with too little gas to call back.
contract BondingManager is ManagerProxyTarget, IBondingManager {
    using ActivePool for State;
    using Bonds for State;
    using CumulativeFactors for Transcoder;
    using Earnings for State;
    using Rewards for State;
    using SafeCast for uint256;
    using Slashing for State;
    using SortedPool for SortedPool.List;
    using Terms for State;
    using UnbondingLocks for State;

    State private _state;

    constructor(IController controller_) ManagerProxyTarget(controller_) {}

    // ---- parameters -----------------------------------------------------------------------------------------

    /// @inheritdoc IBondingManager
    function setUnbondingPeriod(uint64 unbondingPeriod_) external override onlyControllerOwner {
        _state.totals.unbondingPeriod = uint256(unbondingPeriod_).toUint32();
        emit ParameterUpdate("unbondingPeriod");
    }

    /// @inheritdoc IBondingManager
    function setNumActiveTranscoders(uint256 numActiveTranscoders) external override onlyControllerOwner {
        _state.pool.setMaxSize(numActiveTranscoders);
        emit ParameterUpdate("numActiveTranscoders");
    }

    /// @inheritdoc IBondingManager
    function setTreasuryRewardCutRate(uint256 cutRate) external override onlyControllerOwner {
        if (!isRayShare(cutRate)) revert InvalidTreasuryRewardCutRate(cutRate);
        _state.setNextTreasuryCut(toRay(cutRate));
    }

    /// @inheritdoc IBondingManager
    function setTreasuryBalanceCeiling(uint256 ceiling) external override onlyControllerOwner {
        _state.treasury.ceiling = ceiling;
        emit ParameterUpdate("treasuryBalanceCeiling");
    }

    // ---- transcoders ----------------------------------------------------------------------------------------

    /// @inheritdoc IBondingManager
    function transcoder(uint256 rewardCut, uint256 feeShare) external override {
        _setTerms(rewardCut, feeShare, address(0), address(0));
    }

    /// @inheritdoc IBondingManager
    function transcoderWithHint(uint256 rewardCut, uint256 feeShare, address newPosPrev, address newPosNext)
        external
        override
    {
        _setTerms(rewardCut, feeShare, newPosPrev, newPosNext);
    }

    /// @inheritdoc IBondingManager
    function reward() external override {
        _reward(msg.sender, address(0), address(0));
    }

    /// @inheritdoc IBondingManager
    function rewardWithHint(address newPosPrev, address newPosNext) external override {
        _reward(msg.sender, newPosPrev, newPosNext);
    }

    /// @inheritdoc IBondingManager
    function setRewardCaller(address rewardCaller) external override whenSystemNotPaused {
        _state.rewardCallers[msg.sender] = rewardCaller;
        emit RewardCallerSet(msg.sender, rewardCaller);
    }

    /// @inheritdoc IBondingManager
    function rewardForTranscoder(address account) external override {
        rewardForTranscoderWithHint(account, address(0), address(0));
    }

    /// @inheritdoc IBondingManager
    function rewardForTranscoderWithHint(address account, address newPosPrev, address newPosNext)
        public
        override
    {
        address rewardCaller = _state.rewardCallers[account];
        if (msg.sender != rewardCaller) revert CallerMustBeRewardCaller(msg.sender, rewardCaller);
        _reward(account, newPosPrev, newPosNext);
    }

    // ---- delegators -----------------------------------------------------------------------------------------

    /// @inheritdoc IBondingManager
    function bond(uint256 amount, address to) external override {
        _bond(amount, msg.sender, to, Hint(address(0), address(0)), Hint(address(0), address(0)));
    }

    /// @inheritdoc IBondingManager
    function bondWithHint(
        uint256 amount,
        address to,
        address oldDelegateNewPosPrev,
        address oldDelegateNewPosNext,
        address currDelegateNewPosPrev,
        address currDelegateNewPosNext
    ) external override {
        _bond(
            amount,
            msg.sender,
            to,
            Hint(oldDelegateNewPosPrev, oldDelegateNewPosNext),
            Hint(currDelegateNewPosPrev, currDelegateNewPosNext)
        );
    }

    /// @inheritdoc IBondingManager
    function bondForWithHint(
        uint256 amount,
        address owner,
        address to,
        address oldDelegateNewPosPrev,
        address oldDelegateNewPosNext,
        address currDelegateNewPosPrev,
        address currDelegateNewPosNext
    ) external override {
        _bond(
            amount,
            owner,
            to,
            Hint(oldDelegateNewPosPrev, oldDelegateNewPosNext),
            Hint(currDelegateNewPosPrev, currDelegateNewPosNext)
        );
    }

    /// @inheritdoc IBondingManager
    function unbond(uint256 amount) external override {
        unbondWithHint(amount, address(0), address(0));
    }

    /// @inheritdoc IBondingManager
    function unbondWithHint(uint256 amount, address newPosPrev, address newPosNext) public override {
        _state.unbond(_open(), amount, Hint(newPosPrev, newPosNext));
    }

    /// @inheritdoc IBondingManager
    function rebond(uint256 unbondingLockId) external override {
        rebondWithHint(unbondingLockId, address(0), address(0));
    }

    /// @inheritdoc IBondingManager
    function rebondWithHint(uint256 unbondingLockId, address newPosPrev, address newPosNext) public override {
        _state.rebondMore(_open(), unbondingLockId, Hint(newPosPrev, newPosNext));
    }

    /// @inheritdoc IBondingManager
    function rebondFromUnbonded(address to, uint256 unbondingLockId) external override {
        rebondFromUnbondedWithHint(to, unbondingLockId, address(0), address(0));
    }

    /// @inheritdoc IBondingManager
    function rebondFromUnbondedWithHint(
        address to,
        uint256 unbondingLockId,
        address newPosPrev,
        address newPosNext
    ) public override {
        _state.rebondFromUnbonded(_open(), to, unbondingLockId, Hint(newPosPrev, newPosNext));
    }

    /// @inheritdoc IBondingManager
    function transferBond(
        address delegator,
        uint256 amount,
        address oldDelegateNewPosPrev,
        address oldDelegateNewPosNext,
        address newDelegateNewPosPrev,
        address newDelegateNewPosNext
    ) external override {
        _state.transfer(
            _open(),
            delegator,
            amount,
            Hint(oldDelegateNewPosPrev, oldDelegateNewPosNext),
            Hint(newDelegateNewPosPrev, newDelegateNewPosNext)
        );
    }

    /// @inheritdoc IBondingManager
    function withdrawStake(uint256 unbondingLockId) external override {
        _state.withdraw(_open(), unbondingLockId);
    }

    /// @inheritdoc IBondingManager
    function withdrawFees(address payable recipient, uint256 amount) external override {
        _state.withdrawFees(_open(), recipient, amount);
    }

    /// @inheritdoc IBondingManager
    function claimEarnings(uint256) external override {
        Context memory context = _open();
        _state.claim(msg.sender, context.round);
        context.checkpoint(_state, msg.sender);
    }

    // ---- other contracts ------------------------------------------------------------------------------------

    /// @inheritdoc IBondingManager
    function updateTranscoderWithFees(address account, uint256 fees, uint256) external override {
        address directory = _lookUnlessPaused();
        if (msg.sender != _find(directory, ContractIds.TICKET_BROKER)) {
            revert CallerMustBeTicketBroker(msg.sender);
        }
        Round round = _currentRound(directory);
        address minter = _find(directory, ContractIds.MINTER);
        _state.addFees(IMinter(minter), account, fees, round);
    }

    /// @inheritdoc IBondingManager
    function slashTranscoder(address account, address finder, uint256 slashAmount, uint256 finderFee)
        external
        override
    {
        address verifier = _find(_lookUnlessPaused(), ContractIds.VERIFIER);
        if (msg.sender != verifier) revert CallerMustBeVerifier(msg.sender);
        // The stake of a round that nobody has initialized is not fixed yet: it would lose what is slashed, but the
        // account would still be active with it.
        _state.slash(_open(), account, finder, toMillionths(slashAmount), toMillionths(finderFee));
    }

    /// @inheritdoc IBondingManager
    function setCurrentRoundTotalActiveStake() external override {
        (address directory,) = _look();
        address rounds = _find(directory, ContractIds.ROUNDS_MANAGER);
        if (msg.sender != rounds) revert CallerMustBeRoundsManager(msg.sender);
        uint96 stake = front().nextRoundStake;
        _state.totals.currentRoundStake = stake;
        _state.totals.activeTranscoders = _state.pool.size;
        if (!(_state.treasury.nextRewardCut == _state.treasury.rewardCut)) {
            _state.treasury.rewardCut = _state.treasury.nextRewardCut;
            emit ParameterUpdate("treasuryRewardCutRate");
        }
        address votes = _find(directory, ContractIds.BONDING_VOTES);
        if (votes == address(0)) return;
        IBondingVotes(votes).checkpointTotalActiveStake(stake, IRoundsManager(rounds).currentRound());
    }

    /// @inheritdoc IBondingManager
    function checkpointBondingState(address account) external override {
        Contexts.look(controller).checkpoint(_state, account);
    }

    // ---- views ----------------------------------------------------------------------------------------------

    /// @inheritdoc IBondingManager
    function unbondingPeriod() external view override returns (uint64) {
        return _state.totals.unbondingPeriod;
    }

    /// @inheritdoc IBondingManager
    function treasuryBalanceCeiling() external view override returns (uint256) {
        return _state.treasury.ceiling;
    }

    /// @inheritdoc IBondingManager
    function transcoderToRewardCaller(address account) external view override returns (address) {
        return _state.rewardCallers[account];
    }

    /// @inheritdoc IBondingManager
    function currentRoundTotalActiveStake() external view override returns (uint256) {
        return _state.totals.currentRoundStake;
    }

    /// @inheritdoc IBondingManager
    function nextRoundTotalActiveStake() external view override returns (uint256) {
        return front().nextRoundStake;
    }

    /// @inheritdoc IBondingManager
    function currentRoundActiveTranscoders() external view override returns (uint256) {
        return _state.totals.activeTranscoders;
    }

    /// @inheritdoc IBondingManager
    function treasuryRewardCutRate() external view override returns (uint256) {
        return _state.treasury.rewardCut.value();
    }

    /// @inheritdoc IBondingManager
    function nextRoundTreasuryRewardCutRate() external view override returns (uint256) {
        return _state.treasury.nextRewardCut.value();
    }

    /// @inheritdoc IBondingManager
    function getTotalBonded() external view override returns (uint256) {
        return _state.totals.currentRoundStake;
    }

    /// @inheritdoc IBondingManager
    function pendingStake(address delegator, uint256) external view override returns (uint256 stake) {
        (stake,) = _state.pending(delegator, _currentRound());
    }

    /// @inheritdoc IBondingManager
    function pendingFees(address delegator, uint256) external view override returns (uint256 fees) {
        (, fees) = _state.pending(delegator, _currentRound());
    }

    /// @inheritdoc IBondingManager
    function transcoderTotalStake(address account) external view override returns (uint256) {
        return _state.delegators[account].delegatedAmount;
    }

    /// @inheritdoc IBondingManager
    function transcoderStatus(address account) external view override returns (TranscoderStatus) {
        return _state.isRegistered(account) ? TranscoderStatus.Registered : TranscoderStatus.NotRegistered;
    }

    /// @inheritdoc IBondingManager
    function delegatorStatus(address delegator) external view override returns (DelegatorStatus) {
        if (_state.isUnbonded(delegator)) return DelegatorStatus.Unbonded;
        bool pending = _state.delegators[delegator].startRound > _currentRound();
        return pending ? DelegatorStatus.Pending : DelegatorStatus.Bonded;
    }

    /// @inheritdoc IBondingManager
    function getTranscoder(address account)
        external
        view
        override
        returns (
            uint256 lastRewardRound,
            uint256 rewardCut,
            uint256 feeShare,
            uint256 lastActiveStakeUpdateRound,
            uint256 activationRound,
            uint256 deactivationRound,
            uint256 activeCumulativeRewards,
            uint256 cumulativeRewards,
            uint256 cumulativeFees,
            uint256 lastFeeRound
        )
    {
        Transcoder storage t = _state.transcoders[account];
        (lastRewardRound, lastFeeRound) = (t.lastRewardRound.value(), t.lastFeeRound.value());
        (rewardCut, feeShare) = (t.rewardCut.value(), t.feeShare.value());
        lastActiveStakeUpdateRound = t.lastActiveStakeUpdateRound.value();
        activationRound = t.activationRound.value();
        deactivationRound = t.deactivationRound == NEVER ? type(uint256).max : t.deactivationRound.value();
        (activeCumulativeRewards, cumulativeRewards) = (t.activeCumulativeRewards, t.cumulativeRewards);
        cumulativeFees = t.cumulativeFees;
    }

    /// @inheritdoc IBondingManager
    function getTranscoderEarningsPoolForRound(address account, uint256 round)
        external
        view
        override
        returns (
            uint256 totalStake,
            uint256 transcoderRewardCut,
            uint256 transcoderFeeShare,
            uint256 cumulativeRewardFactor,
            uint256 cumulativeFeeFactor
        )
    {
        // A round that cannot be has nothing to show.
        if (round >= NEVER.value()) return (0, 0, 0, 0, 0);
        Round inRound = toRound(round);
        Transcoder storage t = _state.transcoders[account];
        EarningsPool storage pool = t.pools[inRound];
        totalStake = _state.stakeOf(account, inRound);
        (transcoderRewardCut, transcoderFeeShare) = (pool.rewardCut.value(), pool.feeShare.value());
        cumulativeRewardFactor = t.rewardFactorAt(inRound).value();
        cumulativeFeeFactor = t.feeFactorAt(inRound).value();
    }

    /// @inheritdoc IBondingManager
    function getDelegator(address delegator)
        external
        view
        override
        returns (
            uint256 bondedAmount,
            uint256 fees,
            address delegateAddress,
            uint256 delegatedAmount,
            uint256 startRound,
            uint256 lastClaimRound,
            uint256 nextUnbondingLockId
        )
    {
        Delegator storage d = _state.delegators[delegator];
        (bondedAmount, fees, delegateAddress) = (d.bondedAmount, d.fees, d.delegateAddress);
        (delegatedAmount, startRound) = (d.delegatedAmount, d.startRound.value());
        (lastClaimRound, nextUnbondingLockId) = (d.lastClaimRound.value(), d.nextUnbondingLockId);
    }

    /// @inheritdoc IBondingManager
    function getDelegatorUnbondingLock(address delegator, uint256 unbondingLockId)
        external
        view
        override
        returns (uint256 amount, uint256 withdrawRound)
    {
        UnbondingLock storage lock = _state.delegators[delegator].unbondingLocks[unbondingLockId];
        return (lock.amount, lock.withdrawRound.value());
    }

    /// @inheritdoc IBondingManager
    function isValidUnbondingLock(address delegator, uint256 unbondingLockId)
        external
        view
        override
        returns (bool)
    {
        return !_state.delegators[delegator].unbondingLocks[unbondingLockId].withdrawRound.isZero();
    }

    /// @inheritdoc IBondingManager
    function getTranscoderPoolMaxSize() external view override returns (uint256) {
        return _state.pool.maxSize;
    }

    /// @inheritdoc IBondingManager
    function getTranscoderPoolSize() external view override returns (uint256) {
        return _state.pool.size;
    }

    /// @inheritdoc IBondingManager
    function getFirstTranscoderInPool() external view override returns (address) {
        return _state.pool.head;
    }

    /// @inheritdoc IBondingManager
    function getNextTranscoderInPool(address account) external view override returns (address) {
        return _state.pool.nodes[account].next;
    }

    /// @inheritdoc IBondingManager
    function isActiveTranscoder(address account) external view override returns (bool) {
        return _state.isActive(account, _currentRound());
    }

    /// @inheritdoc IBondingManager
    function isRegisteredTranscoder(address account) external view override returns (bool) {
        return _state.isRegistered(account);
    }

    // ---- internal -------------------------------------------------------------------------------------------

    function _setTerms(uint256 rewardCut, uint256 feeShare, address prev, address next) private {
        _state.set(_open(), rewardCut, feeShare, Hint(prev, next));
    }

    function _reward(address account, address prev, address next) private {
        _state.reward(_open(), account, Hint(prev, next));
    }

    function _bond(uint256 amount, address owner, address to, Hint memory oldHint, Hint memory newHint)
        private
    {
        _state.bond(_open(), amount, owner, to, oldHint, newHint);
    }

    function _open() private view returns (Context memory context) {
        return Contexts.open(controller);
    }

    function _currentRound() private view returns (Round) {
        (address directory,) = _look();
        return _currentRound(directory);
    }

    function _currentRound(address directory) private view returns (Round) {
        return toRound(IRoundsManager(_find(directory, ContractIds.ROUNDS_MANAGER)).currentRound());
    }
}
