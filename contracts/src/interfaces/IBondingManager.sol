// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManagerProxyTarget} from "./IManager.sol";

/// @title Stake: bonding, the pool of active transcoders, rewards and fees
/// @notice A transcoder is an orchestrator in the words of this ABI. LPT and ETH amounts are in wei, `rewardCut` and
///         `feeShare` in millionths, treasury rates and cumulative factors in 10^-27, times in rounds.
///         Functions "WithHint" take neighbours in the sorted pool: right ones save the walk, wrong ones cost little.
interface IBondingManager is IManagerProxyTarget {
    /// @dev Registered: its own delegate, with stake.
    enum TranscoderStatus {
        NotRegistered,
        Registered
    }

    /// @dev Pending: with stake that counts from the next round on.
    enum DelegatorStatus {
        Pending,
        Bonded,
        Unbonded
    }

    /// @notice A transcoder set its terms.
    /// @param rewardCut Millionths of each reward that it keeps
    /// @param feeShare Millionths of fees that its delegators get
    event TranscoderUpdate(address indexed transcoder, uint256 rewardCut, uint256 feeShare);
    /// @notice A transcoder got into the pool.
    /// @param activationRound First round in which it may call reward
    event TranscoderActivated(address indexed transcoder, uint256 activationRound);
    /// @notice A transcoder left the pool or was pushed out.
    /// @param deactivationRound First round in which it may no longer call reward
    event TranscoderDeactivated(address indexed transcoder, uint256 deactivationRound);
    /// @param finder Zero when nobody is paid
    /// @param penalty LPT wei taken from the transcoder's own stake
    /// @param finderReward LPT wei of the penalty that the finder got; the rest was burned
    event TranscoderSlashed(
        address indexed transcoder, address finder, uint256 penalty, uint256 finderReward
    );
    /// @param amount LPT wei for the transcoder and its delegators, the treasury's part not included
    event Reward(address indexed transcoder, uint256 amount);
    /// @param amount LPT wei that the treasury got of a reward
    event TreasuryReward(address indexed transcoder, address treasury, uint256 amount);
    /// @param rewardCaller Who may call reward for the transcoder from now on; zero = nobody
    event RewardCallerSet(address indexed transcoder, address indexed rewardCaller);
    /// @param oldDelegate Delegate before the call; zero for an account that had none
    /// @param additionalAmount LPT wei added in this call
    /// @param bondedAmount LPT wei that `delegator` has bonded now
    event Bond(
        address indexed newDelegate,
        address indexed oldDelegate,
        address indexed delegator,
        uint256 additionalAmount,
        uint256 bondedAmount
    );
    /// @param unbondingLockId Number of the lock, for `delegator`
    /// @param amount LPT wei
    /// @param withdrawRound First round in which it can be withdrawn
    event Unbond(
        address indexed delegate,
        address indexed delegator,
        uint256 unbondingLockId,
        uint256 amount,
        uint256 withdrawRound
    );
    /// @param amount LPT wei that went from the lock back to the delegate
    event Rebond(
        address indexed delegate, address indexed delegator, uint256 unbondingLockId, uint256 amount
    );
    /// @param oldUnbondingLockId Lock of the giver, gone with this call
    /// @param newUnbondingLockId Lock of the receiver, rebonded with this call
    /// @param amount LPT wei
    event TransferBond(
        address indexed oldDelegator,
        address indexed newDelegator,
        uint256 oldUnbondingLockId,
        uint256 newUnbondingLockId,
        uint256 amount
    );
    /// @param amount LPT wei
    event WithdrawStake(
        address indexed delegator, uint256 unbondingLockId, uint256 amount, uint256 withdrawRound
    );
    /// @param amount Wei of ETH
    event WithdrawFees(address indexed delegator, address recipient, uint256 amount);
    /// @notice An account's earnings of past rounds were added to its stake and fees.
    /// @param rewards LPT wei
    /// @param fees Wei of ETH
    /// @param startRound First round of the claim
    /// @param endRound Last round of the claim: the current one
    event EarningsClaimed(
        address indexed delegate,
        address indexed delegator,
        uint256 rewards,
        uint256 fees,
        uint256 startRound,
        uint256 endRound
    );

