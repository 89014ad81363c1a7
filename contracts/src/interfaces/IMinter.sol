// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "./IController.sol";
import {IManager} from "./IManager.sol";

/// @title Treasury of stake and fees: holds all bonded LPT and all ETH, and mints the inflation of each round
/// @notice Rates are in billionths (1_000_000_000 = 100 %), amounts in wei.
interface IMinter is IManager {
    event SetCurrentRewardTokens(uint256 currentMintableTokens, uint256 currentInflation);

    error InvalidInflation(uint256 inflation);
    error InvalidInflationChange(uint256 inflationChange);
    error InvalidTargetBondingRate(uint256 targetBondingRate);
    error CallerMustBeBondingManager(address caller);
    error CallerMustBeRoundsManager(address caller);
    error CallerMustBeBondingManagerOrJobsManager(address caller);
    error CallerMustBeMinterOrJobsManager(address caller);
    error MintedTokensExceedMintable(uint256 minted, uint256 mintable);
    error NewMinterIsCurrentMinter();
    error NewMinterIsNull();
    error NewMinterHasOtherController(address newController);
    error MinterIsNotRegistered(address registered);
    error TokenTransferFailed(address to, uint256 amount);
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

    function getController() external view returns (IController);

    /// @notice Supply on this chain plus what the registered data cache reports of the other chain (0 without one).
    function getGlobalTotalSupply() external view returns (uint256);

    function setTargetBondingRate(uint256 targetBondingRate) external;

    function setInflationChange(uint256 inflationChange) external;

    /// @notice Moves all LPT and ETH to `newMinter`, while this Minter is the registered one.
    function migrateToNewMinter(IMinter newMinter) external;

    /// @notice Mints the share `numerator / denominator` of the mintable tokens of this round to itself.
    function createReward(uint256 numerator, uint256 denominator) external returns (uint256 minted);

    function trustedTransferTokens(address to, uint256 amount) external;

    function trustedBurnTokens(uint256 amount) external;

    function trustedWithdrawETH(address payable to, uint256 amount) external;

    function depositETH() external payable returns (bool);

    /// @notice Adjusts inflation and opens the budget of a new round. Only the RoundsManager.
    function setCurrentRewardTokens() external;
}
