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

    /// @notice A message from L2 is confirmed and can be executed after the challenge period.
    /// @param index Position of the message among all sent from L2, from 0
    /// @param leaf keccak256 of the packed message
    /// @param executableAt Seconds since 1970 from which it can be executed
    event MessageConfirmed(uint256 indexed index, bytes32 leaf, uint256 executableAt);

    /// @notice Only the validator confirms messages. On a development network the relayer does it by itself.
    /// @param caller Who called
    /// @param validator Who may
    error NotValidator(address caller, address validator);
    /// @notice Messages are confirmed in their order, without gaps. Confirm the next one first.
    /// @param index Position of the message among all sent from L2, from 0
    /// @param next Position of the message that comes first
    error NotNextMessage(uint256 index, uint256 next);
    /// @notice The message is not confirmed yet. Wait for the relayer.
    /// @param index Position of the message among all sent from L2, from 0
    error NotConfirmed(uint256 index);
    /// @notice The message is confirmed, and its challenge period is not over. Execute it later.
    /// @param index Position of the message among all sent from L2, from 0
    /// @param executableAt Seconds since 1970 from which it can be executed
    error ChallengePeriodNotOver(uint256 index, uint256 executableAt);
    /// @notice A message would be executed inside another one. Execute them one after the other.
    error Reentered();

    /// @notice The bridge that makes the calls of messages.
    /// @return DevBridge of this network
    DevBridge public immutable bridge;
    /// @notice Who confirms messages from L2.
    /// @return Account of the relayer
    address public immutable validator;
    /// @notice Seconds between confirmation and execution; a week on Arbitrum.
    /// @return In seconds; 0 for none
    uint256 public immutable challengePeriod;

    /// @inheritdoc IOutbox
    address public override l2ToL1Sender;
    /// @notice Messages confirmed so far: the position of the next one.
    /// @return Number of messages
    uint256 public confirmedCount;
    /// @notice What is known of a message.
    /// @return leaf keccak256 of the packed message; zero before its confirmation
    /// @return executableAt Seconds since 1970 from which it can be executed
    /// @return isSpent Whether it was executed
    mapping(uint256 index => Confirmation) public confirmations;

    constructor(DevBridge bridge_, address validator_, uint256 challengePeriod_) {
        bridge = bridge_;
        validator = validator_;
        challengePeriod = challengePeriod_;
    }

    /// @notice States that message `index` was sent on L2. Only the validator, once for each, in order.
    /// @param index Position of the message among all sent from L2, from 0
    /// @param leaf keccak256 of the packed message
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

    /// @notice Leaf of a message, as Nitro packs it.
    /// @param l2Sender Who sent it on L2
    /// @param to Called on L1
    /// @param l2Block L2 block number of the message
    /// @param l1Block L1 block number known to L2 at that time
    /// @param l2Timestamp Seconds since 1970 of the L2 block
    /// @param value Wei that come with the call
    /// @param data Call data
    /// @return The leaf of a message, as Nitro packs it
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
