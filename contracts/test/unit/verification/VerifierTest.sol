// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IVerifier} from "../../../src/interfaces/IVerifier.sol";
import {Verifier} from "../../../src/verification/Verifier.sol";
import {ProtocolTest} from "../../base/ProtocolTest.sol";
import {vm} from "../../base/Vm.sol";

/// @title A protocol whose governance has switched slashing on, an orchestrator with stake, and its receipts
abstract contract VerifierTest is ProtocolTest {
    uint256 internal constant KEY = 0xa11ce;
    uint256 internal constant STAKE = 1_000_000;
    uint256 internal constant DELAY = 5;
    uint256 internal constant ROUND = FIRST_ROUND + 1;
    bytes32 internal constant SALT = keccak256("salt");
    address internal constant FINDER = address(0xf1d4);

    Verifier internal verifier;
    address internal orchestrator;

    function setUpVerifier() internal {
        deploy(defaultConfig());
        orchestrator = vm.addr(KEY);
        verifier = new Verifier(controller, 100_000, 250_000, 3, 2, DELAY);
        register("Verifier", address(verifier));
        token.grantRole(keccak256("BURNER_ROLE"), address(minter));
        fund(orchestrator, STAKE);
        initializeRound();
        bond(orchestrator, STAKE, orchestrator);
        goToRound(ROUND);
    }

    function receipt(bytes32 resultHash) internal view returns (IVerifier.SegmentReceipt memory) {
        return IVerifier.SegmentReceipt({
            schema: 1,
            orchestrator: orchestrator,
            job: keccak256("session, stream"),
            sequence: 7,
            sourceHash: keccak256("segment 7"),
            profilesHash: keccak256("720p, 360p"),
            container: 1,
            resultHash: resultHash,
            round: uint32(rounds.currentRound())
        });
    }

    /// Receipt of a delivery for the same work as `result`.
    function delivery(IVerifier.SegmentReceipt memory result, uint16 rendition, bytes32 dataHash)
        internal
        pure
        returns (IVerifier.RenditionReceipt memory)
    {
        return IVerifier.RenditionReceipt({
            schema: result.schema,
            orchestrator: result.orchestrator,
            job: result.job,
            sequence: result.sequence,
            sourceHash: result.sourceHash,
            profilesHash: result.profilesHash,
            rendition: rendition,
            dataHash: dataHash,
            round: result.round
        });
    }

    function sign(uint256 key, IVerifier.SegmentReceipt memory r) internal view returns (bytes memory) {
        return signDigest(key, verifier.segmentReceiptDigest(r));
    }

    function sign(uint256 key, IVerifier.RenditionReceipt memory r) internal view returns (bytes memory) {
        return signDigest(key, verifier.renditionReceiptDigest(r));
    }

    function signDigest(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function conflict(IVerifier.SegmentReceipt memory first, IVerifier.SegmentReceipt memory second)
        internal
        view
        returns (bytes memory)
    {
        return conflict(first, sign(KEY, first), second, sign(KEY, second));
    }

    function conflict(
        IVerifier.SegmentReceipt memory first,
        bytes memory firstSignature,
        IVerifier.SegmentReceipt memory second,
        bytes memory secondSignature
    ) internal pure returns (bytes memory) {
        return abi.encodeCall(IVerifier.proveConflict, (first, firstSignature, second, secondSignature, SALT));
    }

    /// Two different results for one segment, signed now.
    function plainConflict() internal view returns (bytes memory) {
        return conflict(receipt(keccak256("one")), receipt(keccak256("other")));
    }

    /// Two whole packets.
    function good() internal pure returns (bytes memory data) {
        data = new bytes(376);
        (data[0], data[188]) = (0x47, 0x47);
    }

    /// A result of two renditions, and their hashes.
    function resultOf(bytes memory a, bytes memory b)
        internal
        view
        returns (IVerifier.SegmentReceipt memory, bytes32[] memory hashes)
    {
        hashes = new bytes32[](2);
        (hashes[0], hashes[1]) = (keccak256(a), keccak256(b));
        return (receipt(keccak256(abi.encodePacked(hashes))), hashes);
    }

    function otherDelivery(
        IVerifier.SegmentReceipt memory result,
        bytes32[] memory hashes,
        IVerifier.RenditionReceipt memory handedOver
    ) internal view returns (bytes memory) {
        return abi.encodeCall(
            IVerifier.proveOtherDelivery,
            (result, sign(KEY, result), hashes, handedOver, sign(KEY, handedOver), SALT)
        );
    }

    function brokenContainer(
        IVerifier.SegmentReceipt memory result,
        bytes32[] memory hashes,
        uint256 rendition,
        bytes memory data
    ) internal view returns (bytes memory) {
        return abi.encodeCall(
            IVerifier.proveBrokenContainer, (result, sign(KEY, result), hashes, rendition, data, SALT)
        );
    }

    function commitAndWait(address finder, bytes memory callData) internal {
        vm.prank(finder);
        verifier.commit(verifier.commitmentOf(finder, callData));
        vm.roll(block.number + DELAY);
    }

    function prove(address finder, bytes memory callData) internal {
        commitAndWait(finder, callData);
        send(finder, callData);
    }

    function send(address finder, bytes memory callData) internal {
        vm.prank(finder);
        (bool ok, bytes memory reason) = address(verifier).call(callData);
        if (ok) return;
        assembly ("memory-safe") {
            revert(add(reason, 32), mload(reason))
        }
    }

    function sendExternally(address finder, bytes memory callData) external {
        send(finder, callData);
    }

    /// The call is refused with exactly this error, and stake, supply, budgets and commitments stay as they were.
    function refused(address finder, bytes memory callData, bytes memory err) internal {
        bytes32 commitment = verifier.commitmentOf(finder, callData);
        if (verifier.revealBlockOf(commitment) == 0) commitAndWait(finder, callData);
        refusedAsCommitted(finder, callData, err);
    }

    function refusedAsCommitted(address finder, bytes memory callData, bytes memory err) internal {
        bytes32 commitment = verifier.commitmentOf(finder, callData);
        uint256 revealBlock = verifier.revealBlockOf(commitment);
        (uint256 stake, uint256 supply) = (stakeOf(orchestrator), token.totalSupply());
        try this.sendExternally(finder, callData) {
            vm.assertTrue(false, "was accepted");
        } catch (bytes memory reason) {
            vm.assertEq(keccak256(reason), keccak256(err), "error");
        }
        vm.assertEq(stakeOf(orchestrator), stake, "stake");
        vm.assertEq(token.totalSupply(), supply, "supply");
        vm.assertEq(token.balanceOf(finder), 0, "finder");
        vm.assertEq(verifier.revealBlockOf(commitment), revealBlock, "commitment");
        vm.assertEq(verifier.firstPunishableRound(orchestrator), 0, "cool-down");
    }

    function stakeOf(address account) internal view returns (uint256) {
        return bonding.pendingStake(account, 0);
    }
}
