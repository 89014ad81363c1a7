// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "../interfaces/IGovernor.sol";

/// @notice See IGovernor.
contract Governor is IGovernor {
    /// @inheritdoc IGovernor
    address public override owner;
    /// @inheritdoc IGovernor
    mapping(bytes32 update => uint256 executableAt) public override updates;

    modifier onlyOwner() {
        if (msg.sender != owner) revert CallerMustBeOwner(msg.sender, owner);
        _;
    }

    constructor() {
        owner = msg.sender;
        emit OwnershipTransferred(address(0), msg.sender);
    }

    /// @inheritdoc IGovernor
    function transferOwnership(address newOwner) external override {
        if (msg.sender != address(this)) revert CallerMustBeGovernor(msg.sender);
        if (newOwner == address(0)) revert NullOwner();
        emit OwnershipTransferred(owner, newOwner);
        owner = newOwner;
    }

    /// @inheritdoc IGovernor
    function stage(Update calldata update, uint256 delay) external override onlyOwner {
        uint256 targets = update.target.length;
        if (targets != update.value.length || targets != update.data.length) {
            revert UpdateLengthsDiffer(targets, update.value.length, update.data.length);
        }
        bytes32 id = _idOf(update);
        if (updates[id] != 0) revert UpdateAlreadyStaged(id, updates[id]);
        updates[id] = block.number + delay;
        emit UpdateStaged(update, delay);
    }

    /// @inheritdoc IGovernor
    /// @dev Forgets the update before its calls, so that none of them can run it again.
    function execute(Update calldata update) external payable override {
        bytes32 id = _idOf(update);
        uint256 executableAt = _stagedAt(id);
        if (block.number < executableAt) revert UpdateDelayNotExpired(id, executableAt, block.number);
        delete updates[id];
        for (uint256 i = 0; i < update.target.length; i++) {
            (bool ok, bytes memory result) = update.target[i].call{value: update.value[i]}(update.data[i]);
            if (!ok) revert UpdateCallFailed(i, update.target[i], result);
        }
        emit UpdateExecuted(update);
    }

    /// @inheritdoc IGovernor
    function cancel(Update calldata update) external override onlyOwner {
        bytes32 id = _idOf(update);
        _stagedAt(id);
        delete updates[id];
        emit UpdateCancelled(update);
    }

    function _stagedAt(bytes32 id) private view returns (uint256 executableAt) {
        executableAt = updates[id];
        if (executableAt == 0) revert UpdateNotStaged(id);
    }

    function _idOf(Update calldata update) private pure returns (bytes32) {
        return keccak256(abi.encode(update));
    }
}
