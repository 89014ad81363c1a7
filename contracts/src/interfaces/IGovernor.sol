// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Owner of the system that acts only after a delay
/// @notice Its own owner stages an update, everybody can look at it, and after the delay anyone can carry it out.
interface IGovernor {
    /// @notice Calls to make, in order.
    /// @param value Wei that go with each call: from the one who executes, or from this contract's balance.
    /// @param nonce Tells equal updates apart.
    struct Update {
        address[] target;
        uint256[] value;
        bytes[] data;
        uint256 nonce;
    }

    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
    /// @param delay Blocks until it can be executed.
    event UpdateStaged(Update update, uint256 delay);
    event UpdateExecuted(Update update);
    event UpdateCancelled(Update update);

    error CallerMustBeOwner(address caller, address owner);
    error CallerMustBeGovernor(address caller);
    error NullOwner();
    /// @notice Targets, values and data are not equally many.
    error UpdateLengthsDiffer(uint256 targets, uint256 values, uint256 data);
    error UpdateAlreadyStaged(bytes32 update, uint256 executableAt);
    error UpdateNotStaged(bytes32 update);
    error UpdateDelayNotExpired(bytes32 update, uint256 executableAt, uint256 current);
    /// @notice A call of an update reverted, so nothing of the update happened.
    /// @param reason What the call reverted with.
    error UpdateCallFailed(uint256 index, address target, bytes reason);

    function owner() external view returns (address);

    /// @param update Keccak256 of the ABI encoding of an update.
    /// @return Block from which on the update can be executed; 0 when it is not staged.
    function updates(bytes32 update) external view returns (uint256);

    /// @notice Only this contract itself, with an update.
    function transferOwnership(address newOwner) external;

    /// @notice Only the owner.
    /// @param delay Blocks from now.
    function stage(Update calldata update, uint256 delay) external;

    /// @notice Makes the calls of a staged update after its delay. Anyone, once.
    function execute(Update calldata update) external payable;

    /// @notice Only the owner.
    function cancel(Update calldata update) external;
}
