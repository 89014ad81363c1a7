// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBridge} from "../interfaces/IBridge.sol";
import {IInbox} from "../interfaces/IInbox.sol";
import {IL1Messenger} from "../interfaces/IMessenger.sol";
import {IOutbox} from "../interfaces/IOutbox.sol";

/// @title Sends to L2, and knows who sent what comes from there
abstract contract L1Messenger is IL1Messenger {
    /// @notice Arbitrum's door to L2.
    /// @return The Inbox
    IInbox public immutable inbox;

    /// What a message may cost on L2, in wei and gas.
    struct Fees {
        uint256 maxSubmissionCost;
        uint256 maxGas;
        uint256 gasPriceBid;
    }

    /// The call comes from Arbitrum's Bridge, which executes a message of `counterpart`.
    modifier onlyL2Counterpart(address counterpart) {
        IBridge bridge = inbox.bridge();
        if (msg.sender != address(bridge)) revert NotFromBridge(msg.sender, address(bridge));
        address l2Sender = IOutbox(bridge.activeOutbox()).l2ToL1Sender();
        if (l2Sender != counterpart) revert OnlyCounterpartGateway(l2Sender, counterpart);
        _;
    }

    constructor(IInbox inbox_) {
        inbox = inbox_;
    }

    /// Sends a call to `target` without ETH for it; `user` gets the refunds of fees.
    function _sendToL2(address target, address user, Fees memory fees, bytes memory data)
        internal
        returns (uint256 sequenceNumber)
    {
        sequenceNumber = inbox.createRetryableTicket{value: msg.value}(
            target, 0, fees.maxSubmissionCost, user, user, fees.maxGas, fees.gasPriceBid, data
        );
        emit TxToL2(user, target, sequenceNumber, data);
    }
}
