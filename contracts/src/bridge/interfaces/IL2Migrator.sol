// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManagerProxyTarget} from "../../interfaces/IManager.sol";
import {IMigrator} from "./IMigrator.sol";

/// @title Takes in accounts that come from a protocol on L1
/// @notice Adds stake, fees and funds to an account; an account that has stake here keeps its delegate. Amounts in wei.
interface IL2Migrator is IMigrator, IManagerProxyTarget {
    event MigrateDelegatorFinalized(MigrateDelegatorParams params);
    event MigrateUnbondingLocksFinalized(MigrateUnbondingLocksParams params);
    event MigrateSenderFinalized(MigrateSenderParams params);
    event DelegatorPoolCreated(address indexed l1Addr, address delegatorPool);
    event StakeClaimed(address indexed delegator, address delegate, uint256 stake, uint256 fees);
    event ControllerContractsSync(
        address token, address bondingManager, address ticketBroker, address merkleSnapshot
    );

    error DelegatorAlreadyMigrated(address l1Addr);
    error UnbondingLockAlreadyMigrated(address l1Addr, uint256 unbondingLockId);
    error SenderAlreadyMigrated(address l1Addr);
    /// @notice The stake delegated to a transcoder is less than what is its own or was claimed already.
    error InvalidDelegatedStake(uint256 delegatedStake, uint256 taken);
    error FeeTransferFailed(address to, uint256 amount);
    error ClaimStakeDisabled();
    error InvalidProof(bytes32 leaf);
    error DelegatorPoolImplementationNotSet();

    function l1MigratorAddr() external view returns (address);

    function delegatorPoolImpl() external view returns (address);

    function claimStakeEnabled() external view returns (bool);

    /// @return Pool of a migrated transcoder that holds its delegators' stake; zero without one.
    function delegatorPools(address l1Addr) external view returns (address);

    /// @return Stake of the delegators of `delegate` that moved on its own.
    function claimedDelegatedStake(address delegate) external view returns (uint256);

    function migratedDelegators(address l1Addr) external view returns (bool);

    function migratedUnbondingLocks(address l1Addr, uint256 unbondingLockId) external view returns (bool);

    function migratedSenders(address l1Addr) external view returns (bool);

    /// @notice Only the controller's owner.
    function setL1Migrator(address l1Migrator) external;

    /// @notice Only the controller's owner.
    function setDelegatorPoolImpl(address delegatorPoolImpl) external;

    /// @notice Only the controller's owner.
    function setClaimStakeEnabled(bool enabled) external;

    /// @notice Looks up token, BondingManager, TicketBroker and MerkleSnapshot at the Controller. Anyone.
    function syncControllerContracts() external;

    /// @notice Only for messages of the L1 migrator, once for each account.
    function finalizeMigrateDelegator(MigrateDelegatorParams calldata params) external;

    /// @notice Only for messages of the L1 migrator, once for each lock.
    function finalizeMigrateUnbondingLocks(MigrateUnbondingLocksParams calldata params) external;

    /// @notice Only for messages of the L1 migrator, once for each account.
    function finalizeMigrateSender(MigrateSenderParams calldata params) external;

    /// @notice A delegator that can't send a message from L1 claims what the snapshot of L1 (LIP-73) says it had.
    /// @param delegate Its delegate on L1.
    /// @param stake LPT of the snapshot.
    /// @param fees ETH of the snapshot.
    /// @param proof Siblings up to the root of the snapshot.
    /// @param newDelegate Gets the stake instead of `delegate` when that has not moved; zero for no other.
    function claimStake(
        address delegate,
        uint256 stake,
        uint256 fees,
        bytes32[] calldata proof,
        address newDelegate
    ) external;
}
