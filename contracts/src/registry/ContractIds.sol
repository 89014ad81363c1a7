// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Ids under which contracts are registered at the Controller: keccak256 of their ASCII name
library ContractIds {
    bytes32 internal constant LIVEPEER_TOKEN = keccak256("LivepeerToken");
    bytes32 internal constant MINTER = keccak256("Minter");
    bytes32 internal constant BONDING_MANAGER = keccak256("BondingManager");
    bytes32 internal constant BONDING_VOTES = keccak256("BondingVotes");
    bytes32 internal constant ROUNDS_MANAGER = keccak256("RoundsManager");
    bytes32 internal constant TICKET_BROKER = keccak256("TicketBroker");
    /// The TicketBroker again: the Minter knows it by the name of its predecessor.
    bytes32 internal constant JOBS_MANAGER = keccak256("JobsManager");
    bytes32 internal constant TREASURY = keccak256("Treasury");
    bytes32 internal constant L2_LPT_DATA_CACHE = keccak256("L2LPTDataCache");
    bytes32 internal constant L2_MIGRATOR = keccak256("L2Migrator");
    bytes32 internal constant VERIFIER = keccak256("Verifier");
}
