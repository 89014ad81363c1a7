// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Arbitrum's system contract at address 100 of L2: the door to L1
/// @notice The parts of Nitro's ArbSys that LPT's bridge uses, with Nitro's selectors.
interface IArbSys {
    /// @notice A call to L1 was sent.
    /// @param caller Who sent it on L2
    /// @param destination Called on L1
    /// @param hash keccak256 of the packed message, as a number
    /// @param position Position of the message among all sent to L1, from 0
    /// @param arbBlockNum L2 block number
    /// @param ethBlockNum L1 block number known to L2
    /// @param timestamp Seconds since 1970 of the L2 block
    /// @param callvalue Wei that come with the call
    /// @param data Call data
    event L2ToL1Tx(
        address caller,
        address indexed destination,
        uint256 indexed hash,
        uint256 indexed position,
        uint256 arbBlockNum,
        uint256 ethBlockNum,
        uint256 timestamp,
        uint256 callvalue,
        bytes data
    );

    /// @notice Sends a call to L1, executable there by anyone once the challenge period is over.
    /// @param destination Called on L1
    /// @param data Call data
    /// @return Position of the message among all sent to L1, from 0
    function sendTxToL1(address destination, bytes calldata data) external payable returns (uint256);

    /// @notice Height of L2.
    /// @return Number of this L2 block
    function arbBlockNumber() external view returns (uint256);
}
