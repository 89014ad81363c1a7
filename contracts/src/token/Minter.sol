// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IController} from "../interfaces/IController.sol";
import {IL2LPTDataCache} from "../interfaces/IL2LPTDataCache.sol";
import {ILivepeerToken} from "../interfaces/ILivepeerToken.sol";
import {IManager} from "../interfaces/IManager.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {Manager} from "../registry/Manager.sol";
import {Billionths, billionthShare, billionthsOf, isBillionths, toBillionths} from "../types/Billionths.sol";

/// @notice See IMinter.
/// @dev Not behind a proxy: a new Minter takes over by `migrateToNewMinter`.
contract Minter is Manager, IMinter {
    using SafeCast for uint256;

    /// Gas for the receiver of ETH: enough for an account or a plain receive function, too little to call back. The EVM
    /// itself adds this much to a call that carries value.
    uint256 private constant TRANSFER_GAS = 2300;

    /// What each round changes, in one slot.
    struct Budget {
        uint96 mintable;
        uint96 minted;
        Billionths inflation;
    }

    /// What steers it.
    struct Target {
        Billionths inflationChange;
        Billionths bondingRate;
    }

    Budget private _budget;
    Target private _target;

    constructor(
        IController controller_,
        uint256 inflation_,
        uint256 inflationChange_,
        uint256 targetBondingRate_
    ) Manager(controller_) {
        if (!isBillionths(inflation_)) revert InvalidInflation(inflation_);
        if (!isBillionths(inflationChange_)) revert InvalidInflationChange(inflationChange_);
        if (!isBillionths(targetBondingRate_)) revert InvalidTargetBondingRate(targetBondingRate_);
        _budget.inflation = toBillionths(inflation_);
        _target = Target(toBillionths(inflationChange_), toBillionths(targetBondingRate_));
    }

    /// @inheritdoc IMinter
    function setTargetBondingRate(uint256 targetBondingRate_) external override onlyControllerOwner {
        if (!isBillionths(targetBondingRate_)) revert InvalidTargetBondingRate(targetBondingRate_);
        _target.bondingRate = toBillionths(targetBondingRate_);
        emit ParameterUpdate("targetBondingRate");
    }

    /// @inheritdoc IMinter
    function setInflationChange(uint256 inflationChange_) external override onlyControllerOwner {
        if (!isBillionths(inflationChange_)) revert InvalidInflationChange(inflationChange_);
        _target.inflationChange = toBillionths(inflationChange_);
        emit ParameterUpdate("inflationChange");
    }

    /// @inheritdoc IMinter
    function migrateToNewMinter(IMinter newMinter) external override onlyControllerOwner {
        if (address(newMinter) == address(this)) revert NewMinterIsCurrentMinter();
        if (address(newMinter) == address(0)) revert NewMinterIsNull();
        IController other = newMinter.getController();
        if (address(other) != address(controller)) revert NewMinterHasOtherController(address(other));
        address registered = _contractOf(ContractIds.MINTER);
        if (registered != address(this)) revert MinterIsNotRegistered(registered);
        ILivepeerToken token = _token();
        _sendTokens(token, address(newMinter), token.balanceOf(address(this)));
        newMinter.depositETH{value: address(this).balance}();
    }

    /// @inheritdoc IMinter
    function createReward(uint256 numerator, uint256 denominator) external override returns (uint256 minted) {
        ILivepeerToken token = _openForBondingManager();
        Budget memory budget = _budget;
        minted = billionthShare(budget.mintable, numerator, denominator);
        uint256 total = budget.minted + minted;
        if (total > budget.mintable) revert MintedTokensExceedMintable(total, budget.mintable);
        _budget.minted = total.toUint96();
        token.mint(address(this), minted);
    }

    /// @inheritdoc IMinter
    function trustedTransferTokens(address to, uint256 amount) external override {
        _sendTokens(_openForBondingManager(), to, amount);
    }

    /// @inheritdoc IMinter
    function trustedBurnTokens(uint256 amount) external override {
        _openForBondingManager().burn(amount);
    }

    /// @inheritdoc IMinter
    function trustedWithdrawETH(address payable to, uint256 amount) external override {
        address directory = _lookUnlessPaused();
        if (
            msg.sender != _find(directory, ContractIds.BONDING_MANAGER)
                && msg.sender != _find(directory, ContractIds.JOBS_MANAGER)
        ) {
            revert CallerMustBeBondingManagerOrJobsManager(msg.sender);
        }
        (bool ok,) = to.call{value: amount, gas: amount == 0 ? TRANSFER_GAS : 0}("");
        if (!ok) revert EthTransferFailed(to, amount);
    }

    /// @inheritdoc IMinter
    function depositETH() external payable override returns (bool) {
        (address directory,) = _look();
        if (
            msg.sender != _find(directory, ContractIds.JOBS_MANAGER)
                && msg.sender != _find(directory, ContractIds.MINTER)
        ) {
            revert CallerMustBeMinterOrJobsManager(msg.sender);
        }
        return true;
    }

    /// @inheritdoc IMinter
    function setCurrentRewardTokens() external override {
        address directory = _lookUnlessPaused();
        if (msg.sender != _find(directory, ContractIds.ROUNDS_MANAGER)) {
            revert CallerMustBeRoundsManager(msg.sender);
        }
        uint256 supply = _supply(directory);
        IBondingManager bonding = IBondingManager(_find(directory, ContractIds.BONDING_MANAGER));
        Billionths rate = _nextInflation(bonding.getTotalBonded(), supply);
        uint256 mintable = rate.shareOf(supply);
        _budget = Budget({mintable: mintable.toUint96(), minted: 0, inflation: rate});
        emit SetCurrentRewardTokens(mintable, rate.value());
    }

    /// @inheritdoc IMinter
    function inflation() external view override returns (uint256) {
        return _budget.inflation.value();
    }

    /// @inheritdoc IMinter
    function inflationChange() external view override returns (uint256) {
        return _target.inflationChange.value();
    }

    /// @inheritdoc IMinter
    function targetBondingRate() external view override returns (uint256) {
        return _target.bondingRate.value();
    }

    /// @inheritdoc IMinter
    function currentMintableTokens() external view override returns (uint256) {
        return _budget.mintable;
    }

    /// @inheritdoc IMinter
    function currentMintedTokens() external view override returns (uint256) {
        return _budget.minted;
    }

    /// @inheritdoc IMinter
    function getController() external view override returns (IController) {
        return controller;
    }

    /// @inheritdoc IMinter
    function getGlobalTotalSupply() external view override returns (uint256) {
        (address directory,) = _look();
        return _supply(directory);
    }

    function _supply(address directory) private view returns (uint256 supply) {
        supply = ILivepeerToken(_find(directory, ContractIds.LIVEPEER_TOKEN)).totalSupply();
        address cache = _find(directory, ContractIds.L2_LPT_DATA_CACHE);
        if (cache != address(0)) supply += IL2LPTDataCache(cache).l1CirculatingSupply();
    }

    /// One step towards the target: more inflation while too little is bonded, less while too much is.
    function _nextInflation(uint256 bonded, uint256 supply) private view returns (Billionths) {
        Billionths rate = supply == 0 ? toBillionths(0) : billionthsOf(bonded, supply);
        (Billionths current, Target memory target) = (_budget.inflation, _target);
        if (rate < target.bondingRate) return current.plus(target.inflationChange);
        if (rate == target.bondingRate) return current;
        return current.minusOrZero(target.inflationChange);
    }

    /// Guard of what moves or mints tokens.
    function _openForBondingManager() private view returns (ILivepeerToken) {
        (address directory, bool paused) = _look();
        if (msg.sender != _find(directory, ContractIds.BONDING_MANAGER)) {
            revert CallerMustBeBondingManager(msg.sender);
        }
        if (paused) revert SystemIsPaused();
        return ILivepeerToken(_find(directory, ContractIds.LIVEPEER_TOKEN));
    }

    function _sendTokens(ILivepeerToken token, address to, uint256 amount) private {
        if (!token.transfer(to, amount)) revert TokenTransferFailed(to, amount);
    }

    function _token() private view returns (ILivepeerToken) {
        return ILivepeerToken(_contractOf(ContractIds.LIVEPEER_TOKEN));
    }
}
