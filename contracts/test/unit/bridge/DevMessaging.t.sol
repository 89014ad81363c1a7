// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AddressAlias} from "../../../src/bridge/AddressAlias.sol";
import {DevAlias} from "../../../src/bridge/devnet/DevAlias.sol";
import {DevBridge} from "../../../src/bridge/devnet/DevBridge.sol";
import {DevInbox} from "../../../src/bridge/devnet/DevInbox.sol";
import {DevOutbox} from "../../../src/bridge/devnet/DevOutbox.sol";
import {DevRetryables} from "../../../src/bridge/devnet/DevRetryables.sol";
import {IInbox} from "../../../src/bridge/interfaces/IInbox.sol";
import {IOutbox} from "../../../src/bridge/interfaces/IOutbox.sol";
import {LivepeerToken} from "../../../src/token/LivepeerToken.sol";
import {BridgeTest} from "../../base/BridgeTest.sol";
import {Vm, bound, vm} from "../../base/Vm.sol";

/// What messages call: remembers its caller, refuses on demand, tries to come back.
contract Target {
    address public caller;
    uint256 public received;
    bool public refuses;
    address private _reenter;
    bytes private _reentry;

    error Refused();

    function setRefuses(bool refuses_) external {
        refuses = refuses_;
    }

    function reenter(address target, bytes calldata data) external {
        (_reenter, _reentry) = (target, data);
    }

    function take() external payable {
        if (refuses) revert Refused();
        (caller, received) = (msg.sender, received + msg.value);
        if (_reenter == address(0)) return;
        (bool ok, bytes memory answer) = _reenter.call(_reentry);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
    }

    function burnGas() external pure {
        while (true) {}
    }

    /// A revert with about as much data as the gas of a message pays for, here and once more in its alias.
    function bomb() external pure {
        assembly {
            revert(0, 400000)
        }
    }
}

