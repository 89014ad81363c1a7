// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IL2LPTDataCache} from "../../interfaces/IL2LPTDataCache.sol";
import {IL2LPTSupplyCache} from "../interfaces/IL2LPTSupplyCache.sol";
import {L2Messenger} from "./L2Messenger.sol";

/// @notice See IL2LPTSupplyCache. The Minter adds `l1CirculatingSupply` to the supply here, so that inflation is reckoned
///         on all LPT and LPT that is in the escrow is not counted twice.
contract L2LPTDataCache is Ownable, L2Messenger, IL2LPTSupplyCache {
    /// @inheritdoc IL2LPTSupplyCache
    address public override l1LPTDataCache;
    /// @inheritdoc IL2LPTSupplyCache
    address public override l2LPTGateway;
    /// @inheritdoc IL2LPTSupplyCache
    uint256 public override l1TotalSupply;
    /// @inheritdoc IL2LPTSupplyCache
    uint256 public override l2SupplyFromL1;

    modifier onlyL2LPTGateway() {
        if (msg.sender != l2LPTGateway) revert NotL2LPTGateway(msg.sender, l2LPTGateway);
        _;
    }

    constructor() Ownable(msg.sender) {}

    /// @inheritdoc IL2LPTSupplyCache
    function setL1LPTDataCache(address l1LPTDataCache_) external override onlyOwner {
        l1LPTDataCache = l1LPTDataCache_;
        emit L1LPTDataCacheUpdate(l1LPTDataCache_);
    }

    /// @inheritdoc IL2LPTSupplyCache
    function setL2LPTGateway(address l2LPTGateway_) external override onlyOwner {
        l2LPTGateway = l2LPTGateway_;
        emit L2LPTGatewayUpdate(l2LPTGateway_);
    }

    /// @inheritdoc IL2LPTSupplyCache
    function increaseL2SupplyFromL1(uint256 amount) external override onlyL2LPTGateway {
        l2SupplyFromL1 += amount;
    }

    /// @inheritdoc IL2LPTSupplyCache
    function decreaseL2SupplyFromL1(uint256 amount) external override onlyL2LPTGateway {
        uint256 supply = l2SupplyFromL1;
        l2SupplyFromL1 = amount < supply ? supply - amount : 0;
    }

    /// @inheritdoc IL2LPTSupplyCache
    function finalizeCacheTotalSupply(uint256 totalSupply)
        external
        override
        onlyL1Counterpart(l1LPTDataCache)
    {
        l1TotalSupply = totalSupply;
        emit CacheTotalSupplyFinalized(totalSupply);
    }

    /// @inheritdoc IL2LPTDataCache
    function l1CirculatingSupply() external view override returns (uint256) {
        (uint256 supply, uint256 bridged) = (l1TotalSupply, l2SupplyFromL1);
        return bridged < supply ? supply - bridged : 0;
    }
}
