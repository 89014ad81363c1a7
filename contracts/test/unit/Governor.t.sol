// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Governor} from "../../src/governance/Governor.sol";
import {IController} from "../../src/interfaces/IController.sol";
import {IGovernor} from "../../src/interfaces/IGovernor.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {Vm, bound, vm} from "../base/Vm.sol";

contract GovernorTest is ProtocolTest {
    address private constant STRANGER = address(0x99);
    uint256 private constant DELAY = 20;

    Governor private _governor;

    function setUp() external {
        deploy(defaultConfig());
        _governor = new Governor();
        controller.transferOwnership(address(_governor));
    }

    function testFuzz_anUpdateWaitsItsDelayAndRunsOnce(uint256 delay, uint256 early) external {
        delay = bound(delay, 1, 1_000_000);
        IGovernor.Update memory update = _pause();
        _governor.stage(update, delay);
        uint256 due = block.number + delay;
        vm.assertEq(_governor.updates(_id(update)), due, "executable at");
        vm.roll(block.number + bound(early, 0, delay - 1));
        vm.expectRevert(
            abi.encodeWithSelector(IGovernor.UpdateDelayNotExpired.selector, _id(update), due, block.number)
        );
        _governor.execute(update);
        vm.roll(due);
        vm.prank(STRANGER);
        _governor.execute(update);
        vm.assertTrue(controller.paused(), "done");
        vm.expectRevert(abi.encodeWithSelector(IGovernor.UpdateNotStaged.selector, _id(update)));
        _governor.execute(update);
    }

    function testFuzz_aCancelledUpdateIsAsIfItHadNotBeenStaged(uint256 nonce, uint256 delay, address who)
        external
    {
        vm.assume(who != address(this));
        delay = bound(delay, 0, 1_000_000);
        IGovernor.Update memory update = _pause();
        update.nonce = nonce;
        _governor.stage(update, delay);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.CallerMustBeOwner.selector, who, address(this)));
        vm.prank(who);
        _governor.cancel(update);
        _governor.cancel(update);
        vm.assertEq(_governor.updates(_id(update)), 0, "forgotten");
        vm.roll(block.number + delay);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.UpdateNotStaged.selector, _id(update)));
        _governor.execute(update);
        _governor.stage(update, 0);
        _governor.execute(update);
        vm.assertTrue(controller.paused(), "staged again");
    }

    function test_eventsCarryTheUpdate() external {
        IGovernor.Update memory update = _pause();
        vm.recordLogs();
        _governor.stage(update, 0);
        _governor.execute(update);
        _governor.stage(update, DELAY);
        _governor.cancel(update);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 5, "events");
        _checkEvent(logs[0], "UpdateStaged((address[],uint256[],bytes[],uint256),uint256)");
        vm.assertEq(keccak256(logs[0].data), keccak256(abi.encode(update, 0)), "staged");
        _checkEvent(logs[2], "UpdateExecuted((address[],uint256[],bytes[],uint256))");
        vm.assertEq(keccak256(logs[2].data), keccak256(abi.encode(update)), "executed");
        vm.assertEq(keccak256(logs[3].data), keccak256(abi.encode(update, DELAY)), "staged again");
        _checkEvent(logs[4], "UpdateCancelled((address[],uint256[],bytes[],uint256))");
        vm.assertEq(keccak256(logs[4].data), keccak256(abi.encode(update)), "cancelled");
    }

    function test_onlyTheOwnerStagesAndCancels() external {
        IGovernor.Update memory update = _pause();
        bytes memory refusal =
            abi.encodeWithSelector(IGovernor.CallerMustBeOwner.selector, STRANGER, address(this));
        vm.startPrank(STRANGER);
        vm.expectRevert(refusal);
        _governor.stage(update, 0);
        vm.expectRevert(refusal);
        _governor.cancel(update);
        vm.stopPrank();
    }

    function test_anUpdateIsStagedOnceAndOnlyAStagedOneIsCancelled() external {
        IGovernor.Update memory update = _pause();
        bytes memory notStaged = abi.encodeWithSelector(IGovernor.UpdateNotStaged.selector, _id(update));
        vm.expectRevert(notStaged);
        _governor.cancel(update);
        _governor.stage(update, DELAY);
        uint256 due = block.number + DELAY;
        vm.expectRevert(abi.encodeWithSelector(IGovernor.UpdateAlreadyStaged.selector, _id(update), due));
        _governor.stage(update, 0);
        _governor.cancel(update);
        vm.roll(due);
        vm.expectRevert(notStaged);
        _governor.execute(update);
        update.nonce++;
        _governor.stage(update, 0);
        _governor.execute(update);
        vm.assertTrue(controller.paused(), "another nonce, another update");
    }

    function test_anUpdateNeedsAllPartsOfItsCalls() external {
        IGovernor.Update memory update = _pause();
        update.value = new uint256[](2);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.UpdateLengthsDiffer.selector, 1, 2, 1));
        _governor.stage(update, 0);
        update = _pause();
        update.data = new bytes[](0);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.UpdateLengthsDiffer.selector, 1, 1, 0));
        _governor.stage(update, 0);
    }

    function test_aFailingCallUndoesTheUpdateAndTellsItsReason() external {
        IGovernor.Update memory update = _update(2);
        (update.target[0], update.data[0]) = (address(controller), abi.encodeCall(controller.pause, ()));
        (update.target[1], update.data[1]) =
        (address(controller), abi.encodeCall(controller.transferOwnership, (address(0))));
        _governor.stage(update, 0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IGovernor.UpdateCallFailed.selector,
                1,
                address(controller),
                abi.encodeWithSelector(IController.NullOwner.selector)
            )
        );
        _governor.execute(update);
        vm.assertFalse(controller.paused(), "nothing happened");
        vm.assertEq(_governor.updates(_id(update)), block.number, "still staged");
    }

    function test_ethGoesAlong() external {
        IGovernor.Update memory update = _update(1);
        (update.target[0], update.value[0]) = (STRANGER, 1 ether);
        _governor.stage(update, 0);
        vm.deal(address(this), 1 ether);
        _governor.execute{value: 1 ether}(update);
        vm.assertEq(STRANGER.balance, 1 ether, "paid");
    }

    function test_ownershipMovesByUpdateOnly() external {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.CallerMustBeGovernor.selector, address(this)));
        _governor.transferOwnership(STRANGER);
        IGovernor.Update memory update = _update(1);
        (update.target[0], update.data[0]) =
        (address(_governor), abi.encodeCall(_governor.transferOwnership, (address(0))));
        _governor.stage(update, 0);
        vm.expectPartialRevert(IGovernor.UpdateCallFailed.selector);
        _governor.execute(update);
        update.data[0] = abi.encodeCall(_governor.transferOwnership, (STRANGER));
        _governor.stage(update, 0);
        _governor.execute(update);
        vm.assertEq(_governor.owner(), STRANGER, "new owner");
    }

    function _pause() private view returns (IGovernor.Update memory update) {
        update = _update(1);
        (update.target[0], update.data[0]) = (address(controller), abi.encodeCall(controller.pause, ()));
    }

    function _update(uint256 calls) private pure returns (IGovernor.Update memory) {
        return IGovernor.Update(new address[](calls), new uint256[](calls), new bytes[](calls), 7);
    }

    function _id(IGovernor.Update memory update) private pure returns (bytes32) {
        return keccak256(abi.encode(update));
    }

    function _checkEvent(Vm.Log memory log, string memory signature) private view {
        vm.assertEq(log.emitter, address(_governor), "emitter");
        vm.assertEq(log.topics[0], keccak256(bytes(signature)), signature);
    }
}
