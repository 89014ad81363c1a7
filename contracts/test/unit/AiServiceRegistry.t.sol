// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ServiceRegistry} from "../../src/registry/ServiceRegistry.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {Vm, vm} from "../base/Vm.sol";

/// @title The registry of AI orchestrators: the same code again, neither proxied nor registered at the Controller
contract AiServiceRegistryTest is ProtocolTest {
    address private constant ORCHESTRATOR = address(0x0a1);

    ServiceRegistry private _ai;

    event ServiceURIUpdate(address indexed addr, string serviceURI);

    function setUp() external {
        deploy(defaultConfig());
        _ai = new ServiceRegistry(controller);
    }

    function test_isBoundToTheControllerButHasNoTarget() external view {
        vm.assertEq(address(_ai.controller()), address(controller), "controller");
        vm.assertEq(_ai.targetContractId(), bytes32(0), "not behind a proxy");
    }

    function test_keepsItsOwnAddressesApartFromThoseOfTranscoding() external {
        vm.startPrank(ORCHESTRATOR);
        registry.setServiceURI("https://video.example:8935");
        vm.recordLogs();
        _ai.setServiceURI("https://ai.example:8936");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.stopPrank();
        vm.assertEq(registry.getServiceURI(ORCHESTRATOR), "https://video.example:8935", "video");
        vm.assertEq(_ai.getServiceURI(ORCHESTRATOR), "https://ai.example:8936", "ai");
        vm.assertEq(logs[0].emitter, address(_ai), "emitter");
        vm.assertEq(logs[0].topics[0], ServiceURIUpdate.selector, "event");
        vm.assertEq(logs[0].topics[1], bytes32(uint256(uint160(ORCHESTRATOR))), "account");
    }

    function test_worksWhileTheSystemIsPaused() external {
        controller.pause();
        _ai.setServiceURI("https://ai.example");
        vm.assertEq(_ai.getServiceURI(address(this)), "https://ai.example", "uri");
    }
}
