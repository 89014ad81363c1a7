// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManager} from "../../../src/interfaces/IManager.sol";
import {IVerifier} from "../../../src/interfaces/IVerifier.sol";
import {Verifier} from "../../../src/verification/Verifier.sol";
import {Vm, vm} from "../../base/Vm.sol";
import {VerifierTest} from "./VerifierTest.sol";

contract VerifierParametersTest is VerifierTest {
    event ParameterUpdate(string param);

    function setUp() external {
        setUpVerifier();
    }

    function test_keepsWhatItWasBuiltWith() external view {
        vm.assertEq(verifier.slashAmount(), 100_000, "slash amount");
        vm.assertEq(verifier.finderFee(), 250_000, "finder fee");
        vm.assertEq(verifier.receiptValidity(), 3, "validity");
        vm.assertEq(verifier.cooldown(), 2, "cool-down");
        vm.assertEq(verifier.commitDelay(), DELAY, "delay");
    }

    function testFuzz_eachParameterHasItsBoundsItsEventAndItsOwner(uint256 value) external {
        check(IVerifier.setSlashAmount.selector, IVerifier.slashAmount.selector, "slashAmount", value, 1, 1e6);
        check(IVerifier.setFinderFee.selector, IVerifier.finderFee.selector, "finderFee", value, 0, 5e5);
        check(
            IVerifier.setReceiptValidity.selector,
            IVerifier.receiptValidity.selector,
            "receiptValidity",
            value,
            1,
            1000
        );
        check(IVerifier.setCooldown.selector, IVerifier.cooldown.selector, "cooldown", value, 1, 1000);
        check(
            IVerifier.setCommitDelay.selector, IVerifier.commitDelay.selector, "commitDelay", value, 1, 7200
        );
    }

    function test_anImpossibleDeploymentIsRefused() external {
        vm.expectRevert(abi.encodeWithSelector(IVerifier.ShareOutOfRange.selector, 0, 1, 1_000_000));
        new Verifier(controller, 0, 0, 1, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(IVerifier.ShareOutOfRange.selector, 500_001, 0, 500_000));
        new Verifier(controller, 1, 500_001, 1, 1, 1);
        vm.expectRevert(abi.encodeWithSelector(IVerifier.PeriodOutOfRange.selector, 0, 1, 7200));
        new Verifier(controller, 1, 0, 1, 1, 0);
    }

    function check(bytes4 setter, bytes4 getter, string memory name, uint256 value, uint256 min, uint256 max)
        private
    {
        accepts(setter, getter, name, min);
        accepts(setter, getter, name, max);
        accepts(setter, getter, name, min + value % (max - min + 1));
        refuses(setter, max + 1, min, max);
        refuses(setter, type(uint256).max, min, max);
        if (min > 0) refuses(setter, min - 1, min, max);
        vm.expectRevert(
            abi.encodeWithSelector(IManager.CallerMustBeControllerOwner.selector, FINDER, address(this))
        );
        vm.prank(FINDER);
        forward(abi.encodeWithSelector(setter, min));
    }

    function accepts(bytes4 setter, bytes4 getter, string memory name, uint256 value) private {
        vm.recordLogs();
        forward(abi.encodeWithSelector(setter, value));
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 1, "one event");
        vm.assertEq(logs[0].topics[0], ParameterUpdate.selector, "event");
        vm.assertEq(abi.decode(logs[0].data, (string)), name, "name");
        (, bytes memory stored) = address(verifier).call(abi.encodeWithSelector(getter));
        vm.assertEq(abi.decode(stored, (uint256)), value, name);
    }

    function refuses(bytes4 setter, uint256 value, uint256 min, uint256 max) private {
        bool isShare =
            setter == IVerifier.setSlashAmount.selector || setter == IVerifier.setFinderFee.selector;
        bytes4 err = isShare ? IVerifier.ShareOutOfRange.selector : IVerifier.PeriodOutOfRange.selector;
        vm.expectRevert(abi.encodeWithSelector(err, value, min, max));
        forward(abi.encodeWithSelector(setter, value));
    }

    function forward(bytes memory callData) private {
        (bool ok, bytes memory reason) = address(verifier).call(callData);
        if (ok) return;
        assembly ("memory-safe") {
            revert(add(reason, 32), mload(reason))
        }
    }
}
