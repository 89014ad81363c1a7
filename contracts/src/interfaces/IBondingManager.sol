// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManagerProxyTarget} from "./IManager.sol";

/// @title Stake: bonding, the pool of active transcoders, rewards and fees
/// @notice A transcoder is an orchestrator in the words of this ABI. LPT and ETH amounts are in wei, `rewardCut` and
///         `feeShare` in millionths, treasury rates and cumulative factors in 10^-27, times in rounds.
///         Functions "WithHint" take neighbours in the sorted pool: right ones save the walk, wrong ones cost little.
interface IBondingManager is IManagerProxyTarget {
    enum TranscoderStatus {
        NotRegistered,
        Registered
    }

    enum DelegatorStatus {
        Pending,
        Bonded,
        Unbonded
    }

    event TranscoderUpdate(address indexed transcoder, uint256 rewardCut, uint256 feeShare);
    event TranscoderActivated(address indexed transcoder, uint256 activationRound);
    event TranscoderDeactivated(address indexed transcoder, uint256 deactivationRound);
    event TranscoderSlashed(
        address indexed transcoder, address finder, uint256 penalty, uint256 finderReward
    );
    event Reward(address indexed transcoder, uint256 amount);
    event TreasuryReward(address indexed transcoder, address treasury, uint256 amount);
    event RewardCallerSet(address indexed transcoder, address indexed rewardCaller);
    event Bond(
        address indexed newDelegate,
        address indexed oldDelegate,
        address indexed delegator,
        uint256 additionalAmount,
        uint256 bondedAmount
    );
    event Unbond(
        address indexed delegate,
        address indexed delegator,
        uint256 unbondingLockId,
        uint256 amount,
        uint256 withdrawRound
    );
    event Rebond(
        address indexed delegate, address indexed delegator, uint256 unbondingLockId, uint256 amount
    );
    event TransferBond(
        address indexed oldDelegator,
        address indexed newDelegator,
        uint256 oldUnbondingLockId,
        uint256 newUnbondingLockId,
        uint256 amount
    );
    event WithdrawStake(
        address indexed delegator, uint256 unbondingLockId, uint256 amount, uint256 withdrawRound
    );
    event WithdrawFees(address indexed delegator, address recipient, uint256 amount);
    event EarningsClaimed(
        address indexed delegate,
        address indexed delegator,
        uint256 rewards,
        uint256 fees,
        uint256 startRound,
        uint256 endRound
    );

    error CurrentRoundIsNotInitialized(uint256 round);
    error CurrentRoundIsLocked(uint256 round);
    error CallerMustBeRoundsManager(address caller);
    error CallerMustBeTicketBroker(address caller);
    error CallerMustBeVerifier(address caller);
    error CallerMustBeRewardCaller(address caller, address rewardCaller);
    error CallerMustBeBonded(address caller);
    error CallerMustBeUnbonded(address caller);
    error InvalidRewardCut(uint256 rewardCut);
    error InvalidFeeShare(uint256 feeShare);
    error InvalidTreasuryRewardCutRate(uint256 cutRate);
    error TranscoderMustBeRegistered(address transcoder);
    error TranscoderMustBeActive(address transcoder);
    error RewardAlreadyCalled(address transcoder, uint256 round);
    /// @notice An active transcoder changes its terms only after it called reward in this round.
    error RewardBeforeUpdateRequired(address transcoder, uint256 round);
    /// @notice The delegate leaves the pool after this round and must call reward before stake is added.
    error DelegateMustCallRewardFirst(address delegate, uint256 round);
    /// @notice A third party can't make an account claim before its delegate called reward in this round.
    error IllegalClaimEarnings(address account, address delegate);
    error InvalidDelegator(address delegator);
    error InvalidDelegate(address delegate);
    error InvalidDelegateChange(address from, address to);
    error RegisteredTranscoderCannotDelegate(address transcoder);
    error BondAmountIsZero();
    error UnbondAmountIsZero();
    error UnbondAmountExceedsBonded(uint256 amount, uint256 bonded);
    error InvalidUnbondingLock(address delegator, uint256 unbondingLockId);
    error WithdrawRoundNotReached(uint256 withdrawRound, uint256 currentRound);
    error InvalidRecipient();
    error InsufficientFees(uint256 amount, uint256 fees);

    // ---- parameters -----------------------------------------------------------------------------------------

    /// @notice Rounds between `unbond` and `withdrawStake`.
    function unbondingPeriod() external view returns (uint64);

    /// @notice Share of each reward that goes to the treasury in this round, in 10^-27.
    function treasuryRewardCutRate() external view returns (uint256);

    function nextRoundTreasuryRewardCutRate() external view returns (uint256);

    /// @notice LPT balance at which the treasury stops taking its share; 0 = no limit.
    function treasuryBalanceCeiling() external view returns (uint256);

    function setUnbondingPeriod(uint64 unbondingPeriod) external;

    /// @notice Size of the active pool; can only grow.
    function setNumActiveTranscoders(uint256 numActiveTranscoders) external;

    /// @notice Takes effect with the next initialized round.
    function setTreasuryRewardCutRate(uint256 cutRate) external;

    function setTreasuryBalanceCeiling(uint256 ceiling) external;

    // ---- transcoders ----------------------------------------------------------------------------------------

    /// @notice Sets the caller's terms: its cut of rewards and the share of fees that its delegators get.
    function transcoder(uint256 rewardCut, uint256 feeShare) external;

    function transcoderWithHint(uint256 rewardCut, uint256 feeShare, address newPosPrev, address newPosNext)
        external;