    /// @notice Somebody must call `RoundsManager.initializeRound` first.
    error CurrentRoundIsNotInitialized(uint256 round);
    /// @notice Terms can't change in the last part of a round, so that delegators see them in time.
    error CurrentRoundIsLocked(uint256 round);
    /// @notice Only the RoundsManager starts a round.
    error CallerMustBeRoundsManager(address caller);
    /// @notice Only the TicketBroker reports fees.
    error CallerMustBeTicketBroker(address caller);
    /// @notice Only the registered Verifier slashes.
    error CallerMustBeVerifier(address caller);
    /// @param rewardCaller Who may call; zero = nobody was set
    error CallerMustBeRewardCaller(address caller, address rewardCaller);
    /// @notice The caller has no stake, or only stake that counts from the next round on.
    error CallerMustBeBonded(address caller);
    /// @notice The caller still has stake: it rebonds to the delegate it has.
    error CallerMustBeUnbonded(address caller);
    /// @param rewardCut In millionths, more than 1_000_000
    error InvalidRewardCut(uint256 rewardCut);
    /// @param feeShare In millionths, more than 1_000_000
    error InvalidFeeShare(uint256 feeShare);
    /// @param cutRate In 10^-27, more than 10^27
    error InvalidTreasuryRewardCutRate(uint256 cutRate);
    /// @notice The account has not bonded to itself.
    error TranscoderMustBeRegistered(address transcoder);
    /// @notice The transcoder was not in the pool when this round started, or gave up its place by joining anew.
    error TranscoderMustBeActive(address transcoder);
    /// @notice A transcoder is rewarded once a round.
    error RewardAlreadyCalled(address transcoder, uint256 round);
    /// @notice An active transcoder changes its terms only after it called reward in this round.
    error RewardBeforeUpdateRequired(address transcoder, uint256 round);
    /// @notice The delegate leaves the pool after this round and must call reward before stake is added.
    error DelegateMustCallRewardFirst(address delegate, uint256 round);
    /// @notice A third party can't make an account claim before its delegate called reward in this round.
    error IllegalClaimEarnings(address account, address delegate);
    /// @notice The account that would get the stake is zero, or would become its own delegate by a transfer.
    error InvalidDelegator(address delegator);
    /// @notice Only the L2 migrator can make another account its own delegate.
    error InvalidDelegate(address delegate);
    /// @notice A third party can't move the stake of an account to another delegate.
    error InvalidDelegateChange(address from, address to);
    /// @notice A transcoder must unbond before it delegates to somebody else.
    error RegisteredTranscoderCannotDelegate(address transcoder);
    /// @notice Neither an amount nor stake that moves.
    error BondAmountIsZero();
    error UnbondAmountIsZero();
    /// @param amount LPT wei asked for
    /// @param bonded LPT wei there are
    error UnbondAmountExceedsBonded(uint256 amount, uint256 bonded);
    /// @notice The lock was never made, or is withdrawn, rebonded or given away.
    error InvalidUnbondingLock(address delegator, uint256 unbondingLockId);
    error WithdrawRoundNotReached(uint256 withdrawRound, uint256 currentRound);
    /// @notice ETH can't be sent to the zero address.
    error InvalidRecipient();
    /// @param amount Wei of ETH asked for
    /// @param fees Wei of ETH there are
    error InsufficientFees(uint256 amount, uint256 fees);

    // ---- parameters -----------------------------------------------------------------------------------------

    /// @notice Rounds between `unbond` and `withdrawStake`.
    function unbondingPeriod() external view returns (uint64);

    /// @notice Share of each reward that goes to the treasury in this round, in 10^-27.
    function treasuryRewardCutRate() external view returns (uint256);

