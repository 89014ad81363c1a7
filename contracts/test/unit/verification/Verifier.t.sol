// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManager} from "../../../src/interfaces/IManager.sol";
import {IVerifier} from "../../../src/interfaces/IVerifier.sol";
import {Verifier} from "../../../src/verification/Verifier.sol";
import {Vm, bound, vm} from "../../base/Vm.sol";
import {VerifierTest} from "./VerifierTest.sol";

/// @title Faults that are punished, and how often
contract VerifierFaultsTest is VerifierTest {
    event FaultProven(
        address indexed orchestrator,
        bytes32 indexed workId,
        address indexed finder,
        IVerifier.Fault fault,
        uint256 round
    );
    event TranscoderSlashed(
        address indexed transcoder, address finder, uint256 penalty, uint256 finderReward
    );

    function setUp() external {
        setUpVerifier();
    }

    function test_twoResultsForOneSegmentCostATenthOfTheStake() external {
        uint256 supply = token.totalSupply();
        bytes memory callData = plainConflict();
        commitAndWait(FINDER, callData);
        vm.recordLogs();
        send(FINDER, callData);
        vm.assertEq(stakeOf(orchestrator), STAKE * 9 / 10, "stake");
        vm.assertEq(token.balanceOf(FINDER), STAKE / 40, "a quarter of the penalty");
        vm.assertEq(supply - token.totalSupply(), STAKE * 3 / 40, "burned");
        vm.assertFalse(bonding.isActiveTranscoder(orchestrator) && poolHas(orchestrator), "leaves the pool");
        checkEvents(vm.getRecordedLogs(), IVerifier.Fault.ConflictingResults);
    }

    function test_aDeliveryOfOtherBytesThanTheSignedResultIsAFault() external {
        (IVerifier.SegmentReceipt memory result, bytes32[] memory hashes) = resultOf(good(), good());
        bytes memory callData = otherDelivery(result, hashes, delivery(result, 1, keccak256("other bytes")));
        commitAndWait(FINDER, callData);
        vm.recordLogs();
        send(FINDER, callData);
        vm.assertEq(stakeOf(orchestrator), STAKE * 9 / 10, "stake");
        checkEvents(vm.getRecordedLogs(), IVerifier.Fault.OtherDelivery);
    }

    function test_aSignedTransportStreamThatIsNoneIsAFault() external {
        bytes memory broken = good();
        broken[188] = 0x46;
        (IVerifier.SegmentReceipt memory result, bytes32[] memory hashes) = resultOf(good(), broken);
        bytes memory callData = brokenContainer(result, hashes, 1, broken);
        commitAndWait(FINDER, callData);
        vm.recordLogs();
        send(FINDER, callData);
        vm.assertEq(stakeOf(orchestrator), STAKE * 9 / 10, "stake");
        checkEvents(vm.getRecordedLogs(), IVerifier.Fault.BrokenContainer);
    }

    function test_anEmptyRenditionIsNoTransportStream() external {
        (IVerifier.SegmentReceipt memory result, bytes32[] memory hashes) = resultOf("", good());
        prove(FINDER, brokenContainer(result, hashes, 0, ""));
        vm.assertEq(stakeOf(orchestrator), STAKE * 9 / 10, "stake");
    }

    function test_aTornRenditionIsNoTransportStream() external {
        bytes memory torn = bytes.concat(good(), hex"47");
        (IVerifier.SegmentReceipt memory result, bytes32[] memory hashes) = resultOf(good(), torn);
        prove(FINDER, brokenContainer(result, hashes, 1, torn));
        vm.assertEq(stakeOf(orchestrator), STAKE * 9 / 10, "stake");
    }

    function test_theSameSegmentIsPunishedOnce() external {
        prove(FINDER, plainConflict());
        nextRound();
        nextRound();
        IVerifier.SegmentReceipt memory again = receipt(keccak256("third"));
        again.sourceHash = keccak256("another source");
        IVerifier.SegmentReceipt memory other = receipt(keccak256("fourth"));
        other.sourceHash = again.sourceHash;
        bytes32 workId = keccak256(abi.encode(orchestrator, again.job, again.sequence));
        vm.assertTrue(verifier.isPunished(workId), "known");
        refusedAfterSlash(
            conflict(again, other), abi.encodeWithSelector(IVerifier.AlreadyPunished.selector, workId)
        );
    }

    function test_whatWasSignedUntilTheEndOfTheCoolDownIsCoveredByTheSlash() external {
        bytes memory before = conflictOf(8);
        prove(FINDER, plainConflict());
        vm.assertEq(verifier.firstPunishableRound(orchestrator), ROUND + 2, "cool-down");
        refusedAfterSlash(
            before, abi.encodeWithSelector(IVerifier.CoveredByEarlierSlash.selector, ROUND, ROUND + 2)
        );
        nextRound();
        bytes memory during = conflictOf(9);
        nextRound();
        refusedAfterSlash(
            during, abi.encodeWithSelector(IVerifier.CoveredByEarlierSlash.selector, ROUND + 1, ROUND + 2)
        );
        prove(FINDER, conflictOf(10));
        vm.assertEq(stakeOf(orchestrator), STAKE * 81 / 100, "a new fault after the cool-down");
    }

    function test_aProofIsWorthOneSlash() external {
        bytes memory callData = plainConflict();
        prove(FINDER, callData);
        refusedAfterSlashAsCommitted(
            callData,
            abi.encodeWithSelector(IVerifier.NotCommitted.selector, verifier.commitmentOf(FINDER, callData))
        );
    }

    function testFuzz_penaltyIsPaidAndBurnedToTheWei(uint256 slash, uint256 fee, uint256 more) external {
        slash = bound(slash, 1, 1_000_000);
        fee = bound(fee, 0, 500_000);
        more = bound(more, 0, 10 ** 24);
        verifier.setSlashAmount(slash);
        verifier.setFinderFee(fee);
        fund(orchestrator, more);
        if (more > 0) bond(orchestrator, more, orchestrator);
        (uint256 supply, uint256 stake) = (token.totalSupply(), STAKE + more);
        prove(FINDER, plainConflict());
        uint256 penalty = stake * slash / 1_000_000;
        uint256 reward = penalty * fee / 1_000_000;
        vm.assertEq(stakeOf(orchestrator), stake - penalty, "stake");
        vm.assertEq(token.balanceOf(FINDER), reward, "finder");
        vm.assertEq(supply - token.totalSupply(), penalty - reward, "burned");
    }

    function test_delegatorsKeepTheirStake() external {
        address delegator = address(0xde1e);
        fund(delegator, 500);
        bond(delegator, 500, orchestrator);
        prove(FINDER, plainConflict());
        vm.assertEq(stakeOf(delegator), 500, "delegator");
        vm.assertEq(bonding.transcoderTotalStake(orchestrator), STAKE * 9 / 10 + 500, "total");
    }

    function checkEvents(Vm.Log[] memory logs, IVerifier.Fault fault) private view {
        bytes32 workId = keccak256(abi.encode(orchestrator, keccak256("session, stream"), uint64(7)));
        uint256 found;
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].topics[0] == FaultProven.selector) {
                vm.assertEq(logs[i].emitter, address(verifier), "emitter");
                vm.assertEq(logs[i].topics[1], bytes32(uint256(uint160(orchestrator))), "orchestrator");
                vm.assertEq(logs[i].topics[2], workId, "work");
                vm.assertEq(logs[i].topics[3], bytes32(uint256(uint160(FINDER))), "finder");
                vm.assertEq(keccak256(logs[i].data), keccak256(abi.encode(fault, ROUND)), "fault");
                found++;
            } else if (logs[i].topics[0] == TranscoderSlashed.selector) {
                bytes memory data = abi.encode(FINDER, STAKE / 10, STAKE / 40);
                vm.assertEq(keccak256(logs[i].data), keccak256(data), "amounts");
                found++;
            }
        }
        vm.assertEq(found, 2, "both events");
    }

    function poolHas(address account) private view returns (bool) {
        address node = bonding.getFirstTranscoderInPool();
        while (node != address(0) && node != account) node = bonding.getNextTranscoderInPool(node);
        return node == account;
    }

    function conflictOf(uint64 sequence) private view returns (bytes memory) {
        IVerifier.SegmentReceipt memory first = receipt(keccak256("one"));
        IVerifier.SegmentReceipt memory second = receipt(keccak256("other"));
        first.sequence = second.sequence = sequence;
        return conflict(first, second);
    }

    function refusedAfterSlash(bytes memory callData, bytes memory err) private {
        commitAndWait(FINDER, callData);
        refusedAfterSlashAsCommitted(callData, err);
    }

    function refusedAfterSlashAsCommitted(bytes memory callData, bytes memory err) private {
        uint256 stake = stakeOf(orchestrator);
        try this.sendExternally(FINDER, callData) {
            vm.assertTrue(false, "was accepted");
        } catch (bytes memory reason) {
            vm.assertEq(keccak256(reason), keccak256(err), "error");
        }
        vm.assertEq(stakeOf(orchestrator), stake, "stake");
    }
}
