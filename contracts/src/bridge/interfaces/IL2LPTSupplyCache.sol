// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IL2LPTDataCache} from "../../interfaces/IL2LPTDataCache.sol";

/// @title How the L2 data cache learns what it knows
/// @notice The supply of L1 as last reported, and what came over from there. Amounts in wei of LPT.
interface IL2LPTSupplyCache is IL2LPTDataCache {
    /// @notice L1 reported its supply.
    /// @param totalSupply LPT wei on L1
    event CacheTotalSupplyFinalized(uint256 totalSupply);
    /// @notice Another contract on L1 may report the supply from now on.
    /// @param l1LPTDataCache The L1LPTDataCache
    event L1LPTDataCacheUpdate(address l1LPTDataCache);
    /// @notice Another contract may report deposits and withdrawals from now on.
    /// @param l2LPTGateway The L2LPTGateway
    event L2LPTGatewayUpdate(address l2LPTGateway);

    /// @notice Only the L2 gateway reports deposits and withdrawals. Move LPT through it.
    /// @param caller Who called
    /// @param l2LPTGateway Who may
    error NotL2LPTGateway(address caller, address l2LPTGateway);

    /// @notice Who may report the supply of L1.
    /// @return Address on L1
    function l1LPTDataCache() external view returns (address);

    /// @notice Who may report deposits and withdrawals.
    /// @return The L2LPTGateway; zero before it is set
    function l2LPTGateway() external view returns (address);

    /// @notice Supply of L1 at the last report, what lies in the escrow included.
    /// @return LPT wei; 0 before the first report
    function l1TotalSupply() external view returns (uint256);

    /// @notice LPT on L2 that came from L1: deposits less withdrawals.
    /// @return LPT wei, at least 0
    function l2SupplyFromL1() external view returns (uint256);

    /// @notice Names who may report the supply of L1. Only the owner.
    /// @param l1LPTDataCache The L1LPTDataCache
    function setL1LPTDataCache(address l1LPTDataCache) external;

    /// @notice Names who may report deposits and withdrawals. Only the owner.
    /// @param l2LPTGateway The L2LPTGateway
    function setL2LPTGateway(address l2LPTGateway) external;

    /// @notice A deposit arrived. Only the L2 gateway.
    /// @param amount LPT wei
    function increaseL2SupplyFromL1(uint256 amount) external;

    /// @notice A withdrawal left. Saturates at 0, because rewards minted on L2 may leave too. Only the L2 gateway.
    /// @param amount LPT wei
    function decreaseL2SupplyFromL1(uint256 amount) external;

    /// @notice Stores L1's supply. Only for messages of the L1 data cache.
    /// @param totalSupply LPT wei on L1
    function finalizeCacheTotalSupply(uint256 totalSupply) external;
}
