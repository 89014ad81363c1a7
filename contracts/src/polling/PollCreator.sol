// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IPollCreator} from "../interfaces/IPollCreator.sol";
import {Poll} from "./Poll.sol";

/// @notice See IPollCreator.
contract PollCreator is IPollCreator {
    /// @inheritdoc IPollCreator
    uint256 public constant override QUORUM = 333_300;
    /// @inheritdoc IPollCreator
    uint256 public constant override QUOTA = 500_000;
    /// @inheritdoc IPollCreator
    uint256 public constant override POLL_PERIOD = 57_600;
    /// @inheritdoc IPollCreator
    uint256 public constant override POLL_CREATION_COST = 100e18;

    /// @inheritdoc IPollCreator
    IBondingManager public immutable override bondingManager;

    constructor(IBondingManager bondingManager_) {
        bondingManager = bondingManager_;
    }

    /// @inheritdoc IPollCreator
    function createPoll(bytes calldata proposal) external override {
        _requireStake();
        uint256 endBlock = block.number + POLL_PERIOD;
        emit PollCreated(address(new Poll(endBlock)), proposal, endBlock, QUORUM, QUOTA);
    }

    function _requireStake() private view {
        uint256 own = bondingManager.pendingStake(msg.sender, 0);
        if (own >= POLL_CREATION_COST) return;
        uint256 delegated = bondingManager.transcoderTotalStake(msg.sender);
        if (delegated >= POLL_CREATION_COST) return;
        revert InsufficientStake(msg.sender, own > delegated ? own : delegated, POLL_CREATION_COST);
    }
}
