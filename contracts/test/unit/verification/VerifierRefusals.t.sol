// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManager} from "../../../src/interfaces/IManager.sol";
import {IVerifier} from "../../../src/interfaces/IVerifier.sol";
import {Verifier} from "../../../src/verification/Verifier.sol";
import {bound, vm} from "../../base/Vm.sol";
import {VerifierTest} from "./VerifierTest.sol";

/// @title What is no fault, or no proof of one: a specific error, and nothing changes
contract VerifierRefusalsTest is VerifierTest {
    /// Order of secp256k1.
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function setUp() external {
        setUpVerifier();
    }

    // ---- on, off, paused ------------------------------------------------------------------------------------

    function test_isOffUntilGovernanceRegistersIt() external {
        bytes memory callData = plainConflict();
        commitAndWait(FINDER, callData);
        register("Verifier", address(0));
        vm.assertFalse(verifier.isOn(), "off");
        bytes memory off = abi.encodeWithSelector(IVerifier.VerifierIsOff.selector, address(0));
        refusedAsCommitted(FINDER, callData, off);
        vm.expectRevert(off);
        verifier.commit(bytes32(uint256(1)));
        Verifier successor = new Verifier(controller, 1, 0, 1, 1, 1);
        register("Verifier", address(successor));
        refusedAsCommitted(
            FINDER, callData, abi.encodeWithSelector(IVerifier.VerifierIsOff.selector, address(successor))
        );
        register("Verifier", address(verifier));
        vm.assertTrue(verifier.isOn(), "on");
        send(FINDER, callData);
        vm.assertEq(stakeOf(orchestrator), STAKE * 9 / 10, "slashed once it is on again");
    }

    function test_aPausedSystemRefusesCommitmentsAndProofs() external {
        bytes memory callData = plainConflict();
        commitAndWait(FINDER, callData);
        controller.pause();
        bytes memory paused = abi.encodeWithSelector(IManager.SystemIsPaused.selector);
        vm.expectRevert(paused);
        verifier.commit(bytes32(uint256(1)));
        refusedAsCommitted(FINDER, callData, paused);
    }

    // ---- commitment -----------------------------------------------------------------------------------------

    function test_aProofNeedsACommitmentThatIsOldEnough() external {
        bytes memory callData = plainConflict();
        bytes32 commitment = verifier.commitmentOf(FINDER, callData);
        bytes memory none = abi.encodeWithSelector(IVerifier.NotCommitted.selector, commitment);
        refusedAsCommitted(FINDER, callData, none);
        vm.prank(FINDER);
        verifier.commit(commitment);
        uint256 revealBlock = block.number + DELAY;
        vm.assertEq(verifier.revealBlockOf(commitment), revealBlock, "reveal block");
        vm.roll(revealBlock - 1);
        refusedAsCommitted(
            FINDER,
            callData,
            abi.encodeWithSelector(IVerifier.RevealTooEarly.selector, revealBlock - 1, revealBlock)
        );
        vm.roll(revealBlock);
        send(FINDER, callData);
    }

    /// Somebody sees the proof waiting for its block and sends it himself, with more gas.
    function testFuzz_whoeverCopiesAProofGetsNothing(address copier) external {
        vm.assume(copier != FINDER && copier != address(vm));
        bytes memory callData = plainConflict();
        commitAndWait(FINDER, callData);
        bytes32 own = verifier.commitmentOf(copier, callData);
        vm.assume(verifier.revealBlockOf(own) == 0);
        refusedAsCommitted(copier, callData, abi.encodeWithSelector(IVerifier.NotCommitted.selector, own));
        vm.prank(copier);
        verifier.commit(own);
        refusedAsCommitted(
            copier,
            callData,
            abi.encodeWithSelector(IVerifier.RevealTooEarly.selector, block.number, block.number + DELAY)
        );
        send(FINDER, callData);
        vm.assertEq(token.balanceOf(FINDER), STAKE / 40, "the finder is paid");
    }

    function test_aCommitmentBindsEveryByteOfTheProof() external {
        bytes memory callData = plainConflict();
        commitAndWait(FINDER, callData);
        IVerifier.SegmentReceipt memory first = receipt(keccak256("other"));
        IVerifier.SegmentReceipt memory second = receipt(keccak256("one"));
        bytes memory swapped = conflict(first, second);
        refusedAsCommitted(
            FINDER,
            swapped,
            abi.encodeWithSelector(IVerifier.NotCommitted.selector, verifier.commitmentOf(FINDER, swapped))
        );
    }

    function test_aCommitmentCantBeMadeYounger() external {
        bytes memory callData = plainConflict();
        bytes32 commitment = verifier.commitmentOf(FINDER, callData);
        commitAndWait(FINDER, callData);
        vm.expectRevert(abi.encodeWithSelector(IVerifier.AlreadyCommitted.selector, commitment));
        verifier.commit(commitment);
        send(FINDER, callData);
    }

    // ---- honest work ----------------------------------------------------------------------------------------

    /// However the receipts of an honest orchestrator are combined, there is no proof: for the same work it signs one
    /// result, and it delivers what it signed.
    function testFuzz_honestReceiptsAreNoFault(IVerifier.SegmentReceipt memory a, uint256 seed) external {
        honest(a, seed);
        IVerifier.SegmentReceipt memory b = copy(a);
        uint256 kind = seed % 7;
        if (kind == 0) b.job = keccak256(abi.encode(b.job));
        else if (kind == 1) b.sequence ^= 1;
        else if (kind == 2) b.sourceHash = keccak256(abi.encode(b.sourceHash));
        else if (kind == 3) b.profilesHash = keccak256(abi.encode(b.profilesHash));
        else if (kind == 4) b.container ^= 1;
        else if (kind == 5) b.round = a.round == ROUND ? a.round - 1 : a.round + 1;
        bool isOtherWork = kind <= 3;
        if (isOtherWork) b.resultHash = keccak256(abi.encode(b.resultHash));
        bytes memory err = isOtherWork
            ? abi.encodeWithSelector(IVerifier.DifferentWork.selector)
            : abi.encodeWithSelector(IVerifier.SameResult.selector, a.resultHash);
        refused(FINDER, conflict(a, b), err);
    }

    function testFuzz_anHonestDeliveryIsNoFault(bytes calldata a, bytes calldata b, bool isSecond) external {
        (IVerifier.SegmentReceipt memory result, bytes32[] memory hashes) = resultOf(a, b);
        uint16 rendition = isSecond ? 1 : 0;
        IVerifier.RenditionReceipt memory handedOver = delivery(result, rendition, hashes[rendition]);
        refused(
            FINDER,
            otherDelivery(result, hashes, handedOver),
            abi.encodeWithSelector(IVerifier.SameResult.selector, hashes[rendition])
        );
    }

    function testFuzz_aWholeTransportStreamIsNoFault(uint256 packets, bytes32 noise) external {
        bytes memory data = new bytes(188 * bound(packets, 1, 40));
        for (uint256 i = 0; i < data.length; i++) {
            data[i] = i % 188 == 0 ? bytes1(0x47) : noise[i % 32];
        }
        (IVerifier.SegmentReceipt memory result, bytes32[] memory hashes) = resultOf(data, good());
        refused(
            FINDER,
            brokenContainer(result, hashes, 0, data),
            abi.encodeWithSelector(IVerifier.ContainerIsIntact.selector)
        );
    }

    // ---- receipts -------------------------------------------------------------------------------------------

    function testFuzz_receiptsOfDifferentWorkAreNoConflict(uint256 field) external {
        IVerifier.SegmentReceipt memory a = receipt(keccak256("one"));
        IVerifier.SegmentReceipt memory b = receipt(keccak256("other"));
        field = field % 5;
        if (field == 0) b.orchestrator = FINDER;
        else if (field == 1) b.job = 0;
        else if (field == 2) b.sequence++;
        else if (field == 3) b.sourceHash = 0;
        else b.profilesHash = 0;
        bytes memory err = abi.encodeWithSelector(IVerifier.DifferentWork.selector);
        refused(FINDER, conflict(a, b), err);
        (IVerifier.SegmentReceipt memory result, bytes32[] memory hashes) = resultOf(good(), good());
        IVerifier.RenditionReceipt memory d = delivery(b, 0, keccak256("other"));
        if (field != 0) refused(FINDER, otherDelivery(result, hashes, d), err);
    }

    function test_anotherSchemaIsRefused() external {
        IVerifier.SegmentReceipt memory a = receipt(keccak256("one"));
        IVerifier.SegmentReceipt memory b = receipt(keccak256("other"));
        b.schema = 2;
        refused(FINDER, conflict(a, b), abi.encodeWithSelector(IVerifier.UnknownSchema.selector, 2));
    }

    function test_receiptsExpire() external {
        IVerifier.SegmentReceipt memory a = receipt(keccak256("one"));
        IVerifier.SegmentReceipt memory b = receipt(keccak256("other"));
        bytes memory callData = conflict(a, b);
        goToRound(ROUND + 4);
        refused(FINDER, callData, abi.encodeWithSelector(IVerifier.ReceiptExpired.selector, ROUND, ROUND + 1));
        verifier.setReceiptValidity(4);
        send(FINDER, callData);
        vm.assertEq(stakeOf(orchestrator), STAKE * 9 / 10, "valid under the longer period");
    }

    function test_aReceiptFromTheFutureIsRefused() external {
        IVerifier.SegmentReceipt memory a = receipt(keccak256("one"));
        IVerifier.SegmentReceipt memory b = receipt(keccak256("other"));
        b.round++;
        refused(
            FINDER,
            conflict(a, b),
            abi.encodeWithSelector(IVerifier.ReceiptFromTheFuture.selector, ROUND + 1, ROUND)
        );
    }

    function test_anAccountWithoutStakeAsOrchestratorIsRefused() external {
        uint256 key = 0xb0b;
        IVerifier.SegmentReceipt memory a = receipt(keccak256("one"));
        IVerifier.SegmentReceipt memory b = receipt(keccak256("other"));
        a.orchestrator = b.orchestrator = vm.addr(key);
        fund(vm.addr(key), 1000);
        bond(vm.addr(key), 1000, orchestrator);
        refused(
            FINDER,
            conflict(a, sign(key, a), b, sign(key, b)),
            abi.encodeWithSelector(IVerifier.NotAnOrchestrator.selector, vm.addr(key))
        );
        vm.assertEq(stakeOf(vm.addr(key)), 1000, "a delegator's stake");
    }

    // ---- signatures -----------------------------------------------------------------------------------------

    function test_aSignatureOfSomebodyElseIsRefused() external {
        IVerifier.SegmentReceipt memory a = receipt(keccak256("one"));
        IVerifier.SegmentReceipt memory b = receipt(keccak256("other"));
        bytes memory err =
            abi.encodeWithSelector(IVerifier.WrongSigner.selector, vm.addr(0xbad), orchestrator);
        refused(FINDER, conflict(a, sign(KEY, a), b, sign(0xbad, b)), err);
        refused(FINDER, conflict(a, sign(0xbad, a), b, sign(KEY, b)), err);
    }

    function test_aReceiptForAnotherVerifierIsRefused() external {
        Verifier other = new Verifier(controller, 1, 0, 1, 1, 1);
        IVerifier.SegmentReceipt memory a = receipt(keccak256("one"));
        IVerifier.SegmentReceipt memory b = receipt(keccak256("other"));
        bytes memory foreign = signDigest(KEY, other.segmentReceiptDigest(b));
        refusedForWrongSigner(conflict(a, sign(KEY, a), b, foreign));
    }

    /// The signature that Livepeer's wire carries names no segment: it proves nothing here.
    function test_theSignatureOfTheWireIsNoReceipt() external {
        IVerifier.SegmentReceipt memory a = receipt(keccak256("one"));
        IVerifier.SegmentReceipt memory b = receipt(keccak256("other"));
        bytes32 digest = keccak256(abi.encodePacked("\x19Ethereum Signed Message:\n32", b.resultHash));
        refusedForWrongSigner(conflict(a, sign(KEY, a), b, signDigest(KEY, digest)));
    }

    function testFuzz_aChangedReceiptIsNotSigned(uint256 seed) external {
        IVerifier.SegmentReceipt memory a = receipt(keccak256("one"));
        IVerifier.SegmentReceipt memory b = receipt(keccak256("other"));
        bytes memory signature = sign(KEY, b);
        b.resultHash = keccak256(abi.encode(seed));
        refusedForWrongSigner(conflict(a, sign(KEY, a), b, signature));
    }

    function test_aMalleableSignatureIsRefused() external {
        IVerifier.SegmentReceipt memory a = receipt(keccak256("one"));
        IVerifier.SegmentReceipt memory b = receipt(keccak256("other"));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, verifier.segmentReceiptDigest(b));
        bytes32 high = bytes32(ORDER - uint256(s));
        bytes memory flipped = abi.encodePacked(r, high, v == 27 ? uint8(28) : uint8(27));
        refused(
            FINDER,
            conflict(a, sign(KEY, a), b, flipped),
            abi.encodeWithSelector(IVerifier.MalleableSignature.selector, high)
        );
    }

    function testFuzz_aSignatureOfAnotherLengthIsRefused(bytes memory signature) external {
        vm.assume(signature.length != 65);
        IVerifier.SegmentReceipt memory a = receipt(keccak256("one"));
        IVerifier.SegmentReceipt memory b = receipt(keccak256("other"));
        refused(
            FINDER,
            conflict(a, sign(KEY, a), b, signature),
            abi.encodeWithSelector(IVerifier.InvalidSignatureLength.selector, signature.length)
        );
    }

    function testFuzz_anImpossibleSignatureIsRefused(uint8 v) external {
        vm.assume(v != 27 && v != 28);
        IVerifier.SegmentReceipt memory a = receipt(keccak256("one"));
        IVerifier.SegmentReceipt memory b = receipt(keccak256("other"));
        bytes memory signature = sign(KEY, b);
        signature[64] = bytes1(v);
        refused(
            FINDER,
            conflict(a, sign(KEY, a), b, signature),
            abi.encodeWithSelector(IVerifier.InvalidSignature.selector)
        );
    }

    function test_theReceiptOfADeliveryMustBeSignedFreshAndOfTheSchema() external {
        (IVerifier.SegmentReceipt memory result, bytes32[] memory hashes) = resultOf(good(), good());
        IVerifier.RenditionReceipt memory d = delivery(result, 1, keccak256("other"));
        bytes memory stolen = abi.encodeCall(
            IVerifier.proveOtherDelivery, (result, sign(KEY, result), hashes, d, sign(0xbad, d), SALT)
        );
        refused(
            FINDER,
            stolen,
            abi.encodeWithSelector(IVerifier.WrongSigner.selector, vm.addr(0xbad), orchestrator)
        );
        d.schema = 0;
        refused(
            FINDER,
            otherDelivery(result, hashes, d),
            abi.encodeWithSelector(IVerifier.UnknownSchema.selector, 0)
        );
        d.schema = 1;
        d.round = uint32(ROUND - 4);
        refused(
            FINDER,
            otherDelivery(result, hashes, d),
            abi.encodeWithSelector(IVerifier.ReceiptExpired.selector, ROUND - 4, ROUND - 3)
        );
    }

    // ---- hashes and bytes -----------------------------------------------------------------------------------

    function test_hashesThatWereNotSignedAreRefused() external {
        (IVerifier.SegmentReceipt memory result, bytes32[] memory hashes) = resultOf(good(), good());
        hashes[0] = keccak256("made up");
        bytes memory err = abi.encodeWithSelector(
            IVerifier.NotTheSignedHashes.selector, keccak256(abi.encodePacked(hashes)), result.resultHash
        );
        refused(FINDER, otherDelivery(result, hashes, delivery(result, 1, keccak256("other"))), err);
        refused(FINDER, brokenContainer(result, hashes, 0, "x"), err);
    }

    function test_aRenditionBeyondTheResultIsRefused() external {
        (IVerifier.SegmentReceipt memory result, bytes32[] memory hashes) = resultOf(good(), good());
        bytes memory err = abi.encodeWithSelector(IVerifier.NoSuchRendition.selector, 2, 2);
        refused(FINDER, otherDelivery(result, hashes, delivery(result, 2, keccak256("other"))), err);
        refused(FINDER, brokenContainer(result, hashes, 2, ""), err);
    }

    function test_bytesThatWereNotSignedAreRefused() external {
        (IVerifier.SegmentReceipt memory result, bytes32[] memory hashes) = resultOf(good(), good());
        refused(
            FINDER,
            brokenContainer(result, hashes, 0, "forged"),
            abi.encodeWithSelector(IVerifier.NotTheSignedData.selector, keccak256("forged"), hashes[0])
        );
    }

    function test_aResultThatNamesNoContainerCantBreakIt() external {
        (IVerifier.SegmentReceipt memory result, bytes32[] memory hashes) = resultOf("", "");
        result.container = 0;
        refused(
            FINDER,
            brokenContainer(result, hashes, 0, ""),
            abi.encodeWithSelector(IVerifier.ContainerNotClaimed.selector, 0)
        );
    }

    // ---- helpers --------------------------------------------------------------------------------------------

    function refusedForWrongSigner(bytes memory callData) private {
        commitAndWait(FINDER, callData);
        try this.sendExternally(FINDER, callData) {
            vm.assertTrue(false, "was accepted");
        } catch (bytes memory reason) {
            vm.assertEq(bytes32(bytes4(reason)), bytes32(IVerifier.WrongSigner.selector), "error");
        }
        vm.assertEq(stakeOf(orchestrator), STAKE, "stake");
    }

    /// Any receipt that a working orchestrator may sign now.
    function honest(IVerifier.SegmentReceipt memory r, uint256 seed) private view {
        r.schema = 1;
        r.orchestrator = orchestrator;
        r.round = uint32(ROUND - seed % 3);
    }

    function copy(IVerifier.SegmentReceipt memory r) private pure returns (IVerifier.SegmentReceipt memory) {
        return abi.decode(abi.encode(r), (IVerifier.SegmentReceipt));
    }
}
