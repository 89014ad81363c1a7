// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IOutbox} from "../interfaces/IOutbox.sol";
import {DevBridge} from "./DevBridge.sol";

/// @title The Outbox of a development network
/// @notice The relayer, in the place of Arbitrum's validators, confirms each message from L2 as a tree of one leaf, so
///         proofs are empty. Anyone may execute a message once its challenge period is over; nobody can challenge.
contract DevOutbox is IOutbox {
    using SafeCast for uint256;

    struct Confirmation {
        /// keccak256 of the packed message
        bytes32 leaf;
        /// seconds since 1970 from which it may be executed
        uint64 executableAt;
        bool isSpent;
    }

    event MessageConfirmed(uint256 indexed index, bytes32 leaf, uint256 executableAt);

    error NotValidator(address caller, address validator);
    /// @notice Messages are confirmed in their order, without gaps.
    error NotNextMessage(uint256 index, uint256 next);
    error NotConfirmed(uint256 index);
    error ChallengePeriodNotOver(uint256 index, uint256 executableAt);
    error Reentered();

    DevBridge public immutable bridge;
    address public immutable validator;
    /// @notice Seconds between confirmation and execution; a week on Arbitrum.
    uint256 public immutable challengePeriod;

    /// @inheritdoc IOutbox
    address public override l2ToL1Sender;
    /// @notice Messages confirmed so far: the position of the next one.
    uint256 public confirmedCount;
    mapping(uint256 index => Confirmation) public confirmations;

    constructor(DevBridge bridge_, address validator_, uint256 challengePeriod_) {
        bridge = bridge_;
        validator = validator_;
        challengePeriod = challengePeriod_;
    }

    /// @notice States that message `index` was sent on L2. Only the validator, once for each, in order.
    function confirm(uint256 index, bytes32 leaf) external {
        if (msg.sender != validator) revert NotValidator(msg.sender, validator);
        if (index != confirmedCount) revert NotNextMessage(index, confirmedCount);
        uint256 executableAt = block.timestamp + challengePeriod;
        confirmations[index] = Confirmation(leaf, executableAt.toUint64(), false);
        confirmedCount = index + 1;
        emit MessageConfirmed(index, leaf, executableAt);
    }

    /// @inheritdoc IOutbox
    function executeTransaction(
        bytes32[] calldata proof,
        uint256 index,
        address l2Sender,
        address to,
        uint256 l2Block,
        uint256 l1Block,
        uint256 l2Timestamp,
        uint256 value,
        bytes calldata data
    ) external override {
        if (proof.length > 0) revert ProofTooLong(proof.length);
        if (l2ToL1Sender != address(0)) revert Reentered();
        bytes32 leaf = calculateItemHash(l2Sender, to, l2Block, l1Block, l2Timestamp, value, data);
        _spend(index, leaf);
        l2ToL1Sender = l2Sender;
        (bool success, bytes memory answer) = bridge.executeCall(to, value, data);
        l2ToL1Sender = address(0);
        if (!success) {
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
        emit OutBoxTransactionExecuted(to, l2Sender, 0, index);
    }

    /// @inheritdoc IOutbox
    function isSpent(uint256 index) external view override returns (bool) {
        return confirmations[index].isSpent;
    }

    /// @return The leaf of a message, as Nitro packs it.
    function calculateItemHash(
        address l2Sender,
        address to,
        uint256 l2Block,
        uint256 l1Block,
        uint256 l2Timestamp,
        uint256 value,
        bytes calldata data
    ) public pure returns (bytes32) {
        return keccak256(abi.encodePacked(l2Sender, to, l2Block, l1Block, l2Timestamp, value, data));
    }

    /// Before the call, so that nothing it does can execute the message again.
    function _spend(uint256 index, bytes32 leaf) private {
        Confirmation storage known = confirmations[index];
        if (known.leaf == bytes32(0)) revert NotConfirmed(index);
        if (known.leaf != leaf) revert UnknownRoot(leaf);
        if (known.isSpent) revert AlreadySpent(index);
        // Seconds of drift do not matter to a period of days.
        // forge-lint: disable-next-line(block-timestamp)
        if (block.timestamp < known.executableAt) revert ChallengePeriodNotOver(index, known.executableAt);
        known.isSpent = true;
    }
}
