// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title A poll
/// @notice Anyone votes with anything, and again; readers of the events count the last vote, weighted by stake.
interface IPoll {
    event Vote(address indexed voter, uint256 choiceID);

    error PollIsOver(uint256 endBlock, uint256 current);
    error PollIsActive(uint256 endBlock, uint256 current);
    error TransferFailed(address recipient, uint256 amount);

    /// @notice Last block in which votes are taken.
    function endBlock() external view returns (uint256);

    function vote(uint256 choiceID) external;

    /// @notice Once the poll is over, gives the caller what ETH was forced into it; nothing else. Since the Cancun upgrade
    ///         (EIP-6780) a contract can't be removed from the chain, and a poll has no state to give up.
    function destroy() external;
}
