// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBridge} from "../interfaces/IBridge.sol";

/// @title The Bridge of a development network
/// @notice Holds the ETH that was sent to L2 and makes the calls that come from there. Not for networks with value:
///         who may confirm messages from L2 is a single key (see DevOutbox).
contract DevBridge is IBridge {
    /// @notice Only the outbox makes calls through the bridge. Execute the message there.
    /// @param caller Who called
    /// @param outbox Contract that executes messages from L2
    error NotOutbox(address caller, address outbox);
    /// @notice Only the inbox gives messages their number. Send the message there.
    /// @param caller Who called
    /// @param inbox Contract that takes messages to L2
    error NotInbox(address caller, address inbox);
    /// @notice Only who deployed the bridge connects it. Send it from that account.
    /// @param caller Who called
    /// @param deployer Who may
    error NotDeployer(address caller, address deployer);
    /// @notice Inbox and outbox are set once. Deploy another bridge for others.
    /// @param inbox Contract that takes messages to L2
    /// @param outbox Contract that executes messages from L2
    error AlreadyConnected(address inbox, address outbox);

    /// @notice Who may connect the bridge.
    /// @return Account that created this contract
    address public immutable deployer;
    /// @notice The contract that takes messages to L2.
    /// @return Zero until the bridge is connected
    address public inbox;
    /// @notice The contract that executes messages from L2.
    /// @return Zero until the bridge is connected
    address public outbox;
    /// @inheritdoc IBridge
    address public override activeOutbox;
    /// @notice Messages to L2 so far: the number of the next one.
    /// @return Number of messages
    uint256 public messageCount;

    constructor() {
        deployer = msg.sender;
    }

    /// @notice Sets who may send and execute. Once, by the deployer.
    /// @param inbox_ Takes messages to L2
    /// @param outbox_ Executes messages from L2
    function connect(address inbox_, address outbox_) external {
        if (msg.sender != deployer) revert NotDeployer(msg.sender, deployer);
        if (inbox != address(0)) revert AlreadyConnected(inbox, outbox);
        (inbox, outbox) = (inbox_, outbox_);
    }

    /// @notice Takes the ETH of a message and gives the message its number. Only the inbox.
    /// @return sequenceNumber Number of the message, from 0
    function enqueue() external payable returns (uint256 sequenceNumber) {
        if (msg.sender != inbox) revert NotInbox(msg.sender, inbox);
        sequenceNumber = messageCount++;
    }

    /// @notice Makes a call of a message from L2. Only the outbox.
    /// @param to Called by the bridge
    /// @param value Wei that come with the call
    /// @param data Call data
    /// @return success False when the call reverted
    /// @return answer What it returned or reverted with
    function executeCall(address to, uint256 value, bytes calldata data)
        external
        returns (bool success, bytes memory answer)
    {
        if (msg.sender != outbox) revert NotOutbox(msg.sender, outbox);
        activeOutbox = msg.sender;
        (success, answer) = to.call{value: value}(data);
        activeOutbox = address(0);
    }
}