    /// @notice `treasuryRewardCutRate` from the next initialized round on, in 10^-27.
    function nextRoundTreasuryRewardCutRate() external view returns (uint256);

    /// @notice LPT wei of the treasury at which it stops taking its share; 0 = no limit.
    function treasuryBalanceCeiling() external view returns (uint256);

    /// @notice Sets the rounds that stake waits on its way out; those who wait already are not touched. Only the owner of
    ///         the Controller (`CallerMustBeControllerOwner`), as the other setters here.
    /// @param unbondingPeriod Rounds, below 2^32
    function setUnbondingPeriod(uint64 unbondingPeriod) external;

    /// @notice Size of the active pool; can only grow (`PoolSizeCannotShrink`).
    /// @param numActiveTranscoders Members, below 2^32
    function setNumActiveTranscoders(uint256 numActiveTranscoders) external;

    /// @notice Takes effect with the next initialized round. `InvalidTreasuryRewardCutRate` for more than all.
    /// @param cutRate Share of each reward, in 10^-27
    function setTreasuryRewardCutRate(uint256 cutRate) external;

    /// @param ceiling LPT wei; 0 = no limit
    function setTreasuryBalanceCeiling(uint256 ceiling) external;

    // ---- transcoders ----------------------------------------------------------------------------------------

    /// @notice Sets the caller's terms. If it is out of the pool, it gets in when there is room or its stake beats the last
    ///         member's. Reverts with `SystemIsPaused`, `CurrentRoundIsNotInitialized`, `CurrentRoundIsLocked`,
    ///         `InvalidRewardCut`, `InvalidFeeShare`, `TranscoderMustBeRegistered`, `RewardBeforeUpdateRequired`.
    /// @param rewardCut Millionths of each reward that the caller keeps
    /// @param feeShare Millionths of fees that its delegators get
    function transcoder(uint256 rewardCut, uint256 feeShare) external;

    /// @notice `transcoder` with the neighbours expected in the pool.
    /// @param rewardCut Millionths of each reward that the caller keeps
    /// @param feeShare Millionths of fees that its delegators get
    /// @param newPosPrev Expected neighbour with more stake; zero = no idea
    /// @param newPosNext Expected neighbour with less stake; zero = no idea
    function transcoderWithHint(uint256 rewardCut, uint256 feeShare, address newPosPrev, address newPosNext)
        external;

    /// @notice Mints the caller's share of this round's inflation. Once a round, while active. Reverts with
    ///         `SystemIsPaused`, `CurrentRoundIsNotInitialized`, `TranscoderMustBeActive`, `RewardAlreadyCalled`.
    function reward() external;

    /// @notice `reward` with the neighbours expected in the pool afterwards.
    /// @param newPosPrev Expected neighbour with more stake; zero = no idea
    /// @param newPosNext Expected neighbour with less stake; zero = no idea
    function rewardWithHint(address newPosPrev, address newPosNext) external;

    /// @notice Lets another account call reward for the caller (LIP-118). The caller itself keeps `reward`. Not while paused.
    /// @param rewardCaller Zero ends it
    function setRewardCaller(address rewardCaller) external;

    /// @return rewardCaller Who may call reward for `transcoder`; zero = nobody
    function transcoderToRewardCaller(address transcoder) external view returns (address rewardCaller);

    /// @notice `reward` for a transcoder that set the caller as its reward caller (`CallerMustBeRewardCaller`).
    function rewardForTranscoder(address transcoder) external;

    /// @notice `rewardForTranscoder` with the neighbours expected in the pool afterwards.
    /// @param newPosPrev Expected neighbour with more stake; zero = no idea
    /// @param newPosNext Expected neighbour with less stake; zero = no idea
    function rewardForTranscoderWithHint(address transcoder, address newPosPrev, address newPosNext) external;

    // ---- delegators -----------------------------------------------------------------------------------------

