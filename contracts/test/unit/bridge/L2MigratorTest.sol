// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AddressAlias} from "../../../src/bridge/AddressAlias.sol";
import {IL2Migrator} from "../../../src/bridge/interfaces/IL2Migrator.sol";
import {IMigrator} from "../../../src/bridge/interfaces/IMigrator.sol";
import {DelegatorPool} from "../../../src/bridge/l2/DelegatorPool.sol";
import {L2Migrator} from "../../../src/bridge/l2/L2Migrator.sol";
import {MerkleSnapshot} from "../../../src/governance/MerkleSnapshot.sol";
import {ProtocolTest} from "../../base/ProtocolTest.sol";
import {vm} from "../../base/Vm.sol";

/// @title A protocol on L2 to which accounts of L1 come
abstract contract L2MigratorTest is ProtocolTest {
    address internal constant L1_MIGRATOR = address(0x11);
    address internal constant T1 = address(0x71);
    address internal constant T2 = address(0x72);
    address internal constant D1 = address(0xD1);
    address internal constant D2 = address(0xD2);
    address internal constant STRANGER = address(0x57);

    IL2Migrator internal migrator;
    MerkleSnapshot internal snapshot;

    function setUp() external {
        deploy(defaultConfig());
        snapshot = new MerkleSnapshot(controller);
        register("MerkleSnapshot", address(snapshot));
        migrator = IL2Migrator(proxied("L2Migrator", address(new L2Migrator(controller))));
        migrator.setL1Migrator(L1_MIGRATOR);
        migrator.setDelegatorPoolImpl(address(new DelegatorPool()));
        migrator.syncControllerContracts();
        token.mint(address(migrator), 1e30);
        vm.deal(address(migrator), 1000 ether);
        nextRound();
    }

    // ---- helpers: expectRevert needs external calls ----------------------------------------------------------

    function migrateFromOutside(address account, address delegate, uint256 stake, uint256 delegated)
        external
    {
        migrate(account, delegate, stake, delegated, 0);
    }

    function migrateWithFees(address account, uint256 fees) external {
        migrate(account, T1, 1, 0, fees);
    }

    function migrateLocksFromOutside(address account, address delegate, uint256 total, uint256 id) external {
        migrateLocks(account, delegate, total, id);
    }

    function migrateManyLocks(uint8[3] calldata chosen, uint256 total) external {
        uint256[] memory ids = new uint256[](3);
        (ids[0], ids[1], ids[2]) = (chosen[0], chosen[1], chosen[2]);
        vm.prank(AddressAlias.aliasOf(L1_MIGRATOR));
        migrator.finalizeMigrateUnbondingLocks(IMigrator.MigrateUnbondingLocksParams(D1, D1, total, ids, T1));
    }

    function migrateSenderFromOutside(address account, uint256 deposit, uint256 reserve) external {
        migrateSender(account, deposit, reserve);
    }

    function migrate(address account, address delegate, uint256 stake, uint256 delegated, uint256 fees)
        internal
    {
        vm.prank(AddressAlias.aliasOf(L1_MIGRATOR));
        migrator.finalizeMigrateDelegator(
            IMigrator.MigrateDelegatorParams(account, account, stake, delegated, fees, delegate)
        );
    }

    function migrateLocks(address account, address delegate, uint256 total, uint256 id) internal {
        uint256[] memory ids = new uint256[](1);
        ids[0] = id;
        vm.prank(AddressAlias.aliasOf(L1_MIGRATOR));
        migrator.finalizeMigrateUnbondingLocks(
            IMigrator.MigrateUnbondingLocksParams(account, account, total, ids, delegate)
        );
    }

    function migrateSender(address account, uint256 deposit, uint256 reserve) internal {
        vm.prank(AddressAlias.aliasOf(L1_MIGRATOR));
        migrator.finalizeMigrateSender(IMigrator.MigrateSenderParams(account, account, deposit, reserve));
    }
}
