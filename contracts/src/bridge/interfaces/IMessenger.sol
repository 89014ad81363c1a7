// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Messages from L1 to L2 and from L2 to L1, seen from L1
interface IL1Messenger {
    event TxToL2(address indexed from, address indexed to, uint256 indexed seqNum, bytes data);

    /// @notice Only Arbitrum's Bridge brings messages from L2.
    error NotFromBridge(address caller, address bridge);
    /// @notice The message was sent by someone else on L2.
    error OnlyCounterpartGateway(address l2Sender, address counterpart);
}

/// @title Messages from L2 to L1 and from L1 to L2, seen from L2
interface IL2Messenger {
    event TxToL1(address indexed from, address indexed to, uint256 indexed id, bytes data);

    /// @notice A message from L1 comes from the alias of its sender; `expected` is that of the counterpart.
    error OnlyCounterpartAlias(address caller, address expected);
}
