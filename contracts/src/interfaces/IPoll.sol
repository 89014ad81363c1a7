// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title A poll
/// @notice Anyone votes with anything, and again; readers of the events count the last vote, weighted by stake.
interface IPoll {
    /// @notice An account voted.
    /// @param voter Who voted
    /// @param choiceID Number of a choice, as the text of the poll names them
    event Vote(address indexed voter, uint256 choiceID);

    /// @notice The poll takes no votes any more. Nothing can be changed.
    /// @param endBlock Last block number in which votes are taken
    /// @param current Number of the current block
    error PollIsOver(uint256 endBlock, uint256 current);
    /// @notice The poll still takes votes. Wait for its end.
    /// @param endBlock Last block number in which votes are taken
    /// @param current Number of the current block
    error PollIsActive(uint256 endBlock, uint256 current);
    /// @notice The caller does not take ETH. Send it from an account that does.
    /// @param recipient Who was to be paid
    /// @param amount Wei of ETH
    error TransferFailed(address recipient, uint256 amount);

    /// @notice Last block in which votes are taken.
    /// @return Block number
    function endBlock() external view returns (uint256);

    /// @notice Votes as the caller, again if it likes. `PollIsOver` after the end.
    /// @param choiceID Number of a choice, as the text of the poll names them
    function vote(uint256 choiceID) external;

    /// @notice Once the poll is over, gives the caller what ETH was forced into it; nothing else. Since the Cancun
    ///         upgrade (EIP-6780) a contract can't be removed from the chain, and a poll has no state to give up.
    ///         `PollIsActive` before the end, `TransferFailed`.
    function destroy() external;
}
