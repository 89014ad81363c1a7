// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {DevBridge} from "../../../src/bridge/devnet/DevBridge.sol";
import {DevInbox} from "../../../src/bridge/devnet/DevInbox.sol";
import {IL1Migrator} from "../../../src/bridge/interfaces/IL1Migrator.sol";
import {IL2Migrator} from "../../../src/bridge/interfaces/IL2Migrator.sol";
import {IMigrator} from "../../../src/bridge/interfaces/IMigrator.sol";
import {L1Migrator} from "../../../src/bridge/l1/L1Migrator.sol";
import {ProtocolTest} from "../../base/ProtocolTest.sol";
import {Vm, bound, vm} from "../../base/Vm.sol";

contract L1MigratorTest is ProtocolTest {
    uint256 private constant KEY = 0xA11CE;
    address private constant L2_MIGRATOR = address(0x22);
    address private constant STRANGER = address(0x57);
    address private constant T1 = address(0x71);

    address private _alice;
    L1Migrator private _migrator;
    DevInbox private _inbox;

    function setUp() external {
        deploy(defaultConfig());
        vm.fee(0);
        _alice = vm.addr(KEY);
        DevBridge bridge = new DevBridge();
        _inbox = new DevInbox(bridge);
        bridge.connect(address(_inbox), address(0));
        _migrator = new L1Migrator(_inbox, bonding, broker, L2_MIGRATOR);
        initializeRound();
        fund(T1, 100);
        fund(_alice, 40);
        bond(T1, 100, T1);
        bond(_alice, 40, T1);
        vm.deal(STRANGER, 10 ether);
        vm.deal(_alice, 10 ether);
        vm.recordLogs();
    }

    // ---- what is sent ----------------------------------------------------------------------------------------

    function test_sendsADelegatorsStakeFeesAndDelegate() external {
        vm.prank(_alice);
        _migrator.migrateDelegator{value: 1}(_alice, _alice, "", 0, 0, 1);
        IMigrator.MigrateDelegatorParams memory params =
            IMigrator.MigrateDelegatorParams(_alice, _alice, 40, 0, 0, T1);
        _assertSent(
            abi.encodeCall(IL2Migrator.finalizeMigrateDelegator, (params)),
            IL1Migrator.MigrateDelegatorInitiated.selector,
            abi.encode(params)
        );
    }

    function test_sendsATranscodersDelegatedStake() external view {
        (, IMigrator.MigrateDelegatorParams memory params) = _migrator.getMigrateDelegatorParams(T1, T1);
        vm.assertEq(params.stake, 100, "its own");
        vm.assertEq(params.delegatedStake, 140, "with its delegators'");
        vm.assertEq(params.delegate, T1, "its own delegate");
    }

    function test_sendsUnbondingLocks() external {
        nextRound();
        vm.startPrank(_alice);
        bonding.unbond(5);
        bonding.unbond(6);
        vm.stopPrank();
        uint256[] memory ids = new uint256[](2);
        ids[1] = 1;
        vm.getRecordedLogs();
        vm.prank(_alice);
        _migrator.migrateUnbondingLocks{value: 1}(_alice, _alice, ids, "", 0, 0, 1);
        IMigrator.MigrateUnbondingLocksParams memory params =
            IMigrator.MigrateUnbondingLocksParams(_alice, _alice, 11, ids, T1);
        _assertSent(
            abi.encodeCall(IL2Migrator.finalizeMigrateUnbondingLocks, (params)),
            IL1Migrator.MigrateUnbondingLocksInitiated.selector,
            abi.encode(params)
        );
    }

    function test_sendsDepositAndReserve() external {
        vm.startPrank(_alice);
        broker.fundDepositAndReserve{value: 5}(2, 3);
        vm.getRecordedLogs();
        _migrator.migrateSender{value: 1}(_alice, _alice, "", 0, 0, 1);
        vm.stopPrank();
        IMigrator.MigrateSenderParams memory params = IMigrator.MigrateSenderParams(_alice, _alice, 2, 3);
        _assertSent(
            abi.encodeCall(IL2Migrator.finalizeMigrateSender, (params)),
            IL1Migrator.MigrateSenderInitiated.selector,
            abi.encode(params)
        );
    }

    /// What a wallet shows before it is signed is what is sent.
    function test_whatWillBeSentCanBeReadBefore() external {
        nextRound();
        vm.prank(_alice);
        bonding.unbond(5);
        vm.prank(_alice);
        broker.fundDepositAndReserve{value: 5}(2, 3);
        (bytes memory data, IMigrator.MigrateUnbondingLocksParams memory locks) =
            _migrator.getMigrateUnbondingLocksParams(_alice, _alice, new uint256[](1));
        vm.assertEq(locks.total, 5, "LPT of the locks");
        vm.assertEq(locks.delegate, T1, "delegate");
        vm.assertEq(
            keccak256(data),
            keccak256(abi.encodeCall(IL2Migrator.finalizeMigrateUnbondingLocks, (locks))),
            "call"
        );
        IMigrator.MigrateSenderParams memory funds;
        (data, funds) = _migrator.getMigrateSenderParams(_alice, _alice);
        vm.assertEq(funds.deposit, 2, "deposit");
        vm.assertEq(funds.reserve, 3, "reserve");
        vm.assertEq(
            keccak256(data), keccak256(abi.encodeCall(IL2Migrator.finalizeMigrateSender, (funds))), "call"
        );
    }

    // ---- who may ---------------------------------------------------------------------------------------------

    function test_aSignatureLetsAnotherSend() external {
        bytes32 data = keccak256("MigrateDelegator(address l1Addr,address l2Addr)");
        bytes memory sig = _sign(keccak256(abi.encode(data, _alice, _alice)));
        vm.startPrank(STRANGER);
        _migrator.migrateDelegator{value: 1}(_alice, _alice, sig, 0, 0, 1);
        // Not for anything else.
        vm.expectPartialRevert(IL1Migrator.FailAuth.selector);
        _migrator.migrateSender(_alice, _alice, sig, 0, 0, 1);
        vm.stopPrank();
    }

    function test_theSignedLocksAreTheOnesSent() external {
        nextRound();
        vm.prank(_alice);
        bonding.unbond(5);
        vm.prank(_alice);
        bonding.unbond(5);
        uint256[] memory ids = new uint256[](1);
        bytes32 kind =
            keccak256("MigrateUnbondingLocks(address l1Addr,address l2Addr,uint256[] unbondingLockIds)");
        bytes memory sig =
            _sign(keccak256(abi.encode(kind, _alice, _alice, keccak256(abi.encodePacked(ids)))));
        vm.startPrank(STRANGER);
        _migrator.migrateUnbondingLocks{value: 1}(_alice, _alice, ids, sig, 0, 0, 1);
        ids[0] = 1;
        vm.expectPartialRevert(IL1Migrator.FailAuth.selector);
        _migrator.migrateUnbondingLocks(_alice, _alice, ids, sig, 0, 0, 1);
        vm.stopPrank();
    }

    function testFuzz_nobodyElseCanSend(bytes memory sig) external {
        vm.prank(STRANGER);
        vm.expectPartialRevert(IL1Migrator.FailAuth.selector);
        _migrator.migrateDelegator(_alice, _alice, sig, 0, 0, 1);
    }

    /// Public issue 23: an account of L1 must not act on a foreign one of L2.
    function testFuzz_anAccountKeepsItsAddress(address other) external {
        vm.assume(other != _alice && other != address(0));
        bytes memory refusal = abi.encodeWithSelector(IL1Migrator.L2AddressMismatch.selector, _alice, other);
        vm.startPrank(_alice);
        vm.expectRevert(refusal);
        _migrator.migrateDelegator(_alice, other, "", 0, 0, 1);
        vm.expectRevert(refusal);
        _migrator.migrateUnbondingLocks(_alice, other, new uint256[](1), "", 0, 0, 1);
        vm.expectRevert(refusal);
        _migrator.migrateSender(_alice, other, "", 0, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(IL1Migrator.NullL2Address.selector));
        _migrator.migrateSender(_alice, address(0), "", 0, 0, 1);
        vm.stopPrank();
    }

    function test_locksMustBeThereAndHoldSomething() external {
        vm.startPrank(_alice);
        vm.expectRevert(abi.encodeWithSelector(IL1Migrator.NoUnbondingLocks.selector));
        _migrator.migrateUnbondingLocks(_alice, _alice, new uint256[](0), "", 0, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(IL1Migrator.EmptyUnbondingLock.selector, 0));
        _migrator.migrateUnbondingLocks(_alice, _alice, new uint256[](1), "", 0, 0, 1);
        vm.stopPrank();
    }

    function test_theAdminCanPause() external {
        _migrator.pause();
        bytes memory refusal = abi.encodeWithSignature("EnforcedPause()");
        vm.startPrank(_alice);
        vm.expectRevert(refusal);
        _migrator.migrateDelegator(_alice, _alice, "", 0, 0, 1);
        vm.expectRevert(refusal);
        _migrator.migrateUnbondingLocks(_alice, _alice, new uint256[](1), "", 0, 0, 1);
        vm.expectRevert(refusal);
        _migrator.migrateSender(_alice, _alice, "", 0, 0, 1);
        refusal = abi.encodeWithSignature("AccessControlUnauthorizedAccount(address,bytes32)", _alice, 0);
        vm.expectRevert(refusal);
        _migrator.unpause();
        vm.expectRevert(refusal);
        _migrator.pause();
        vm.stopPrank();
        _migrator.unpause();
        vm.assertFalse(_migrator.paused(), "runs again");
    }

    function test_knowsItsContracts() external view {
        vm.assertEq(address(_migrator.bondingManager()), address(bonding), "BondingManager");
        vm.assertEq(address(_migrator.ticketBroker()), address(broker), "TicketBroker");
        vm.assertEq(_migrator.l2Migrator(), L2_MIGRATOR, "L2 migrator");
    }

    /// The ticket and both events of the last message.
    function _assertSent(bytes memory data, bytes32 announced, bytes memory params) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        DevInbox.Ticket memory ticket = abi.decode(logs[logs.length - 3].data, (DevInbox.Ticket));
        vm.assertEq(ticket.sender, address(_migrator), "sender");
        vm.assertEq(ticket.to, L2_MIGRATOR, "to");
        vm.assertEq(ticket.excessFeeRefundAddress, _alice, "refunds");
        vm.assertEq(keccak256(ticket.data), keccak256(data), "call");
        vm.assertEq(logs[logs.length - 1].topics[0], announced, "event");
        vm.assertEq(keccak256(logs[logs.length - 1].data), keccak256(params), "parameters");
    }

    function _sign(bytes32 structHash) private view returns (bytes memory) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("Livepeer L1Migrator"),
                keccak256("1"),
                block.chainid,
                address(_migrator)
            )
        );
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(KEY, keccak256(abi.encodePacked("\x19\x01", domain, structHash)));
        return abi.encodePacked(r, s, v);
    }
}
