// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {BridgeMinter} from "../../../src/bridge/l1/BridgeMinter.sol";
import {IBridgeMinter} from "../../../src/bridge/interfaces/IBridgeMinter.sol";
import {IController} from "../../../src/interfaces/IController.sol";
import {IMinter} from "../../../src/interfaces/IMinter.sol";
import {IManager} from "../../../src/interfaces/IManager.sol";
import {LivepeerToken} from "../../../src/token/LivepeerToken.sol";
import {BridgeTest} from "../../base/BridgeTest.sol";
import {bound, vm} from "../../base/Vm.sol";

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

contract BridgeMinterTest is BridgeTest {
    address private constant MIGRATOR = address(0x316);

    function setUp() external {
        deployBridge(new LivepeerToken());
        bridgeMinter.setL1Migrator(MIGRATOR);
    }

    function testFuzz_mintsForTheGatewayOnly(uint256 amount) external {
        amount = bound(amount, 0, 1e30);
        vm.prank(address(l1Gateway));
        bridgeMinter.bridgeMint(BOB, amount);
        vm.assertEq(l1Token.balanceOf(BOB), amount, "minted");
        vm.expectRevert(
            abi.encodeWithSelector(IBridgeMinter.NotL1LPTGateway.selector, address(this), address(l1Gateway))
        );
        bridgeMinter.bridgeMint(BOB, amount);
    }

    function testFuzz_handsItsFundsToTheMigratorOnly(uint256 lpt, uint256 eth) external {
        l1Token.mint(address(bridgeMinter), lpt = bound(lpt, 0, 1e30));
        bridgeMinter.depositETH{value: eth = bound(eth, 0, 1 ether)}();
        vm.startPrank(MIGRATOR);
        vm.assertEq(bridgeMinter.withdrawLPTToL1Migrator(), lpt, "LPT returned");
        vm.assertEq(bridgeMinter.withdrawETHToL1Migrator(), eth, "ETH returned");
        vm.stopPrank();
        vm.assertEq(l1Token.balanceOf(MIGRATOR), lpt, "LPT");
        vm.assertEq(MIGRATOR.balance, eth, "ETH");
        bytes memory refusal =
            abi.encodeWithSelector(IBridgeMinter.NotL1Migrator.selector, address(this), MIGRATOR);
        vm.expectRevert(refusal);
        bridgeMinter.withdrawLPTToL1Migrator();
        vm.expectRevert(refusal);
        bridgeMinter.withdrawETHToL1Migrator();
    }

    function test_aMigratorThatTakesNoEthLosesNone() external {
        address refuser = address(new Refuser());
        bridgeMinter.setL1Migrator(refuser);
        bridgeMinter.depositETH{value: 5}();
        vm.prank(refuser);
        vm.expectRevert(abi.encodeWithSelector(IBridgeMinter.EthTransferFailed.selector, refuser, 5));
        bridgeMinter.withdrawETHToL1Migrator();
    }

    function test_aTokenThatSaysNoIsNoTransfer() external {
        l1Controller.setContractInfo(keccak256("LivepeerToken"), address(new FalseToken()), bytes20(0));
        vm.prank(MIGRATOR);
        vm.expectRevert(abi.encodeWithSelector(IMinter.TokenTransferFailed.selector, MIGRATOR, 7));
        bridgeMinter.withdrawLPTToL1Migrator();
    }

    function test_handsOverToTheNextMinterAndCanNoLongerMint() external {
        BridgeMinter next = new BridgeMinter(IController(address(l1Controller)), MIGRATOR, address(l1Gateway));
        l1Token.mint(address(bridgeMinter), 7);
        bridgeMinter.depositETH{value: 5}();
        bridgeMinter.migrateToNewMinter(address(next));
        vm.assertEq(l1Token.balanceOf(address(next)), 7, "LPT");
        vm.assertEq(address(next).balance, 5, "ETH");
        vm.assertFalse(l1Token.hasRole(MINTER_ROLE, address(bridgeMinter)), "role");
        vm.prank(address(l1Gateway));
        vm.expectRevert(
            abi.encodeWithSignature(
                "AccessControlUnauthorizedAccount(address,bytes32)", address(bridgeMinter), MINTER_ROLE
            )
        );
        bridgeMinter.bridgeMint(BOB, 1);
    }

    function test_handsOverToNobodyAndNotToItself() external {
        vm.expectRevert(abi.encodeWithSelector(IBridgeMinter.InvalidMinter.selector, address(0)));
        bridgeMinter.migrateToNewMinter(address(0));
        vm.expectRevert(abi.encodeWithSelector(IBridgeMinter.InvalidMinter.selector, address(bridgeMinter)));
        bridgeMinter.migrateToNewMinter(address(bridgeMinter));
    }

    function testFuzz_onlyTheControllersOwnerGoverns(address caller) external {
        vm.assume(caller != address(this));
        bytes memory refusal =
            abi.encodeWithSelector(IManager.CallerMustBeControllerOwner.selector, caller, address(this));
        vm.startPrank(caller);
        vm.expectRevert(refusal);
        bridgeMinter.setL1Migrator(STRANGER);
        vm.expectRevert(refusal);
        bridgeMinter.setL1LPTGateway(STRANGER);
        vm.expectRevert(refusal);
        bridgeMinter.migrateToNewMinter(STRANGER);
        vm.stopPrank();
        bridgeMinter.setL1LPTGateway(BOB);
        vm.assertEq(bridgeMinter.l1LPTGatewayAddr(), BOB, "gateway");
        vm.assertEq(bridgeMinter.l1MigratorAddr(), MIGRATOR, "migrator");
        vm.assertEq(address(bridgeMinter.getController()), address(l1Controller), "controller");
    }
}