    /// @notice Bonds LPT of the caller to `to`. Stake that is bonded elsewhere moves along; `amount` may be 0 then. Like all
    ///         functions of this section it first claims the caller's earnings, and reverts with `SystemIsPaused` or
    ///         `CurrentRoundIsNotInitialized`. Others: `DelegateMustCallRewardFirst`, `RegisteredTranscoderCannotDelegate`,
    ///         `BondAmountIsZero`, and what the token says about balance and allowance.
    /// @param amount LPT wei; the BondingManager needs an allowance of it
    /// @param to Delegate; the caller itself to become a transcoder
    function bond(uint256 amount, address to) external;

    /// @notice `bond` with the neighbours expected in the pool afterwards.
    /// @param amount LPT wei
    /// @param to Delegate
    /// @param oldDelegateNewPosPrev Expected neighbour with more stake of the delegate that loses stake; zero = no idea
    /// @param oldDelegateNewPosNext Expected neighbour with less stake of it
    /// @param currDelegateNewPosPrev Expected neighbour with more stake of `to`
    /// @param currDelegateNewPosNext Expected neighbour with less stake of `to`
    function bondWithHint(
        uint256 amount,
        address to,
        address oldDelegateNewPosPrev,
        address oldDelegateNewPosNext,
        address currDelegateNewPosPrev,
        address currDelegateNewPosNext
    ) external;

    /// @notice Bonds LPT of the caller for `owner`. Others can't choose or change the delegate of an account that has one
    ///         (`InvalidDelegateChange`), nor make an account its own delegate (`InvalidDelegate`), nor make it claim too
    ///         early (`IllegalClaimEarnings`). Otherwise as `bondWithHint`.
    /// @param amount LPT wei
    /// @param owner Account whose stake grows; not zero (`InvalidDelegator`)
    /// @param to Delegate
    /// @param oldDelegateNewPosPrev Expected neighbour with more stake of the delegate that loses stake; zero = no idea
    /// @param oldDelegateNewPosNext Expected neighbour with less stake of it
    /// @param currDelegateNewPosPrev Expected neighbour with more stake of `to`
    /// @param currDelegateNewPosNext Expected neighbour with less stake of `to`
    function bondForWithHint(
        uint256 amount,
        address owner,
        address to,
        address oldDelegateNewPosPrev,
        address oldDelegateNewPosNext,
        address currDelegateNewPosPrev,
        address currDelegateNewPosNext
    ) external;

    /// @notice Locks stake of the caller for `unbondingPeriod` rounds; then it can be withdrawn. A transcoder that unbonds
    ///         everything leaves the pool. Reverts with `CallerMustBeBonded`, `UnbondAmountIsZero`,
    ///         `UnbondAmountExceedsBonded`.
    /// @param amount LPT wei
    function unbond(uint256 amount) external;

    /// @notice `unbond` with the neighbours that the delegate is expected to have in the pool afterwards.
    /// @param amount LPT wei
    /// @param newPosPrev Expected neighbour with more stake; zero = no idea
    /// @param newPosNext Expected neighbour with less stake; zero = no idea
    function unbondWithHint(uint256 amount, address newPosPrev, address newPosNext) external;

    /// @notice Bonds a lock of the caller again, to the delegate it has. Reverts with `CallerMustBeBonded`,
    ///         `InvalidUnbondingLock`, `DelegateMustCallRewardFirst`.
    function rebond(uint256 unbondingLockId) external;

    /// @notice `rebond` with the neighbours that the delegate is expected to have in the pool afterwards.
    /// @param newPosPrev Expected neighbour with more stake; zero = no idea
    /// @param newPosNext Expected neighbour with less stake; zero = no idea
    function rebondWithHint(uint256 unbondingLockId, address newPosPrev, address newPosNext) external;

    /// @notice Bonds a lock of a caller without stake again. Reverts with `CallerMustBeUnbonded`, `InvalidUnbondingLock`,
    ///         `DelegateMustCallRewardFirst`.
    /// @param to Delegate
    function rebondFromUnbonded(address to, uint256 unbondingLockId) external;

