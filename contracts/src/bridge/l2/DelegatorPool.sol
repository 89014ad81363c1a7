// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {IBondingManager} from "../../interfaces/IBondingManager.sol";
import {IDelegatorPool} from "../interfaces/IDelegatorPool.sol";

/// @notice See IDelegatorPool. Deployed as a clone by the L2 migrator.
contract DelegatorPool is Initializable, IDelegatorPool {
    /// @inheritdoc IDelegatorPool
    address public override bondingManager;
    /// @inheritdoc IDelegatorPool
    address public override migrator;
    /// @inheritdoc IDelegatorPool
    uint256 public override initialStake;
    /// @inheritdoc IDelegatorPool
    uint256 public override claimedInitialStake;

    /// The code that the clones share is nobody's pool.
    constructor() {
        _disableInitializers();
    }

    /// @inheritdoc IDelegatorPool
    function follow(address bondingManager_, address delegate) external override {
        if (_getInitializedVersion() != 0) revert InvalidInitialization();
        IBondingManager(bondingManager_).bond(0, delegate);
    }

    /// @inheritdoc IDelegatorPool
    function initialize(address bondingManager_) external override initializer {
        bondingManager = bondingManager_;
        migrator = msg.sender;
        initialStake = IBondingManager(bondingManager_).pendingStake(address(this), 0);
    }

    /// @inheritdoc IDelegatorPool
    function claim(address delegator, uint256 stake) external override {
        if (msg.sender != migrator) revert NotMigrator(msg.sender, migrator);
        uint256 remaining = initialStake - claimedInitialStake;
        if (stake > remaining) revert InvalidClaim(stake, remaining);
        if (stake == 0) return;
        claimedInitialStake += stake;
        IBondingManager bonding = IBondingManager(bondingManager);
        // Rewards and fees are shared in proportion to what each brought; rounding favours those who claim later.
        uint256 owedStake = bonding.pendingStake(address(this), 0) * stake / remaining;
        uint256 owedFees = bonding.pendingFees(address(this), 0) * stake / remaining;
        bonding.transferBond(delegator, owedStake, address(0), address(0), address(0), address(0));
        if (owedFees > 0) bonding.withdrawFees(payable(delegator), owedFees);
        emit Claimed(delegator, owedStake, owedFees);
    }
}
