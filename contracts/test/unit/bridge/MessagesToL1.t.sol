// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {DevBridge} from "../../../src/bridge/devnet/DevBridge.sol";
import {DevOutbox} from "../../../src/bridge/devnet/DevOutbox.sol";
import {IOutbox} from "../../../src/bridge/interfaces/IOutbox.sol";
import {bound, vm} from "../../base/Vm.sol";
import {DevMessagingTest, Target} from "./DevMessagingTest.sol";

contract MessagesToL1Test is DevMessagingTest {
    function testFuzz_aMessageToL1ComesFromTheBridgeOnce(bytes memory data, uint256 wait) external {
        _exit(abi.encodePacked(Target.take.selector, data));
        wait = bound(wait, CHALLENGE_PERIOD, 1e9);
        vm.warp(block.timestamp + wait);
        this.executeFromOutside(0);
        vm.assertEq(target.caller(), address(bridge), "caller");
        vm.assertTrue(outbox.isSpent(0), "spent");
        vm.expectRevert(abi.encodeWithSelector(IOutbox.AlreadySpent.selector, 0));
        this.executeFromOutside(0);
    }

    function testFuzz_notBeforeTheEndOfTheChallengePeriod(uint256 wait) external {
        _exit(abi.encodePacked(Target.take.selector));
        wait = bound(wait, 0, CHALLENGE_PERIOD - 1);
        uint256 executableAt = block.timestamp + CHALLENGE_PERIOD;
        vm.warp(block.timestamp + wait);
        vm.expectRevert(abi.encodeWithSelector(DevOutbox.ChallengePeriodNotOver.selector, 0, executableAt));
        this.executeFromOutside(0);
    }

    function testFuzz_noFieldCanBeChanged(uint256 field) external {
        _exit(abi.encodePacked(Target.take.selector));
        vm.warp(block.timestamp + CHALLENGE_PERIOD);
        Exit storage message = exits[0];
        field = field % 6;
        if (field == 0) message.sender = STRANGER;
        if (field == 1) message.to = STRANGER;
        if (field == 2) message.l2Block++;
        if (field == 3) message.timestamp++;
        if (field == 4) message.value++;
        if (field == 5) message.data = "";
        vm.expectPartialRevert(IOutbox.UnknownRoot.selector);
        this.executeFromOutside(0);
    }

    function test_unconfirmedMessagesAndProofsAreRefused() external {
        exits.push(Exit(STRANGER, address(target), 1, 1, 0, ""));
        vm.expectRevert(abi.encodeWithSelector(DevOutbox.NotConfirmed.selector, 0));
        this.executeFromOutside(0);
        vm.expectRevert(abi.encodeWithSelector(IOutbox.ProofTooLong.selector, 1));
        outbox.executeTransaction(new bytes32[](1), 0, STRANGER, STRANGER, 1, 1, 1, 0, "");
    }

    function test_aRefusedCallStaysExecutable() external {
        _exit(abi.encodePacked(Target.take.selector));
        vm.warp(block.timestamp + CHALLENGE_PERIOD);
        target.setRefuses(true);
        vm.expectRevert(abi.encodeWithSelector(Target.Refused.selector));
        this.executeFromOutside(0);
        vm.assertFalse(outbox.isSpent(0), "not spent");
        target.setRefuses(false);
        this.executeFromOutside(0);
        vm.assertTrue(outbox.isSpent(0), "spent");
    }

    function test_noMessageRunsInsideAnother() external {
        _exit(abi.encodePacked(Target.take.selector));
        _exit(abi.encodePacked(Target.take.selector));
        vm.warp(block.timestamp + CHALLENGE_PERIOD);
        target.reenter(address(this), abi.encodeCall(this.executeFromOutside, (1)));
        vm.expectRevert(abi.encodeWithSelector(DevOutbox.Reentered.selector));
        this.executeFromOutside(0);
    }

    function test_onlyTheValidatorConfirmsInOrder() external {
        vm.expectRevert(abi.encodeWithSelector(DevOutbox.NotValidator.selector, address(this), RELAYER));
        outbox.confirm(0, bytes32(uint256(1)));
        vm.startPrank(RELAYER);
        vm.expectRevert(abi.encodeWithSelector(DevOutbox.NotNextMessage.selector, 1, 0));
        outbox.confirm(1, bytes32(uint256(1)));
        outbox.confirm(0, bytes32(uint256(1)));
        vm.expectRevert(abi.encodeWithSelector(DevOutbox.NotNextMessage.selector, 0, 1));
        outbox.confirm(0, bytes32(uint256(2)));
        vm.stopPrank();
    }

    function test_theBridgeServesItsInboxAndOutboxOnly() external {
        vm.expectRevert(abi.encodeWithSelector(DevBridge.NotInbox.selector, address(this), address(inbox)));
        bridge.enqueue();
        vm.expectRevert(abi.encodeWithSelector(DevBridge.NotOutbox.selector, address(this), address(outbox)));
        bridge.executeCall(STRANGER, 0, "");
        vm.expectRevert(
            abi.encodeWithSelector(DevBridge.AlreadyConnected.selector, address(inbox), address(outbox))
        );
        bridge.connect(STRANGER, STRANGER);
        vm.prank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(DevBridge.NotDeployer.selector, STRANGER, address(this)));
        bridge.connect(STRANGER, STRANGER);
        vm.assertEq(bridge.activeOutbox(), address(0), "no message is executed now");
        vm.assertEq(outbox.l2ToL1Sender(), address(0), "nor has a sender");
    }

    function testFuzz_theBridgeServesNobodyElse(address who, address to, uint96 value, bytes calldata data)
        external
    {
        vm.assume(who != address(inbox) && who != address(outbox) && who != address(this));
        vm.deal(who, value);
        vm.startPrank(who);
        vm.expectRevert(abi.encodeWithSelector(DevBridge.NotInbox.selector, who, address(inbox)));
        bridge.enqueue{value: value}();
        vm.expectRevert(abi.encodeWithSelector(DevBridge.NotOutbox.selector, who, address(outbox)));
        bridge.executeCall(to, value, data);
        vm.expectRevert(abi.encodeWithSelector(DevBridge.NotDeployer.selector, who, address(this)));
        bridge.connect(who, who);
        vm.stopPrank();
        vm.assertEq(bridge.messageCount(), 0, "no message");
    }

    function test_arbSysNumbersMessagesAndKnowsItsBlock() external {
        vm.roll(77);
        _exit("");
        vm.assertEq(ARB_SYS.messageCount(), 1, "count");
        vm.assertEq(ARB_SYS.blockOf(0), 77, "block of the message");
        vm.assertEq(ARB_SYS.arbBlockNumber(), 77, "block");
    }

    // ---- helpers ---------------------------------------------------------------------------------------------

    /// expectRevert needs an external call.
    function executeFromOutside(uint256 index) external {
        executeExit(index, exits[index]);
    }

    function _exit(bytes memory data) private {
        vm.prank(ALICE);
        ARB_SYS.sendTxToL1(address(target), data);
        carry();
    }
}