    /// @notice `rebondFromUnbonded` with the neighbours that `to` is expected to have in the pool afterwards.
    /// @param to Delegate
    /// @param newPosPrev Expected neighbour with more stake; zero = no idea
    /// @param newPosNext Expected neighbour with less stake; zero = no idea
    function rebondFromUnbondedWithHint(
        address to,
        uint256 unbondingLockId,
        address newPosPrev,
        address newPosNext
    ) external;

    /// @notice Gives part of the caller's stake to another account without an unbonding period. A receiver without a
    ///         delegate follows the caller's. Reverts as `unbond` and `rebond` do, with `IllegalClaimEarnings` for a receiver
    ///         whose delegate has not called reward in this round, and with `InvalidDelegator`.
    /// @param delegator Who gets the stake
    /// @param amount LPT wei
    /// @param oldDelegateNewPosPrev Expected neighbour with more stake of the caller's delegate; zero = no idea
    /// @param oldDelegateNewPosNext Expected neighbour with less stake of it
    /// @param newDelegateNewPosPrev Expected neighbour with more stake of the receiver's delegate
    /// @param newDelegateNewPosNext Expected neighbour with less stake of it
    function transferBond(
        address delegator,
        uint256 amount,
        address oldDelegateNewPosPrev,
        address oldDelegateNewPosNext,
        address newDelegateNewPosPrev,
        address newDelegateNewPosNext
    ) external;

    /// @notice Pays the stake of a lock to the caller. Claims nothing. Reverts with `InvalidUnbondingLock`,
    ///         `WithdrawRoundNotReached`.
    function withdrawStake(uint256 unbondingLockId) external;

    /// @notice Pays fees of the caller. Reverts with `InvalidRecipient`, `InsufficientFees`, or `EthTransferFailed` for a
    ///         recipient that needs more than 2300 gas to take ETH.
    /// @param recipient Who gets the ETH
    /// @param amount Wei of ETH
    function withdrawFees(address payable recipient, uint256 amount) external;

    /// @notice Brings the caller's stake and fees up to the current round.
    /// @param endRound Ignored
    function claimEarnings(uint256 endRound) external;

    // ---- other contracts ------------------------------------------------------------------------------------

    /// @notice Books the fees of redeemed tickets. Only the TicketBroker (`CallerMustBeTicketBroker`); `SystemIsPaused`,
    ///         `TranscoderMustBeActive`.
    /// @param fees Wei of ETH, which lie in the Minter already
    /// @param round Ignored
    function updateTranscoderWithFees(address transcoder, uint256 fees, uint256 round) external;

    /// @notice Takes a share of a transcoder's own stake and puts it out of the pool. Only the Verifier
    ///         (`CallerMustBeVerifier`); `SystemIsPaused`, `CurrentRoundIsNotInitialized`, `NotMillionths` for more than
    ///         all.
    /// @param finder Who is paid for the proof; zero = nobody
    /// @param slashAmount Share of the stake to take, in millionths
    /// @param finderFee Share of the penalty for the finder, in millionths; the rest is burned
    function slashTranscoder(address transcoder, address finder, uint256 slashAmount, uint256 finderFee)
        external;

    /// @notice Makes the stake and the treasury's cut of the next round current. Only the RoundsManager, when a round
    ///         starts (`CallerMustBeRoundsManager`).
    function setCurrentRoundTotalActiveStake() external;

    /// @notice Writes the present stake of an account to the history of votes. Anyone, also while the system is paused.
    function checkpointBondingState(address account) external;

    // ---- views ----------------------------------------------------------------------------------------------

    /// @notice LPT wei of the transcoders that are active in this round, fixed when it started.
    function currentRoundTotalActiveStake() external view returns (uint256);

    /// @notice LPT wei of the pool as it is now: the active stake of the next round if nothing changes.
    function nextRoundTotalActiveStake() external view returns (uint256);

