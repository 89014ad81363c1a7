// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {IManagerProxyTarget} from "./IManager.sol";

/// @title History of stake by round, and the votes it gives
/// @notice ERC-5805 (votes) with the clock of ERC-6372 counting rounds. Only the BondingManager writes. What is bonded
///         in a round is written for the next one, so stake that comes and goes within a round never counts.
///         Amounts are in wei of LPT, below 2^91 (2.4 billion LPT); rounds are below 2^24.
///         A registered transcoder (its own delegate, with stake) has all stake delegated to it as votes, a delegator of
///         one has its stake with the rewards up to then, everybody else has none.
interface IBondingVotes is IManagerProxyTarget, IVotes, IERC6372 {
    /// @notice An account's own stake, or the round up to which it holds rewards, changed.
    /// @param delegate The account whose own stake or claim changed; the name is that of the known ABI
    /// @param previousBondedAmount LPT wei before
    /// @param previousLastClaimRound Round of the last claim before
    /// @param newBondedAmount LPT wei from the next round on
    /// @param newLastClaimRound Round of the last claim now
    event DelegatorBondedAmountChanged(
        address indexed delegate,
        uint256 previousBondedAmount,
        uint256 previousLastClaimRound,
        uint256 newBondedAmount,
        uint256 newLastClaimRound
    );

    /// @notice Only the BondingManager writes. Call its `checkpointBondingState`, which is open to all.
    /// @param caller Who called
    /// @param required Who may
    error InvalidCaller(address caller, address required);
    /// @notice Stake is recorded for the next round, no other. Only the BondingManager can cause it, so this is a
    ///         fault of it.
    /// @param checkpointRound Round that was given
    /// @param requiredRound The next round
    error InvalidStartRound(uint256 checkpointRound, uint256 requiredRound);
    /// @notice The total is recorded for the current round, no other. Only the BondingManager can cause it, so this
    ///         is a fault of it.
    /// @param checkpointRound Round that was given
    /// @param requiredRound The current round
    error InvalidTotalStakeCheckpointRound(uint256 checkpointRound, uint256 requiredRound);
    /// @notice Rewards of rounds that have not been can't be in a stake. Only the BondingManager can cause it, so
    ///         this is a fault of it.
    /// @param lastClaimRound Round that was given
    /// @param maxAllowed The current round
    error FutureLastClaimRound(uint256 lastClaimRound, uint256 maxAllowed);
    /// @notice What holds in that round is not known yet. Ask for `maxAllowed` or an earlier one.
    /// @param queryRound Round that was asked for
    /// @param maxAllowed Last round that is known: the one before the current for the functions of IVotes, else the
    ///        next
    error FutureLookup(uint256 queryRound, uint256 maxAllowed);
    /// @notice The BondingManager knows no reward factor for the round of a transcoder's last reward. It writes one
    ///         with every reward, so this is a fault of it.
    /// @param transcoder The orchestrator
    /// @param round Round of the last reward
    error MissingEarningsPool(address transcoder, uint256 round);
    /// @notice Votes follow stake and can't be delegated apart from it. Bond to the account that shall vote.
    /// @param bondingManagerFunction Name of the function of the BondingManager to call instead
    error MustCallBondingManager(string bondingManagerFunction);
    /// @notice An amount or a round does not fit into its field of the packed record. Neither limit can be reached
    ///         with the supply of LPT, so this is a fault of the contracts.
    /// @param value LPT wei, or number of a round
    /// @param max LPT wei or number of a round that fits
    error ValueTooLarge(uint256 value, uint256 max);

    /// @notice Records the stake of an account from `startRound` on, which must be the next round.
    /// @dev A second record for a round replaces the first. Only the BondingManager.
    /// @param account Whose stake it is
    /// @param startRound Number of the next round
    /// @param bondedAmount Own stake in LPT wei, below 2^91
    /// @param delegateAddress Zero when the account has no delegate
    /// @param delegatedAmount Stake delegated to the account, its own included, in LPT wei, below 2^91
    /// @param lastClaimRound Round up to which `bondedAmount` contains rewards; before `startRound`
    /// @param lastRewardRound Round in which the account last called reward; 0 when never
    function checkpointBondingState(
        address account,
        uint256 startRound,
        uint256 bondedAmount,
        address delegateAddress,
        uint256 delegatedAmount,
        uint256 lastClaimRound,
        uint256 lastRewardRound
    ) external;

    /// @notice Records the active stake of the current round. Only the BondingManager.
    /// @param totalStake LPT wei, below 2^96
    /// @param round Number of the current round
    function checkpointTotalActiveStake(uint256 totalStake, uint256 round) external;

    /// @notice Whether there is a history of this account.
    /// @param account Any account
    /// @return True once its stake was recorded. Without a record it has no votes:
    ///         `BondingManager.checkpointBondingState` makes the first one
    function hasCheckpoint(address account) external view returns (bool);

    /// @notice Active stake of a round up to the next one. A round that nobody initialized takes the stake of the
    ///         next that somebody did. `FutureLookup` beyond the next one.
    /// @param round Number of the round
    /// @return LPT wei; 0 before the first record
    function getTotalActiveStakeAt(uint256 round) external view returns (uint256);

    /// @notice Votes and delegate of an account as they were when `round`, at most the next one, started.
    ///         `FutureLookup` beyond it.
    /// @param account Any account
    /// @param round Number of the round
    /// @return votes LPT wei
    /// @return delegateAddress Zero without stake
    function getVotesAndDelegateAtRoundStart(address account, uint256 round)
        external
        view
        returns (uint256 votes, address delegateAddress);

    /// @notice What an account itself had bonded when `round`, at most the next one, started, with the rewards of its
    ///         delegate up to then; 0 unless that delegate was a registered transcoder. A delegator's votes are the
    ///         same amount; a transcoder's votes count what others delegated to it, too, and its own cut of rewards
    ///         is in neither until it claims.
    /// @param account Any account
    /// @param round Number of the round
    /// @return stake LPT wei
    /// @return delegateAddress Zero without stake
    function getOwnStakeAndDelegateAtRoundStart(address account, uint256 round)
        external
        view
        returns (uint256 stake, address delegateAddress);

    /// @notice Delegate of an account at the end of a past round. `FutureLookup` from the current round on.
    /// @param account Any account
    /// @param round Number of the round
    /// @return Zero when it had no stake
    function delegatedAt(address account, uint256 round) external view returns (address);

    /// @notice Active stake of the next round: the sum of all votes, as it is now.
    /// @return LPT wei
    function totalSupply() external view returns (uint256);

    /// @notice Name of the votes, for wallets.
    /// @return "Livepeer Voting Power"
    function name() external pure returns (string memory);

    /// @notice Symbol of the votes, for wallets.
    /// @return "vLPT"
    function symbol() external pure returns (string memory);

    /// @notice Decimals of the votes: those of LPT.
    /// @return The number 18
    function decimals() external pure returns (uint8);
}
