// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Arbitrum's Outbox on L1: executes messages from L2 once their challenge period is over
/// @notice The parts of Nitro's Outbox that LPT's bridge uses, with Nitro's selectors.
interface IOutbox {
    /// @notice A message from L2 was executed.
    /// @param to Called on L1
    /// @param l2Sender Who sent it on L2
    /// @param zero Number that is always 0; a field that Nitro keeps for older readers
    /// @param transactionIndex Position of the message among all sent from L2
    event OutBoxTransactionExecuted(
        address indexed to, address indexed l2Sender, uint256 indexed zero, uint256 transactionIndex
    );

    /// @notice The message was executed before. Nothing is left to do.
    /// @param index Position of the message
    error AlreadySpent(uint256 index);
    /// @notice Longer than a tree of messages can be deep. Make the proof anew.
    /// @param proofLength Number of siblings
    error ProofTooLong(uint256 proofLength);
    /// @notice No confirmed tree of messages has this root. Make the proof anew, or wait until a later state of L2 is
    ///         confirmed.
    /// @param root Where the proof leads
    error UnknownRoot(bytes32 root);

    /// @notice Who sent the message that is being executed.
    /// @return Sender on L2 of the message that is being executed; zero outside of one
    function l2ToL1Sender() external view returns (address);

    /// @notice Whether a message was executed.
    /// @param index Position of the message among all sent from L2
    /// @return True once message `index` was executed
    function isSpent(uint256 index) external view returns (bool);

    /// @notice Executes a confirmed message, once, by anyone. The call comes from the Bridge.
    /// @param proof Siblings from the message up to a confirmed root
    /// @param index Position of the message among all sent from L2
    /// @param l2Sender Who sent it on L2
    /// @param to Called on L1
    /// @param l2Block L2 block of the message
    /// @param l1Block L1 block known to L2 at that time
    /// @param l2Timestamp Seconds since 1970 of the L2 block
    /// @param value Wei that come with the call
    /// @param data Call data
    function executeTransaction(
        bytes32[] calldata proof,
        uint256 index,
        address l2Sender,
        address to,
        uint256 l2Block,
        uint256 l1Block,
        uint256 l2Timestamp,
        uint256 value,
        bytes calldata data
    ) external;
}
