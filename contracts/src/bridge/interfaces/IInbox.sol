// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBridge} from "./IBridge.sol";

/// @title Arbitrum's door from L1 to L2: takes messages that are executed on L2 later
/// @notice The parts of Nitro's Inbox that LPT's bridge uses, with Nitro's selectors.
interface IInbox {
    /// @notice The sent ETH does not cover submission, gas and call value. Send at least `maxSubmissionCost +
    ///         l2CallValue + gasLimit * maxFeePerGas`.
    /// @param expected Wei needed
    /// @param actual Wei given
    error InsufficientValue(uint256 expected, uint256 actual);
    /// @notice The offered submission cost is below the present fee. Ask `calculateRetryableSubmissionFee`, and leave
    ///         room for a rising base fee.
    /// @param expected Wei needed
    /// @param actual Wei given
    error InsufficientSubmissionCost(uint256 expected, uint256 actual);

    /// @notice More bytes than a message may have. Send less data in one message.
    /// @param dataLength Bytes given
    /// @param maxDataLength Bytes allowed
    error DataTooLarge(uint256 dataLength, uint256 maxDataLength);

    /// @notice The Bridge behind this inbox.
    /// @return Holds the ETH of messages and makes the calls from L2
    function bridge() external view returns (IBridge);

    /// @notice Sends a call to L2, made there from the alias of the caller. It stays redeemable when it fails.
    /// @param to Called on L2
    /// @param l2CallValue Wei that come with the call on L2
    /// @param maxSubmissionCost Most wei for keeping the message on L2; what is not needed is refunded on L2
    /// @param excessFeeRefundAddress Gets refunds of fees on L2
    /// @param callValueRefundAddress Gets `l2CallValue` if the message is given up
    /// @param gasLimit Gas of the first attempt; 0 makes none
    /// @param maxFeePerGas Most wei for a unit of L2 gas; 0 makes no first attempt
    /// @param data Call data
    /// @return sequenceNumber Number of the message, counted from 0 over all of them
    function createRetryableTicket(
        address to,
        uint256 l2CallValue,
        uint256 maxSubmissionCost,
        address excessFeeRefundAddress,
        address callValueRefundAddress,
        uint256 gasLimit,
        uint256 maxFeePerGas,
        bytes calldata data
    ) external payable returns (uint256 sequenceNumber);

    /// @notice What keeping a message on L2 costs.
    /// @param dataLength Bytes of the call's data
    /// @param baseFee Wei per gas on L1; 0 takes that of this block
    /// @return Wei for submitting a message with so much data
    function calculateRetryableSubmissionFee(uint256 dataLength, uint256 baseFee)
        external
        view
        returns (uint256);
}
