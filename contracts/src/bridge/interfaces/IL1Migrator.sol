// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IMigrator} from "./IMigrator.sol";

/// @title Sends accounts of a protocol on L1 over to L2
/// @notice An account moves only to the same address on L2, so that nobody can act on a foreign one there.
interface IL1Migrator is IMigrator {
    /// @notice Stake and fees of an account are on their way to L2.
    /// @param seqNo Number of the message to L2
    /// @param params What was sent
    event MigrateDelegatorInitiated(uint256 indexed seqNo, MigrateDelegatorParams params);
    /// @notice Stake that was being unbonded is on its way to L2.
    /// @param seqNo Number of the message to L2
    /// @param params What was sent
    event MigrateUnbondingLocksInitiated(uint256 indexed seqNo, MigrateUnbondingLocksParams params);
    /// @notice Deposit and reserve of an account are on their way to L2.
    /// @param seqNo Number of the message to L2
    /// @param params What was sent
    event MigrateSenderInitiated(uint256 indexed seqNo, MigrateSenderParams params);

    /// @notice The caller is not `l1Addr`, and `signer` of the given signature (zero without one) is not either. The
    ///         account itself sends or signs it.
    /// @param l1Addr Account that would move
    /// @param caller Who called
    /// @param signer Who signed; zero without a valid signature
    error FailAuth(address l1Addr, address caller, address signer);
    /// @notice Nothing can arrive at the zero address. Name the account's own address.
    error NullL2Address();
    /// @notice An account keeps its address. Use the same address on both chains.
    /// @param l1Addr Account on L1
    /// @param l2Addr The other address that was given
    error L2AddressMismatch(address l1Addr, address l2Addr);
    /// @notice No lock is named. Name at least one.
    error NoUnbondingLocks();
    /// @notice The lock holds nothing on L1. Name locks with stake only.
    /// @param unbondingLockId Number of the lock
    error EmptyUnbondingLock(uint256 unbondingLockId);

    /// @notice Only the admin.
    function pause() external;

    /// @notice Only the admin.
    function unpause() external;

    /// @notice Sends the stake and fees of `l1Addr` to L2. `msg.value` pays for the message. Refused with
    ///         `NullL2Address`, `L2AddressMismatch`, `FailAuth`.
    /// @param l1Addr Account on L1
    /// @param l2Addr The same address on L2
    /// @param sig EIP-712 signature of `l1Addr`, or empty when it is the caller
    /// @param maxGas Gas for the call on L2
    /// @param gasPriceBid Wei for a unit of that gas
    /// @param maxSubmissionCost Wei for keeping the message on L2
    function migrateDelegator(
        address l1Addr,
        address l2Addr,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;

    /// @notice Sends stake that is being unbonded to L2, where it is bonded again. `NoUnbondingLocks`,
    ///         `EmptyUnbondingLock`, and what `migrateDelegator` refuses.
    /// @param l1Addr Account on L1
    /// @param l2Addr The same address on L2
    /// @param unbondingLockIds Ids of locks of `l1Addr` that hold stake; at least one
    /// @param sig EIP-712 signature of `l1Addr`, or empty when it is the caller
    /// @param maxGas Gas for the call on L2
    /// @param gasPriceBid Wei for a unit of that gas
    /// @param maxSubmissionCost Wei for keeping the message on L2
    function migrateUnbondingLocks(
        address l1Addr,
        address l2Addr,
        uint256[] calldata unbondingLockIds,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;

    /// @notice Sends deposit and reserve of `l1Addr` to L2.
    /// @param l1Addr Account on L1
    /// @param l2Addr The same address on L2
    /// @param sig EIP-712 signature of `l1Addr`, or empty when it is the caller
    /// @param maxGas Gas for the call on L2
    /// @param gasPriceBid Wei for a unit of that gas
    /// @param maxSubmissionCost Wei for keeping the message on L2
    function migrateSender(
        address l1Addr,
        address l2Addr,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;

    /// @notice The message that `migrateDelegator` would send now.
    /// @param l1Addr Account on L1
    /// @param l2Addr The same address on L2
    /// @return data The call on L2, to estimate its cost
    /// @return params What the account has on L1
    function getMigrateDelegatorParams(address l1Addr, address l2Addr)
        external
        view
        returns (bytes memory data, MigrateDelegatorParams memory params);

    /// @notice The message that `migrateUnbondingLocks` would send now; refuses what that refuses.
    /// @param l1Addr Account on L1
    /// @param l2Addr The same address on L2
    /// @param unbondingLockIds Ids of locks of `l1Addr` that hold stake; at least one
    /// @return data The call on L2, to estimate its cost
    /// @return params What the locks hold
    function getMigrateUnbondingLocksParams(
        address l1Addr,
        address l2Addr,
        uint256[] calldata unbondingLockIds
    ) external view returns (bytes memory data, MigrateUnbondingLocksParams memory params);

    /// @notice The message that `migrateSender` would send now.
    /// @param l1Addr Account on L1
    /// @param l2Addr The same address on L2
    /// @return data The call on L2, to estimate its cost
    /// @return params What the account has on L1
    function getMigrateSenderParams(address l1Addr, address l2Addr)
        external
        view
        returns (bytes memory data, MigrateSenderParams memory params);
}
