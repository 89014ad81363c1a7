// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IControlledGateway} from "../../../src/bridge/interfaces/IControlledGateway.sol";
import {IL1Escrow} from "../../../src/bridge/interfaces/IL1Escrow.sol";
import {IL1LPTGateway} from "../../../src/bridge/interfaces/IL1LPTGateway.sol";
import {IL1Messenger} from "../../../src/bridge/interfaces/IMessenger.sol";
import {ITokenGateway} from "../../../src/bridge/interfaces/ITokenGateway.sol";
import {L1LPTGateway} from "../../../src/bridge/l1/L1LPTGateway.sol";
import {LivepeerToken} from "../../../src/token/LivepeerToken.sol";
import {BridgeTest} from "../../base/BridgeTest.sol";
import {Vm, bound, vm} from "../../base/Vm.sol";

/// Answers false instead of refusing.
contract RefusingToken {
    function approve(address, uint256) external pure returns (bool) {
        return false;
    }
}

contract L1LPTGatewayTest is BridgeTest {
    bytes private constant NO_HOOK = abi.encode(SUBMISSION_COST, bytes(""));

    function setUp() external {
        deployBridge(new LivepeerToken());
        fundL1(ALICE, 1000 ether);
    }

    // ---- deposits --------------------------------------------------------------------------------------------

    function testFuzz_aDepositMovesExactlyItsAmount(uint256 amount) external {
        amount = bound(amount, 1, 1000 ether);
        deposit(ALICE, BOB, amount);
        vm.assertEq(l1Token.balanceOf(ALICE), 1000 ether - amount, "left");
        vm.assertEq(l1Token.balanceOf(address(escrow)), amount, "escrow");
        vm.assertEq(l2Token.balanceOf(BOB), 0, "not before the message arrives");
        carry();
        vm.assertEq(l2Token.balanceOf(BOB), amount, "arrived");
        vm.assertEq(l2Token.totalSupply(), amount, "supply of L2");
    }

    function test_aDepositAnnouncesItselfAndReturnsItsNumber() external {
        vm.getRecordedLogs();
        vm.assertEq(deposit(ALICE, BOB, 5), 0, "first");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        bytes memory message = l1Gateway.getOutboundCalldata(address(l1Token), ALICE, BOB, 5, "");
        Vm.Log memory sent = logs[logs.length - 2];
        vm.assertEq(sent.topics[0], IL1Messenger.TxToL2.selector, "TxToL2");
        vm.assertEq(sent.topics[1], _topic(ALICE), "from");
        vm.assertEq(sent.topics[2], _topic(address(l2Gateway)), "to the counterpart");
        vm.assertEq(keccak256(sent.data), keccak256(abi.encode(message)), "message");
        Vm.Log memory announced = logs[logs.length - 1];
        vm.assertEq(announced.topics[0], IL1LPTGateway.DepositInitiated.selector, "DepositInitiated");
        vm.assertEq(announced.topics[1], _topic(ALICE), "from");
        vm.assertEq(announced.topics[2], _topic(BOB), "to");
        vm.assertEq(announced.topics[3], bytes32(0), "sequence number");
        vm.assertEq(keccak256(announced.data), keccak256(abi.encode(address(l1Token), 5)), "token, amount");
        vm.assertEq(deposit(ALICE, BOB, 5), 1, "second");
    }

    function test_theRouterDepositsForItsCaller() external {
        vm.deal(L1_ROUTER, 1 ether);
        vm.prank(L1_ROUTER);
        l1Gateway.outboundTransfer{value: VALUE}(
            address(l1Token), BOB, 7, MAX_GAS, GAS_PRICE, abi.encode(ALICE, NO_HOOK)
        );
        carry();
        vm.assertEq(l1Token.balanceOf(ALICE), 1000 ether - 7, "taken from whom the router named");
        vm.assertEq(l2Token.balanceOf(BOB), 7, "arrived");
    }

    /// What a router names as the payer is a submission cost for everybody else.
    function test_nobodyElseCanNameAnotherPayer() external {
        vm.deal(STRANGER, 1 ether);
        vm.startPrank(STRANGER);
        vm.expectRevert(
            abi.encodeWithSelector(IControlledGateway.CallHookDataNotAllowed.selector, NO_HOOK.length)
        );
        l1Gateway.outboundTransfer{value: VALUE}(
            address(l1Token), STRANGER, 7, MAX_GAS, GAS_PRICE, abi.encode(ALICE, NO_HOOK)
        );
        uint256 cost = uint160(ALICE) + MAX_GAS * GAS_PRICE;
        vm.expectRevert(abi.encodeWithSelector(IL1LPTGateway.WrongEthValue.selector, VALUE, cost));
        l1Gateway.outboundTransfer{value: VALUE}(
            address(l1Token), STRANGER, 7, MAX_GAS, GAS_PRICE, abi.encode(ALICE, "")
        );
        vm.stopPrank();
    }

    function test_refusesOtherTokensNothingAndHookData() external {
        address other = address(new LivepeerToken());
        _refuses(
            abi.encodeWithSelector(IControlledGateway.TokenNotLpt.selector, other, address(l1Token)),
            other,
            BOB,
            1,
            VALUE,
            NO_HOOK
        );
        bytes memory refusal = abi.encodeWithSelector(IControlledGateway.ZeroAmount.selector);
        _refuses(refusal, address(l1Token), BOB, 0, VALUE, NO_HOOK);
        refusal = abi.encodeWithSelector(IControlledGateway.CallHookDataNotAllowed.selector, 3);
        _refuses(refusal, address(l1Token), BOB, 1, VALUE, abi.encode(SUBMISSION_COST, bytes("abc")));
        refusal = abi.encodeWithSelector(IControlledGateway.NullRecipient.selector);
        _refuses(refusal, address(l1Token), address(0), 1, VALUE, NO_HOOK);
    }

    function test_refusesADepositWithoutSubmissionCost() external {
        bytes memory refusal = abi.encodeWithSelector(IL1LPTGateway.NoSubmissionCost.selector);
        _refuses(refusal, address(l1Token), BOB, 1, MAX_GAS * GAS_PRICE, abi.encode(0, bytes("")));
    }

    function testFuzz_refusesAnyValueButTheExactOne(uint256 value) external {
        value = bound(value, 0, 10 ether);
        vm.assume(value != VALUE);
        bytes memory refusal = abi.encodeWithSelector(IL1LPTGateway.WrongEthValue.selector, value, VALUE);
        _refuses(refusal, address(l1Token), BOB, 1, value, NO_HOOK);
    }

    function test_refusesMoreThanTheCallerHasOrAllowed() external {
        vm.startPrank(ALICE);
        vm.expectRevert(
            abi.encodeWithSignature(
                "ERC20InsufficientBalance(address,uint256,uint256)", ALICE, 1000 ether, 1000 ether + 1
            )
        );
        l1Gateway.outboundTransfer{value: VALUE}(
            address(l1Token), BOB, 1000 ether + 1, MAX_GAS, GAS_PRICE, NO_HOOK
        );
        l1Token.approve(address(l1Gateway), 4);
        vm.expectRevert(
            abi.encodeWithSignature(
                "ERC20InsufficientAllowance(address,uint256,uint256)", address(l1Gateway), 4, 5
            )
        );
        l1Gateway.outboundTransfer{value: VALUE}(address(l1Token), BOB, 5, MAX_GAS, GAS_PRICE, NO_HOOK);
        vm.stopPrank();
    }

    function test_refusesDepositsWhilePausedOrWithoutCounterpart() external {
        l1Gateway.pause();
        _refuses(abi.encodeWithSignature("EnforcedPause()"), address(l1Token), BOB, 1, VALUE, NO_HOOK);
        l1Gateway.unpause();
        l1Gateway.setCounterpart(address(0));
        bytes memory refusal = abi.encodeWithSelector(IControlledGateway.CounterpartNotSet.selector);
        _refuses(refusal, address(l1Token), BOB, 1, VALUE, NO_HOOK);
    }

    function test_startsPaused() external {
        L1LPTGateway fresh =
            new L1LPTGateway(L1_ROUTER, address(escrow), address(l1Token), address(l2Token), inbox);
        vm.assertTrue(fresh.paused(), "paused");
    }

    // ---- withdrawals -----------------------------------------------------------------------------------------

    function test_onlyTheBridgeCanFinalize() external {
        deposit(ALICE, BOB, 100);
        vm.prank(address(l2Gateway));
        vm.expectRevert(
            abi.encodeWithSelector(IL1Messenger.NotFromBridge.selector, address(l2Gateway), address(bridge))
        );
        l1Gateway.finalizeInboundTransfer(address(l1Token), BOB, BOB, 100, abi.encode(0, bytes("")));
    }

    function test_onlyTheCounterpartsMessagesAreFinalized() external {
        deposit(ALICE, BOB, 100);
        carry();
        bytes memory message = l1Gateway.getOutboundCalldata(address(l1Token), BOB, BOB, 100, "");
        vm.prank(STRANGER);
        ARB_SYS.sendTxToL1(address(l1Gateway), message);
        carry();
        vm.warp(block.timestamp + CHALLENGE_PERIOD);
        vm.expectRevert(
            abi.encodeWithSelector(IL1Messenger.OnlyCounterpartGateway.selector, STRANGER, address(l2Gateway))
        );
        this.executeExitFromOutside(0);
        vm.assertEq(l1Token.balanceOf(address(escrow)), 100, "nothing left the escrow");
    }

    function testFuzz_aWithdrawalIsPaidOutOfTheEscrowExactly(uint256 amount, uint256 back) external {
        amount = bound(amount, 1, 1000 ether);
        back = bound(back, 1, amount);
        deposit(ALICE, BOB, amount);
        carry();
        withdraw(BOB, ALICE, back);
        carry();
        claim(0);
        vm.assertEq(l1Token.balanceOf(ALICE), 1000 ether - amount + back, "paid");
        vm.assertEq(l1Token.balanceOf(address(escrow)), amount - back, "escrow");
        vm.assertEq(l1Token.totalSupply(), 1000 ether, "nothing minted");
    }

    function test_aWithdrawalIsPaidWhilePaused() external {
        deposit(ALICE, BOB, 100);
        carry();
        withdraw(BOB, BOB, 100);
        carry();
        l1Gateway.pause();
        claim(0);
        vm.assertEq(l1Token.balanceOf(BOB), 100, "paid");
    }

    function testFuzz_whatTheEscrowLacksIsMinted(uint256 held, uint256 rewards) external {
        held = bound(held, 0, 100 ether);
        rewards = bound(rewards, 1, 100 ether);
        if (held > 0) deposit(ALICE, BOB, held);
        carry();
        fundL2(BOB, rewards);
        withdraw(BOB, BOB, held + rewards);
        carry();
        claim(0);
        vm.assertEq(l1Token.balanceOf(BOB), held + rewards, "paid in full");
        vm.assertEq(l1Token.totalSupply(), 1000 ether + rewards, "only the lack is minted");
        vm.assertEq(l1Token.balanceOf(address(escrow)), 0, "escrow");
    }

    function test_withoutAMinterALackIsRefusedAndTheMessageStaysClaimable() external {
        l1Gateway.setMinter(address(0));
        fundL2(BOB, 5);
        withdraw(BOB, BOB, 5);
        carry();
        vm.warp(block.timestamp + CHALLENGE_PERIOD);
        vm.expectRevert(abi.encodeWithSelector(IL1LPTGateway.EscrowShortfall.selector, 5, 0));
        this.executeExitFromOutside(0);
        l1Gateway.setMinter(address(bridgeMinter));
        claim(0);
        vm.assertEq(l1Token.balanceOf(BOB), 5, "paid later");
    }

    function test_aMessageAboutAnotherTokenIsRefused() external {
        vm.assertEq(l2Gateway.counterpartGateway(), address(l1Gateway), "the honest path");
        bytes memory message = l1Gateway.getOutboundCalldata(address(l2Token), BOB, BOB, 1, "");
        vm.prank(address(l2Gateway));
        ARB_SYS.sendTxToL1(address(l1Gateway), message);
        carry();
        vm.warp(block.timestamp + CHALLENGE_PERIOD);
        vm.expectRevert(
            abi.encodeWithSelector(
                IControlledGateway.TokenNotLpt.selector, address(l2Token), address(l1Token)
            )
        );
        this.executeExitFromOutside(0);
    }

    function test_aFinalizedWithdrawalAnnouncesItself() external {
        deposit(ALICE, BOB, 9);
        carry();
        withdraw(BOB, ALICE, 9);
        carry();
        claim(0);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        Vm.Log memory told = logs[logs.length - 2];
        vm.assertEq(told.topics[0], IL1LPTGateway.WithdrawalFinalized.selector, "WithdrawalFinalized");
        vm.assertEq(told.topics[1], _topic(BOB), "from");
        vm.assertEq(told.topics[2], _topic(ALICE), "to");
        vm.assertEq(told.topics[3], bytes32(0), "exit number");
        vm.assertEq(keccak256(told.data), keccak256(abi.encode(address(l1Token), 9)), "token, amount");
    }

    // ---- administration and views ----------------------------------------------------------------------------

    function testFuzz_onlyTheAdminAdministers(address caller) external {
        vm.assume(caller != address(this));
        vm.startPrank(caller);
        vm.expectRevert(missingRole(caller));
        l1Gateway.setCounterpart(STRANGER);
        vm.expectRevert(missingRole(caller));
        l1Gateway.setMinter(STRANGER);
        vm.expectRevert(missingRole(caller));
        l1Gateway.pause();
        vm.expectRevert(missingRole(caller));
        l1Gateway.unpause();
        vm.expectRevert(missingRole(caller));
        escrow.approve(address(l1Token), STRANGER, 1);
        vm.stopPrank();
    }

    function testFuzz_theAdminAllowsWhatTheEscrowPays(address spender, uint256 value) external {
        vm.assume(spender != address(0));
        vm.getRecordedLogs();
        escrow.approve(address(l1Token), spender, value);
        vm.assertEq(l1Token.allowance(address(escrow), spender), value, "allowance");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        Vm.Log memory told = logs[logs.length - 1];
        vm.assertEq(told.topics[0], IL1Escrow.Approve.selector, "Approve");
        vm.assertEq(told.topics[1], _topic(address(l1Token)), "token");
        vm.assertEq(told.topics[2], _topic(spender), "spender");
        vm.assertEq(keccak256(told.data), keccak256(abi.encode(value)), "value");
    }

    function test_aTokenThatSaysNoIsNoApproval() external {
        address refusing = address(new RefusingToken());
        vm.expectRevert(abi.encodeWithSelector(IL1Escrow.ApprovalFailed.selector, refusing, BOB, 1));
        escrow.approve(refusing, BOB, 1);
    }

    function test_knowsOnlyLpt() external view {
        vm.assertEq(l1Gateway.calculateL2TokenAddress(address(l1Token)), address(l2Token), "LPT");
        vm.assertEq(l1Gateway.calculateL2TokenAddress(address(l2Token)), address(0), "other");
        vm.assertEq(l1Gateway.l1Lpt(), address(l1Token), "l1Lpt");
        vm.assertEq(l1Gateway.l2Lpt(), address(l2Token), "l2Lpt");
        vm.assertEq(l1Gateway.l1LPTEscrow(), address(escrow), "escrow");
        vm.assertEq(l1Gateway.l1Router(), L1_ROUTER, "router");
        vm.assertEq(address(l1Gateway.inbox()), address(inbox), "inbox");
    }

    function testFuzz_itsMessageCallsTheCounterpart(
        address from,
        address to,
        uint256 amount,
        bytes memory data
    ) external view {
        bytes memory expected = abi.encodeCall(
            ITokenGateway.finalizeInboundTransfer,
            (address(l1Token), from, to, amount, abi.encode(bytes(""), data))
        );
        bytes memory message = l1Gateway.getOutboundCalldata(address(l1Token), from, to, amount, data);
        vm.assertEq(keccak256(message), keccak256(expected), "call data");
    }

    /// expectRevert needs an external call.
    function executeExitFromOutside(uint256 index) external {
        executeExit(index, exits[index]);
    }

    function _refuses(
        bytes memory refusal,
        address token,
        address to,
        uint256 amount,
        uint256 value,
        bytes memory data
    ) private {
        vm.prank(ALICE);
        vm.expectRevert(refusal);
        l1Gateway.outboundTransfer{value: value}(token, to, amount, MAX_GAS, GAS_PRICE, data);
    }

    function _topic(address account) private pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }
}
