// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {BondingManager} from "../../src/bonding/BondingManager.sol";
import {L2Migrator} from "../../src/bridge/l2/L2Migrator.sol";
import {LivepeerGovernor} from "../../src/governance/LivepeerGovernor.sol";
import {IController} from "../../src/interfaces/IController.sol";
import {StablecoinTicketBroker} from "../../src/payments/StablecoinTicketBroker.sol";
import {TicketBroker} from "../../src/payments/TicketBroker.sol";
import {ManagerProxyTarget} from "../../src/registry/ManagerProxyTarget.sol";
import {ServiceRegistry} from "../../src/registry/ServiceRegistry.sol";
import {RoundsManager} from "../../src/rounds/RoundsManager.sol";
import {BondingVotes} from "../../src/votes/BondingVotes.sol";

/// @title What a second version adds: a slot behind all others, and two functions
abstract contract SecondVersion {
    uint256 private _added;

    function setAdded(uint256 value) external {
        _added = value;
    }

    function added() external view returns (uint256) {
        return _added;
    }
}

contract BondingManagerV2 is BondingManager, SecondVersion {
    constructor(IController controller_) BondingManager(controller_) {}
}

contract BondingVotesV2 is BondingVotes, SecondVersion {
    constructor(IController controller_) BondingVotes(controller_) {}
}

contract TicketBrokerV2 is TicketBroker, SecondVersion {
    constructor(IController controller_) TicketBroker(controller_) {}
}

contract StablecoinTicketBrokerV2 is StablecoinTicketBroker, SecondVersion {
    constructor(IController controller_, IERC20 token_) StablecoinTicketBroker(controller_, token_) {}
}

contract RoundsManagerV2 is RoundsManager, SecondVersion {
    constructor(IController controller_) RoundsManager(controller_) {}
}

contract ServiceRegistryV2 is ServiceRegistry, SecondVersion {
    constructor(IController controller_) ServiceRegistry(controller_) {}
}

/// What must never be registered: the new slot stands before the old ones.
contract ShiftedServiceRegistry is ManagerProxyTarget, SecondVersion, ServiceRegistry {
    constructor(IController controller_) ServiceRegistry(controller_) {}
}

contract LivepeerGovernorV2 is LivepeerGovernor, SecondVersion {
    constructor(IController controller_) LivepeerGovernor(controller_) {}
}

contract L2MigratorV2 is L2Migrator, SecondVersion {
    constructor(IController controller_) L2Migrator(controller_) {}
}
