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

    /// @param inflation In billionths, more than 1_000_000_000
    error InvalidInflation(uint256 inflation);
    /// @param inflationChange In billionths, more than 1_000_000_000
    error InvalidInflationChange(uint256 inflationChange);
    /// @param targetBondingRate In billionths, more than 1_000_000_000
    error InvalidTargetBondingRate(uint256 targetBondingRate);
    /// @notice Only the registered BondingManager mints and moves tokens.
    error CallerMustBeBondingManager(address caller);
    /// @notice Only the registered RoundsManager opens a budget.
    error CallerMustBeRoundsManager(address caller);
    /// @notice ETH leaves only by the BondingManager or the contract registered as "JobsManager".
    error CallerMustBeBondingManagerOrJobsManager(address caller);
    /// @notice ETH comes only from the registered Minter or the contract registered as "JobsManager".
    error CallerMustBeMinterOrJobsManager(address caller);
    /// @notice More than the budget of the round, in LPT wei.
    error MintedTokensExceedMintable(uint256 minted, uint256 mintable);
    error NewMinterIsCurrentMinter();
    error NewMinterIsNull();
    /// @notice The new Minter must follow the same Controller.
    error NewMinterHasOtherController(address newController);
    /// @notice A Minter that is no longer registered can't hand over.
    error MinterIsNotRegistered(address registered);
    /// @param amount LPT wei
    error TokenTransferFailed(address to, uint256 amount);
    /// @notice The receiver refused, or needs more than 2300 gas to take ETH.
    /// @param amount Wei
    error EthTransferFailed(address to, uint256 amount);

    /// @notice Share of the global supply that may be minted in the current round, in billionths.
    function inflation() external view returns (uint256);

    /// @notice Step by which inflation moves towards the target each initialized round, in billionths.
    function inflationChange() external view returns (uint256);

    /// @notice Bonded share of the supply that inflation steers towards, in billionths.
    function targetBondingRate() external view returns (uint256);

    /// @notice LPT wei that may be minted in the current round.
    function currentMintableTokens() external view returns (uint256);

    /// @notice LPT wei minted so far in the current round; never more than `currentMintableTokens`.
    function currentMintedTokens() external view returns (uint256);

    /// @notice `controller`, as a new Minter is asked for it.
    function getController() external view returns (IController);

    /// @notice Supply on this chain plus what the registered data cache reports of the other chain (0 without one).
    function getGlobalTotalSupply() external view returns (uint256);

    /// @notice Only the owner of the Controller (`CallerMustBeControllerOwner`); `InvalidTargetBondingRate`.
    /// @param targetBondingRate In billionths
    function setTargetBondingRate(uint256 targetBondingRate) external;

    /// @notice Only the owner of the Controller (`CallerMustBeControllerOwner`); `InvalidInflationChange`.
    /// @param inflationChange In billionths
    function setInflationChange(uint256 inflationChange) external;

    /// @notice Moves all LPT and ETH to `newMinter`, while this Minter is the registered one. Only the owner of the
    ///         Controller; `NewMinterIsCurrentMinter`, `NewMinterIsNull`, `NewMinterHasOtherController`,
    ///         `MinterIsNotRegistered`, checked in this order.
    function migrateToNewMinter(IMinter newMinter) external;

    /// @notice Mints the share `numerator / denominator` of the mintable tokens of this round to itself. The ratio is cut at
    ///         billionths before it is taken, as it always was. Only the BondingManager, while not paused;
    ///         `MintedTokensExceedMintable`.
    /// @param numerator Stake of one transcoder, LPT wei
    /// @param denominator Stake of all of them, LPT wei
    /// @return minted LPT wei
    function createReward(uint256 numerator, uint256 denominator) external returns (uint256 minted);

    /// @notice Sends LPT wei. Only the BondingManager, while not paused.
    function trustedTransferTokens(address to, uint256 amount) external;

    /// @notice Burns LPT wei; needs BURNER_ROLE. Only the BondingManager, while not paused.
    function trustedBurnTokens(uint256 amount) external;

    /// @notice Sends wei of ETH with 2300 gas (`EthTransferFailed`). Only the BondingManager or the contract registered as
    ///         "JobsManager", while not paused.
    function trustedWithdrawETH(address payable to, uint256 amount) external;

    /// @notice Takes ETH. Only the registered Minter or the contract registered as "JobsManager"; also while paused.
    /// @return Always true
    function depositETH() external payable returns (bool);

    /// @notice Adjusts inflation by one step towards the target and opens the budget of a new round. Only the RoundsManager,
    ///         while not paused.
    function setCurrentRewardTokens() external;
}
