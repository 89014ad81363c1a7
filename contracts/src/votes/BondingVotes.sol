// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IBondingVotes} from "../interfaces/IBondingVotes.sol";
import {IController} from "../interfaces/IController.sol";
import {IRoundsManager} from "../interfaces/IRoundsManager.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {ManagerProxyTarget} from "../registry/ManagerProxyTarget.sol";
import {RAY, rayShare} from "../types/Ray.sol";
import {RoundSeries} from "./RoundSeries.sol";
import {Account, StakeHistory} from "./StakeHistory.sol";
import {Stake} from "./StakeRecord.sol";

/// @notice See IBondingVotes.
contract BondingVotes is ManagerProxyTarget, IBondingVotes {
    using RoundSeries for RoundSeries.Series;
    using SafeCast for uint256;
    using StakeHistory for Account;

    mapping(address account => Account) private _accounts;
    RoundSeries.Series private _totals;

    constructor(IController controller_) ManagerProxyTarget(controller_) {}

    // ---- writing --------------------------------------------------------------------------------------------

    /// @inheritdoc IBondingVotes
    function checkpointBondingState(
        address account,
        uint256 startRound,
        uint256 bondedAmount,
        address delegateAddress,
        uint256 delegatedAmount,
        uint256 lastClaimRound,
        uint256 lastRewardRound
    ) external override {
        _checkpoint(
            account,
            startRound,
            Stake(bondedAmount, delegatedAmount, lastClaimRound, lastRewardRound, delegateAddress)
        );
    }

    /// @inheritdoc IBondingVotes
    function checkpointTotalActiveStake(uint256 totalStake, uint256 round) external override {
        uint256 current = _roundForBondingManager();
        if (round != current) revert InvalidTotalStakeCheckpointRound(round, current);
        _totals.write(round, totalStake);
    }

    /// @inheritdoc IVotes
    function delegate(address) external pure override {
        revert MustCallBondingManager("bond");
    }

    /// @inheritdoc IVotes
    function delegateBySig(address, uint256, uint256, uint8, bytes32, bytes32) external pure override {
        revert MustCallBondingManager("bondFor");
    }

    // ---- reading --------------------------------------------------------------------------------------------

    /// @inheritdoc IBondingVotes
    function hasCheckpoint(address account) external view override returns (bool) {
        return _accounts[account].slots > 0;
    }

    /// @inheritdoc IVotes
    /// @dev At the start of the next round: what the account would vote with if nothing changed until then.
    function getVotes(address account) external view override returns (uint256 votes) {
        (votes,) = getVotesAndDelegateAtRoundStart(account, _round() + 1);
    }

    /// @inheritdoc IVotes
    function getPastVotes(address account, uint256 round) external view override returns (uint256 votes) {
        _requirePast(round);
        (votes,) = getVotesAndDelegateAtRoundStart(account, round + 1);
    }

    /// @inheritdoc IBondingVotes
    function totalSupply() external view override returns (uint256) {
        return getTotalActiveStakeAt(_round() + 1);
    }

    /// @inheritdoc IVotes
    function getPastTotalSupply(uint256 round) external view override returns (uint256) {
        _requirePast(round);
        return getTotalActiveStakeAt(round + 1);
    }

    /// @inheritdoc IVotes
    function delegates(address account) external view override returns (address) {
        return _accounts[account].delegateAt(_round() + 1);
    }

    /// @inheritdoc IBondingVotes
    function delegatedAt(address account, uint256 round) external view override returns (address) {
        _requirePast(round);
        return _accounts[account].delegateAt(round + 1);
    }

    /// @inheritdoc IBondingVotes
    function getTotalActiveStakeAt(uint256 round) public view override returns (uint256) {
        _requireKnown(round);
        RoundSeries.Entry[] storage entries = _totals.entries;
        uint256 count = entries.length;
        if (count == 0 || round < entries[0].round) return 0;
        if (round > entries[count - 1].round) return _bondingManager().nextRoundTotalActiveStake();
        return entries[_totals.firstFrom(round)].value;
    }

    /// @inheritdoc IBondingVotes
    function getVotesAndDelegateAtRoundStart(address account, uint256 round)
        public
        view
        override
        returns (uint256 votes, address delegateAddress)
    {
        _requireKnown(round);
        Stake memory stake = _accounts[account].stakeAt(round);
        delegateAddress = stake.delegate;
        if (stake.bonded == 0) return (0, delegateAddress);
        votes = delegateAddress == account ? stake.delegated : _delegatorVotes(stake, round);
    }

    /// @inheritdoc IBondingVotes
    function getOwnStakeAndDelegateAtRoundStart(address account, uint256 round)
        external
        view
        override
        returns (uint256 stake, address delegateAddress)
    {
        _requireKnown(round);
        Stake memory own = _accounts[account].stakeAt(round);
        delegateAddress = own.delegate;
        stake = own.bonded == 0 ? 0 : _delegatorVotes(own, round);
    }

    /// @inheritdoc IERC6372
    function clock() public view override returns (uint48) {
        return _round().toUint48();
    }

    /// @inheritdoc IERC6372
    function CLOCK_MODE() external pure override returns (string memory) {
        return "mode=livepeer_round";
    }

    /// @inheritdoc IBondingVotes
    function name() external pure override returns (string memory) {
        return "Livepeer Voting Power";
    }

    /// @inheritdoc IBondingVotes
    function symbol() external pure override returns (string memory) {
        return "vLPT";
    }

    /// @inheritdoc IBondingVotes
    function decimals() external pure override returns (uint8) {
        return 18;
    }

    // ---- internal -------------------------------------------------------------------------------------------

    function _checkpoint(address account, uint256 startRound, Stake memory stake) private {
        uint256 next = _roundForBondingManager() + 1;
        if (startRound != next) revert InvalidStartRound(startRound, next);
        if (stake.lastClaimRound >= startRound) {
            revert FutureLastClaimRound(stake.lastClaimRound, startRound - 1);
        }
        _emitChanges(account, _accounts[account].write(account, startRound, stake), stake);
    }

    /// The stake of a delegator with the rewards that its delegate had distributed by `round`. Fees must not be computed
    /// on the way: their factors can lie the other way round between these two rounds.
    function _delegatorVotes(Stake memory stake, uint256 round) private view returns (uint256) {
        address transcoder = stake.delegate;
        Stake memory own = _accounts[transcoder].stakeAt(round);
        uint256 rewarded = own.lastRewardRound;
        uint256 endFactor = rewarded == 0 ? RAY : _rewardFactor(transcoder, rewarded);
        if (endFactor == 0) revert MissingEarningsPool(transcoder, rewarded);
        if (!own.isRegistered(transcoder)) return 0;
        if (rewarded == 0 || rewarded < stake.lastClaimRound) return stake.bonded;
        uint256 startFactor = _rewardFactor(transcoder, stake.lastClaimRound);
        if (startFactor == 0) startFactor = RAY;
        return rayShare(stake.bonded, endFactor, startFactor);
    }

    function _rewardFactor(address transcoder, uint256 round) private view returns (uint256 factor) {
        (,,, factor,) = _bondingManager().getTranscoderEarningsPoolForRound(transcoder, round);
    }

    function _emitChanges(address account, Stake memory previous, Stake memory current) private {
        if (previous.delegate != current.delegate) {
            emit DelegateChanged(account, previous.delegate, current.delegate);
        }
        uint256 previousVotes = previous.isRegistered(account) ? previous.delegated : 0;
        uint256 currentVotes = current.isRegistered(account) ? current.delegated : 0;
        if (previousVotes != currentVotes) emit DelegateVotesChanged(account, previousVotes, currentVotes);
        if (previous.bonded != current.bonded || previous.lastClaimRound != current.lastClaimRound) {
            emit DelegatorBondedAmountChanged(
                account, previous.bonded, previous.lastClaimRound, current.bonded, current.lastClaimRound
            );
        }
    }

    /// The current round, for the one who may write.
    function _roundForBondingManager() private view returns (uint256) {
        (address directory,) = _look();
        address bondingManager = _find(directory, ContractIds.BONDING_MANAGER);
        if (msg.sender != bondingManager) revert InvalidCaller(msg.sender, bondingManager);
        return IRoundsManager(_find(directory, ContractIds.ROUNDS_MANAGER)).currentRound();
    }

    function _requirePast(uint256 round) private view {
        uint256 current = _round();
        if (round >= current) revert FutureLookup(round, current == 0 ? 0 : current - 1);
    }

    function _requireKnown(uint256 round) private view {
        uint256 next = _round() + 1;
        if (round > next) revert FutureLookup(round, next);
    }

    function _round() private view returns (uint256) {
        return IRoundsManager(_contractOf(ContractIds.ROUNDS_MANAGER)).currentRound();
    }

    function _bondingManager() private view returns (IBondingManager) {
        return IBondingManager(_contractOf(ContractIds.BONDING_MANAGER));
    }
}