    /// @notice `currentRoundTotalActiveStake`, as the Minter knows it.
    function getTotalBonded() external view returns (uint256);

    /// @notice LPT wei of an account with all rewards up to the current round.
    /// @param endRound Ignored
    function pendingStake(address delegator, uint256 endRound) external view returns (uint256);

    /// @notice Wei of ETH of an account with all fees up to the current round.
    /// @param endRound Ignored
    function pendingFees(address delegator, uint256 endRound) external view returns (uint256);

    /// @notice LPT wei delegated to this account, its own included.
    function transcoderTotalStake(address transcoder) external view returns (uint256);

    /// @notice Whether the account is its own delegate and has stake.
    function transcoderStatus(address transcoder) external view returns (TranscoderStatus);

    /// @notice Whether the account has stake, and whether it counts already.
    function delegatorStatus(address delegator) external view returns (DelegatorStatus);

    /// @return lastRewardRound Last round with a reward call; 0 = never
    /// @return rewardCut Millionths of each reward that it keeps
    /// @return feeShare Millionths of fees that its delegators get
    /// @return lastActiveStakeUpdateRound Newest round whose stake is known; may be the next
    /// @return activationRound First round in which it is or was active
    /// @return deactivationRound First round in which it is not; 2^256 - 1 while in the pool
    /// @return activeCumulativeRewards LPT wei of own rewards that take part in this round's stake
    /// @return cumulativeRewards LPT wei of own rewards not claimed yet
    /// @return cumulativeFees Wei of ETH of own fees not claimed yet
    /// @return lastFeeRound Last round with fees; 0 = never
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

    /// @notice What a transcoder earned in a round. Each value is 0 in a round in which nothing happened to it.
    /// @return totalStake LPT wei delegated to it when the round started
    /// @return transcoderRewardCut Millionths, as they held for this round's reward
    /// @return transcoderFeeShare Millionths, as they held for this round's fees
    /// @return cumulativeRewardFactor In 10^-27: what one unit bonded at the beginning had become
    /// @return cumulativeFeeFactor In 10^-27: wei of ETH that one unit bonded at the beginning had earned
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

    /// @notice An account as of its last claim.
    /// @return bondedAmount LPT wei
    /// @return fees Wei of ETH
    /// @return delegateAddress Zero for an account without stake
    /// @return delegatedAmount LPT wei delegated to it, with all rewards
    /// @return startRound First round in which its stake counts
    /// @return lastClaimRound Round up to which earnings are booked
    /// @return nextUnbondingLockId Number of locks it has made or been given
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

    /// @return amount LPT wei; 0 for a lock that is not valid
    /// @return withdrawRound First round in which it can be withdrawn; 0 for a lock that is not valid
    function getDelegatorUnbondingLock(address delegator, uint256 unbondingLockId)
        external
        view
        returns (uint256 amount, uint256 withdrawRound);

    /// @notice Whether there is stake in the lock.
    function isValidUnbondingLock(address delegator, uint256 unbondingLockId) external view returns (bool);

    /// @notice How many transcoders the pool can hold.
    function getTranscoderPoolMaxSize() external view returns (uint256);

    /// @notice How many transcoders are in the pool of the next round.
    function getTranscoderPoolSize() external view returns (uint256);

    /// @notice Member of the pool with the most stake; zero for an empty pool.
    function getFirstTranscoderInPool() external view returns (address);

    /// @notice Member with the next smaller stake; zero after the last and for an account that is not in the pool.
    function getNextTranscoderInPool(address transcoder) external view returns (address);

    /// @notice Whether the account may call reward and receive fees in the current round.
    function isActiveTranscoder(address transcoder) external view returns (bool);

    /// @notice Whether the account is its own delegate and has stake.
    function isRegisteredTranscoder(address transcoder) external view returns (bool);

    /// @notice Number of transcoders that are active in the current round: the pool as it was when the round
    ///         started. Unlike the pool size it does not change within a round.
    function currentRoundActiveTranscoders() external view returns (uint256);
}
