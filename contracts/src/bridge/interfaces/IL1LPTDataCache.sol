// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Tells L2 the LPT supply of L1
interface IL1LPTDataCache {
    /// @notice LPT's supply is on its way to L2.
    /// @param seqNo Number of the message to L2
    /// @param totalSupply LPT wei on L1
    event CacheTotalSupplyInitiated(uint256 seqNo, uint256 totalSupply);

    /// @notice Sends LPT's total supply to L2. Anyone; the caller pays and gets refunds of fees on L2.
    /// @param maxGas Gas for the call on L2.
    /// @param gasPriceBid Wei for a unit of that gas.
    /// @param maxSubmissionCost Wei for keeping the message on L2.
    function cacheTotalSupply(uint256 maxGas, uint256 gasPriceBid, uint256 maxSubmissionCost) external payable;

    /// @notice The message that `cacheTotalSupply` would send now.
    /// @return totalSupply In wei of LPT
    /// @return data The call on L2, to estimate its cost
    function getCacheTotalSupplyData() external view returns (uint256 totalSupply, bytes memory data);
}
