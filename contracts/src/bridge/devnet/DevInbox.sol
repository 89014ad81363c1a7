// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AddressAlias} from "../AddressAlias.sol";
import {IBridge} from "../interfaces/IBridge.sol";
import {IInbox} from "../interfaces/IInbox.sol";
import {DevBridge} from "./DevBridge.sol";

/// @title The Inbox of a development network
/// @notice Takes retryable messages as Nitro's does and announces them in an event that the relayer reads.
contract DevInbox is IInbox {
    struct Ticket {
        /// On L1; L2 sees its alias.
        address sender;
        address to;
        uint256 l2CallValue;
        /// Wei that came with the message.
        uint256 deposit;
        uint256 submissionFee;
        address excessFeeRefundAddress;
        uint256 gasLimit;
        uint256 maxFeePerGas;
        bytes data;
    }

    /// @notice A message for L2 was taken; the relayer submits it there.
    /// @param sequenceNumber Number of the message, from 0
    /// @param sender Who sent it on L1
    /// @param to Called on L2
    /// @param ticket The whole message
    event RetryableTicketCreated(
        uint256 indexed sequenceNumber, address indexed sender, address indexed to, Ticket ticket
    );

    /// Gas that Nitro charges for a message, and for each byte of its data.
    uint256 private constant SUBMISSION_GAS = 1400;
    uint256 private constant SUBMISSION_GAS_PER_BYTE = 6;

    /// Nitro's limit. Much more, with the gas of its attempt, would fit into a block of L1 but into none of L2.
    uint256 private constant MAX_DATA = 117_964;

    DevBridge private immutable _bridge;
    /// @notice Block in which a message was sent, so that nobody must search for it.
    /// @return Block number; 0 for a message that does not exist
    mapping(uint256 sequenceNumber => uint256) public blockOf;

    constructor(DevBridge bridge_) {
        _bridge = bridge_;
    }

    /// @inheritdoc IInbox
    function bridge() external view override returns (IBridge) {
        return _bridge;
    }

    /// @inheritdoc IInbox
    /// @dev `callValueRefundAddress` is not used: a message is never given up here.
    function createRetryableTicket(
        address to,
        uint256 l2CallValue,
        uint256 maxSubmissionCost,
        address excessFeeRefundAddress,
        address,
        uint256 gasLimit,
        uint256 maxFeePerGas,
        bytes calldata data
    ) external payable override returns (uint256 sequenceNumber) {
        if (data.length > MAX_DATA) revert DataTooLarge(data.length, MAX_DATA);
        uint256 expected = maxSubmissionCost + l2CallValue + gasLimit * maxFeePerGas;
        if (msg.value < expected) revert InsufficientValue(expected, msg.value);
        uint256 fee = calculateRetryableSubmissionFee(data.length, block.basefee);
        if (maxSubmissionCost < fee) revert InsufficientSubmissionCost(fee, maxSubmissionCost);
        // As on Nitro: a contract can't receive on L2 under its own address, but under its alias.
        address refundTo = excessFeeRefundAddress.code.length == 0
            ? excessFeeRefundAddress
            : AddressAlias.aliasOf(excessFeeRefundAddress);
        sequenceNumber = _bridge.enqueue{value: msg.value}();
        blockOf[sequenceNumber] = block.number;
        Ticket memory ticket =
            Ticket(msg.sender, to, l2CallValue, msg.value, fee, refundTo, gasLimit, maxFeePerGas, data);
        emit RetryableTicketCreated(sequenceNumber, msg.sender, to, ticket);
    }

    /// @inheritdoc IInbox
    function calculateRetryableSubmissionFee(uint256 dataLength, uint256 baseFee)
        public
        view
        override
        returns (uint256)
    {
        uint256 price = baseFee == 0 ? block.basefee : baseFee;
        return (SUBMISSION_GAS + SUBMISSION_GAS_PER_BYTE * dataLength) * price;
    }
}
