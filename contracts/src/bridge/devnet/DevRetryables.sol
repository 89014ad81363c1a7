// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AddressAlias} from "../AddressAlias.sol";
import {DevAlias} from "./DevAlias.sol";
import {DevInbox} from "./DevInbox.sol";

/// @title Executes messages from L1 on a development network
/// @notice Keeps which messages were taken and which were executed, so that a relayer needs no memory of its own: it may
///         end at any moment, and two of them do no harm. Refunds: what the deposit holds beyond submission, call value
///         and gas used at the block's base fee goes to the message's refund address at once; the fees stay here. A failed message stays
///         redeemable by anyone, without end.
contract DevRetryables {
    enum Status {
        Unknown,
        Failed,
        Redeemed
    }

    /// @notice The message was executed.
    /// @param sequenceNumber Number of the message, from 0
    event TicketRedeemed(uint256 indexed sequenceNumber);
    /// @notice The first attempt failed; `reason` is the revert data, empty when there was no gas for an attempt.
    /// @param sequenceNumber Number of the message, from 0
    /// @param reason Revert data, at most 1024 bytes
    event TicketFailed(uint256 indexed sequenceNumber, bytes reason);
    /// @notice What the message did not use of its deposit was sent back.
    /// @param sequenceNumber Number of the message, from 0
    /// @param to Its refund address
    /// @param amount Wei
    event Refunded(uint256 indexed sequenceNumber, address indexed to, uint256 amount);

    /// @notice Only the sequencer takes messages in. On a development network the relayer does it by itself.
    /// @param caller Who called
    /// @param sequencer Who may
    error NotSequencer(address caller, address sequencer);
    /// @notice Messages are taken in their order, each once. Submit the next one first.
    /// @param sequenceNumber Number of the message, from 0
    /// @param next Number of the message that comes first
    error NotNextTicket(uint256 sequenceNumber, uint256 next);
    /// @notice The ETH sent is not the deposit less the submission fee. Send exactly that.
    /// @param value Wei sent
    /// @param expected Wei needed
    error WrongValue(uint256 value, uint256 expected);
    /// @notice The transaction has too little gas to give the message what its sender paid for. Send it with more.
    /// @param gas Gas that is left
    /// @param needed Gas needed
    error TooLittleGas(uint256 gas, uint256 needed);
    /// @notice Only a message whose first attempt failed can be redeemed. One that is redeemed is done; one that is
    ///         unknown has to be submitted first.
    /// @param sequenceNumber Number of the message, from 0
    /// @param status 0 unknown, 1 failed, 2 redeemed
    error NotRedeemable(uint256 sequenceNumber, Status status);
    /// @notice The message shown is not the one that was submitted. Show it as the inbox announced it.
    /// @param sequenceNumber Number of the message, from 0
    /// @param ticketHash keccak256 of the encoded message shown
    error WrongTicket(uint256 sequenceNumber, bytes32 ticketHash);
    /// @notice There is no code at the alias of the sender, and a call from there would do nothing. The relayer puts
    ///         it there.
    /// @param sender Who sent the message on L1
    /// @param aliasAddress Its alias on L2
    error AliasNotReady(address sender, address aliasAddress);

    /// Room for marks, events and the refund around the call itself.
    uint256 private constant OVERHEAD_GAS = 200_000;
    /// A first attempt with more would not fit into a block and hold up all messages behind it.
    uint256 private constant MAX_GAS = 20_000_000;
    /// Bytes of revert data kept; a message must not make its report expensive.
    uint256 private constant MAX_REASON = 1024;

    /// @notice Who takes messages in.
    /// @return Account of the relayer
    address public immutable sequencer;
    /// @notice Messages taken so far: the number of the next one.
    /// @return Number of messages
    uint256 public submittedCount;
    /// @notice State of a message.
    /// @return Unknown, failed, or redeemed
    mapping(uint256 sequenceNumber => Status) public statusOf;
    /// @notice keccak256 of the encoded message, to compare with L1 and to redeem.
    /// @return Zero for a message that was not submitted
    mapping(uint256 sequenceNumber => bytes32) public hashOf;

    constructor(address sequencer_) {
        sequencer = sequencer_;
    }

    /// @notice Takes the next message and tries it once. Only the sequencer, with the deposit less the submission
    ///         fee.
    /// @param sequenceNumber Number of the message, from 0
    /// @param ticket The message as the inbox announced it
    function submit(uint256 sequenceNumber, DevInbox.Ticket calldata ticket) external payable {
        if (msg.sender != sequencer) revert NotSequencer(msg.sender, sequencer);
        if (sequenceNumber != submittedCount) revert NotNextTicket(sequenceNumber, submittedCount);
        uint256 expected = ticket.deposit - ticket.submissionFee;
        if (msg.value != expected) revert WrongValue(msg.value, expected);
        submittedCount = sequenceNumber + 1;
        hashOf[sequenceNumber] = keccak256(abi.encode(ticket));
        uint256 gasCost = _attempt(sequenceNumber, ticket);
        _refund(sequenceNumber, ticket.excessFeeRefundAddress, expected - ticket.l2CallValue - gasCost);
    }

    /// @notice Executes a message whose first attempt failed. Anyone, at own cost.
    /// @param sequenceNumber Number of the message, from 0
    /// @param ticket The message as the inbox announced it
    function redeem(uint256 sequenceNumber, DevInbox.Ticket calldata ticket) external {
        Status status = statusOf[sequenceNumber];
        if (status != Status.Failed) revert NotRedeemable(sequenceNumber, status);
        bytes32 given = keccak256(abi.encode(ticket));
        if (given != hashOf[sequenceNumber]) revert WrongTicket(sequenceNumber, given);
        statusOf[sequenceNumber] = Status.Redeemed;
        // Not a low-level call: it reverts when the message does.
        // forge-lint: disable-next-line(unchecked-call)
        _aliasOf(ticket.sender).call{value: ticket.l2CallValue}(ticket.to, ticket.data);
        emit TicketRedeemed(sequenceNumber);
    }

    /// @return gasCost Wei for the gas that the attempt used.
    function _attempt(uint256 sequenceNumber, DevInbox.Ticket calldata ticket)
        private
        returns (uint256 gasCost)
    {
        statusOf[sequenceNumber] = Status.Failed;
        if (ticket.gasLimit == 0 || ticket.gasLimit > MAX_GAS || ticket.maxFeePerGas < block.basefee) {
            emit TicketFailed(sequenceNumber, "");
            return 0;
        }
        // A call gets at most 63/64 of the gas (EIP-150), twice: through the alias.
        uint256 needed = ticket.gasLimit * 66 / 64 + OVERHEAD_GAS;
        if (gasleft() < needed) revert TooLittleGas(gasleft(), needed);
        DevAlias sender = _aliasOf(ticket.sender);
        // Before the call, so that nothing it does can redeem the message.
        statusOf[sequenceNumber] = Status.Redeemed;
        uint256 before = gasleft();
        (bool ok, bytes memory reason) = _call(sender, ticket);
        if (ok) {
            emit TicketRedeemed(sequenceNumber);
        } else {
            statusOf[sequenceNumber] = Status.Failed;
            emit TicketFailed(sequenceNumber, reason);
        }
        uint256 used = before - gasleft();
        gasCost = (used < ticket.gasLimit ? used : ticket.gasLimit) * block.basefee;
    }

    /// By hand, because Solidity would copy all of the answer, at our cost.
    function _call(DevAlias sender, DevInbox.Ticket calldata ticket)
        private
        returns (bool ok, bytes memory reason)
    {
        bytes memory call_ = abi.encodeCall(DevAlias.call, (ticket.to, ticket.data));
        (uint256 gasLimit, uint256 value) = (ticket.gasLimit, ticket.l2CallValue);
        assembly ("memory-safe") {
            ok := call(gasLimit, sender, value, add(call_, 32), mload(call_), 0, 0)
        }
        if (ok) return (true, "");
        assembly ("memory-safe") {
            let size := returndatasize()
            if gt(size, MAX_REASON) { size := MAX_REASON }
            reason := mload(0x40)
            mstore(reason, size)
            returndatacopy(add(reason, 32), 0, size)
            mstore(0x40, and(add(add(reason, 63), size), not(31)))
        }
    }

    /// A receiver that refuses its refund must not hold up the messages behind this one: then it is kept here.
    function _refund(uint256 sequenceNumber, address to, uint256 amount) private {
        if (amount == 0) return;
        (bool ok,) = to.call{value: amount, gas: 50_000}("");
        if (ok) emit Refunded(sequenceNumber, to, amount);
    }

    /// A call to an address without code would succeed without doing anything.
    function _aliasOf(address sender) private view returns (DevAlias) {
        address place = AddressAlias.aliasOf(sender);
        if (place.code.length == 0) revert AliasNotReady(sender, place);
        return DevAlias(place);
    }
}
