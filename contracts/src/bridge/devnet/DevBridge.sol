// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBridge} from "../interfaces/IBridge.sol";

/// @title The Bridge of a development network
/// @notice Holds the ETH that was sent to L2 and makes the calls that come from there. Not for networks with value:
///         who may confirm messages from L2 is a single key (see DevOutbox).
contract DevBridge is IBridge {
    error NotOutbox(address caller, address outbox);
    error NotInbox(address caller, address inbox);
    error NotDeployer(address caller, address deployer);
    error AlreadyConnected(address inbox, address outbox);

    address public immutable deployer;
    address public inbox;
    address public outbox;
    /// @inheritdoc IBridge
    address public override activeOutbox;
    /// @notice Messages to L2 so far: the number of the next one.
    uint256 public messageCount;

    constructor() {
        deployer = msg.sender;
    }

    /// @notice Sets who may send and execute. Once, by the deployer.
    function connect(address inbox_, address outbox_) external {
        if (msg.sender != deployer) revert NotDeployer(msg.sender, deployer);
        if (inbox != address(0)) revert AlreadyConnected(inbox, outbox);
        (inbox, outbox) = (inbox_, outbox_);
    }

    /// @notice Takes the ETH of a message and gives the message its number. Only the inbox.
    function enqueue() external payable returns (uint256 sequenceNumber) {
        if (msg.sender != inbox) revert NotInbox(msg.sender, inbox);
        sequenceNumber = messageCount++;
    }

    /// @notice Makes a call of a message from L2. Only the outbox.
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
