// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Arbitrum's Bridge on L1: holds the ETH and makes the calls that come from L2
interface IBridge {
    /// @notice Who is making the bridge call at this moment.
    /// @return The outbox whose message is being executed; zero outside of one
    function activeOutbox() external view returns (address);
}
