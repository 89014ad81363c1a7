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
    /// @param transcoder The orchestrator
    /// @param rewardCut Millionths of each reward that it keeps
    /// @param feeShare Millionths of fees that its delegators get
    event TranscoderUpdate(address indexed transcoder, uint256 rewardCut, uint256 feeShare);
    /// @notice A transcoder got into the pool.
    /// @param transcoder The orchestrator
    /// @param activationRound First round in which it may call reward
    event TranscoderActivated(address indexed transcoder, uint256 activationRound);
    /// @notice A transcoder left the pool or was pushed out.
    /// @param transcoder The orchestrator
    /// @param deactivationRound First round in which it may no longer call reward
    event TranscoderDeactivated(address indexed transcoder, uint256 deactivationRound);
    /// @notice A part of a transcoder's own stake was taken for proven misbehaviour.
    /// @param transcoder The orchestrator
    /// @param finder Zero when nobody is paid
    /// @param penalty LPT wei taken from the transcoder's own stake
    /// @param finderReward LPT wei of the penalty that the finder got; the rest was burned
    event TranscoderSlashed(
        address indexed transcoder, address finder, uint256 penalty, uint256 finderReward
    );
    /// @notice A transcoder called reward.
    /// @param transcoder The orchestrator
    /// @param amount LPT wei for the transcoder and its delegators, the treasury's part not included
    event Reward(address indexed transcoder, uint256 amount);
    /// @notice The treasury got its part of a reward.
    /// @param transcoder The orchestrator
    /// @param treasury The contract registered as Treasury
    /// @param amount LPT wei that the treasury got of a reward
    event TreasuryReward(address indexed transcoder, address treasury, uint256 amount);
    /// @notice A transcoder named who may call reward for it.
    /// @param transcoder The orchestrator
    /// @param rewardCaller Who may call reward for the transcoder from now on; zero = nobody
    event RewardCallerSet(address indexed transcoder, address indexed rewardCaller);
    /// @notice An account bonded, or moved what it had bonded, or both.
    /// @param newDelegate Delegate from now on
    /// @param oldDelegate Delegate before the call; zero for an account that had none
    /// @param delegator Whose stake it is
    /// @param additionalAmount LPT wei added in this call
    /// @param bondedAmount LPT wei that `delegator` has bonded now
    event Bond(
        address indexed newDelegate,
        address indexed oldDelegate,
        address indexed delegator,
        uint256 additionalAmount,
        uint256 bondedAmount
    );
    /// @notice Stake is on its way out.
    /// @param delegate Who loses it
    /// @param delegator Whose it is
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
    /// @notice Stake on its way out was bonded again.
    /// @param delegate Who gets it
    /// @param delegator Whose it is
    /// @param unbondingLockId Number of the lock, counted for each account
    /// @param amount LPT wei that went from the lock back to the delegate
    event Rebond(
        address indexed delegate, address indexed delegator, uint256 unbondingLockId, uint256 amount
    );
    /// @notice Stake went from one account to another.
    /// @param oldDelegator Who gave it
    /// @param newDelegator Who got it
    /// @param oldUnbondingLockId Number of the giver's lock, gone with this call
    /// @param newUnbondingLockId Number of the receiver's lock, rebonded with this call
    /// @param amount LPT wei
    event TransferBond(
        address indexed oldDelegator,
        address indexed newDelegator,
        uint256 oldUnbondingLockId,
        uint256 newUnbondingLockId,
        uint256 amount
    );
    /// @notice Stake was paid out.
    /// @param delegator Who was paid
    /// @param unbondingLockId Number of the lock, counted for each account
    /// @param amount LPT wei
    /// @param withdrawRound First round in which it could be withdrawn
    event WithdrawStake(
        address indexed delegator, uint256 unbondingLockId, uint256 amount, uint256 withdrawRound
    );
    /// @notice Fees were paid out.
    /// @param delegator Whose fees they were
    /// @param recipient Who was paid
    /// @param amount Wei of ETH
    event WithdrawFees(address indexed delegator, address recipient, uint256 amount);
    /// @notice An account's earnings of past rounds were added to its stake and fees.
    /// @param delegate Whom the account delegated to; zero for nobody
    /// @param delegator Whose earnings they are
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

    /// @notice Nobody has opened this round yet. Call `RoundsManager.initializeRound` first; anyone can.
    /// @param round Number of the current round
    error CurrentRoundIsNotInitialized(uint256 round);
    /// @notice Terms can't change in the last part of a round, so that delegators see them in time. Wait for the next
    ///         round.
    /// @param round Number of the current round
    error CurrentRoundIsLocked(uint256 round);
    /// @notice Only the RoundsManager starts a round. It does so by itself in `initializeRound`.
    /// @param caller Who called
    error CallerMustBeRoundsManager(address caller);
    /// @notice Only the TicketBroker reports fees. Redeem the ticket there.
    /// @param caller Who called
    error CallerMustBeTicketBroker(address caller);
    /// @notice Only the registered Verifier slashes. Prove the fault there.
    /// @param caller Who called
    error CallerMustBeVerifier(address caller);
    /// @notice Somebody else would call reward for a transcoder. Send it from the account that the transcoder named
    ///         with `setRewardCaller`.
    /// @param caller Who called
    /// @param rewardCaller Who may call; zero = nobody was set
    error CallerMustBeRewardCaller(address caller, address rewardCaller);
    /// @notice The caller has no stake, or only stake that counts from the next round on. Bond first, or wait for the
    ///         next round.
    /// @param caller Who called
    error CallerMustBeBonded(address caller);
    /// @notice The caller still has stake: it rebonds to the delegate it has.
    /// @param caller Who called
    error CallerMustBeUnbonded(address caller);
    /// @notice The reward cut is more than the whole. Choose 0 to 1_000_000.
    /// @param rewardCut In millionths, more than 1_000_000
    error InvalidRewardCut(uint256 rewardCut);
    /// @notice The fee share is more than the whole. Choose 0 to 1_000_000.
    /// @param feeShare In millionths, more than 1_000_000
    error InvalidFeeShare(uint256 feeShare);
    /// @notice The treasury's cut is more than the whole. Choose 0 to 10^27.
    /// @param cutRate In 10^-27, more than 10^27
    error InvalidTreasuryRewardCutRate(uint256 cutRate);
    /// @notice The account has not bonded to itself. Let it bond to itself first.
    /// @param transcoder The account
    error TranscoderMustBeRegistered(address transcoder);
    /// @notice The transcoder was not in the pool when this round started, or gave up its place by joining anew. It
    ///         is active again from the next round on, if it is in the pool then.
    /// @param transcoder The orchestrator
    error TranscoderMustBeActive(address transcoder);
    /// @notice A transcoder is rewarded once a round. Wait for the next round.
    /// @param transcoder The orchestrator
    /// @param round Number of the current round
    error RewardAlreadyCalled(address transcoder, uint256 round);
    /// @notice An active transcoder changes its terms only after it called reward in this round. Call `reward` first.
    /// @param transcoder The orchestrator
    /// @param round Number of the current round
    error RewardBeforeUpdateRequired(address transcoder, uint256 round);
    /// @notice The delegate leaves the pool after this round and must call reward before stake is added. Wait for its
    ///         reward or for the next round, or choose another delegate.
    /// @param delegate The transcoder that leaves
    /// @param round Number of the current round
    error DelegateMustCallRewardFirst(address delegate, uint256 round);
    /// @notice A third party can't make an account claim before its delegate called reward in this round. Wait for
    ///         that reward, or let the account send the call itself.
    /// @param account Whose stake would change
    /// @param delegate Its delegate
    error IllegalClaimEarnings(address account, address delegate);
    /// @notice The account that would get the stake is zero, or would become its own delegate by a transfer. Name
    ///         another account.
    /// @param delegator Account that would get the stake
    error InvalidDelegator(address delegator);
    /// @notice Only the L2 migrator can make another account its own delegate. Let the account bond to itself.
    /// @param delegate The account, named as its own delegate
    error InvalidDelegate(address delegate);
    /// @notice A third party can't move the stake of an account to another delegate. Bond for it to the delegate it
    ///         has.
    /// @param from Delegate that it has
    /// @param to Delegate that was named
    error InvalidDelegateChange(address from, address to);
    /// @notice A transcoder must unbond before it delegates to somebody else. It can unbond all, and bond to another
    ///         delegate from then on.
    /// @param transcoder The orchestrator
    error RegisteredTranscoderCannotDelegate(address transcoder);
    /// @notice Neither an amount nor stake that moves. Give an amount above 0.
    error BondAmountIsZero();
    /// @notice Nothing would be unbonded. Give an amount above 0.
    error UnbondAmountIsZero();
    /// @notice More would be unbonded than is bonded. Give at most what `getDelegator` says after `claimEarnings`.
    /// @param amount LPT wei asked for
    /// @param bonded LPT wei there are
    error UnbondAmountExceedsBonded(uint256 amount, uint256 bonded);
    /// @notice The lock was never made, or is withdrawn, rebonded or given away. Ask `isValidUnbondingLock` for those
    ///         that are left.
    /// @param delegator Whose lock it would be
    /// @param unbondingLockId Number of the lock, counted for each account
    error InvalidUnbondingLock(address delegator, uint256 unbondingLockId);
    /// @notice The stake is still on its way out. Withdraw it from `withdrawRound` on, or bond it again.
    /// @param withdrawRound First round in which it can be withdrawn
    /// @param currentRound Number of the current round
    error WithdrawRoundNotReached(uint256 withdrawRound, uint256 currentRound);
    /// @notice ETH can't be sent to the zero address. Name another recipient.
    error InvalidRecipient();
    /// @notice More would be paid than was earned. Give at most what `getDelegator` says after `claimEarnings`.
    /// @param amount Wei of ETH asked for
    /// @param fees Wei of ETH there are
    error InsufficientFees(uint256 amount, uint256 fees);

    // ---- parameters -----------------------------------------------------------------------------------------

    /// @notice Rounds between `unbond` and `withdrawStake`.
    /// @return In rounds, below 2^32
    function unbondingPeriod() external view returns (uint64);

    /// @notice Share of each reward that goes to the treasury in this round.
    /// @return In 10^-27, at most 10^27
    function treasuryRewardCutRate() external view returns (uint256);

    /// @notice `treasuryRewardCutRate` from the next initialized round on.
    /// @return In 10^-27, at most 10^27
    function nextRoundTreasuryRewardCutRate() external view returns (uint256);

    /// @notice What the treasury may own before it stops taking its share.
    /// @return LPT wei; 0 = no limit
    function treasuryBalanceCeiling() external view returns (uint256);

    /// @notice Sets the rounds that stake waits on its way out; those who wait already are not touched. Only the owner of
    ///         the Controller (`CallerMustBeControllerOwner`), as the other setters here.
    /// @param unbondingPeriod Rounds, below 2^32
    function setUnbondingPeriod(uint64 unbondingPeriod) external;

    /// @notice Size of the active pool; can only grow (`PoolSizeCannotShrink`).
    /// @param numActiveTranscoders Number of members, below 2^32
    function setNumActiveTranscoders(uint256 numActiveTranscoders) external;

    /// @notice Takes effect with the next initialized round. `InvalidTreasuryRewardCutRate` for more than all.
    /// @param cutRate Share of each reward, in 10^-27
    function setTreasuryRewardCutRate(uint256 cutRate) external;

    /// @notice Sets what the treasury may own before it stops taking its share. Only the owner of the Controller.
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

    /// @notice Who else may call reward for a transcoder.
    /// @param transcoder The orchestrator
    /// @return rewardCaller Who may call reward for `transcoder`; zero = nobody
    function transcoderToRewardCaller(address transcoder) external view returns (address rewardCaller);

    /// @notice `reward` for a transcoder that set the caller as its reward caller (`CallerMustBeRewardCaller`).
    /// @param transcoder The orchestrator
    function rewardForTranscoder(address transcoder) external;

    /// @notice `rewardForTranscoder` with the neighbours expected in the pool afterwards.
    /// @param transcoder The orchestrator
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
    /// @param unbondingLockId Number of the lock, counted for each account
    function rebond(uint256 unbondingLockId) external;

    /// @notice `rebond` with the neighbours that the delegate is expected to have in the pool afterwards.
    /// @param unbondingLockId Number of the lock, counted for each account
    /// @param newPosPrev Expected neighbour with more stake; zero = no idea
    /// @param newPosNext Expected neighbour with less stake; zero = no idea
    function rebondWithHint(uint256 unbondingLockId, address newPosPrev, address newPosNext) external;

    /// @notice Bonds a lock of a caller without stake again. Reverts with `CallerMustBeUnbonded`,
    ///         `InvalidUnbondingLock`, `DelegateMustCallRewardFirst`.
    /// @param to Delegate
    /// @param unbondingLockId Number of the lock, counted for each account
    function rebondFromUnbonded(address to, uint256 unbondingLockId) external;

    /// @notice `rebondFromUnbonded` with the neighbours that `to` is expected to have in the pool afterwards.
    /// @param to Delegate
    /// @param unbondingLockId Number of the lock, counted for each account
    /// @param newPosPrev Expected neighbour with more stake; zero = no idea
    /// @param newPosNext Expected neighbour with less stake; zero = no idea
    function rebondFromUnbondedWithHint(
        address to,
        uint256 unbondingLockId,
        address newPosPrev,
        address newPosNext
    ) external;

    /// @notice Gives part of the caller's stake to another account without an unbonding period. A receiver without a
    ///         delegate follows the caller's. Reverts as `unbond` and `rebond` do, with `IllegalClaimEarnings` for a
    ///         receiver whose delegate has not called reward in this round, and with `InvalidDelegator`.
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
    /// @param unbondingLockId Number of the lock, counted for each account
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

    /// @notice Books the fees of redeemed tickets. Only the TicketBroker (`CallerMustBeTicketBroker`);
    ///         `SystemIsPaused`, `TranscoderMustBeActive`.
    /// @param transcoder The orchestrator
    /// @param fees Wei of ETH, which lie in the Minter already
    /// @param round Ignored
    function updateTranscoderWithFees(address transcoder, uint256 fees, uint256 round) external;

    /// @notice Takes a share of a transcoder's own stake and puts it out of the pool. Only the Verifier
    ///         (`CallerMustBeVerifier`); `SystemIsPaused`, `CurrentRoundIsNotInitialized`, `NotMillionths` for more
    ///         than all.
    /// @param transcoder The orchestrator
    /// @param finder Who is paid for the proof; zero = nobody
    /// @param slashAmount Share of the stake to take, in millionths
    /// @param finderFee Share of the penalty for the finder, in millionths; the rest is burned
    function slashTranscoder(address transcoder, address finder, uint256 slashAmount, uint256 finderFee)
        external;

    /// @notice Makes the stake and the treasury's cut of the next round current. Only the RoundsManager, when a round
    ///         starts (`CallerMustBeRoundsManager`).
    function setCurrentRoundTotalActiveStake() external;

    /// @notice Writes the present stake of an account to the history of votes. Anyone, also while the system is
    ///         paused.
    /// @param account Whose stake it is
    function checkpointBondingState(address account) external;

    // ---- views ----------------------------------------------------------------------------------------------

    /// @notice Stake of the transcoders that are active in this round, fixed when it started.
    /// @return LPT wei
    function currentRoundTotalActiveStake() external view returns (uint256);

    /// @notice Stake of the pool as it is now: the active stake of the next round if nothing changes.
    /// @return LPT wei
    function nextRoundTotalActiveStake() external view returns (uint256);

    /// @notice `currentRoundTotalActiveStake`, as the Minter knows it.
    /// @return LPT wei
    function getTotalBonded() external view returns (uint256);

    /// @notice Stake of an account with all rewards up to the current round.
    /// @param delegator The account
    /// @param endRound Ignored
    /// @return LPT wei
    function pendingStake(address delegator, uint256 endRound) external view returns (uint256);

    /// @notice Fees of an account up to the current round.
    /// @param delegator The account
    /// @param endRound Ignored
    /// @return Wei of ETH
    function pendingFees(address delegator, uint256 endRound) external view returns (uint256);

    /// @notice Stake delegated to an account, its own included, as of the last claims.
    /// @param transcoder Any account
    /// @return LPT wei
    function transcoderTotalStake(address transcoder) external view returns (uint256);

    /// @notice Whether the account is its own delegate and has stake.
    /// @param transcoder Any account
    /// @return Registered if so
    function transcoderStatus(address transcoder) external view returns (TranscoderStatus);

    /// @notice Whether the account has stake, and whether it counts already.
    /// @param delegator The account
    /// @return Unbonded without stake, Pending with stake that counts from the next round on, else Bonded
    function delegatorStatus(address delegator) external view returns (DelegatorStatus);

    /// @notice Terms and state of a transcoder; zeros for an account that never was one.
    /// @param transcoder Any account
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
    /// @param transcoder The orchestrator
    /// @param round Number of any round
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
    /// @param delegator The account
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

    /// @notice Stake on its way out.
    /// @param delegator The account
    /// @param unbondingLockId Number of the lock, counted for each account
    /// @return amount LPT wei; 0 for a lock that is not valid
    /// @return withdrawRound First round in which it can be withdrawn; 0 for a lock that is not valid
    function getDelegatorUnbondingLock(address delegator, uint256 unbondingLockId)
        external
        view
        returns (uint256 amount, uint256 withdrawRound);

    /// @notice Whether there is stake in the lock.
    /// @param delegator The account
    /// @param unbondingLockId Number of the lock, counted for each account
    /// @return False for a lock that was never made, or is withdrawn, rebonded or given away
    function isValidUnbondingLock(address delegator, uint256 unbondingLockId) external view returns (bool);

    /// @notice How many transcoders the pool can hold.
    /// @return Number of places, below 2^32
    function getTranscoderPoolMaxSize() external view returns (uint256);

    /// @notice How many transcoders are in the pool of the next round.
    /// @return Number of members, at most `getTranscoderPoolMaxSize`
    function getTranscoderPoolSize() external view returns (uint256);

    /// @notice Member of the pool with the most stake.
    /// @return Zero for an empty pool
    function getFirstTranscoderInPool() external view returns (address);

    /// @notice Member of the pool with the next smaller stake.
    /// @param transcoder A member
    /// @return Zero after the last, and for an account that is not in the pool
    function getNextTranscoderInPool(address transcoder) external view returns (address);

    /// @notice Whether the account may call reward and receive fees in the current round.
    /// @param transcoder Any account
    /// @return True while it is active, whether or not it is in the pool of the next round
    function isActiveTranscoder(address transcoder) external view returns (bool);

    /// @notice Whether the account is its own delegate and has stake.
    /// @param transcoder Any account
    /// @return True if so, whether or not it is in the pool
    function isRegisteredTranscoder(address transcoder) external view returns (bool);

    /// @notice Number of transcoders that are active in the current round: the pool as it was when the round started.
    ///         Unlike the pool size it does not change within a round.
    /// @return Number of transcoders
    function currentRoundActiveTranscoders() external view returns (uint256);
}
