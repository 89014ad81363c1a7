// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IL1Escrow} from "../interfaces/IL1Escrow.sol";

/// @notice See IL1Escrow. Keeps no account of its own: the gateway decides who is paid. The admin could approve anyone,
///         so it must be governance.
contract L1Escrow is AccessControl, IL1Escrow {
    constructor() {
        _grantRole(DEFAULT_ADMIN_ROLE, msg.sender);
    }

    /// @inheritdoc IL1Escrow
    function approve(address token, address spender, uint256 value)
        external
        override
        onlyRole(DEFAULT_ADMIN_ROLE)
    {
        if (!IERC20(token).approve(spender, value)) revert ApprovalFailed(token, spender, value);
        emit Approve(token, spender, value);
    }
}
