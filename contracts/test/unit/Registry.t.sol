// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../../src/interfaces/IController.sol";
import {IManager} from "../../src/interfaces/IManager.sol";
import {IServiceRegistry} from "../../src/interfaces/IServiceRegistry.sol";
import {ManagerProxy} from "../../src/registry/ManagerProxy.sol";
import {ServiceRegistry} from "../../src/registry/ServiceRegistry.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {vm} from "../base/Vm.sol";

contract RegistryTest is ProtocolTest {
    address private constant STRANGER = address(0x5);

    function setUp() external {
        deploy(defaultConfig());
    }

    function test_onlyTheOwnerSteersTheController() external {
        bytes memory refusal = abi.encodeWithSelector(IController.NotOwner.selector, STRANGER, address(this));
        vm.startPrank(STRANGER);
        vm.expectRevert(refusal);
        controller.pause();
        vm.expectRevert(refusal);
        controller.setContractInfo(bytes32(0), STRANGER, bytes20(0));
        vm.expectRevert(refusal);
        controller.transferOwnership(STRANGER);
        vm.stopPrank();
        controller.transferOwnership(STRANGER);
        vm.assertEq(controller.owner(), STRANGER, "new owner");
    }

    function test_pauseStopsStakingAndPaymentsButNotTheServiceRegistry() external {
        controller.pause();
        bytes memory paused = abi.encodeWithSelector(IManager.SystemIsPaused.selector);
        vm.expectRevert(paused);
        rounds.initializeRound();
        vm.expectRevert(paused);
        bonding.bond(1, address(this));
        vm.expectRevert(paused);
        broker.fundDeposit();
        registry.setServiceURI("https://orchestrator.example:8935");
        vm.assertEq(registry.getServiceURI(address(this)), "https://orchestrator.example:8935", "uri");
    }

    function test_aProxyKeepsItsStateWhenItsCodeIsReplaced() external {
        registry.setServiceURI("https://a.example");
        register("ServiceRegistryTarget", address(new ServiceRegistry(controller)));
        vm.assertEq(registry.getServiceURI(address(this)), "https://a.example", "kept");
        vm.assertEq(registry.targetContractId(), keccak256("ServiceRegistryTarget"), "id");
    }

    function testFuzz_severalLookUpsAnswerLikeOneAfterTheOther(uint8 count, bytes32 unknown) external view {
        bytes32[] memory ids = new bytes32[](count);
        for (uint256 i = 0; i < count; i++) {
            ids[i] = i % 3 == 0 ? keccak256("Minter") : i % 3 == 1 ? unknown : keccak256("BondingManager");
        }
        address[] memory found = controller.getContracts(ids);
        vm.assertEq(found.length, count, "one for each");
        for (uint256 i = 0; i < count; i++) {
            vm.assertEq(found[i], controller.getContract(ids[i]), "same");
        }
    }

    function test_aProxyWithoutCodeSaysSo() external {
        bytes32 id = keccak256("NothingTarget");
        IServiceRegistry empty = IServiceRegistry(address(new ManagerProxy(controller, id)));
        vm.expectRevert(abi.encodeWithSelector(ManagerProxy.TargetContractNotRegistered.selector, id));
        empty.getServiceURI(address(this));
    }

    function test_onlyTheControllerHandsAManagerOver() external {
        vm.expectRevert(
            abi.encodeWithSelector(
                IManager.CallerMustBeController.selector, address(this), address(controller)
            )
        );
        bonding.setController(STRANGER);
        controller.updateController(keccak256("BondingManager"), STRANGER);
        vm.assertEq(address(bonding.controller()), STRANGER, "handed over");
    }

    function test_parametersBelongToTheControllerOwner() external {
        vm.expectRevert(
            abi.encodeWithSelector(IManager.CallerMustBeControllerOwner.selector, STRANGER, address(this))
        );
        vm.prank(STRANGER);
        bonding.setUnbondingPeriod(0);
    }
}
