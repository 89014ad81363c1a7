// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AddressAlias} from "../../../src/bridge/AddressAlias.sol";
import {DevAlias} from "../../../src/bridge/devnet/DevAlias.sol";
import {DevBridge} from "../../../src/bridge/devnet/DevBridge.sol";
import {DevInbox} from "../../../src/bridge/devnet/DevInbox.sol";
import {DevRetryables} from "../../../src/bridge/devnet/DevRetryables.sol";
import {IInbox} from "../../../src/bridge/interfaces/IInbox.sol";
import {Vm, bound, vm} from "../../base/Vm.sol";
import {DevMessagingTest, Target} from "./DevMessagingTest.sol";

contract MessagesToL2Test is DevMessagingTest {
    function testFuzz_aMessageArrivesFromTheAliasAndItsRefundAddsUp(uint256 callValue, uint256 extra)
        external
    {
        callValue = bound(callValue, 0, 100 ether);
        extra = bound(extra, 0, 100 ether);
        uint256 before = RELAYER.balance;
        uint256 number = _send(callValue, VALUE + callValue + extra, MAX_GAS, GAS_PRICE, Target.take.selector);
        carry();
        vm.assertEq(uint256(retryables.statusOf(number)), 2, "redeemed");
        vm.assertEq(target.caller(), AddressAlias.aliasOf(ALICE), "caller");
        vm.assertEq(target.received(), callValue, "value");
        uint256 fee = inbox.calculateRetryableSubmissionFee(32, 1 gwei);
        uint256 paid = before - RELAYER.balance;
        vm.assertEq(paid, VALUE + callValue + extra - fee, "the relayer gives out what L1 holds less the fee");
        uint256 gasCost = VALUE + extra - fee - BOB.balance;
        vm.assertGe(gasCost, 20_000 * 1 gwei, "gas is charged");
        vm.assertLe(gasCost, 200_000 * 1 gwei, "only what was used");
        vm.assertEq(address(bridge).balance, VALUE + callValue + extra, "L1 holds the deposit");
    }

    function test_theInboxRefusesTooLittle() external {
        vm.startPrank(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IInbox.InsufficientValue.selector, VALUE + 5, VALUE + 4));
        inbox.createRetryableTicket{value: VALUE + 4}(
            address(target), 5, SUBMISSION_COST, BOB, BOB, MAX_GAS, GAS_PRICE, ""
        );
        uint256 fee = inbox.calculateRetryableSubmissionFee(0, 0);
        vm.expectRevert(abi.encodeWithSelector(IInbox.InsufficientSubmissionCost.selector, fee, fee - 1));
        inbox.createRetryableTicket{value: 1 ether}(address(target), 0, fee - 1, BOB, BOB, 0, 0, "");
        vm.stopPrank();
        vm.assertEq(fee, 1400 gwei, "1400 gas at the base fee");
    }

    function test_refundsOfAContractGoToItsAlias() external {
        vm.prank(ALICE);
        inbox.createRetryableTicket{value: VALUE}(
            address(target), 0, SUBMISSION_COST, address(target), BOB, 0, 0, ""
        );
        carry();
        vm.assertGe(AddressAlias.aliasOf(address(target)).balance, 1, "refunded");
    }

    function test_aFailedMessageKeepsItsValueUntilSomebodyRedeemsIt() external {
        target.setRefuses(true);
        uint256 number = _send(3 ether, VALUE + 3 ether, MAX_GAS, GAS_PRICE, Target.take.selector);
        DevInbox.Ticket memory ticket = _ticket();
        prepareAlias(ALICE);
        _submit(number, ticket);
        vm.assertEq(uint256(retryables.statusOf(number)), 1, "failed");
        vm.assertGe(address(retryables).balance, 3 ether, "value kept, besides the fees");
        vm.expectRevert(abi.encodeWithSelector(Target.Refused.selector));
        retryables.redeem(number, ticket);
        target.setRefuses(false);
        ticket.l2CallValue = 2 ether;
        vm.expectRevert(
            abi.encodeWithSelector(DevRetryables.WrongTicket.selector, number, keccak256(abi.encode(ticket)))
        );
        retryables.redeem(number, ticket);
        ticket.l2CallValue = 3 ether;
        vm.prank(STRANGER);
        retryables.redeem(number, ticket);
        vm.assertEq(target.received(), 3 ether, "arrived");
        vm.expectRevert(
            abi.encodeWithSelector(
                DevRetryables.NotRedeemable.selector, number, DevRetryables.Status.Redeemed
            )
        );
        retryables.redeem(number, ticket);
    }

    function test_hostileMessagesDoNotHoldUpThoseBehind() external {
        _send(0, VALUE, MAX_GAS, GAS_PRICE, Target.burnGas.selector);
        _send(0, VALUE, MAX_GAS, GAS_PRICE, Target.bomb.selector);
        _send(0, SUBMISSION_COST + 1e12, 1e12, 1, Target.take.selector); // gas below the base fee
        _send(0, SUBMISSION_COST + 1e12 * GAS_PRICE, 1e12, GAS_PRICE, Target.take.selector); // more than a block
        _send(0, SUBMISSION_COST, 0, 0, Target.take.selector); // no attempt wanted
        _send(0, VALUE, MAX_GAS, GAS_PRICE, Target.take.selector);
        carry();
        for (uint256 i = 0; i < 5; i++) {
            vm.assertEq(uint256(retryables.statusOf(i)), 1, "failed");
        }
        vm.assertEq(uint256(retryables.statusOf(5)), 2, "redeemed");
    }

    function test_onlyTheStartOfAReasonIsKept() external {
        uint256 number = _send(0, VALUE, MAX_GAS, GAS_PRICE, Target.bomb.selector);
        DevInbox.Ticket memory ticket = _ticket();
        prepareAlias(ALICE);
        _submit(number, ticket);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].topics[0] != DevRetryables.TicketFailed.selector) continue;
            bytes memory reason = abi.decode(logs[i].data, (bytes));
            vm.assertEq(reason.length, 1024, "cut");
            vm.assertEq(uint256(retryables.statusOf(number)), 1, "failed");
            return;
        }
        vm.assertTrue(false, "told why");
    }

    /// Data pays 16 gas a byte, and comes on top of the gas of the attempt.
    function test_theLargestMessageFitsIntoABlock() external {
        bytes memory data = new bytes(117_964);
        for (uint256 i = 0; i < data.length; i++) {
            data[i] = 0xff;
        }
        _sendData(data);
        DevInbox.Ticket memory ticket = _ticket();
        prepareAlias(ALICE);
        uint256 before = gasleft();
        _submit(0, ticket);
        uint256 used = before - gasleft() + 16 * data.length;
        uint256 demanded = ticket.gasLimit * 66 / 64 + 200_000 + 16 * data.length;
        // The relayer offers a quarter more than the estimate.
        vm.assertLe((used < demanded ? demanded : used) * 125 / 100, 30_000_000, "gas");
        bytes memory more = bytes.concat(data, hex"00");
        vm.expectRevert(abi.encodeWithSelector(IInbox.DataTooLarge.selector, more.length, data.length));
        _sendData(more);
    }

    function test_aRefundThatIsRefusedHoldsNothingUp() external {
        uint256 number = _send(0, VALUE, MAX_GAS, GAS_PRICE, Target.take.selector);
        vm.etch(BOB, address(new DevBridge()).code);
        carry();
        vm.assertEq(uint256(retryables.statusOf(number)), 2, "redeemed");
        vm.assertEq(BOB.balance, 0, "refused");
        vm.assertGe(address(retryables).balance, VALUE / 2, "kept");
    }

    function test_aMessageCannotRedeemItself() external {
        uint256 number = _send(0, VALUE, MAX_GAS, GAS_PRICE, Target.take.selector);
        DevInbox.Ticket memory ticket = _ticket();
        prepareAlias(ALICE);
        target.reenter(address(retryables), abi.encodeCall(DevRetryables.redeem, (number, ticket)));
        _submit(number, ticket);
        vm.assertEq(uint256(retryables.statusOf(number)), 1, "the attempt failed as a whole");
    }

    function test_onlyTheSequencerSubmitsEachOnceInOrderWithItsValue() external {
        _send(0, VALUE, MAX_GAS, GAS_PRICE, Target.take.selector);
        DevInbox.Ticket memory ticket = _ticket();
        uint256 value = ticket.deposit - ticket.submissionFee;
        vm.expectRevert(abi.encodeWithSelector(DevRetryables.NotSequencer.selector, address(this), RELAYER));
        retryables.submit(0, ticket);
        vm.startPrank(RELAYER);
        vm.expectRevert(
            abi.encodeWithSelector(DevRetryables.AliasNotReady.selector, ALICE, AddressAlias.aliasOf(ALICE))
        );
        retryables.submit{value: value}(0, ticket);
        prepareAlias(ALICE);
        vm.expectRevert(abi.encodeWithSelector(DevRetryables.NotNextTicket.selector, 1, 0));
        retryables.submit{value: value}(1, ticket);
        vm.expectRevert(abi.encodeWithSelector(DevRetryables.WrongValue.selector, value - 1, value));
        retryables.submit{value: value - 1}(0, ticket);
        vm.expectPartialRevert(DevRetryables.TooLittleGas.selector);
        retryables.submit{value: value, gas: 1_100_000}(0, ticket);
        retryables.submit{value: value}(0, ticket);
        vm.expectRevert(abi.encodeWithSelector(DevRetryables.NotNextTicket.selector, 0, 1));
        retryables.submit{value: value}(0, ticket);
        vm.stopPrank();
        vm.assertEq(retryables.hashOf(0), keccak256(abi.encode(ticket)), "hash");
    }

    function test_onlyTheExecutorSpeaksThroughAnAlias() external {
        prepareAlias(ALICE);
        DevAlias stand = DevAlias(AddressAlias.aliasOf(ALICE));
        vm.expectRevert(
            abi.encodeWithSelector(DevAlias.NotExecutor.selector, address(this), address(retryables))
        );
        stand.call(address(target), "");
    }

    // ---- helpers ---------------------------------------------------------------------------------------------

    function _send(uint256 callValue, uint256 value, uint256 gasLimit, uint256 gasPrice, bytes4 selector)
        private
        returns (uint256)
    {
        vm.prank(ALICE);
        return inbox.createRetryableTicket{value: value}(
            address(target), callValue, SUBMISSION_COST, BOB, BOB, gasLimit, gasPrice, abi.encode(selector)
        );
    }

    /// With the most gas that is tried.
    function _sendData(bytes memory data) private {
        vm.prank(ALICE);
        inbox.createRetryableTicket{value: 10 ether}(
            address(target), 0, 1 ether, BOB, BOB, 20_000_000, GAS_PRICE, data
        );
    }

    /// The message that was sent last.
    function _ticket() private returns (DevInbox.Ticket memory) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        return abi.decode(logs[logs.length - 1].data, (DevInbox.Ticket));
    }

    function _submit(uint256 number, DevInbox.Ticket memory ticket) private {
        vm.prank(RELAYER);
        retryables.submit{value: ticket.deposit - ticket.submissionFee}(number, ticket);
    }
}
