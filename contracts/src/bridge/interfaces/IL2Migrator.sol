// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManagerProxyTarget} from "../../interfaces/IManager.sol";
import {IMigrator} from "./IMigrator.sol";

/// @title Takes in accounts that come from a protocol on L1
/// @notice Adds stake, fees and funds to an account; an account that has stake here keeps its delegate. Amounts in wei.
interface IL2Migrator is IMigrator, IManagerProxyTarget {
    /// @notice Stake and fees of an account arrived.
    /// @param params What L1 reports of the account
    event MigrateDelegatorFinalized(MigrateDelegatorParams params);
    /// @notice Stake that was being unbonded on L1 is bonded here.
    /// @param params What L1 reports of the account
    event MigrateUnbondingLocksFinalized(MigrateUnbondingLocksParams params);
    /// @notice Deposit and reserve of an account arrived.
    /// @param params What L1 reports of the account
    event MigrateSenderFinalized(MigrateSenderParams params);
    /// @notice A transcoder arrived; the stake of its delegators waits in a pool.
    /// @param l1Addr Account on L1
    /// @param delegatorPool Address of the pool
    event DelegatorPoolCreated(address indexed l1Addr, address delegatorPool);
    /// @notice A delegator claimed what the snapshot of L1 says it had.
    /// @param delegator Who claimed
    /// @param delegate Its delegate on L1
    /// @param stake LPT wei
    /// @param fees Wei of ETH
    event StakeClaimed(address indexed delegator, address delegate, uint256 stake, uint256 fees);
    /// @notice The contracts of the protocol were looked up at the Controller.
    /// @param token LPT
    /// @param bondingManager Where stake is bonded
    /// @param ticketBroker Where senders are funded
    /// @param merkleSnapshot Where snapshots are proven
    event ControllerContractsSync(
        address token, address bondingManager, address ticketBroker, address merkleSnapshot
    );

    /// @notice The account's stake arrived before. It comes once; nothing is left to do.
    /// @param l1Addr Account on L1
    error DelegatorAlreadyMigrated(address l1Addr);
    /// @notice The lock arrived before. It comes once; nothing is left to do.
    /// @param l1Addr Account on L1
    /// @param unbondingLockId Number of the lock on L1
    error UnbondingLockAlreadyMigrated(address l1Addr, uint256 unbondingLockId);
    /// @notice The account's deposit and reserve arrived before. They come once; nothing is left to do.
    /// @param l1Addr Account on L1
    error SenderAlreadyMigrated(address l1Addr);
    /// @notice The stake delegated to a transcoder is less than what is its own or was claimed already. The message
    ///         is of an L1 that was not paused, and can't be taken.
    /// @param delegatedStake LPT wei delegated to it on L1
    /// @param taken LPT wei of that which are its own or were claimed
    error InvalidDelegatedStake(uint256 delegatedStake, uint256 taken);
    /// @notice The account does not take ETH, so its fees can't be paid. Make it able to, and redeem the message
    ///         again.
    /// @param to Who was to be paid
    /// @param amount Wei of ETH
    error FeeTransferFailed(address to, uint256 amount);
    /// @notice Claims by the snapshot are switched off. The owner switches them on with `setClaimStakeEnabled`.
    error ClaimStakeDisabled();
    /// @notice The proof does not lead to the root of the snapshot. Make it from the same list, for this account and
    ///         these amounts.
    /// @param leaf keccak256 of account, delegate, stake and fees, packed
    error InvalidProof(bytes32 leaf);
    /// @notice There is no code for pools of delegators. The owner sets it with `setDelegatorPoolImpl`; then redeem
    ///         the message again.
    error DelegatorPoolImplementationNotSet();

    /// @notice Whose messages are taken.
    /// @return Address of the L1Migrator on L1
    function l1MigratorAddr() external view returns (address);

    /// @notice Code that pools of delegators share.
    /// @return A DelegatorPool; zero before it is set
    function delegatorPoolImpl() external view returns (address);

    /// @notice Whether delegators can claim by the snapshot.
    /// @return True when `claimStake` is on
    function claimStakeEnabled() external view returns (bool);

    /// @notice Where the stake of a transcoder's delegators waits.
    /// @param l1Addr The transcoder
    /// @return Pool of a migrated transcoder that holds its delegators' stake; zero without one
    function delegatorPools(address l1Addr) external view returns (address);

    /// @notice What delegators of a transcoder took along before or besides its pool.
    /// @param delegate Transcoder on L1
    /// @return LPT wei
    function claimedDelegatedStake(address delegate) external view returns (uint256);

    /// @notice Whether the stake of an account arrived or was claimed.
    /// @param l1Addr Account on L1
    /// @return True from then on
    function migratedDelegators(address l1Addr) external view returns (bool);

    /// @notice Whether a lock of an account arrived.
    /// @param l1Addr Account on L1
    /// @param unbondingLockId Number of the lock on L1
    /// @return True from then on
    function migratedUnbondingLocks(address l1Addr, uint256 unbondingLockId) external view returns (bool);

    /// @notice Whether deposit and reserve of an account arrived.
    /// @param l1Addr Account on L1
    /// @return True from then on
    function migratedSenders(address l1Addr) external view returns (bool);

    /// @notice Names whose messages are taken. Only the controller's owner.
    /// @param l1Migrator Address of the L1Migrator on L1
    function setL1Migrator(address l1Migrator) external;

    /// @notice Sets the code of pools that are created from now on. Only the controller's owner.
    /// @param delegatorPoolImpl A DelegatorPool
    function setDelegatorPoolImpl(address delegatorPoolImpl) external;

    /// @notice Switches `claimStake` on or off. Only the controller's owner.
    /// @param enabled True for on
    function setClaimStakeEnabled(bool enabled) external;

    /// @notice Looks up token, BondingManager, TicketBroker and MerkleSnapshot at the Controller. Anyone.
    function syncControllerContracts() external;

    /// @notice Adds stake and fees to an account; for a transcoder it creates the pool of its delegators. Only for
    ///         messages of the L1 migrator, once for each account.
    /// @param params What L1 reports of the account
    function finalizeMigrateDelegator(MigrateDelegatorParams calldata params) external;

    /// @notice Bonds stake that was being unbonded on L1. Only for messages of the L1 migrator, once for each lock.
    /// @param params What L1 reports of the account
    function finalizeMigrateUnbondingLocks(MigrateUnbondingLocksParams calldata params) external;

    /// @notice Funds deposit and reserve of an account. Only for messages of the L1 migrator, once for each account.
    /// @param params What L1 reports of the account
    function finalizeMigrateSender(MigrateSenderParams calldata params) external;

    /// @notice A delegator that can't send a message from L1 claims what the snapshot of L1 (LIP-73) says it had.
    /// @param delegate Its delegate on L1
    /// @param stake LPT wei of the snapshot
    /// @param fees Wei of ETH of the snapshot
    /// @param proof Siblings up to the root of the snapshot
    /// @param newDelegate Gets the stake instead of `delegate` when that has not moved; zero for no other
    function claimStake(
        address delegate,
        uint256 stake,
        uint256 fees,
        bytes32[] calldata proof,
        address newDelegate
    ) external;
}
