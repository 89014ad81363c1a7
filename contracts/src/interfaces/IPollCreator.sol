// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "./IBondingManager.sol";

/// @title Opens polls
/// @notice Who has enough stake may open a poll on anything. What choices mean, and the tally weighted by stake, is up to
///         those who read the events.
interface IPollCreator {
    /// @notice A poll was opened.
    /// @param poll Contract that takes the votes
    /// @param proposal What is asked, by convention the IPFS hash of a text
    /// @param endBlock Last block number in which votes are taken
    /// @param quorum Share of the active stake that must vote, in millionths
    /// @param quota Share of the votes that must be in favour, in millionths
    event PollCreated(address indexed poll, bytes proposal, uint256 endBlock, uint256 quorum, uint256 quota);

    /// @notice The caller has too little stake to open a poll. Bond more, or let somebody with enough open it.
    /// @param caller Who called
    /// @param stake The larger of the caller's own stake and the stake delegated to it, in wei of LPT
    /// @param required `POLL_CREATION_COST`, in wei of LPT
    error InsufficientStake(address caller, uint256 stake, uint256 required);

    /// @notice Share of the active stake that must vote.
    /// @return In millionths
    function QUORUM() external view returns (uint256);

    /// @notice Share of the votes that must be in favour.
    /// @return In millionths
    function QUOTA() external view returns (uint256);

    /// @notice How long a poll is open.
    /// @return In blocks
    function POLL_PERIOD() external view returns (uint256);

    /// @notice Stake that the creator of a poll needs; nothing is taken.
    /// @return In wei of LPT
    function POLL_CREATION_COST() external view returns (uint256);

    /// @notice Who knows the stake of creators.
    /// @return The BondingManager
    function bondingManager() external view returns (IBondingManager);

    /// @notice Opens a poll that ends POLL_PERIOD blocks from now. `InsufficientStake`.
    /// @param proposal What is asked, by convention the IPFS hash of a text
    function createPoll(bytes calldata proposal) external;
}
