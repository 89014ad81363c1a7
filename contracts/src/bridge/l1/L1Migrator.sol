// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IBondingManager} from "../../interfaces/IBondingManager.sol";
import {ITicketBroker} from "../../interfaces/ITicketBroker.sol";
import {IInbox} from "../interfaces/IInbox.sol";
import {IL1Migrator} from "../interfaces/IL1Migrator.sol";
import {IL2Migrator} from "../interfaces/IL2Migrator.sol";
import {L1Messenger} from "./L1Messenger.sol";

/// @notice See IL1Migrator.
/// @dev Needed only where a protocol ran on L1 before. It moves no funds: what an account had is reported as read from
///      that protocol's contracts, which must be paused for good, or the report could be old when it arrives.
contract L1Migrator is L1Messenger, EIP712, AccessControl, Pausable, IL1Migrator {
    bytes32 private constant MIGRATE_DELEGATOR_TYPEHASH =
        keccak256("MigrateDelegator(address l1Addr,address l2Addr)");
    bytes32 private constant MIGRATE_UNBONDING_LOCKS_TYPEHASH =
        keccak256("MigrateUnbondingLocks(address l1Addr,address l2Addr,uint256[] unbondingLockIds)");
    bytes32 private constant MIGRATE_SENDER_TYPEHASH =
        keccak256("MigrateSender(address l1Addr,address l2Addr)");

    /// @notice Where stake and fees are read.
    /// @return BondingManager of the former protocol on L1
    IBondingManager public immutable bondingManager;
    /// @notice Where deposits and reserves are read.
    /// @return TicketBroker of the former protocol on L1
    ITicketBroker public immutable ticketBroker;
    /// @notice Where accounts arrive.
    /// @return Address of the L2Migrator on L2
    address public immutable l2Migrator;

    constructor(
        IInbox inbox_,
        IBondingManager bondingManager_,
        ITicketBroker ticketBroker_,
        address l2Migrator_
    ) L1Messenger(inbox_) EIP712("Livepeer L1Migrator", "1") {
        bondingManager = bondingManager_;
        ticketBroker = ticketBroker_;
        l2Migrator = l2Migrator_;
        _grantRole(DEFAULT_ADMIN_ROLE, msg.sender);
    }

    /// @inheritdoc IL1Migrator
    function pause() external override onlyRole(DEFAULT_ADMIN_ROLE) {
        _pause();
    }

    /// @inheritdoc IL1Migrator
    function unpause() external override onlyRole(DEFAULT_ADMIN_ROLE) {
        _unpause();
    }

    /// @inheritdoc IL1Migrator
    function migrateDelegator(
        address l1Addr,
        address l2Addr,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable override whenNotPaused {
        _checkAccounts(l1Addr, l2Addr);
        _authorize(l1Addr, sig, keccak256(abi.encode(MIGRATE_DELEGATOR_TYPEHASH, l1Addr, l2Addr)));
        (bytes memory data, MigrateDelegatorParams memory params) = getMigrateDelegatorParams(l1Addr, l2Addr);
        uint256 seqNo = _sendToL2(l2Migrator, l1Addr, Fees(maxSubmissionCost, maxGas, gasPriceBid), data);
        emit MigrateDelegatorInitiated(seqNo, params);
    }

    /// @inheritdoc IL1Migrator
    function migrateUnbondingLocks(
        address l1Addr,
        address l2Addr,
        uint256[] calldata unbondingLockIds,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable override whenNotPaused {
        _checkAccounts(l1Addr, l2Addr);
        bytes32 ids = keccak256(abi.encodePacked(unbondingLockIds));
        _authorize(l1Addr, sig, keccak256(abi.encode(MIGRATE_UNBONDING_LOCKS_TYPEHASH, l1Addr, l2Addr, ids)));
        (bytes memory data, MigrateUnbondingLocksParams memory params) =
            getMigrateUnbondingLocksParams(l1Addr, l2Addr, unbondingLockIds);
        uint256 seqNo = _sendToL2(l2Migrator, l1Addr, Fees(maxSubmissionCost, maxGas, gasPriceBid), data);
        emit MigrateUnbondingLocksInitiated(seqNo, params);
    }

    /// @inheritdoc IL1Migrator
    function migrateSender(
        address l1Addr,
        address l2Addr,
        bytes calldata sig,
        uint256 maxGas,
        uint256 gasPriceBid,
        uint256 maxSubmissionCost
    ) external payable override whenNotPaused {
        _checkAccounts(l1Addr, l2Addr);
        _authorize(l1Addr, sig, keccak256(abi.encode(MIGRATE_SENDER_TYPEHASH, l1Addr, l2Addr)));
        (bytes memory data, MigrateSenderParams memory params) = getMigrateSenderParams(l1Addr, l2Addr);
        uint256 seqNo = _sendToL2(l2Migrator, l1Addr, Fees(maxSubmissionCost, maxGas, gasPriceBid), data);
        emit MigrateSenderInitiated(seqNo, params);
    }

    /// @inheritdoc IL1Migrator
    function getMigrateDelegatorParams(address l1Addr, address l2Addr)
        public
        view
        override
        returns (bytes memory data, MigrateDelegatorParams memory params)
    {
        (,, address delegate, uint256 delegatedStake,,,) = bondingManager.getDelegator(l1Addr);
        params = MigrateDelegatorParams({
            l1Addr: l1Addr,
            l2Addr: l2Addr,
            // The round is not read by the contract: its ABI is older than it.
            stake: bondingManager.pendingStake(l1Addr, 0),
            delegatedStake: delegatedStake,
            fees: bondingManager.pendingFees(l1Addr, 0),
            delegate: delegate
        });
        data = abi.encodeCall(IL2Migrator.finalizeMigrateDelegator, (params));
    }

    /// @inheritdoc IL1Migrator
    function getMigrateUnbondingLocksParams(
        address l1Addr,
        address l2Addr,
        uint256[] calldata unbondingLockIds
    ) public view override returns (bytes memory data, MigrateUnbondingLocksParams memory params) {
        if (unbondingLockIds.length == 0) revert NoUnbondingLocks();
        uint256 total = 0;
        for (uint256 i = 0; i < unbondingLockIds.length; i++) {
            (uint256 amount,) = bondingManager.getDelegatorUnbondingLock(l1Addr, unbondingLockIds[i]);
            if (amount == 0) revert EmptyUnbondingLock(unbondingLockIds[i]);
            total += amount;
        }
        (,, address delegate,,,,) = bondingManager.getDelegator(l1Addr);
        params = MigrateUnbondingLocksParams(l1Addr, l2Addr, total, unbondingLockIds, delegate);
        data = abi.encodeCall(IL2Migrator.finalizeMigrateUnbondingLocks, (params));
    }

    /// @inheritdoc IL1Migrator
    function getMigrateSenderParams(address l1Addr, address l2Addr)
        public
        view
        override
        returns (bytes memory data, MigrateSenderParams memory params)
    {
        (ITicketBroker.Sender memory sender, ITicketBroker.ReserveInfo memory reserve) =
            ticketBroker.getSenderInfo(l1Addr);
        params = MigrateSenderParams(l1Addr, l2Addr, sender.deposit, reserve.fundsRemaining);
        data = abi.encodeCall(IL2Migrator.finalizeMigrateSender, (params));
    }

    /// Without the second check an account of L1 could act on a foreign account of L2.
    function _checkAccounts(address l1Addr, address l2Addr) private pure {
        if (l2Addr == address(0)) revert NullL2Address();
        if (l1Addr != l2Addr) revert L2AddressMismatch(l1Addr, l2Addr);
    }

    function _authorize(address l1Addr, bytes calldata sig, bytes32 structHash) private view {
        if (msg.sender == l1Addr) return;
        address signer = address(0);
        if (sig.length > 0) (signer,,) = ECDSA.tryRecover(_hashTypedDataV4(structHash), sig);
        if (signer == address(0) || signer != l1Addr) revert FailAuth(l1Addr, msg.sender, signer);
    }
}
