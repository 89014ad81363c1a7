// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Messages from L1 to L2 and from L2 to L1, seen from L1
interface IL1Messenger {
    /// @notice A call to L2 was sent.
    /// @param from On whose behalf; gets refunds of fees
    /// @param to Called on L2
    /// @param seqNum Number of the message
    /// @param data Call data
    event TxToL2(address indexed from, address indexed to, uint256 indexed seqNum, bytes data);

    /// @notice Only Arbitrum's Bridge brings messages from L2. Execute the message at the Outbox.
    /// @param caller Who called
    /// @param bridge The Bridge
    error NotFromBridge(address caller, address bridge);
    /// @notice The message was sent by someone else on L2. Only messages of the counterpart are taken.
    /// @param l2Sender Who sent the message on L2
    /// @param counterpart Whose messages are taken
    error OnlyCounterpartGateway(address l2Sender, address counterpart);
}

/// @title Messages from L2 to L1 and from L1 to L2, seen from L2
interface IL2Messenger {
    /// @notice A call to L1 was sent.
    /// @param from On whose behalf
    /// @param to Called on L1
    /// @param id Position of the message among all sent to L1
    /// @param data Call data
    event TxToL1(address indexed from, address indexed to, uint256 indexed id, bytes data);

    /// @notice A message from L1 comes from the alias of its sender; `expected` is that of the counterpart.
    /// @param caller Who called
    /// @param expected Alias of the counterpart
    error OnlyCounterpartAlias(address caller, address expected);
}
