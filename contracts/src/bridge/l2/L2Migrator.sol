// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IBondingManager} from "../../interfaces/IBondingManager.sol";
import {IController} from "../../interfaces/IController.sol";
import {ILivepeerToken} from "../../interfaces/ILivepeerToken.sol";
import {IMerkleSnapshot} from "../../interfaces/IMerkleSnapshot.sol";
import {IMinter} from "../../interfaces/IMinter.sol";
import {ITicketBroker} from "../../interfaces/ITicketBroker.sol";
import {ContractIds} from "../../registry/ContractIds.sol";
import {ManagerProxyTarget} from "../../registry/ManagerProxyTarget.sol";
import {IDelegatorPool} from "../interfaces/IDelegatorPool.sol";
import {IL2Migrator} from "../interfaces/IL2Migrator.sol";
import {L2Messenger} from "./L2Messenger.sol";

/// @notice See IL2Migrator.
/// @dev Needed only where a protocol ran on L1 before. Pays out of LPT and ETH that governance sends here. Each path sets
///      its mark before it calls anybody.
contract L2Migrator is ManagerProxyTarget, L2Messenger, IL2Migrator {
    bytes32 private constant SNAPSHOT_ID = keccak256("LIP-73");
    bytes32 private constant MERKLE_SNAPSHOT = keccak256("MerkleSnapshot");

    /// @inheritdoc IL2Migrator
    address public override l1MigratorAddr;
    /// @inheritdoc IL2Migrator
    address public override delegatorPoolImpl;
    /// @inheritdoc IL2Migrator
    bool public override claimStakeEnabled;

    ILivepeerToken private _token;
    IBondingManager private _bondingManager;
    ITicketBroker private _ticketBroker;
    IMerkleSnapshot private _merkleSnapshot;

    /// @inheritdoc IL2Migrator
    mapping(address l1Addr => address pool) public override delegatorPools;
    /// @inheritdoc IL2Migrator
    mapping(address delegate => uint256 stake) public override claimedDelegatedStake;
    /// @inheritdoc IL2Migrator
    mapping(address l1Addr => bool) public override migratedDelegators;
    /// @inheritdoc IL2Migrator
    mapping(address l1Addr => mapping(uint256 lockId => bool)) public override migratedUnbondingLocks;
    /// @inheritdoc IL2Migrator
    mapping(address l1Addr => bool) public override migratedSenders;

    constructor(IController controller_) ManagerProxyTarget(controller_) {}

    /// ETH for fees, deposits and reserves of those who come.
    receive() external payable {}

    /// @inheritdoc IL2Migrator
    function setL1Migrator(address l1Migrator) external override onlyControllerOwner {
        l1MigratorAddr = l1Migrator;
        emit ParameterUpdate("l1Migrator");
    }

    /// @inheritdoc IL2Migrator
    function setDelegatorPoolImpl(address delegatorPoolImpl_) external override onlyControllerOwner {
        delegatorPoolImpl = delegatorPoolImpl_;
        emit ParameterUpdate("delegatorPoolImpl");
    }

    /// @inheritdoc IL2Migrator
    function setClaimStakeEnabled(bool enabled) external override onlyControllerOwner {
        claimStakeEnabled = enabled;
        emit ParameterUpdate("claimStakeEnabled");
    }

    /// @inheritdoc IL2Migrator
    function syncControllerContracts() external override {
        _token = ILivepeerToken(_contractOf(ContractIds.LIVEPEER_TOKEN));
        _bondingManager = IBondingManager(_contractOf(ContractIds.BONDING_MANAGER));
        _ticketBroker = ITicketBroker(_contractOf(ContractIds.TICKET_BROKER));
        _merkleSnapshot = IMerkleSnapshot(_contractOf(MERKLE_SNAPSHOT));
        emit ControllerContractsSync(
            address(_token), address(_bondingManager), address(_ticketBroker), address(_merkleSnapshot)
        );
    }

    /// @inheritdoc IL2Migrator
    function finalizeMigrateDelegator(MigrateDelegatorParams calldata params)
        external
        override
        onlyL1Counterpart(l1MigratorAddr)
    {
        _markDelegator(params.l1Addr);
        if (params.l1Addr == params.delegate) {
            _bond(params.stake, params.l2Addr, params.l2Addr);
            _createPool(params);
        } else {
            _moveDelegator(params.l2Addr, params.delegate, params.stake, params.delegate);
        }
        _payFees(params.l2Addr, params.fees);
        emit MigrateDelegatorFinalized(params);
    }

    /// @inheritdoc IL2Migrator
    function finalizeMigrateUnbondingLocks(MigrateUnbondingLocksParams calldata params)
        external
        override
        onlyL1Counterpart(l1MigratorAddr)
    {
        for (uint256 i = 0; i < params.unbondingLockIds.length; i++) {
            uint256 id = params.unbondingLockIds[i];
            if (migratedUnbondingLocks[params.l1Addr][id]) {
                revert UnbondingLockAlreadyMigrated(params.l1Addr, id);
            }
            migratedUnbondingLocks[params.l1Addr][id] = true;
        }
        _bond(params.total, params.l2Addr, params.delegate);
        emit MigrateUnbondingLocksFinalized(params);
    }

    /// @inheritdoc IL2Migrator
    function finalizeMigrateSender(MigrateSenderParams calldata params)
        external
        override
        onlyL1Counterpart(l1MigratorAddr)
    {
        if (migratedSenders[params.l1Addr]) revert SenderAlreadyMigrated(params.l1Addr);
        migratedSenders[params.l1Addr] = true;
        _ticketBroker.fundDepositAndReserveFor{value: params.deposit + params.reserve}(
            params.l2Addr, params.deposit, params.reserve
        );
        emit MigrateSenderFinalized(params);
    }

    /// @inheritdoc IL2Migrator
    function claimStake(
        address delegate,
        uint256 stake,
        uint256 fees,
        bytes32[] calldata proof,
        address newDelegate
    ) external override {
        if (!claimStakeEnabled) revert ClaimStakeDisabled();
        _markDelegator(msg.sender);
        bytes32 leaf = keccak256(abi.encodePacked(msg.sender, delegate, stake, fees));
        if (!_merkleSnapshot.verify(SNAPSHOT_ID, proof, leaf)) revert InvalidProof(leaf);
        _moveDelegator(msg.sender, delegate, stake, newDelegate == address(0) ? delegate : newDelegate);
        _payFees(msg.sender, fees);
        emit StakeClaimed(msg.sender, delegate, stake, fees);
    }

    function _markDelegator(address l1Addr) private {
        if (migratedDelegators[l1Addr]) revert DelegatorAlreadyMigrated(l1Addr);
        migratedDelegators[l1Addr] = true;
    }

    /// Stake of all who delegated to a transcoder and have not moved yet, bonded as one, so that it stays active.
    function _createPool(MigrateDelegatorParams calldata params) private {
        uint256 taken = params.stake + claimedDelegatedStake[params.l1Addr];
        if (taken > params.delegatedStake) revert InvalidDelegatedStake(params.delegatedStake, taken);
        if (delegatorPoolImpl == address(0)) revert DelegatorPoolImplementationNotSet();
        address pool = Clones.clone(delegatorPoolImpl);
        delegatorPools[params.l1Addr] = pool;
        // Its place could be known before, and anyone can bond dust for it; only the pool itself can change its delegate.
        (uint256 dust,, address current,,,,) = _bondingManager.getDelegator(pool);
        if (dust > 0 && current != params.l2Addr) {
            IDelegatorPool(pool).follow(address(_bondingManager), params.l2Addr);
        }
        _bond(params.delegatedStake - taken, pool, params.l2Addr);
        IDelegatorPool(pool).initialize(address(_bondingManager));
        emit DelegatorPoolCreated(params.l1Addr, pool);
    }

    /// Out of the delegate's pool when that has moved, else from here.
    function _moveDelegator(address account, address delegate, uint256 stake, address to) private {
        claimedDelegatedStake[delegate] += stake;
        address pool = delegatorPools[delegate];
        if (pool == address(0)) _bond(stake, account, to);
        else IDelegatorPool(pool).claim(account, stake);
    }

    /// An account that has stake on L2 chose its delegate there, and keeps it. Without any delegate it gets its LPT.
    function _bond(uint256 amount, address account, address to) private {
        if (amount == 0) return;
        (uint256 bonded,, address current,,,,) = _bondingManager.getDelegator(account);
        address delegate = bonded > 0 ? current : to;
        if (delegate == address(0)) {
            if (!_token.transfer(account, amount)) revert IMinter.TokenTransferFailed(account, amount);
            return;
        }
        _token.approve(address(_bondingManager), amount);
        _bondingManager.bondForWithHint(
            amount, account, delegate, address(0), address(0), address(0), address(0)
        );
    }

    function _payFees(address to, uint256 amount) private {
        if (amount == 0) return;
        (bool ok,) = to.call{value: amount}("");
        if (!ok) revert FeeTransferFailed(to, amount);
    }
}
