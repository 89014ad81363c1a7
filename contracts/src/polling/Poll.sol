// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IPoll} from "../interfaces/IPoll.sol";

/// @notice See IPoll.
contract Poll is IPoll {
    /// @inheritdoc IPoll
    uint256 public immutable override endBlock;

    constructor(uint256 endBlock_) {
        endBlock = endBlock_;
    }

    /// @inheritdoc IPoll
    function vote(uint256 choiceID) external override {
        if (block.number > endBlock) revert PollIsOver(endBlock, block.number);
        emit Vote(msg.sender, choiceID);
    }

    /// @inheritdoc IPoll
    function destroy() external override {
        if (block.number <= endBlock) revert PollIsActive(endBlock, block.number);
        uint256 amount = address(this).balance;
        if (amount == 0) return;
        (bool ok,) = msg.sender.call{value: amount}("");
        if (!ok) revert TransferFailed(msg.sender, amount);
    }
}
