// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What this chain knows about the LPT supply of the other chain
interface IL2LPTDataCache {
    /// @return Supply on L1 that has not been bridged here, in wei.
    function l1CirculatingSupply() external view returns (uint256);
}
