// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IArbSys} from "../interfaces/IArbSys.sol";

/// @title ArbSys of a development network; its code is placed at address 100
/// @notice Numbers the messages to L1 and announces each in Nitro's event. ETH that comes along stays here for good, as
///         Nitro burns it.
contract DevArbSys is IArbSys {
    /// @notice Messages to L1 so far: the position of the next one.
    /// @return Number of messages
    uint256 public messageCount;
    /// @notice Block in which a message was sent, so that nobody must search for it.
    /// @return Block number; 0 for a position that does not exist
    mapping(uint256 position => uint256) public blockOf;

    /// @inheritdoc IArbSys
    function sendTxToL1(address destination, bytes calldata data)
        external
        payable
        override
        returns (uint256 position)
    {
        position = messageCount++;
        blockOf[position] = block.number;
        // The L1 block is unknown to a development node: 0.
        bytes32 hash = keccak256(
            abi.encodePacked(
                msg.sender, destination, block.number, uint256(0), block.timestamp, msg.value, data
            )
        );
        emit L2ToL1Tx(
            msg.sender,
            destination,
            uint256(hash),
            position,
            block.number,
            0,
            block.timestamp,
            msg.value,
            data
        );
    }

    /// @inheritdoc IArbSys
    function arbBlockNumber() external view override returns (uint256) {
        return block.number;
    }
}
