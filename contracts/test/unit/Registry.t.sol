// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../../src/interfaces/IController.sol";
import {IManager} from "../../src/interfaces/IManager.sol";
import {IServiceRegistry} from "../../src/interfaces/IServiceRegistry.sol";
import {ManagerProxy} from "../../src/registry/ManagerProxy.sol";
import {Registry} from "../../src/registry/Registry.sol";
import {ServiceRegistry} from "../../src/registry/ServiceRegistry.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {vm} from "../base/Vm.sol";

/// @dev A controller that says no.
contract Refusing {
    error Refused();

    fallback() external {
        revert Refused();
    }
}

contract RegistryTest is ProtocolTest {
    address private constant STRANGER = address(0x57);

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

    function testFuzz_oneLookAnswersLikeManyQuestions(bytes32 id, bool isKnown, bool stop) external {
        if (isKnown) id = uint256(id) % 2 == 0 ? keccak256("Minter") : keccak256("BondingManager");
        if (stop) controller.pause();
        (address directory, bool paused) = Registry.look(controller);
        vm.assertTrue(paused == stop, "paused");
        vm.assertEq(Registry.find(controller, directory, id), controller.getContract(id), "address");
    }

    function testFuzz_whatIsRegisteredIsFound(bytes32 id, address account, bytes20 commit) external {
        controller.setContractInfo(id, account, commit);
        (address found, bytes20 known) = controller.getContractInfo(id);
        vm.assertEq(found, account, "address");
        vm.assertEq(bytes32(known), bytes32(commit), "commit");
        vm.assertEq(controller.getContract(id), account, "look-up");
    }

    function testFuzz_nobodyElseSteersTheController(address stranger, bytes32 id, uint8 what) external {
        vm.assume(stranger != address(this) && stranger != address(0));
        vm.expectRevert(abi.encodeWithSelector(IController.NotOwner.selector, stranger, address(this)));
        vm.prank(stranger);
        if (what % 5 == 0) controller.transferOwnership(stranger);
        else if (what % 5 == 1) controller.pause();
        else if (what % 5 == 2) controller.unpause();
        else if (what % 5 == 3) controller.setContractInfo(id, stranger, bytes20(0));
        else controller.updateController(id, stranger);
    }

    function testFuzz_eachAccountHasItsOwnServiceUri(address account, string calldata uri) external {
        vm.assume(account != address(registry));
        vm.prank(account);
        registry.setServiceURI(uri);
        vm.assertEq(registry.getServiceURI(account), uri, "own");
        address other = address(uint160(account) ^ 1);
        vm.assertEq(registry.getServiceURI(other), "", "of others");
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

    /// One without code can't name the code to run, so the proxy itself answers.
    function test_aProxyThatFollowsTheWrongAccountCanBeHandedBack() external {
        controller.updateController(keccak256("BondingManager"), STRANGER);
        vm.assertEq(bonding.targetContractId(), keccak256("BondingManagerTarget"), "id");
        vm.expectRevert(
            abi.encodeWithSelector(IManager.CallerMustBeController.selector, address(this), STRANGER)
        );
        bonding.setController(address(this));
        vm.expectPartialRevert(ManagerProxy.TargetContractNotRegistered.selector);
        bonding.unbondingPeriod();
        vm.prank(STRANGER);
        bonding.setController(address(controller));
        vm.assertEq(address(bonding.controller()), address(controller), "back");
        vm.assertEq(bonding.unbondingPeriod(), 2, "as before");
    }

    /// The first id to come keeps a place in the directory; a proxy whose id came later asks the Controller itself.
    function test_aProxyFindsCodeThatHasNoPlaceInTheDirectory() external {
        bytes32 id = bytes32(uint256(keccak256("ServiceRegistryTarget")) + 62);
        ManagerProxy other = new ManagerProxy(controller, id);
        controller.setContractInfo(id, address(new ServiceRegistry(controller)), bytes20(0));
        IServiceRegistry(address(other)).setServiceURI("https://b.example");
        vm.assertEq(
            IServiceRegistry(address(other)).getServiceURI(address(this)), "https://b.example", "runs"
        );
        vm.assertEq(registry.getServiceURI(address(this)), "", "with a state of its own");
    }

    function test_whyTheControllerRefusesIsPassedOnByAProxy() external {
        controller.updateController(keccak256("ServiceRegistry"), address(new Refusing()));
        vm.expectRevert(abi.encodeWithSelector(Refusing.Refused.selector));
        registry.getServiceURI(address(this));
    }

    /// An answer from an address without code would be one of zeros: not paused, and nothing registered.
    function test_aControllerWithoutCodeIsNoController() external {
        address account = address(0xacc);
        controller.updateController(keccak256("Minter"), account);
        (bool ok, bytes memory answer) = address(minter).call(abi.encodeCall(minter.depositETH, ()));
        vm.assertFalse(ok, "refused");
        vm.assertEq(answer.length, 0, "without a reason");
        // The look-up of two. An answer would lead to a refusal by name.
        (ok, answer) = address(minter).call(abi.encodeCall(minter.createReward, (1, 1)));
        vm.assertFalse(ok, "refused as well");
        vm.assertEq(answer.length, 0, "at the look-up");
        controller.updateController(keccak256("BondingManager"), account);
        vm.expectPartialRevert(ManagerProxy.TargetContractNotRegistered.selector);
        bonding.unbondingPeriod();
    }

    function test_parametersBelongToTheControllerOwner() external {
        vm.expectRevert(
            abi.encodeWithSelector(IManager.CallerMustBeControllerOwner.selector, STRANGER, address(this))
        );
        vm.prank(STRANGER);
        bonding.setUnbondingPeriod(0);
    }
}
