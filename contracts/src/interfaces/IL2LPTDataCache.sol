// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What this chain knows about the LPT supply of the other chain
interface IL2LPTDataCache {
    /// @notice What the Minter adds to the supply of this chain.
    /// @return LPT wei on L1 that have not been bridged here; 0 before the first report
    function l1CirculatingSupply() external view returns (uint256);
}
