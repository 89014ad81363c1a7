// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBridgeMinter} from "../../src/bridge/interfaces/IBridgeMinter.sol";
import {IL1LPTGateway} from "../../src/bridge/interfaces/IL1LPTGateway.sol";
import {IL1Migrator} from "../../src/bridge/interfaces/IL1Migrator.sol";
import {IL2LPTGateway} from "../../src/bridge/interfaces/IL2LPTGateway.sol";
import {L1Migrator} from "../../src/bridge/l1/L1Migrator.sol";
import {IBondingManager} from "../../src/interfaces/IBondingManager.sol";
import {ITicketBroker} from "../../src/interfaces/ITicketBroker.sol";
import {LivepeerToken} from "../../src/token/LivepeerToken.sol";
import {BridgeTest} from "../base/BridgeTest.sol";
import {vm} from "../base/Vm.sol";

/// @dev Takes no ETH.
contract Closed {}

/// @title Publicly reported issues of the bridge
contract BridgeIssuesTest is BridgeTest {
    function setUp() external {
        deployBridge(new LivepeerToken());
        fundL1(ALICE, 1000 ether);
        fundL2(BOB, 1000 ether);
    }

    receive() external payable {}

    function test_issue23_anAccountMovesToItsOwnAddressOnly() external {
        L1Migrator migrator = _migrator();
        vm.deal(ALICE, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IL1Migrator.L2AddressMismatch.selector, ALICE, BOB));
        vm.prank(ALICE);
        migrator.migrateDelegator{value: VALUE}(ALICE, BOB, "", MAX_GAS, GAS_PRICE, SUBMISSION_COST);
        vm.expectRevert(abi.encodeWithSelector(IL1Migrator.L2AddressMismatch.selector, ALICE, BOB));
        vm.prank(ALICE);
        migrator.migrateSender{value: VALUE}(ALICE, BOB, "", MAX_GAS, GAS_PRICE, SUBMISSION_COST);
        uint256[] memory locks = new uint256[](1);
        vm.expectRevert(abi.encodeWithSelector(IL1Migrator.L2AddressMismatch.selector, ALICE, BOB));
        vm.prank(ALICE);
        migrator.migrateUnbondingLocks{value: VALUE}(
            ALICE, BOB, locks, "", MAX_GAS, GAS_PRICE, SUBMISSION_COST
        );
    }

    function test_issue23_emptyAndUnknownLocksDoNotMove() external {
        L1Migrator migrator = _migrator();
        uint256[] memory none = new uint256[](0);
        vm.expectRevert(abi.encodeWithSelector(IL1Migrator.NoUnbondingLocks.selector));
        vm.prank(ALICE);
        migrator.migrateUnbondingLocks(ALICE, ALICE, none, "", MAX_GAS, GAS_PRICE, SUBMISSION_COST);
    }

    function test_issue26_ethThatTheReceiverCannotTakeIsNotLost() external {
        address closed = address(new Closed());
        bridgeMinter.setL1Migrator(closed);
        bridgeMinter.depositETH{value: 3 ether}();
        vm.expectRevert(abi.encodeWithSelector(IBridgeMinter.EthTransferFailed.selector, closed, 3 ether));
        vm.prank(closed);
        bridgeMinter.withdrawETHToL1Migrator();
        vm.assertEq(address(bridgeMinter).balance, 3 ether, "it stays");
        bridgeMinter.setL1Migrator(address(this));
        uint256 before = address(this).balance;
        vm.assertEq(bridgeMinter.withdrawETHToL1Migrator(), 3 ether, "and goes whole");
        vm.assertEq(address(this).balance - before, 3 ether, "to the wei");
    }

    function test_issue27_onlyTheMigratorTakesOutTheMintersFunds() external {
        bridgeMinter.depositETH{value: 3 ether}();
        bytes memory refused =
            abi.encodeWithSelector(IBridgeMinter.NotL1Migrator.selector, STRANGER, address(0));
        vm.expectRevert(refused);
        vm.prank(STRANGER);
        bridgeMinter.withdrawLPTToL1Migrator();
        vm.expectRevert(refused);
        vm.prank(STRANGER);
        bridgeMinter.withdrawETHToL1Migrator();
    }

    function testFuzz_issue28_aDepositTakesTheExactEth(uint256 value) external {
        value %= 10 ether;
        vm.assume(value != VALUE);
        vm.expectRevert(abi.encodeWithSelector(IL1LPTGateway.WrongEthValue.selector, value, VALUE));
        vm.prank(ALICE);
        l1Gateway.outboundTransfer{value: value}(
            address(l1Token), BOB, 1, MAX_GAS, GAS_PRICE, abi.encode(SUBMISSION_COST, bytes(""))
        );
    }

    function test_issue29_aBurnerNeedsTheAllowanceOfWhoseTokensItBurns() external {
        l2Token.grantRole(BURNER_ROLE, STRANGER);
        vm.expectRevert(
            abi.encodeWithSignature("ERC20InsufficientAllowance(address,uint256,uint256)", STRANGER, 0, 1)
        );
        vm.prank(STRANGER);
        l2Token.burnFrom(BOB, 1);
    }

    function test_issue29_onlyRolesMintBurnAndOpenTheEscrow() external {
        vm.expectRevert(
            abi.encodeWithSignature(
                "AccessControlUnauthorizedAccount(address,bytes32)", STRANGER, MINTER_ROLE
            )
        );
        vm.prank(STRANGER);
        l2Token.mint(STRANGER, 1);
        vm.expectRevert(
            abi.encodeWithSignature(
                "AccessControlUnauthorizedAccount(address,bytes32)", STRANGER, BURNER_ROLE
            )
        );
        vm.prank(STRANGER);
        l2Token.burn(1);
        vm.expectRevert(missingRole(STRANGER));
        vm.prank(STRANGER);
        escrow.approve(address(l1Token), STRANGER, 1);
        vm.expectRevert(
            abi.encodeWithSelector(IBridgeMinter.NotL1LPTGateway.selector, STRANGER, address(l1Gateway))
        );
        vm.prank(STRANGER);
        bridgeMinter.bridgeMint(STRANGER, 1);
    }

    function test_issue30_bothFormsOfAWithdrawalWork() external {
        vm.prank(BOB);
        l2Gateway.outboundTransfer(address(l1Token), ALICE, 1, "");
        vm.prank(BOB);
        l2Gateway.outboundTransfer(address(l1Token), ALICE, 2, 0, 0, "");
        vm.assertEq(l2Token.balanceOf(BOB), 1000 ether - 3, "burnt by both");
    }

    /// Like issue 28, on the other side: a payable function of a contract that can't pay.
    function test_theGatewayOfL2TakesNoEth() external {
        vm.deal(BOB, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IL2LPTGateway.UnexpectedEth.selector, 1));
        vm.prank(BOB);
        l2Gateway.outboundTransfer{value: 1}(address(l1Token), ALICE, 2, 0, 0, "");
    }

    function _migrator() private returns (L1Migrator) {
        return
            new L1Migrator(inbox, IBondingManager(address(1)), ITicketBroker(address(1)), address(l2Gateway));
    }
}
