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

    /// @notice Another account stages and cancels updates from now on.
    /// @param previousOwner Zero for the first owner
    /// @param newOwner Owner from now on
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
    /// @notice An update waits for its delay.
    /// @param update Calls, values and nonce
    /// @param delay Blocks until it can be executed
    event UpdateStaged(Update update, uint256 delay);
    /// @notice All calls of an update were made.
    /// @param update Calls, values and nonce
    event UpdateExecuted(Update update);
    /// @notice A staged update was taken back.
    /// @param update Calls, values and nonce
    event UpdateCancelled(Update update);

    /// @notice Only the owner stages and cancels. Send it from there.
    /// @param caller Who called
    /// @param owner Who may
    error CallerMustBeOwner(address caller, address owner);
    /// @notice Only an update changes the owner. Stage one that makes this call.
    /// @param caller Who called
    error CallerMustBeGovernor(address caller);
    /// @notice The owner can't be the zero address. Name another owner.
    error NullOwner();
    /// @notice Targets, values and data are not equally many. Give as many of each.
    /// @param targets Number of targets
    /// @param values Number of values
    /// @param data Number of calls
    error UpdateLengthsDiffer(uint256 targets, uint256 values, uint256 data);
    /// @notice The same update is waiting. Execute or cancel it, or choose another nonce.
    /// @param update keccak256 of the ABI encoding of the update
    /// @param executableAt First block number in which it can be executed
    error UpdateAlreadyStaged(bytes32 update, uint256 executableAt);
    /// @notice No such update is waiting. Give exactly the calls, values and nonce that were staged.
    /// @param update keccak256 of the ABI encoding of the update
    error UpdateNotStaged(bytes32 update);
    /// @notice The update still waits for its delay. Execute it from `executableAt` on.
    /// @param update keccak256 of the ABI encoding of the update
    /// @param executableAt First block number in which it can be executed
    /// @param current Number of the current block
    error UpdateDelayNotExpired(bytes32 update, uint256 executableAt, uint256 current);
    /// @notice A call of an update reverted, so nothing of the update happened. Decode the reason with the ABI of the
    ///         target.
    /// @param index Position of the call in the update, from 0
    /// @param target Contract that was called
    /// @param reason What the call reverted with
    error UpdateCallFailed(uint256 index, address target, bytes reason);

    /// @notice Who stages and cancels updates.
    /// @return Never zero
    function owner() external view returns (address);

    /// @notice When a staged update can be executed.
    /// @param update Keccak256 of the ABI encoding of an update
    /// @return Block number from which on the update can be executed; 0 when it is not staged
    function updates(bytes32 update) external view returns (uint256);

    /// @notice Gives the right to stage and cancel to another account. Only this contract itself, with an update
    ///         (`CallerMustBeGovernor`); `NullOwner`.
    /// @param newOwner Not zero
    function transferOwnership(address newOwner) external;

    /// @notice Announces an update. Only the owner (`CallerMustBeOwner`); `UpdateLengthsDiffer`,
    ///         `UpdateAlreadyStaged`.
    /// @param update Calls, values and nonce
    /// @param delay Blocks from now
    function stage(Update calldata update, uint256 delay) external;

    /// @notice Makes the calls of a staged update after its delay. Anyone, once. `UpdateNotStaged`,
    ///         `UpdateDelayNotExpired`, `UpdateCallFailed`.
    /// @param update Calls, values and nonce
    function execute(Update calldata update) external payable;

    /// @notice Takes a staged update back. Only the owner (`CallerMustBeOwner`); `UpdateNotStaged`.
    /// @param update Calls, values and nonce
    function cancel(Update calldata update) external;
}
