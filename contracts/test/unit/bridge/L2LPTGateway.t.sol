// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AddressAlias} from "../../../src/bridge/AddressAlias.sol";
import {IControlledGateway} from "../../../src/bridge/interfaces/IControlledGateway.sol";
import {IL2LPTGateway} from "../../../src/bridge/interfaces/IL2LPTGateway.sol";
import {IL2Messenger} from "../../../src/bridge/interfaces/IMessenger.sol";
import {ITokenGateway} from "../../../src/bridge/interfaces/ITokenGateway.sol";
import {L2LPTGateway} from "../../../src/bridge/l2/L2LPTGateway.sol";
import {LivepeerToken} from "../../../src/token/LivepeerToken.sol";
import {BridgeTest} from "../../base/BridgeTest.sol";
import {Vm, bound, vm} from "../../base/Vm.sol";

contract L2LPTGatewayTest is BridgeTest {
    function setUp() external {
        deployBridge(new LivepeerToken());
        fundL2(BOB, 1000 ether);
    }

    // ---- withdrawals -----------------------------------------------------------------------------------------

    function testFuzz_aWithdrawalBurnsExactlyItsAmount(uint256 amount) external {
        amount = bound(amount, 1, 1000 ether);
        vm.assertEq(withdraw(BOB, ALICE, amount), 0, "position");
        vm.assertEq(l2Token.balanceOf(BOB), 1000 ether - amount, "left");
        vm.assertEq(l2Token.totalSupply(), 1000 ether - amount, "burnt");
    }

    function test_aWithdrawalAnnouncesItselfAndReturnsItsPosition() external {
        withdraw(BOB, ALICE, 1);
        vm.getRecordedLogs();
        vm.assertEq(withdraw(BOB, ALICE, 5), 1, "second");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        bytes memory message = l2Gateway.getOutboundCalldata(address(l1Token), BOB, ALICE, 5, "");
        Vm.Log memory sent = logs[logs.length - 2];
        vm.assertEq(sent.topics[0], IL2Messenger.TxToL1.selector, "TxToL1");
        vm.assertEq(sent.topics[1], _topic(BOB), "from");
        vm.assertEq(sent.topics[2], _topic(address(l1Gateway)), "to the counterpart");
        vm.assertEq(sent.topics[3], bytes32(uint256(1)), "position");
        vm.assertEq(keccak256(sent.data), keccak256(abi.encode(message)), "message");
        Vm.Log memory announced = logs[logs.length - 1];
        vm.assertEq(announced.topics[0], IL2LPTGateway.WithdrawalInitiated.selector, "WithdrawalInitiated");
        vm.assertEq(announced.topics[1], _topic(BOB), "from");
        vm.assertEq(announced.topics[2], _topic(ALICE), "to");
        vm.assertEq(announced.topics[3], bytes32(uint256(1)), "position");
        vm.assertEq(
            keccak256(announced.data),
            keccak256(abi.encode(address(l1Token), 0, 5)),
            "token, exit number, amount"
        );
    }

    function test_bothFormsOfTheTransferWork() external {
        vm.prank(BOB);
        l2Gateway.outboundTransfer(address(l1Token), ALICE, 1, 0, 0, "");
        vm.startPrank(L2_ROUTER);
        l2Gateway.outboundTransfer(address(l1Token), ALICE, 2, 0, 0, abi.encode(BOB, bytes("")));
        l2Gateway.outboundTransfer(address(l1Token), ALICE, 4, abi.encode(BOB, bytes("")));
        vm.stopPrank();
        vm.assertEq(l2Token.balanceOf(BOB), 1000 ether - 7, "all taken from the holder");
    }

    function test_nobodyElseCanNameAnotherPayer() external {
        bytes memory data = abi.encode(BOB, bytes(""));
        vm.prank(STRANGER);
        vm.expectRevert(
            abi.encodeWithSelector(IControlledGateway.CallHookDataNotAllowed.selector, data.length)
        );
        l2Gateway.outboundTransfer(address(l1Token), STRANGER, 1, data);
    }

    function test_burnsOnlyWhatItWasAllowedTo() external {
        vm.startPrank(BOB);
        l2Token.approve(address(l2Gateway), 4);
        vm.expectRevert(
            abi.encodeWithSignature(
                "ERC20InsufficientAllowance(address,uint256,uint256)", address(l2Gateway), 4, 5
            )
        );
        l2Gateway.outboundTransfer(address(l1Token), BOB, 5, "");
        vm.stopPrank();
    }

    function test_refusesOtherTokensNothingHookDataAndNobody() external {
        bytes memory refusal = abi.encodeWithSelector(
            IControlledGateway.TokenNotLpt.selector, address(l2Token), address(l1Token)
        );
        _refuses(refusal, address(l2Token), BOB, 1, "");
        refusal = abi.encodeWithSelector(IControlledGateway.ZeroAmount.selector);
        _refuses(refusal, address(l1Token), BOB, 0, "");
        refusal = abi.encodeWithSelector(IControlledGateway.CallHookDataNotAllowed.selector, 1);
        _refuses(refusal, address(l1Token), BOB, 1, "x");
        refusal = abi.encodeWithSelector(IControlledGateway.NullRecipient.selector);
        _refuses(refusal, address(l1Token), address(0), 1, "");
        l2Gateway.setCounterpart(address(0));
        refusal = abi.encodeWithSelector(IControlledGateway.CounterpartNotSet.selector);
        _refuses(refusal, address(l1Token), BOB, 1, "");
    }

    function test_refusesWithdrawalsWhilePausedAndStartsSo() external {
        l2Gateway.pause();
        _refuses(abi.encodeWithSignature("EnforcedPause()"), address(l1Token), BOB, 1, "");
        L2LPTGateway fresh = new L2LPTGateway(L2_ROUTER, address(l1Token), address(l2Token), l2Cache);
        vm.assertTrue(fresh.paused(), "starts paused");
    }

    // ---- deposits --------------------------------------------------------------------------------------------

    function test_onlyTheCounterpartsAliasFinalizes() external {
        address expected = AddressAlias.aliasOf(address(l1Gateway));
        _refusesToFinalize(address(l1Gateway), expected);
        _refusesToFinalize(AddressAlias.aliasOf(STRANGER), expected);
        _refusesToFinalize(address(this), expected);
        vm.prank(expected);
        l2Gateway.finalizeInboundTransfer(address(l1Token), ALICE, BOB, 5, "");
        vm.assertEq(l2Token.balanceOf(BOB), 1000 ether + 5, "minted");
    }

    function test_aMessageOfAnotherSenderMintsNothing() external {
        bytes memory forged = l1Gateway.getOutboundCalldata(address(l1Token), STRANGER, STRANGER, 1e30, "");
        vm.deal(STRANGER, 1 ether);
        vm.prank(STRANGER);
        uint256 number = inbox.createRetryableTicket{value: VALUE}(
            address(l2Gateway), 0, SUBMISSION_COST, STRANGER, STRANGER, MAX_GAS, GAS_PRICE, forged
        );
        carry();
        vm.assertEq(uint256(retryables.statusOf(number)), 1, "failed");
        vm.assertEq(l2Token.balanceOf(STRANGER), 0, "nothing");
    }

    function test_depositsArriveWhilePaused() external {
        fundL1(ALICE, 10);
        deposit(ALICE, STRANGER, 10);
        l2Gateway.pause();
        carry();
        vm.assertEq(l2Token.balanceOf(STRANGER), 10, "arrived");
    }

    function test_aMessageAboutAnotherTokenIsRefused() external {
        vm.prank(AddressAlias.aliasOf(address(l1Gateway)));
        vm.expectRevert(
            abi.encodeWithSelector(
                IControlledGateway.TokenNotLpt.selector, address(l2Token), address(l1Token)
            )
        );
        l2Gateway.finalizeInboundTransfer(address(l2Token), ALICE, BOB, 5, "");
    }

    function test_aFinalizedDepositAnnouncesItself() external {
        vm.getRecordedLogs();
        vm.prank(AddressAlias.aliasOf(address(l1Gateway)));
        l2Gateway.finalizeInboundTransfer(address(l1Token), ALICE, BOB, 5, "");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        Vm.Log memory told = logs[logs.length - 1];
        vm.assertEq(told.topics[0], IL2LPTGateway.DepositFinalized.selector, "DepositFinalized");
        vm.assertEq(told.topics[1], _topic(address(l1Token)), "token");
        vm.assertEq(told.topics[2], _topic(ALICE), "from");
        vm.assertEq(told.topics[3], _topic(BOB), "to");
        vm.assertEq(keccak256(told.data), keccak256(abi.encode(5)), "amount");
    }

    // ---- administration and views ----------------------------------------------------------------------------

    function testFuzz_onlyTheAdminAdministers(address caller) external {
        vm.assume(caller != address(this));
        vm.startPrank(caller);
        vm.expectRevert(missingRole(caller));
        l2Gateway.setCounterpart(STRANGER);
        vm.expectRevert(missingRole(caller));
        l2Gateway.pause();
        vm.expectRevert(missingRole(caller));
        l2Gateway.unpause();
        vm.stopPrank();
    }

    function test_knowsOnlyLpt() external view {
        vm.assertEq(l2Gateway.calculateL2TokenAddress(address(l1Token)), address(l2Token), "LPT");
        vm.assertEq(l2Gateway.calculateL2TokenAddress(address(l2Token)), address(0), "other");
        vm.assertEq(l2Gateway.l2Router(), L2_ROUTER, "router");
        vm.assertEq(address(l2Gateway.l2LPTDataCache()), address(l2Cache), "cache");
    }

    function testFuzz_itsMessageCallsTheCounterpart(
        address from,
        address to,
        uint256 amount,
        bytes memory data
    ) external view {
        bytes memory expected = abi.encodeCall(
            ITokenGateway.finalizeInboundTransfer,
            (address(l1Token), from, to, amount, abi.encode(uint256(0), data))
        );
        bytes memory message = l2Gateway.getOutboundCalldata(address(l1Token), from, to, amount, data);
        vm.assertEq(keccak256(message), keccak256(expected), "call data");
    }

    function _refusesToFinalize(address caller, address expected) private {
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(IL2Messenger.OnlyCounterpartAlias.selector, caller, expected));
        l2Gateway.finalizeInboundTransfer(address(l1Token), ALICE, BOB, 5, "");
    }

    function _refuses(bytes memory refusal, address token, address to, uint256 amount, bytes memory data)
        private
    {
        vm.startPrank(BOB);
        vm.expectRevert(refusal);
        l2Gateway.outboundTransfer(token, to, amount, data);
        vm.expectRevert(refusal);
        l2Gateway.outboundTransfer(token, to, amount, 0, 0, data);
        vm.stopPrank();
    }

    function _topic(address account) private pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }
}
