// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {OneTimeInitializer} from "../../src/governance/OneTimeInitializer.sol";
import {Treasury} from "../../src/governance/Treasury.sol";
import {GovernedTest} from "../base/GovernedTest.sol";
import {Vm, bound, vm} from "../base/Vm.sol";

contract TreasuryTest is GovernedTest {
    address private constant PROPOSER = address(0x11);
    address private constant EXECUTOR = address(0x12);
    address private constant ADMIN = address(0x13);
    address private constant STRANGER = address(0x99);
    uint256 private constant DELAY = 1 days;

    Treasury private _treasury;

    function setUp() external {
        deploy(defaultConfig());
        vm.warp(1_700_000_000);
        _treasury = new Treasury();
        _treasury.initialize(DELAY, _one(PROPOSER), _one(EXECUTOR), ADMIN);
        token.mint(address(_treasury), 10e18);
    }

    function test_theInitializerGivesTheRoles() external view {
        vm.assertEq(_treasury.getMinDelay(), DELAY, "delay");
        vm.assertTrue(_treasury.hasRole(_treasury.PROPOSER_ROLE(), PROPOSER), "proposer");
        vm.assertTrue(_treasury.hasRole(_treasury.CANCELLER_ROLE(), PROPOSER), "canceller");
        vm.assertTrue(_treasury.hasRole(_treasury.EXECUTOR_ROLE(), EXECUTOR), "executor");
        vm.assertTrue(_treasury.hasRole(_treasury.TIMELOCK_ADMIN_ROLE(), ADMIN), "admin");
        vm.assertTrue(_treasury.hasRole(_treasury.TIMELOCK_ADMIN_ROLE(), address(_treasury)), "itself");
        bytes32 admin = keccak256("TIMELOCK_ADMIN_ROLE");
        vm.assertEq(_treasury.getRoleAdmin(_treasury.PROPOSER_ROLE()), admin, "admin of proposers");
        vm.assertEq(_treasury.getRoleAdmin(_treasury.EXECUTOR_ROLE()), admin, "admin of executors");
        vm.assertEq(_treasury.getRoleAdmin(_treasury.CANCELLER_ROLE()), admin, "admin of cancellers");
        vm.assertEq(_treasury.getRoleAdmin(admin), admin, "admin of admins");
        vm.assertFalse(_treasury.hasRole(bytes32(0), address(this)), "the deployer has no power");
    }

    function test_itIsInitializedOnce() external {
        vm.expectRevert(abi.encodeWithSelector(OneTimeInitializer.AlreadyInitialized.selector));
        _treasury.initialize(0, _one(STRANGER), _one(STRANGER), STRANGER);
    }

    function test_theInitializerTellsItsVersion() external {
        Treasury fresh = new Treasury();
        vm.recordLogs();
        fresh.initialize(0, new address[](0), new address[](0), address(0));
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs[logs.length - 1].topics[0], keccak256("Initialized(uint8)"), "event");
        vm.assertFalse(fresh.hasRole(fresh.TIMELOCK_ADMIN_ROLE(), address(0)), "no admin");
    }

    function testFuzz_anOperationWaitsItsDelay(uint256 delay, uint256 early) external {
        delay = bound(delay, DELAY, 1000 days);
        bytes memory data = abi.encodeCall(token.transfer, (STRANGER, 10e18));
        vm.prank(PROPOSER);
        _treasury.schedule(address(token), 0, data, 0, 0, delay);
        vm.warp(block.timestamp + bound(early, 0, delay - 1));
        vm.prank(EXECUTOR);
        vm.expectPartialRevert(TimelockController.TimelockUnexpectedOperationState.selector);
        _treasury.execute(address(token), 0, data, 0, 0);
        vm.warp(1_700_000_000 + delay);
        vm.prank(EXECUTOR);
        _treasury.execute(address(token), 0, data, 0, 0);
        vm.assertEq(token.balanceOf(STRANGER), 10e18, "paid");
        vm.assertTrue(
            _treasury.isOperationDone(_treasury.hashOperation(address(token), 0, data, 0, 0)), "done"
        );
    }

    function testFuzz_aBatchWaitsItsDelayAndRunsAsAWhole(uint256 first, uint256 second, uint256 delay)
        external
    {
        (first, second) = (bound(first, 0, 11e18), bound(second, 0, 11e18));
        delay = bound(delay, DELAY, 1000 days);
        (address[] memory targets, uint256[] memory values, bytes[] memory calls) =
            (new address[](2), new uint256[](2), new bytes[](2));
        (targets[0], targets[1]) = (address(token), address(token));
        calls[0] = abi.encodeCall(token.transfer, (STRANGER, first));
        calls[1] = abi.encodeCall(token.transfer, (ADMIN, second));
        vm.prank(PROPOSER);
        _treasury.scheduleBatch(targets, values, calls, 0, 0, delay);
        vm.warp(block.timestamp + delay - 1);
        vm.startPrank(EXECUTOR);
        vm.expectPartialRevert(TimelockController.TimelockUnexpectedOperationState.selector);
        _treasury.executeBatch(targets, values, calls, 0, 0);
        vm.warp(1_700_000_000 + delay);
        bool affordable = first + second <= 10e18;
        if (!affordable) vm.expectPartialRevert(IERC20Errors.ERC20InsufficientBalance.selector);
        _treasury.executeBatch(targets, values, calls, 0, 0);
        vm.stopPrank();
        vm.assertEq(token.balanceOf(STRANGER), affordable ? first : 0, "first");
        vm.assertEq(token.balanceOf(ADMIN), affordable ? second : 0, "second");
    }

    function testFuzz_aDroppedOperationDoesNotRun(bytes32 salt, address who) external {
        vm.assume(who != PROPOSER);
        bytes memory data = abi.encodeCall(token.transfer, (STRANGER, 1));
        bytes32 id = _treasury.hashOperation(address(token), 0, data, 0, salt);
        vm.prank(PROPOSER);
        _treasury.schedule(address(token), 0, data, 0, salt, DELAY);
        vm.prank(who);
        vm.expectPartialRevert(IAccessControl.AccessControlUnauthorizedAccount.selector);
        _treasury.cancel(id);
        vm.prank(PROPOSER);
        _treasury.cancel(id);
        vm.assertFalse(_treasury.isOperation(id), "gone");
        vm.warp(block.timestamp + DELAY);
        vm.prank(EXECUTOR);
        vm.expectPartialRevert(TimelockController.TimelockUnexpectedOperationState.selector);
        _treasury.execute(address(token), 0, data, 0, salt);
    }

    function testFuzz_theDelayChangesByItsOwnOperationOnly(address who, uint256 delay) external {
        vm.assume(who != address(_treasury));
        vm.prank(who);
        vm.expectRevert(abi.encodeWithSelector(TimelockController.TimelockUnauthorizedCaller.selector, who));
        _treasury.updateDelay(delay);
        bytes memory data = abi.encodeCall(_treasury.updateDelay, (delay));
        vm.prank(PROPOSER);
        _treasury.schedule(address(_treasury), 0, data, 0, 0, DELAY);
        vm.warp(block.timestamp + DELAY);
        vm.prank(EXECUTOR);
        _treasury.execute(address(_treasury), 0, data, 0, 0);
        vm.assertEq(_treasury.getMinDelay(), delay, "changed");
    }

    function test_aShorterDelayIsRefused() external {
        vm.prank(PROPOSER);
        vm.expectRevert(
            abi.encodeWithSelector(TimelockController.TimelockInsufficientDelay.selector, DELAY - 1, DELAY)
        );
        _treasury.schedule(STRANGER, 0, "", 0, 0, DELAY - 1);
    }

    function test_strangersHaveNoRole() external {
        vm.startPrank(STRANGER);
        vm.expectRevert(_missing(_treasury.PROPOSER_ROLE()));
        _treasury.schedule(STRANGER, 0, "", 0, 0, DELAY);
        vm.expectRevert(_missing(_treasury.EXECUTOR_ROLE()));
        _treasury.execute(STRANGER, 0, "", 0, 0);
        vm.expectRevert(_missing(_treasury.CANCELLER_ROLE()));
        _treasury.cancel(0);
        bytes32 role = _treasury.PROPOSER_ROLE();
        vm.expectRevert(_missing(_treasury.TIMELOCK_ADMIN_ROLE()));
        _treasury.grantRole(role, STRANGER);
        vm.expectRevert(
            abi.encodeWithSelector(TimelockController.TimelockUnauthorizedCaller.selector, STRANGER)
        );
        _treasury.updateDelay(0);
        vm.stopPrank();
    }

    function test_anAdminThatRenouncedHasNoPowerLeft() external {
        vm.startPrank(ADMIN);
        _treasury.grantRole(_treasury.PROPOSER_ROLE(), STRANGER);
        _treasury.renounceRole(_treasury.TIMELOCK_ADMIN_ROLE(), ADMIN);
        bytes32 role = _treasury.PROPOSER_ROLE();
        vm.expectPartialRevert(IAccessControl.AccessControlUnauthorizedAccount.selector);
        _treasury.revokeRole(role, STRANGER);
        vm.stopPrank();
    }

    function _missing(bytes32 role) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, STRANGER, role);
    }

    function _one(address account) private pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = account;
    }
}
