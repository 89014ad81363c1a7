// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IControlledGateway} from "./interfaces/IControlledGateway.sol";
import {ITokenGateway} from "./interfaces/ITokenGateway.sol";

/// @notice See IControlledGateway. The deployer is the first admin, and hands over to governance.
abstract contract ControlledGateway is AccessControl, Pausable, ITokenGateway, IControlledGateway {
    /// @inheritdoc IControlledGateway
    address public immutable override l1Lpt;
    /// @inheritdoc IControlledGateway
    address public immutable override l2Lpt;

    constructor(address l1Lpt_, address l2Lpt_) {
        l1Lpt = l1Lpt_;
        l2Lpt = l2Lpt_;
        _grantRole(DEFAULT_ADMIN_ROLE, msg.sender);
        _pause();
    }

    /// @inheritdoc IControlledGateway
    function pause() external override onlyRole(DEFAULT_ADMIN_ROLE) {
        _pause();
    }

    /// @inheritdoc IControlledGateway
    function unpause() external override onlyRole(DEFAULT_ADMIN_ROLE) {
        _unpause();
    }

    /// @inheritdoc ITokenGateway
    function calculateL2TokenAddress(address l1Token) external view override returns (address) {
        return l1Token == l1Lpt ? l2Lpt : address(0);
    }

    function _requireLpt(address token) internal view {
        if (token != l1Lpt) revert TokenNotLpt(token, l1Lpt);
    }

    /// What every transfer must fulfil, in the order in which clients know the refusals.
    function _checkTransfer(address token, uint256 amount, bytes memory hookData) internal view {
        _requireLpt(token);
        if (amount == 0) revert ZeroAmount();
        if (hookData.length > 0) revert CallHookDataNotAllowed(hookData.length);
    }

    /// A transfer that could never be paid out would be lost.
    function _checkArrival(address to, address counterpart) internal pure {
        if (to == address(0)) revert NullRecipient();
        if (counterpart == address(0)) revert CounterpartNotSet();
    }
}
