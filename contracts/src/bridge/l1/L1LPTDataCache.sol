// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IInbox} from "../interfaces/IInbox.sol";
import {IL1LPTDataCache} from "../interfaces/IL1LPTDataCache.sol";
import {IL2LPTSupplyCache} from "../interfaces/IL2LPTSupplyCache.sol";
import {L1Messenger} from "./L1Messenger.sol";

/// @notice See IL1LPTDataCache.
contract L1LPTDataCache is L1Messenger, IL1LPTDataCache {
    /// @notice LPT on L1.
    /// @return The token whose supply is reported
    address public immutable l1Lpt;
    /// @notice Where the supply is reported.
    /// @return Address of the L2LPTDataCache on L2
    address public immutable l2LPTDataCache;

    constructor(IInbox inbox_, address l1Lpt_, address l2LPTDataCache_) L1Messenger(inbox_) {
        l1Lpt = l1Lpt_;
        l2LPTDataCache = l2LPTDataCache_;
    }

    /// @inheritdoc IL1LPTDataCache
    function cacheTotalSupply(uint256 maxGas, uint256 gasPriceBid, uint256 maxSubmissionCost)
        external
        payable
        override
    {
        (uint256 totalSupply, bytes memory data) = getCacheTotalSupplyData();
        Fees memory fees = Fees(maxSubmissionCost, maxGas, gasPriceBid);
        emit CacheTotalSupplyInitiated(_sendToL2(l2LPTDataCache, msg.sender, fees, data), totalSupply);
    }

    /// @inheritdoc IL1LPTDataCache
    function getCacheTotalSupplyData() public view override returns (uint256 totalSupply, bytes memory data) {
        totalSupply = IERC20(l1Lpt).totalSupply();
        data = abi.encodeCall(IL2LPTSupplyCache.finalizeCacheTotalSupply, (totalSupply));
    }
}
