// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IL2LPTDataCache} from "../../interfaces/IL2LPTDataCache.sol";

/// @title How the L2 data cache learns what it knows
/// @notice The supply of L1 as last reported, and what came over from there. Amounts in wei of LPT.
interface IL2LPTSupplyCache is IL2LPTDataCache {
    event CacheTotalSupplyFinalized(uint256 totalSupply);
    event L1LPTDataCacheUpdate(address l1LPTDataCache);
    event L2LPTGatewayUpdate(address l2LPTGateway);

    error NotL2LPTGateway(address caller, address l2LPTGateway);

    function l1LPTDataCache() external view returns (address);

    function l2LPTGateway() external view returns (address);

    /// @return Supply of L1 at the last report.
    function l1TotalSupply() external view returns (uint256);

    /// @return LPT on L2 that came from L1: deposits less withdrawals, at least 0.
    function l2SupplyFromL1() external view returns (uint256);

    /// @notice Only the owner.
    function setL1LPTDataCache(address l1LPTDataCache) external;

    /// @notice Only the owner.
    function setL2LPTGateway(address l2LPTGateway) external;

    /// @notice A deposit arrived. Only the L2 gateway.
    function increaseL2SupplyFromL1(uint256 amount) external;

    /// @notice A withdrawal left. Saturates at 0, because rewards minted on L2 may leave too. Only the L2 gateway.
    function decreaseL2SupplyFromL1(uint256 amount) external;

    /// @notice Stores L1's supply. Only for messages of the L1 data cache.
    function finalizeCacheTotalSupply(uint256 totalSupply) external;
}
