// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Errors} from "@openzeppelin/contracts/utils/Errors.sol";
import {OneTimeInitializer} from "../../src/governance/OneTimeInitializer.sol";
import {Treasury} from "../../src/governance/Treasury.sol";
import {CreateAndCall} from "../../src/registry/CreateAndCall.sol";
import {ManagerProxy} from "../../src/registry/ManagerProxy.sol";
import {LivepeerGovernor} from "../../src/governance/LivepeerGovernor.sol";
import {ILivepeerGovernor} from "../../src/interfaces/ILivepeerGovernor.sol";
import {GovernedTest} from "../base/GovernedTest.sol";
import {vm} from "../base/Vm.sol";

contract CreateAndCallTest is GovernedTest {
    address private constant STRANGER = address(0x99);

    function setUp() external {
        deploy(defaultConfig());
        deployGovernance();
    }

    function test_aTreasuryIsSetUpByTheTransactionThatCreatesIt() external {
        address[] memory own = new address[](1);
        own[0] = address(0x11);
        Treasury made = Treasury(
            payable(_create(
                    type(Treasury).creationCode, abi.encodeCall(Treasury.initialize, (7, own, own, own[0]))
                ))
        );
        vm.assertEq(made.getMinDelay(), 7, "delay");
        vm.assertTrue(made.hasRole(made.PROPOSER_ROLE(), own[0]), "proposer");
        own[0] = STRANGER;
        vm.expectRevert(abi.encodeWithSelector(OneTimeInitializer.AlreadyInitialized.selector));
        made.initialize(0, own, own, STRANGER);
    }

    function test_aGovernorBehindItsProxyIsSetUpByTheTransactionThatCreatesIt() external {
        bytes memory proxy = abi.encodePacked(
            type(ManagerProxy).creationCode, abi.encode(controller, keccak256("LivepeerGovernorTarget"))
        );
        ILivepeerGovernor made =
            ILivepeerGovernor(_create(proxy, abi.encodeCall(ILivepeerGovernor.initialize, (1, 2, 3, 4, 5))));
        vm.assertEq(made.votingPeriod(), 2, "period");
        vm.assertEq(made.timelock(), address(treasury), "timelock");
        vm.expectRevert(abi.encodeWithSelector(OneTimeInitializer.AlreadyInitialized.selector));
        made.initialize(9, 9, 9, 9, 9);
    }

    function test_nothingIsLeftWhenTheCallIsRefused() external {
        bytes memory proxy =
            abi.encodePacked(type(ManagerProxy).creationCode, abi.encode(controller, keccak256("Nothing")));
        vm.expectRevert(
            abi.encodeWithSelector(ManagerProxy.TargetContractNotRegistered.selector, keccak256("Nothing"))
        );
        new CreateAndCall(proxy, abi.encodeCall(ILivepeerGovernor.initialize, (1, 2, 3, 4, 5)));
    }

    function test_aCreationThatFailsGivesItsReason() external {
        bytes memory noCode = hex"fe";
        vm.expectRevert(bytes(""));
        new CreateAndCall(noCode, "");
        // Reverts with a word of its own.
        vm.expectRevert(abi.encodePacked(uint256(42)));
        new CreateAndCall(hex"602a60005260206000fd", "");
    }

    function test_aCallThatFailsWithoutAReasonIsRefusedToo() external {
        // Runtime code INVALID.
        vm.expectRevert(abi.encodeWithSelector(Errors.FailedCall.selector));
        new CreateAndCall(hex"60fe60005360016000f3", "");
    }

    /// Without code every call succeeds and nothing happens.
    function test_aContractWithoutCodeIsRefused() external {
        vm.expectPartialRevert(Address.AddressEmptyCode.selector);
        new CreateAndCall("", hex"01020304");
    }

    function _create(bytes memory initCode, bytes memory call) private returns (address) {
        CreateAndCall helper = new CreateAndCall(initCode, call);
        vm.assertEq(address(helper).code.length, 0, "the helper leaves no code");
        // RLP of (address, 1).
        return
            address(
                uint160(uint256(keccak256(abi.encodePacked(bytes2(0xd694), address(helper), bytes1(0x01)))))
            );
    }
}
