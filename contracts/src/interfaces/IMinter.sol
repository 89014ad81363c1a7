// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "./IController.sol";
import {IManager} from "./IManager.sol";

/// @title Treasury of stake and fees: holds all bonded LPT and all ETH, and mints the inflation of each round
/// @notice Rates are in billionths (1_000_000_000 = 100 %), amounts in wei.
interface IMinter is IManager {
    /// @notice The budget of a new round.
    /// @param currentMintableTokens LPT wei that may be minted in it
    /// @param currentInflation Share of the global supply that this is, in billionths
    event SetCurrentRewardTokens(uint256 currentMintableTokens, uint256 currentInflation);

    /// @notice The inflation is more than the whole. Choose 0 to 1_000_000_000.
    /// @param inflation In billionths, more than 1_000_000_000
    error InvalidInflation(uint256 inflation);
    /// @notice The step is more than the whole. Choose 0 to 1_000_000_000.
    /// @param inflationChange In billionths, more than 1_000_000_000
    error InvalidInflationChange(uint256 inflationChange);
    /// @notice The target is more than the whole. Choose 0 to 1_000_000_000.
    /// @param targetBondingRate In billionths, more than 1_000_000_000
    error InvalidTargetBondingRate(uint256 targetBondingRate);
    /// @notice Only the registered BondingManager mints and moves tokens. Use `reward`, `withdrawStake` or another
    ///         call there.
    /// @param caller Who called
    error CallerMustBeBondingManager(address caller);
    /// @notice Only the registered RoundsManager opens a budget. It does so by itself in `initializeRound`.
    /// @param caller Who called
    error CallerMustBeRoundsManager(address caller);
    /// @notice ETH leaves only by the BondingManager or the contract registered as "JobsManager". Use `withdrawFees`
    ///         or `withdraw` there.
    /// @param caller Who called
    error CallerMustBeBondingManagerOrJobsManager(address caller);
    /// @notice ETH comes only from the registered Minter or the contract registered as "JobsManager". Fund a deposit
    ///         at the TicketBroker instead.
    /// @param caller Who called
    error CallerMustBeMinterOrJobsManager(address caller);
    /// @notice More than the budget of the round, in LPT wei. Shares of active transcoders never sum up to more, so
    ///         this is a fault of the BondingManager.
    /// @param minted LPT wei minted in the round, this reward included
    /// @param mintable LPT wei of the budget
    error MintedTokensExceedMintable(uint256 minted, uint256 mintable);
    /// @notice This is the contract that would hand over. Name the new one.
    error NewMinterIsCurrentMinter();
    /// @notice What went to the zero address would be lost. Name the new Minter.
    error NewMinterIsNull();
    /// @notice The new Minter must follow the same Controller. Deploy one for this Controller.
    /// @param newController Controller of the new Minter
    error NewMinterHasOtherController(address newController);
    /// @notice A Minter that is no longer registered can't hand over. Call the registered one.
    /// @param registered The contract registered as Minter
    error MinterIsNotRegistered(address registered);
    /// @notice The token answered with false. LPT never does, so check what is registered as LivepeerToken.
    /// @param to Who was to be paid
    /// @param amount LPT wei
    error TokenTransferFailed(address to, uint256 amount);
    /// @notice The receiver refused, or needs more than 2300 gas to take ETH. Name another receiver.
    /// @param to Who was to be paid
    /// @param amount Wei
    error EthTransferFailed(address to, uint256 amount);

    /// @notice Share of the global supply that may be minted in the current round.
    /// @return In billionths
    function inflation() external view returns (uint256);

    /// @notice Step by which inflation moves towards the target each initialized round.
    /// @return In billionths, at most 1_000_000_000
    function inflationChange() external view returns (uint256);

    /// @notice Bonded share of the supply that inflation steers towards.
    /// @return In billionths, at most 1_000_000_000
    function targetBondingRate() external view returns (uint256);

    /// @notice What may be minted in the current round.
    /// @return LPT wei
    function currentMintableTokens() external view returns (uint256);

    /// @notice What was minted so far in the current round.
    /// @return LPT wei, at most `currentMintableTokens`
    function currentMintedTokens() external view returns (uint256);

    /// @notice `controller`, as a new Minter is asked for it.
    /// @return The Controller
    function getController() external view returns (IController);

    /// @notice Supply on this chain plus what the registered data cache reports of the other chain (0 without one).
    /// @return LPT wei
    function getGlobalTotalSupply() external view returns (uint256);

    /// @notice Sets the bonded share that inflation steers towards. Only the owner of the Controller
    ///         (`CallerMustBeControllerOwner`); `InvalidTargetBondingRate`.
    /// @param targetBondingRate In billionths
    function setTargetBondingRate(uint256 targetBondingRate) external;

    /// @notice Sets the step of inflation. Only the owner of the Controller (`CallerMustBeControllerOwner`);
    ///         `InvalidInflationChange`.
    /// @param inflationChange In billionths
    function setInflationChange(uint256 inflationChange) external;

    /// @notice Moves all LPT and ETH to `newMinter`, while this Minter is the registered one. Only the owner of the
    ///         Controller; `NewMinterIsCurrentMinter`, `NewMinterIsNull`, `NewMinterHasOtherController`,
    ///         `MinterIsNotRegistered`, checked in this order.
    /// @param newMinter A Minter of the same Controller
    function migrateToNewMinter(IMinter newMinter) external;

    /// @notice Mints the share `numerator / denominator` of the mintable tokens of this round to itself. The ratio is cut at
    ///         billionths before it is taken, as it always was. Only the BondingManager, while not paused;
    ///         `MintedTokensExceedMintable`.
    /// @param numerator Stake of one transcoder, LPT wei
    /// @param denominator Stake of all of them, LPT wei
    /// @return minted LPT wei
    function createReward(uint256 numerator, uint256 denominator) external returns (uint256 minted);

    /// @notice Sends LPT. Only the BondingManager, while not paused.
    /// @param to Who is paid
    /// @param amount LPT wei
    function trustedTransferTokens(address to, uint256 amount) external;

    /// @notice Burns LPT; needs BURNER_ROLE. Only the BondingManager, while not paused.
    /// @param amount LPT wei
    function trustedBurnTokens(uint256 amount) external;

    /// @notice Sends ETH with 2300 gas (`EthTransferFailed`). Only the BondingManager or the contract registered as
    ///         "JobsManager", while not paused.
    /// @param to Who is paid
    /// @param amount Wei of ETH
    function trustedWithdrawETH(address payable to, uint256 amount) external;

    /// @notice Takes ETH. Only the registered Minter or the contract registered as "JobsManager"; also while paused.
    /// @return Always true
    function depositETH() external payable returns (bool);

    /// @notice Adjusts inflation by one step towards the target and opens the budget of a new round. Only the RoundsManager,
    ///         while not paused.
    function setCurrentRewardTokens() external;
}
