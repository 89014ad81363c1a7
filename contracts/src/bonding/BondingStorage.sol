// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IBondingVotes} from "../interfaces/IBondingVotes.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {IRoundsManager} from "../interfaces/IRoundsManager.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {ManagerProxyTarget} from "../registry/ManagerProxyTarget.sol";
import {ActiveStake, Delegator, NEVER, Transcoder} from "./BondingTypes.sol";
import {SortedPool} from "./SortedPool.sol";

/// @title State of the BondingManager, the facts derived from it and the contracts it talks to
/// @dev Lives in a proxy: append state, never reorder it.
abstract contract BondingStorage is ManagerProxyTarget, IBondingManager {
    using SortedPool for SortedPool.List;

    uint64 public override unbondingPeriod;
    uint96 internal _treasuryRewardCutRate;
    uint96 internal _nextTreasuryRewardCutRate;
    ActiveStake internal _active;
    uint256 public override treasuryBalanceCeiling;
    mapping(address transcoder => address rewardCaller) public override transcoderToRewardCaller;
    mapping(address account => Delegator) internal _delegators;
    mapping(address account => Transcoder) internal _transcoders;
    SortedPool.List internal _pool;

    /// Guard of all that moves stake: the system runs and somebody initialized the round.
    function _openRound() internal view returns (uint256 round) {
        _requireNotPaused();
        IRoundsManager rounds = _roundsManager();
        round = rounds.currentRound();
        if (rounds.lastInitializedRound() != round) revert CurrentRoundIsNotInitialized(round);
    }

    /// Active in `round`: it may call reward and receive fees. Independent of being in the pool of the next round.
    function _isActive(address account, uint256 round) internal view returns (bool) {
        Transcoder storage t = _transcoders[account];
        return t.activationRound <= round && round < t.deactivationRound;
    }

    function _isRegistered(address account) internal view returns (bool) {
        Delegator storage d = _delegators[account];
        return d.delegateAddress == account && d.bondedAmount > 0;
    }

    function _isUnbonded(address account) internal view returns (bool) {
        return _delegators[account].bondedAmount == 0;
    }

    /// An active delegate that leaves the pool after this round must have called reward before stake is added: the
    /// stake could bring it back into the pool, which ends its activity in this round and would cost it the reward.
    function _requireRewardBeforeRejoin(address delegate, uint256 round) internal view {
        Transcoder storage t = _transcoders[delegate];
        bool leaves = _isActive(delegate, round) && t.deactivationRound != NEVER;
        if (leaves && t.lastRewardRound != round) revert DelegateMustCallRewardFirst(delegate, round);
    }

    /// Writes the state of an account from the next round on to the votes history, where there is one.
    function _checkpoint(address account, uint256 round) internal {
        IBondingVotes votes = _votes();
        if (address(votes) == address(0)) return;
        Delegator storage d = _delegators[account];
        votes.checkpointBondingState(
            account,
            round + 1,
            d.bondedAmount,
            d.delegateAddress,
            d.delegatedAmount,
            d.lastClaimRound,
            _transcoders[account].lastRewardRound
        );
    }

    function _votes() internal view returns (IBondingVotes) {
        return IBondingVotes(_contractOf(ContractIds.BONDING_VOTES));
    }

    function _roundsManager() internal view returns (IRoundsManager) {
        return IRoundsManager(_contractOf(ContractIds.ROUNDS_MANAGER));
    }

    function _minter() internal view returns (IMinter) {
        return IMinter(_contractOf(ContractIds.MINTER));
    }
}
