// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IBondingVotes} from "../interfaces/IBondingVotes.sol";
import {IController} from "../interfaces/IController.sol";
import {ILivepeerToken} from "../interfaces/ILivepeerToken.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {Millionths, Rays} from "../math/Fractions.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {ManagerProxyTarget} from "../registry/ManagerProxyTarget.sol";
import {BondingEarnings} from "./BondingEarnings.sol";
import {BondingViews} from "./BondingViews.sol";
import {Delegator, Hint, Transcoder, UnbondingLock} from "./BondingTypes.sol";
import {CumulativeFactors} from "./CumulativeFactors.sol";
import {SortedPool} from "./SortedPool.sol";

/// @notice See IBondingManager.
/// @dev From the ground up: BondingStorage (state), StakePool (who is active with which stake), BondingEarnings (rewards,
///      fees, claims), BondingViews, and here what accounts and other contracts call. External calls go only to contracts
///      of the protocol, except for ETH, which the Minter sends with too little gas to call back.
contract BondingManager is BondingViews {
    using CumulativeFactors for Transcoder;
    using SafeCast for uint256;
    using SortedPool for SortedPool.List;

    constructor(IController controller_) ManagerProxyTarget(controller_) {}

    // ---- parameters -----------------------------------------------------------------------------------------

    /// @inheritdoc IBondingManager
    function setUnbondingPeriod(uint64 unbondingPeriod_) external override onlyControllerOwner {
        unbondingPeriod = unbondingPeriod_;
        emit ParameterUpdate("unbondingPeriod");
    }

    /// @inheritdoc IBondingManager
    function setNumActiveTranscoders(uint256 numActiveTranscoders) external override onlyControllerOwner {
        _pool.setMaxSize(numActiveTranscoders);
        emit ParameterUpdate("numActiveTranscoders");
    }

    /// @inheritdoc IBondingManager
    function setTreasuryRewardCutRate(uint256 cutRate) external override onlyControllerOwner {
        if (cutRate > Rays.ONE) revert InvalidTreasuryRewardCutRate(cutRate);
        _setNextTreasuryRewardCutRate(cutRate);
    }

    /// @inheritdoc IBondingManager
    function setTreasuryBalanceCeiling(uint256 ceiling) external override onlyControllerOwner {
        treasuryBalanceCeiling = ceiling;
        emit ParameterUpdate("treasuryBalanceCeiling");
    }

    // ---- transcoders ----------------------------------------------------------------------------------------

    /// @inheritdoc IBondingManager
    function transcoder(uint256 rewardCut, uint256 feeShare) external override {
        _setTerms(rewardCut, feeShare, Hint(address(0), address(0)));
    }

    /// @inheritdoc IBondingManager
    function transcoderWithHint(uint256 rewardCut, uint256 feeShare, address newPosPrev, address newPosNext)
        external
        override
    {
        _setTerms(rewardCut, feeShare, Hint(newPosPrev, newPosNext));
    }

    /// @inheritdoc IBondingManager
    function reward() external override {
        _reward(msg.sender, Hint(address(0), address(0)));
    }

    /// @inheritdoc IBondingManager
    function rewardWithHint(address newPosPrev, address newPosNext) external override {
        _reward(msg.sender, Hint(newPosPrev, newPosNext));
    }

    /// @inheritdoc IBondingManager
    function setRewardCaller(address rewardCaller) external override whenSystemNotPaused {
        transcoderToRewardCaller[msg.sender] = rewardCaller;
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
        address rewardCaller = transcoderToRewardCaller[account];
        if (msg.sender != rewardCaller) revert CallerMustBeRewardCaller(msg.sender, rewardCaller);
        _reward(account, Hint(newPosPrev, newPosNext));
    }

    // ---- delegators -----------------------------------------------------------------------------------------

    /// @inheritdoc IBondingManager
    function bond(uint256 amount, address to) external override {
        Hint memory none;
        _bond(amount, msg.sender, to, none, none);
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
        _unbond(amount, _openRound(), Hint(address(0), address(0)));
    }

    /// @inheritdoc IBondingManager
    function unbondWithHint(uint256 amount, address newPosPrev, address newPosNext) external override {
        _unbond(amount, _openRound(), Hint(newPosPrev, newPosNext));
    }

    /// @inheritdoc IBondingManager
    function rebond(uint256 unbondingLockId) external override {
        rebondWithHint(unbondingLockId, address(0), address(0));
    }

    /// @inheritdoc IBondingManager
    function rebondWithHint(uint256 unbondingLockId, address newPosPrev, address newPosNext) public override {
        uint256 round = _openRound();
        _claim(msg.sender, round);
        if (_isUnbonded(msg.sender)) revert CallerMustBeBonded(msg.sender);
        _rebond(msg.sender, unbondingLockId, round, Hint(newPosPrev, newPosNext));
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
        uint256 round = _openRound();
        _claim(msg.sender, round);
        if (!_isUnbonded(msg.sender)) revert CallerMustBeUnbonded(msg.sender);
        _transcoders[to].carryForward(round);
        Delegator storage d = _delegators[msg.sender];
        d.startRound = (round + 1).toUint32();
        d.delegateAddress = to;
        _rebond(msg.sender, unbondingLockId, round, Hint(newPosPrev, newPosNext));
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
        uint256 round = _openRound();
        _requireClaimAllowed(delegator, round);
        _claim(msg.sender, round);
        address oldDelegate = _delegators[msg.sender].delegateAddress;
        uint256 oldLockId = _unbond(amount, round, Hint(oldDelegateNewPosPrev, oldDelegateNewPosNext));
        uint256 newLockId = _moveLock(delegator, oldLockId);
        emit TransferBond(msg.sender, delegator, oldLockId, newLockId, amount);
        _claim(delegator, round);
        _adoptDelegate(delegator, oldDelegate, round);
        _rebond(delegator, newLockId, round, Hint(newDelegateNewPosPrev, newDelegateNewPosNext));
    }

    /// @inheritdoc IBondingManager
    function withdrawStake(uint256 unbondingLockId) external override {
        uint256 round = _openRound();
        UnbondingLock memory lock = _takeLock(msg.sender, unbondingLockId);
        if (lock.withdrawRound > round) revert WithdrawRoundNotReached(lock.withdrawRound, round);
        _minter().trustedTransferTokens(msg.sender, lock.amount);
        emit WithdrawStake(msg.sender, unbondingLockId, lock.amount, lock.withdrawRound);
    }

    /// @inheritdoc IBondingManager
    function withdrawFees(address payable recipient, uint256 amount) external override {
        uint256 round = _openRound();
        _claim(msg.sender, round);
        if (recipient == address(0)) revert InvalidRecipient();
        Delegator storage d = _delegators[msg.sender];
        uint256 fees = d.fees;
        if (fees < amount) revert InsufficientFees(amount, fees);
        d.fees = fees - amount;
        _minter().trustedWithdrawETH(recipient, amount);
        emit WithdrawFees(msg.sender, recipient, amount);
        _checkpoint(msg.sender, round);
    }

    /// @inheritdoc IBondingManager
    function claimEarnings(uint256) external override {
        uint256 round = _openRound();
        _claim(msg.sender, round);
        _checkpoint(msg.sender, round);
    }

    // ---- other contracts ------------------------------------------------------------------------------------

    /// @inheritdoc IBondingManager
    function updateTranscoderWithFees(address account, uint256 fees, uint256)
        external
        override
        whenSystemNotPaused
    {
        if (msg.sender != _contractOf(ContractIds.TICKET_BROKER)) {
            revert CallerMustBeTicketBroker(msg.sender);
        }
        uint256 round = _roundsManager().currentRound();
        if (!_isActive(account, round)) revert TranscoderMustBeActive(account);
        _addFees(account, fees, round);
    }

    /// @inheritdoc IBondingManager
    function slashTranscoder(address account, address finder, uint256 slashAmount, uint256 finderFee)
        external
        override
        whenSystemNotPaused
    {
        if (msg.sender != _contractOf(ContractIds.VERIFIER)) revert CallerMustBeVerifier(msg.sender);
        uint256 round = _roundsManager().currentRound();
        _claim(account, round);
        Delegator storage d = _delegators[account];
        uint256 penalty = Millionths.shareOf(d.bondedAmount, slashAmount);
        uint256 finderReward = finder == address(0) ? 0 : Millionths.shareOf(penalty, finderFee);
        if (d.bondedAmount > 0) {
            if (_pool.contains(account)) _resign(account, round);
            d.bondedAmount -= penalty.toUint96();
            _decreaseStake(d.delegateAddress, penalty, round, Hint(address(0), address(0)));
            IMinter minter = _minter();
            if (finderReward > 0) minter.trustedTransferTokens(finder, finderReward);
            minter.trustedBurnTokens(penalty - finderReward);
            _checkpoint(account, round);
        }
        emit TranscoderSlashed(account, finder, penalty, finderReward);
    }

    /// @inheritdoc IBondingManager
    function setCurrentRoundTotalActiveStake() external override {
        if (msg.sender != address(_roundsManager())) revert CallerMustBeRoundsManager(msg.sender);
        uint96 stake = _active.nextRound;
        (_active.currentRound, _active.transcoders) = (stake, uint256(_pool.size).toUint32());
        if (_nextTreasuryRewardCutRate != _treasuryRewardCutRate) {
            _treasuryRewardCutRate = _nextTreasuryRewardCutRate;
            emit ParameterUpdate("treasuryRewardCutRate");
        }
        IBondingVotes votes = _votes();
        if (address(votes) == address(0)) return;
        votes.checkpointTotalActiveStake(stake, _roundsManager().currentRound());
    }

    /// @inheritdoc IBondingManager
    function checkpointBondingState(address account) external override {
        _checkpoint(account, _roundsManager().currentRound());
    }

    // ---- internal -------------------------------------------------------------------------------------------

    function _setTerms(uint256 rewardCut, uint256 feeShare, Hint memory hint) private {
        uint256 round = _openRound();
        if (_roundsManager().currentRoundLocked()) revert CurrentRoundIsLocked(round);
        if (rewardCut > Millionths.ONE) revert InvalidRewardCut(rewardCut);
        if (feeShare > Millionths.ONE) revert InvalidFeeShare(feeShare);
        if (!_isRegistered(msg.sender)) revert TranscoderMustBeRegistered(msg.sender);
        Transcoder storage t = _transcoders[msg.sender];
        if (_isActive(msg.sender, round) && t.lastRewardRound != round) {
            revert RewardBeforeUpdateRequired(msg.sender, round);
        }
        (t.rewardCut, t.feeShare) = (rewardCut.toUint32(), feeShare.toUint32());
        if (!_pool.contains(msg.sender)) {
            _tryToJoin(msg.sender, _delegators[msg.sender].delegatedAmount, round, hint);
        }
        emit TranscoderUpdate(msg.sender, rewardCut, feeShare);
    }

    function _bond(uint256 amount, address owner, address to, Hint memory oldHint, Hint memory newHint)
        private
    {
        uint256 round = _openRound();
        _requireClaimAllowed(owner, round);
        _claim(owner, round);
        _requireRewardBeforeRejoin(to, round);
        _requireMayBondFor(owner, to);

        Delegator storage d = _delegators[owner];
        address oldDelegate = d.delegateAddress;
        uint256 moved = 0;
        if (_isUnbonded(owner)) {
            d.startRound = (round + 1).toUint32();
        } else if (oldDelegate != to) {
            if (_isRegistered(owner)) revert RegisteredTranscoderCannotDelegate(owner);
            d.startRound = (round + 1).toUint32();
            moved = d.bondedAmount;
            _decreaseStake(oldDelegate, moved, round, oldHint);
            _checkpoint(oldDelegate, round);
        }
        _transcoders[to].carryForward(round);
        if (amount + moved == 0) revert BondAmountIsZero();
        d.delegateAddress = to;
        d.bondedAmount += amount.toUint96();
        _increaseStake(to, amount + moved, round, newHint);
        if (to != owner) _checkpoint(to, round);
        if (amount > 0) _collect(amount);
        emit Bond(to, oldDelegate, owner, amount, d.bondedAmount);
        _checkpoint(owner, round);
    }

    /// Others can add to an account's stake, but can't choose a delegate for one that has stake, and only the migrator
    /// can make an account its own delegate.
    function _requireMayBondFor(address owner, address to) private view {
        if (msg.sender == owner) return;
        if (owner == address(0)) revert InvalidDelegator(owner);
        if (_isUnbonded(owner)) {
            if (to == owner && !_isL2Migrator()) revert InvalidDelegate(to);
        } else if (to != _delegators[owner].delegateAddress) {
            revert InvalidDelegateChange(_delegators[owner].delegateAddress, to);
        }
    }

    /// Takes LPT of the caller, also when it bonds for another.
    function _collect(uint256 amount) private {
        address minter = address(_minter());
        bool ok =
            ILivepeerToken(_contractOf(ContractIds.LIVEPEER_TOKEN)).transferFrom(msg.sender, minter, amount);
        if (!ok) revert IMinter.TokenTransferFailed(minter, amount);
    }

    function _unbond(uint256 amount, uint256 round, Hint memory hint) private returns (uint256 lockId) {
        _claim(msg.sender, round);
        Delegator storage d = _delegators[msg.sender];
        uint256 bonded = d.bondedAmount;
        if (bonded == 0 || d.startRound > round) revert CallerMustBeBonded(msg.sender);
        if (amount == 0) revert UnbondAmountIsZero();
        if (amount > bonded) revert UnbondAmountExceedsBonded(amount, bonded);

        address delegate = d.delegateAddress;
        uint256 withdrawRound = round + unbondingPeriod;
        lockId = d.nextUnbondingLockId++;
        d.unbondingLocks[lockId] = UnbondingLock(amount.toUint96(), withdrawRound.toUint64());
        d.bondedAmount = (bonded - amount).toUint96();
        if (amount == bonded) {
            (d.delegateAddress, d.startRound) = (address(0), 0);
            if (_pool.contains(msg.sender)) _resign(msg.sender, round);
        }
        _decreaseStake(delegate, amount, round, hint);
        if (delegate != msg.sender) _checkpoint(delegate, round);
        emit Unbond(delegate, msg.sender, lockId, amount, withdrawRound);
        _checkpoint(msg.sender, round);
    }

    function _rebond(address account, uint256 lockId, uint256 round, Hint memory hint) private {
        UnbondingLock memory lock = _takeLock(account, lockId);
        Delegator storage d = _delegators[account];
        address delegate = d.delegateAddress;
        _requireRewardBeforeRejoin(delegate, round);
        d.bondedAmount += lock.amount;
        _increaseStake(delegate, lock.amount, round, hint);
        if (delegate != account) _checkpoint(delegate, round);
        emit Rebond(delegate, account, lockId, lock.amount);
        _checkpoint(account, round);
    }

    function _takeLock(address account, uint256 lockId) private returns (UnbondingLock memory lock) {
        mapping(uint256 => UnbondingLock) storage locks = _delegators[account].unbondingLocks;
        lock = locks[lockId];
        if (lock.withdrawRound == 0) revert InvalidUnbondingLock(account, lockId);
        delete locks[lockId];
    }

    /// Gives a lock of the caller, with its withdraw round, to `to`.
    function _moveLock(address to, uint256 lockId) private returns (uint256 newLockId) {
        UnbondingLock memory lock = _takeLock(msg.sender, lockId);
        Delegator storage receiver = _delegators[to];
        newLockId = receiver.nextUnbondingLockId++;
        receiver.unbondingLocks[newLockId] = lock;
    }

    /// An account without stake that is given some follows the giver's delegate, but never becomes its own.
    function _adoptDelegate(address account, address delegate, uint256 round) private {
        Delegator storage d = _delegators[account];
        if (d.bondedAmount != 0) return;
        if (d.delegateAddress == address(0)) {
            if (account == delegate || account == address(0)) revert InvalidDelegator(account);
            d.delegateAddress = delegate;
        }
        d.startRound = (round + 1).toUint32();
    }
}
