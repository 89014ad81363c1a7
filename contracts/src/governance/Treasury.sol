// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {ITreasury} from "../interfaces/ITreasury.sol";
import {OneTimeInitializer} from "./OneTimeInitializer.sol";

/// @notice See ITreasury.
/// @dev Roles are those of OpenZeppelin 4.9, where a role of its own administers the others; the default admin role of
///      later versions is held by nobody but this contract and administers nothing else.
contract Treasury is TimelockController, OneTimeInitializer, ITreasury {
    /// @inheritdoc ITreasury
    bytes32 public constant override TIMELOCK_ADMIN_ROLE = keccak256("TIMELOCK_ADMIN_ROLE");

    constructor() TimelockController(0, new address[](0), new address[](0), address(0)) {}

    /// @inheritdoc ITreasury
    function initialize(
        uint256 minDelay,
        address[] calldata proposers,
        address[] calldata executors,
        address admin
    ) external override initializer {
        _setRoleAdmin(TIMELOCK_ADMIN_ROLE, TIMELOCK_ADMIN_ROLE);
        _setRoleAdmin(PROPOSER_ROLE, TIMELOCK_ADMIN_ROLE);
        _setRoleAdmin(EXECUTOR_ROLE, TIMELOCK_ADMIN_ROLE);
        _setRoleAdmin(CANCELLER_ROLE, TIMELOCK_ADMIN_ROLE);
        _grantRole(TIMELOCK_ADMIN_ROLE, address(this));
        if (admin != address(0)) _grantRole(TIMELOCK_ADMIN_ROLE, admin);
        for (uint256 i = 0; i < proposers.length; i++) {
            _grantRole(PROPOSER_ROLE, proposers[i]);
            _grantRole(CANCELLER_ROLE, proposers[i]);
        }
        for (uint256 i = 0; i < executors.length; i++) {
            _grantRole(EXECUTOR_ROLE, executors[i]);
        }
        // The delay is private to the base, which changes it for nobody but itself.
        this.updateDelay(minDelay);
    }
}
