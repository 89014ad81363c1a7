// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IMigrator} from "./IMigrator.sol";

/// @title Sends accounts of a protocol on L1 over to L2
/// @notice An account moves only to the same address on L2, so that nobody can act on a foreign one there.
interface IL1Migrator is IMigrator {
    event MigrateDelegatorInitiated(uint256 indexed seqNo, MigrateDelegatorParams params);
    event MigrateUnbondingLocksInitiated(uint256 indexed seqNo, MigrateUnbondingLocksParams params);
    event MigrateSenderInitiated(uint256 indexed seqNo, MigrateSenderParams params);

    /// @notice The caller is not `l1Addr`, and `signer` of the given signature (zero without one) is not either.
    error FailAuth(address l1Addr, address caller, address signer);
    error NullL2Address();
    /// @notice An account keeps its address.
    error L2AddressMismatch(address l1Addr, address l2Addr);
    error NoUnbondingLocks();
    error EmptyUnbondingLock(uint256 unbondingLockId);

    /// @notice Only the admin.
    function pause() external;

    /// @notice Only the admin.
    function unpause() external;

    /// @notice Sends the stake and fees of `l1Addr` to L2. `msg.value` pays for the message.
    /// @param sig EIP-712 signature of `l1Addr`, or empty when it is the caller.
    /// @param maxGas Gas for the call on L2.
    /// @param gasPriceBid Wei for a unit of that gas.
    /// @param maxSubmissionCost Wei for keeping the message on L2.
    function migrateDelegator(
        address l1Addr,
        address l2Addr,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;

    /// @notice Sends stake that is being unbonded to L2, where it is bonded again.
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
    function migrateSender(
        address l1Addr,
        address l2Addr,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable;

    /// @return data The call on L2, to estimate its cost.
    function getMigrateDelegatorParams(address l1Addr, address l2Addr)
        external
        view
        returns (bytes memory data, MigrateDelegatorParams memory params);

    /// @return data The call on L2, to estimate its cost.
    function getMigrateUnbondingLocksParams(
        address l1Addr,
        address l2Addr,
        uint256[] calldata unbondingLockIds
    ) external view returns (bytes memory data, MigrateUnbondingLocksParams memory params);

    /// @return data The call on L2, to estimate its cost.
    function getMigrateSenderParams(address l1Addr, address l2Addr)
        external
        view
        returns (bytes memory data, MigrateSenderParams memory params);
}
