// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AddressAlias} from "../../../src/bridge/AddressAlias.sol";
import {IL2Migrator} from "../../../src/bridge/interfaces/IL2Migrator.sol";
import {IL2Messenger} from "../../../src/bridge/interfaces/IMessenger.sol";
import {IMigrator} from "../../../src/bridge/interfaces/IMigrator.sol";
import {IMinter} from "../../../src/interfaces/IMinter.sol";
import {IManager} from "../../../src/interfaces/IManager.sol";
import {ITicketBroker} from "../../../src/interfaces/ITicketBroker.sol";
import {bound, vm} from "../../base/Vm.sol";
import {L2MigratorTest} from "./L2MigratorTest.sol";

/// Takes no ETH.
contract Refuser {}

/// Answers false instead of refusing.
contract FalseToken {
    function balanceOf(address) external pure returns (uint256) {
        return 7;
    }

    function transfer(address, uint256) external pure returns (bool) {
        return false;
    }
}

/// @title Delegators, locks and senders that come from L1
contract L2MigratorAccountsTest is L2MigratorTest {
    // ---- delegates stay --------------------------------------------------------------------------------------

    /// Public issue 23: the migrator must not change the delegate of an account that has stake.
    function test_anAccountWithStakeKeepsItsDelegate() external {
        fund(T2, 100);
        bond(T2, 100, T2);
        fund(D1, 10);
        bond(D1, 10, T2);
        migrate(D1, T1, 50, 0, 0);
        (uint256 bonded,, address delegate,,,,) = bonding.getDelegator(D1);
        vm.assertEq(delegate, T2, "delegate");
        vm.assertEq(bonded, 60, "stake is added");
        migrateLocks(D1, address(0), 5, 0);
        (bonded,, delegate,,,,) = bonding.getDelegator(D1);
        vm.assertEq(delegate, T2, "delegate");
        vm.assertEq(bonded, 65, "stake is added");
    }

    // ---- unbonding locks -------------------------------------------------------------------------------------

    function test_locksAreBondedAgain() external {
        migrateLocks(D1, T1, 30, 0);
        vm.assertEq(bonding.pendingStake(D1, 0), 30, "bonded");
        vm.assertTrue(migrator.migratedUnbondingLocks(D1, 0), "marked");
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.UnbondingLockAlreadyMigrated.selector, D1, 0));
        this.migrateLocksFromOutside(D1, T1, 30, 0);
        migrateLocks(D1, T1, 4, 1);
        vm.assertEq(bonding.pendingStake(D1, 0), 34, "another lock");
    }

    /// Any set of locks in one message: all of it is bonded, and each lock only once, whatever came before.
    function testFuzz_eachLockMovesOnce(uint8[3] calldata first, uint8[3] calldata second, uint96 amount)
        external
    {
        bool again = false;
        for (uint256 i = 0; i < 9; i++) {
            again = again || first[i / 3] == second[i % 3];
        }
        bool twice = first[0] == first[1] || first[1] == first[2] || first[0] == first[2];
        bool twiceThen = second[0] == second[1] || second[1] == second[2] || second[0] == second[2];
        amount = uint96(bound(amount, 1, 1e26));
        if (twice) vm.expectPartialRevert(IL2Migrator.UnbondingLockAlreadyMigrated.selector);
        this.migrateManyLocks(first, amount);
        vm.assertEq(bonding.pendingStake(D1, 0), twice ? 0 : amount, "all or nothing");
        if (twice) return;
        if (again || twiceThen) vm.expectPartialRevert(IL2Migrator.UnbondingLockAlreadyMigrated.selector);
        this.migrateManyLocks(second, amount);
        uint256 expected = again || twiceThen ? amount : 2 * uint256(amount);
        vm.assertEq(bonding.pendingStake(D1, 0), expected, "none twice");
    }

    function test_withoutAnyDelegateTheLptIsPaidOut() external {
        migrateLocks(D1, address(0), 30, 0);
        vm.assertEq(token.balanceOf(D1), 30, "paid");
    }

    function test_aTokenThatSaysNoIsNoTransfer() external {
        register("LivepeerToken", address(new FalseToken()));
        migrator.syncControllerContracts();
        vm.expectRevert(abi.encodeWithSelector(IMinter.TokenTransferFailed.selector, D1, 30));
        this.migrateLocksFromOutside(D1, address(0), 30, 0);
    }

    // ---- senders ---------------------------------------------------------------------------------------------

    function testFuzz_aSenderHasItsFundsAgainOnce(uint256 deposit, uint256 reserve) external {
        (deposit, reserve) = (bound(deposit, 0, 100 ether), bound(reserve, 0, 100 ether));
        migrateSender(D1, deposit, reserve);
        (ITicketBroker.Sender memory sender, ITicketBroker.ReserveInfo memory info) = broker.getSenderInfo(D1);
        vm.assertEq(sender.deposit, deposit, "deposit");
        vm.assertEq(info.fundsRemaining, reserve, "reserve");
        vm.assertTrue(migrator.migratedSenders(D1), "marked");
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.SenderAlreadyMigrated.selector, D1));
        this.migrateSenderFromOutside(D1, 1, 1);
    }

    // ---- who and when ----------------------------------------------------------------------------------------

    function test_onlyMessagesOfTheL1MigratorAreTaken() external {
        address expected = AddressAlias.aliasOf(L1_MIGRATOR);
        bytes memory refusal =
            abi.encodeWithSelector(IL2Messenger.OnlyCounterpartAlias.selector, L1_MIGRATOR, expected);
        IMigrator.MigrateDelegatorParams memory delegator;
        IMigrator.MigrateUnbondingLocksParams memory locks;
        IMigrator.MigrateSenderParams memory sender;
        vm.startPrank(L1_MIGRATOR);
        vm.expectRevert(refusal);
        migrator.finalizeMigrateDelegator(delegator);
        vm.expectRevert(refusal);
        migrator.finalizeMigrateUnbondingLocks(locks);
        vm.expectRevert(refusal);
        migrator.finalizeMigrateSender(sender);
        vm.stopPrank();
    }

    function test_eachAccountMovesOnce() external {
        migrate(D1, T1, 50, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.DelegatorAlreadyMigrated.selector, D1));
        this.migrateFromOutside(D1, T1, 50, 0);
    }

    function test_anAccountThatTakesNoEthMovesNothing() external {
        address refuser = address(new Refuser());
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.FeeTransferFailed.selector, refuser, 3));
        this.migrateWithFees(refuser, 3);
        vm.assertFalse(migrator.migratedDelegators(refuser), "not marked");
    }

    function testFuzz_onlyTheControllersOwnerConfigures(address caller) external {
        vm.assume(caller != address(this));
        bytes memory refusal =
            abi.encodeWithSelector(IManager.CallerMustBeControllerOwner.selector, caller, address(this));
        vm.startPrank(caller);
        vm.expectRevert(refusal);
        migrator.setL1Migrator(STRANGER);
        vm.expectRevert(refusal);
        migrator.setDelegatorPoolImpl(STRANGER);
        vm.expectRevert(refusal);
        migrator.setClaimStakeEnabled(true);
        vm.stopPrank();
        vm.assertEq(migrator.l1MigratorAddr(), L1_MIGRATOR, "unchanged");
    }

    // ---- claims by snapshot ----------------------------------------------------------------------------------

    function test_aDelegatorClaimsWhatTheSnapshotSays() external {
        _enableClaims(_leaf(D1, T1, 50, 3), _leaf(D2, T1, 60, 0));
        vm.prank(D1);
        migrator.claimStake(T1, 50, 3, _proof(_leaf(D2, T1, 60, 0)), address(0));
        vm.assertEq(bonding.pendingStake(D1, 0), 50, "stake");
        vm.assertEq(D1.balance, 3, "fees");
        vm.assertEq(migrator.claimedDelegatedStake(T1), 50, "counted");
        vm.prank(D1);
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.DelegatorAlreadyMigrated.selector, D1));
        migrator.claimStake(T1, 50, 3, _proof(_leaf(D2, T1, 60, 0)), address(0));
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.DelegatorAlreadyMigrated.selector, D1));
        this.migrateFromOutside(D1, T1, 50, 0);
    }

    function test_aDelegatorMayChooseAnotherDelegateUnlessItsOwnHasAPool() external {
        _enableClaims(_leaf(D1, T1, 50, 0), _leaf(D2, T1, 60, 0));
        vm.prank(D1);
        migrator.claimStake(T1, 50, 0, _proof(_leaf(D2, T1, 60, 0)), T2);
        (,, address delegate,,,,) = bonding.getDelegator(D1);
        vm.assertEq(delegate, T2, "chosen");
        migrate(T1, T1, 100, 350, 0);
        nextRound();
        vm.prank(D2);
        migrator.claimStake(T1, 60, 0, _proof(_leaf(D1, T1, 50, 0)), T2);
        (,, delegate,,,,) = bonding.getDelegator(D2);
        vm.assertEq(delegate, T1, "the pool's");
    }

    function testFuzz_nothingElseCanBeClaimed(uint256 stake, uint256 fees, address delegate) external {
        vm.assume(stake != 50 || fees != 3 || delegate != T1);
        _enableClaims(_leaf(D1, T1, 50, 3), _leaf(D2, T1, 60, 0));
        vm.prank(D1);
        vm.expectPartialRevert(IL2Migrator.InvalidProof.selector);
        migrator.claimStake(delegate, stake, fees, _proof(_leaf(D2, T1, 60, 0)), address(0));
    }

    function test_claimsMustBeEnabled() external {
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.ClaimStakeDisabled.selector));
        migrator.claimStake(T1, 50, 3, new bytes32[](0), address(0));
        vm.assertFalse(migrator.claimStakeEnabled(), "off");
    }

    // ---- helpers --------------------------------------------------------------------------------------------

    function _enableClaims(bytes32 a, bytes32 b) private {
        snapshot.setSnapshot(
            keccak256("LIP-73"), a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a))
        );
        migrator.setClaimStakeEnabled(true);
    }

    function _leaf(address delegator, address delegate, uint256 stake, uint256 fees)
        private
        pure
        returns (bytes32)
    {
        return keccak256(abi.encodePacked(delegator, delegate, stake, fees));
    }

    function _proof(bytes32 sibling) private pure returns (bytes32[] memory proof) {
        proof = new bytes32[](1);
        proof[0] = sibling;
    }
}
