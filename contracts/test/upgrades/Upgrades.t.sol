// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManagerProxyTarget} from "../../src/interfaces/IManager.sol";
import {Controller} from "../../src/registry/Controller.sol";
import {ManagerProxy} from "../../src/registry/ManagerProxy.sol";
import {Minter} from "../../src/token/Minter.sol";
import {Vm, vm} from "../base/Vm.sol";
import {
    BondingManagerV2,
    BondingVotesV2,
    L2MigratorV2,
    LivepeerGovernorV2,
    RoundsManagerV2,
    SecondVersion,
    ServiceRegistryV2,
    ShiftedServiceRegistry,
    StablecoinTicketBrokerV2,
    TicketBrokerV2
} from "./SecondVersions.sol";
import {UpgradeWorld} from "./UpgradeWorld.sol";

/// @title New code behind each proxy, with the state of the old
/// @dev The same day is lived twice from the same state, with the old code and with the new: all events and views agree.
contract UpgradesTest is UpgradeWorld {
    struct Upgrade {
        string name;
        address proxy;
        address next;
    }

    function setUp() external {
        build();
    }

    function test_bondingManager() external {
        _replace(Upgrade("BondingManager", address(bonding), address(new BondingManagerV2(controller))));
    }

    function test_bondingVotes() external {
        _replace(Upgrade("BondingVotes", address(votes), address(new BondingVotesV2(controller))));
    }

    function test_ticketBroker() external {
        _replace(Upgrade("TicketBroker", address(broker), address(new TicketBrokerV2(controller))));
    }

    function test_stablecoinTicketBroker() external {
        address next = address(new StablecoinTicketBrokerV2(controller, usd));
        _replace(Upgrade("StablecoinTicketBroker", address(stable), next));
    }

    function test_roundsManager() external {
        _replace(Upgrade("RoundsManager", address(rounds), address(new RoundsManagerV2(controller))));
    }

    function test_serviceRegistry() external {
        _replace(Upgrade("ServiceRegistry", address(registry), address(new ServiceRegistryV2(controller))));
    }

    function test_livepeerGovernor() external {
        address next = address(new LivepeerGovernorV2(controller));
        _replace(Upgrade("LivepeerGovernor", address(governor), next));
        // The new code can't be set up a second time, neither behind the proxy nor by itself.
        vm.expectRevert();
        governor.initialize(VOTING_DELAY, VOTING_PERIOD, THRESHOLD, QUORUM, QUOTA);
        vm.expectRevert();
        LivepeerGovernorV2(payable(next)).initialize(VOTING_DELAY, VOTING_PERIOD, THRESHOLD, QUORUM, QUOTA);
    }

    function test_l2Migrator() external {
        _replace(Upgrade("L2Migrator", address(migrator), address(new L2MigratorV2(controller))));
    }

    function test_allAtOnce() external {
        Upgrade[] memory upgrades = new Upgrade[](8);
        upgrades[0] = Upgrade("BondingManager", address(bonding), address(new BondingManagerV2(controller)));
        upgrades[1] = Upgrade("BondingVotes", address(votes), address(new BondingVotesV2(controller)));
        upgrades[2] = Upgrade("TicketBroker", address(broker), address(new TicketBrokerV2(controller)));
        upgrades[3] = Upgrade(
            "StablecoinTicketBroker", address(stable), address(new StablecoinTicketBrokerV2(controller, usd))
        );
        upgrades[4] = Upgrade("RoundsManager", address(rounds), address(new RoundsManagerV2(controller)));
        upgrades[5] =
            Upgrade("ServiceRegistry", address(registry), address(new ServiceRegistryV2(controller)));
        upgrades[6] =
            Upgrade("LivepeerGovernor", address(governor), address(new LivepeerGovernorV2(controller)));
        upgrades[7] = Upgrade("L2Migrator", address(migrator), address(new L2MigratorV2(controller)));
        _replaceAll(upgrades);
    }

    /// The Minter has no proxy: a new one takes over the money, with the rates of the old, and the day is the same.
    function test_minter() external {
        bytes[8] memory before = observed();
        uint256 start = vm.snapshotState();
        (, bytes[8] memory oldEnd) = _liveADay();
        vm.revertToState(start);

        Minter next =
            new Minter(controller, minter.inflation(), minter.inflationChange(), minter.targetBondingRate());
        minter.migrateToNewMinter(next);
        vm.assertEq(token.balanceOf(address(minter)) + address(minter).balance, 0, "left in the old Minter");
        register("Minter", address(next));
        token.grantRole(keccak256("MINTER_ROLE"), address(next));
        minter = next;
        _requireSame(observed(), before, "right after the change of Minter");
        (, bytes[8] memory newEnd) = _liveADay();
        _requireSame(newEnd, oldEnd, "the end of the day");
    }

    /// The three functions that every proxy has, and a Controller that takes over all of them and gives them back.
    function test_anotherController() external {
        string[8] memory names = [
            "BondingManager",
            "BondingVotes",
            "TicketBroker",
            "StablecoinTicketBroker",
            "RoundsManager",
            "ServiceRegistry",
            "LivepeerGovernor",
            "L2Migrator"
        ];
        bytes[8] memory before = observed();
        Controller next = new Controller();
        for (uint256 i = 0; i < 8; i++) {
            (bytes32 id, bytes32 target) =
                (keccak256(bytes(names[i])), keccak256(bytes(string.concat(names[i], "Target"))));
            IManagerProxyTarget proxy = IManagerProxyTarget(controller.getContract(id));
            vm.assertEq(address(proxy.controller()), address(controller), names[i]);
            vm.assertEq(proxy.targetContractId(), target, names[i]);
            next.setContractInfo(id, address(proxy), bytes20(0));
            next.setContractInfo(target, controller.getContract(target), bytes20(0));
            controller.updateController(id, address(next));
            vm.assertEq(address(proxy.controller()), address(next), names[i]);
            vm.assertEq(proxy.targetContractId(), target, names[i]);
        }
        for (uint256 i = 0; i < 8; i++) {
            next.updateController(keccak256(bytes(names[i])), address(controller));
        }
        _requireSame(observed(), before, "after a time with another Controller");
    }

    function test_withoutCodeAProxyRefusesAndKeepsItsState() external {
        bytes[8] memory before = observed();
        address code = _codeOf("ServiceRegistry");
        register("ServiceRegistryTarget", address(0));
        vm.expectPartialRevert(ManagerProxy.TargetContractNotRegistered.selector);
        registry.getServiceURI(T1);
        register("ServiceRegistryTarget", code);
        _requireSame(observed(), before, "after a time without code");
    }

    /// Why `contracts/snapshots/storage` is kept: nothing on chain would notice.
    function test_aSlotInFrontOfTheOthersLosesTheState() external {
        bytes[8] memory before = observed();
        register("ServiceRegistryTarget", address(new ShiftedServiceRegistry(controller)));
        SecondVersion(address(registry)).setAdded(7);
        vm.assertEq(registry.getServiceURI(T1), "", "the address is lost");
        vm.assertFalse(keccak256(observed()[0]) == keccak256(before[0]), "and the checks of this test see it");
    }

    function _replace(Upgrade memory upgrade) private {
        Upgrade[] memory upgrades = new Upgrade[](1);
        upgrades[0] = upgrade;
        _replaceAll(upgrades);
    }

    function _replaceAll(Upgrade[] memory upgrades) private {
        bytes[8] memory before = observed();
        uint256 start = vm.snapshotState();
        (bytes32 oldEvents, bytes[8] memory oldEnd) = _liveADay();
        vm.revertToState(start);
        _requireSame(observed(), before, "the same start");

        for (uint256 i = 0; i < upgrades.length; i++) {
            _upgrade(upgrades[i]);
        }
        _requireSame(observed(), before, "right after the upgrade");
        (bytes32 newEvents, bytes[8] memory newEnd) = _liveADay();
        vm.assertEq(newEvents, oldEvents, "events of the day");
        _requireSame(newEnd, oldEnd, "the end of the day");
        for (uint256 i = 0; i < upgrades.length; i++) {
            vm.assertEq(SecondVersion(upgrades[i].proxy).added(), 7, "the new slot after the day");
        }
    }

    /// The very next call runs the new code.
    function _upgrade(Upgrade memory upgrade) private {
        (bool known,) = upgrade.proxy.call(abi.encodeCall(SecondVersion.added, ()));
        vm.assertFalse(known, string.concat(upgrade.name, ": the old code has no such function"));
        register(string.concat(upgrade.name, "Target"), upgrade.next);
        SecondVersion(upgrade.proxy).setAdded(7);
        vm.assertEq(SecondVersion(upgrade.proxy).added(), 7, string.concat(upgrade.name, ": the new slot"));
        vm.assertEq(SecondVersion(upgrade.next).added(), 0, "the state is the proxy's, not the code's");
    }

    function _liveADay() private returns (bytes32 events, bytes[8] memory end) {
        vm.recordLogs();
        operate();
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertGe(logs.length, 60, "a day with too few events");
        return (keccak256(abi.encode(logs)), observed());
    }

    function _codeOf(string memory name) private view returns (address) {
        return controller.getContract(keccak256(bytes(string.concat(name, "Target"))));
    }

    function _requireSame(bytes[8] memory found, bytes[8] memory expected, string memory when) private pure {
        string[8] memory what = ["stake", "totals", "votes", "broker", "fees", "rounds", "proposal", "money"];
        for (uint256 i = 0; i < 8; i++) {
            string memory where = string.concat(when, ": ", what[i]);
            vm.assertEq(keccak256(found[i]), keccak256(expected[i]), where);
        }
    }
}