contract DevMessagingTest is BridgeTest {
    Target private _target;

    function setUp() external {
        deployBridge(new LivepeerToken());
        _target = new Target();
        vm.deal(ALICE, 1_000_000 ether);
        vm.deal(BOB, 0);
    }

    // ---- L1 to L2 --------------------------------------------------------------------------------------------

    function testFuzz_aMessageArrivesFromTheAliasAndItsRefundAddsUp(uint256 callValue, uint256 extra)
        external
    {
        callValue = bound(callValue, 0, 100 ether);
        extra = bound(extra, 0, 100 ether);
        uint256 before = RELAYER.balance;
        uint256 number = _send(callValue, VALUE + callValue + extra, MAX_GAS, GAS_PRICE, Target.take.selector);
        carry();
        vm.assertEq(uint256(retryables.statusOf(number)), 2, "redeemed");
        vm.assertEq(_target.caller(), AddressAlias.aliasOf(ALICE), "caller");
        vm.assertEq(_target.received(), callValue, "value");
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
            address(_target), 5, SUBMISSION_COST, BOB, BOB, MAX_GAS, GAS_PRICE, ""
        );
        uint256 fee = inbox.calculateRetryableSubmissionFee(0, 0);
        vm.expectRevert(abi.encodeWithSelector(IInbox.InsufficientSubmissionCost.selector, fee, fee - 1));
        inbox.createRetryableTicket{value: 1 ether}(address(_target), 0, fee - 1, BOB, BOB, 0, 0, "");
        vm.stopPrank();
        vm.assertEq(fee, 1400 gwei, "1400 gas at the base fee");
    }

    function test_refundsOfAContractGoToItsAlias() external {
        vm.prank(ALICE);
        inbox.createRetryableTicket{value: VALUE}(
            address(_target), 0, SUBMISSION_COST, address(_target), BOB, 0, 0, ""
        );
        carry();
        vm.assertGe(AddressAlias.aliasOf(address(_target)).balance, 1, "refunded");
    }

    function test_aFailedMessageKeepsItsValueUntilSomebodyRedeemsIt() external {
        _target.setRefuses(true);
        uint256 number = _send(3 ether, VALUE + 3 ether, MAX_GAS, GAS_PRICE, Target.take.selector);
        DevInbox.Ticket memory ticket = _ticket();
        prepareAlias(ALICE);
        _submit(number, ticket);
        vm.assertEq(uint256(retryables.statusOf(number)), 1, "failed");
        vm.assertGe(address(retryables).balance, 3 ether, "value kept, besides the fees");
        vm.expectRevert(abi.encodeWithSelector(Target.Refused.selector));
        retryables.redeem(number, ticket);
        _target.setRefuses(false);
        ticket.l2CallValue = 2 ether;
        vm.expectRevert(
            abi.encodeWithSelector(DevRetryables.WrongTicket.selector, number, keccak256(abi.encode(ticket)))
        );
        retryables.redeem(number, ticket);
        ticket.l2CallValue = 3 ether;
        vm.prank(STRANGER);
        retryables.redeem(number, ticket);
        vm.assertEq(_target.received(), 3 ether, "arrived");
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
        _target.reenter(address(retryables), abi.encodeCall(DevRetryables.redeem, (number, ticket)));
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
        stand.call(address(_target), "");
    }

    // ---- L2 to L1 --------------------------------------------------------------------------------------------

    function testFuzz_aMessageToL1ComesFromTheBridgeOnce(bytes memory data, uint256 wait) external {
        _exit(abi.encodePacked(Target.take.selector, data));
        wait = bound(wait, CHALLENGE_PERIOD, 1e9);
        vm.warp(block.timestamp + wait);
        this.executeFromOutside(0);
        vm.assertEq(_target.caller(), address(bridge), "caller");
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
        exits.push(Exit(STRANGER, address(_target), 1, 1, 0, ""));
        vm.expectRevert(abi.encodeWithSelector(DevOutbox.NotConfirmed.selector, 0));
        this.executeFromOutside(0);
        vm.expectRevert(abi.encodeWithSelector(IOutbox.ProofTooLong.selector, 1));
        outbox.executeTransaction(new bytes32[](1), 0, STRANGER, STRANGER, 1, 1, 1, 0, "");
    }

    function test_aRefusedCallStaysExecutable() external {
        _exit(abi.encodePacked(Target.take.selector));
        vm.warp(block.timestamp + CHALLENGE_PERIOD);
        _target.setRefuses(true);
        vm.expectRevert(abi.encodeWithSelector(Target.Refused.selector));
        this.executeFromOutside(0);
        vm.assertFalse(outbox.isSpent(0), "not spent");
        _target.setRefuses(false);
        this.executeFromOutside(0);
        vm.assertTrue(outbox.isSpent(0), "spent");
    }

    function test_noMessageRunsInsideAnother() external {
        _exit(abi.encodePacked(Target.take.selector));
        _exit(abi.encodePacked(Target.take.selector));
        vm.warp(block.timestamp + CHALLENGE_PERIOD);
        _target.reenter(address(this), abi.encodeCall(this.executeFromOutside, (1)));
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
        ARB_SYS.sendTxToL1(address(_target), data);
        carry();
    }

    function _send(uint256 callValue, uint256 value, uint256 gasLimit, uint256 gasPrice, bytes4 selector)
        private
        returns (uint256)
    {
        vm.prank(ALICE);
        return inbox.createRetryableTicket{value: value}(
            address(_target), callValue, SUBMISSION_COST, BOB, BOB, gasLimit, gasPrice, abi.encode(selector)
        );
    }

    /// With the most gas that is tried.
    function _sendData(bytes memory data) private {
        vm.prank(ALICE);
        inbox.createRetryableTicket{value: 10 ether}(
            address(_target), 0, 1 ether, BOB, BOB, 20_000_000, GAS_PRICE, data
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