    /// @notice Mints the caller's share of this round's inflation. Once a round, while active.
    function reward() external;

    function rewardWithHint(address newPosPrev, address newPosNext) external;

    /// @notice Lets another account call reward for the caller (LIP-118); zero ends it.
    function setRewardCaller(address rewardCaller) external;

    function transcoderToRewardCaller(address transcoder) external view returns (address);

    function rewardForTranscoder(address transcoder) external;

    function rewardForTranscoderWithHint(address transcoder, address newPosPrev, address newPosNext) external;

    // ---- delegators -----------------------------------------------------------------------------------------

    function bond(uint256 amount, address to) external;

    function bondWithHint(
        uint256 amount,
        address to,
        address oldDelegateNewPosPrev,
        address oldDelegateNewPosNext,
        address currDelegateNewPosPrev,
        address currDelegateNewPosNext
    ) external;

    /// @notice Bonds tokens of the caller for `owner`. Others can't choose or change the delegate of an account
    ///         that has one, nor make an account its own delegate.
    function bondForWithHint(
        uint256 amount,
        address owner,
        address to,
        address oldDelegateNewPosPrev,
        address oldDelegateNewPosNext,
        address currDelegateNewPosPrev,
        address currDelegateNewPosNext
    ) external;

    function unbond(uint256 amount) external;

    function unbondWithHint(uint256 amount, address newPosPrev, address newPosNext) external;

    function rebond(uint256 unbondingLockId) external;

    function rebondWithHint(uint256 unbondingLockId, address newPosPrev, address newPosNext) external;

    function rebondFromUnbonded(address to, uint256 unbondingLockId) external;

    function rebondFromUnbondedWithHint(
        address to,
        uint256 unbondingLockId,
        address newPosPrev,
        address newPosNext
    ) external;

    /// @notice Gives part of the caller's stake to another account without an unbonding period.
    function transferBond(
        address delegator,
        uint256 amount,
        address oldDelegateNewPosPrev,
        address oldDelegateNewPosNext,
        address newDelegateNewPosPrev,
        address newDelegateNewPosNext
    ) external;

    function withdrawStake(uint256 unbondingLockId) external;

    function withdrawFees(address payable recipient, uint256 amount) external;

    /// @notice Brings the caller's stake and fees up to the current round. The argument is ignored.
    function claimEarnings(uint256 endRound) external;

    // ---- other contracts ------------------------------------------------------------------------------------

    /// @notice Books the fees of redeemed tickets. Only the TicketBroker. The last argument is ignored.
    function updateTranscoderWithFees(address transcoder, uint256 fees, uint256 round) external;

    /// @param slashAmount Share of the stake to burn, in millionths.
    /// @param finderFee Share of the penalty for the finder, in millionths.
    function slashTranscoder(address transcoder, address finder, uint256 slashAmount, uint256 finderFee)
        external;

    /// @notice Makes the stake of the next round current. Only the RoundsManager, when a round starts.
    function setCurrentRoundTotalActiveStake() external;

    /// @notice Writes the present stake of an account to the votes history. Anyone.
    function checkpointBondingState(address account) external;

    // ---- views ----------------------------------------------------------------------------------------------

    /// @notice Total stake of the transcoders that are active in this round.
    function currentRoundTotalActiveStake() external view returns (uint256);

    function nextRoundTotalActiveStake() external view returns (uint256);

    function getTotalBonded() external view returns (uint256);

    /// @notice Stake with all rewards up to the current round. The second argument is ignored.
    function pendingStake(address delegator, uint256 endRound) external view returns (uint256);

    /// @notice Fees with all earnings up to the current round. The second argument is ignored.
    function pendingFees(address delegator, uint256 endRound) external view returns (uint256);

    /// @notice Stake delegated to this account, its own included.
    function transcoderTotalStake(address transcoder) external view returns (uint256);

    function transcoderStatus(address transcoder) external view returns (TranscoderStatus);

    function delegatorStatus(address delegator) external view returns (DelegatorStatus);

    function getTranscoder(address transcoder)
        external
        view
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
        );

    function getTranscoderEarningsPoolForRound(address transcoder, uint256 round)
        external
        view
        returns (
            uint256 totalStake,
            uint256 transcoderRewardCut,
            uint256 transcoderFeeShare,
            uint256 cumulativeRewardFactor,
            uint256 cumulativeFeeFactor
        );

    function getDelegator(address delegator)
        external
        view
        returns (
            uint256 bondedAmount,
            uint256 fees,
            address delegateAddress,
            uint256 delegatedAmount,
            uint256 startRound,
            uint256 lastClaimRound,
            uint256 nextUnbondingLockId
        );

    function getDelegatorUnbondingLock(address delegator, uint256 unbondingLockId)
        external
        view
        returns (uint256 amount, uint256 withdrawRound);

    function isValidUnbondingLock(address delegator, uint256 unbondingLockId) external view returns (bool);

    function getTranscoderPoolMaxSize() external view returns (uint256);

    function getTranscoderPoolSize() external view returns (uint256);

    function getFirstTranscoderInPool() external view returns (address);

    function getNextTranscoderInPool(address transcoder) external view returns (address);

    function isActiveTranscoder(address transcoder) external view returns (bool);

    function isRegisteredTranscoder(address transcoder) external view returns (bool);

    /// @notice Number of transcoders that are active in the current round: the pool as it was when the round
    ///         started. Unlike the pool size it does not change within a round.
    function currentRoundActiveTranscoders() external view returns (uint256);
}
