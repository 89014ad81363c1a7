// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Controller} from "../../src/registry/Controller.sol";
import {Directory, DirectoryNotCreated} from "../../src/registry/Directory.sol";
import {Registry} from "../../src/registry/Registry.sol";
import {vm} from "../base/Vm.sol";

/// @title The Controller's copy of its registry, kept as code
contract DirectoryTest {
    bool public constant IS_TEST = true;

    Controller private _controller;
    address private _directory;

    function setUp() external {
        _controller = new Controller();
    }

    /// Few ids, many of them with the same place, and again and again new addresses, zero among them.
    function testFuzz_theControllerKnowsWhatWasRegisteredLast(uint16[24] calldata ids, uint8[24] calldata to)
        external
    {
        address[256] memory registered;
        for (uint256 i = 0; i < ids.length; i++) {
            uint256 id = ids[i] % 256;
            registered[id] = address(uint160(to[i] % 16 == 0 ? 0 : uint256(to[i]) << 152 | i));
            _controller.setContractInfo(bytes32(id), registered[id], bytes20(0));
            vm.assertEq(found(id), registered[id], "at once");
            vm.assertEq(found(ids[0] % 256), registered[ids[0] % 256], "nothing else changed");
        }
        for (uint256 id = 0; id < 256; id++) {
            vm.assertEq(found(id), registered[id], "at last");
            vm.assertEq(_controller.getContract(bytes32(id)), registered[id], "as the mapping has it");
        }
    }

    function test_theFirstIdWithAPlaceKeepsIt() external {
        _directory = Directory.set(_directory, bytes32(uint256(61)), address(1));
        address before = _directory;
        vm.assertEq(Directory.set(_directory, bytes32(uint256(61 + 62)), address(2)), before, "the same code");
        requireFound(bytes32(uint256(61)), address(1));
        requireFound(bytes32(uint256(61 + 62)), address(0));
    }

    function test_whatIsUnregisteredIsNothing() external {
        _directory = Directory.set(_directory, "minter", address(1));
        _directory = Directory.set(_directory, "minter", address(0));
        requireFound("minter", address(0));
    }

    /// Not for correctness, which does not need places, but for the price of each call.
    function test_whatCallsAskForHasAPlace() external {
        string[20] memory names = [
            "BondingManager",
            "BondingManagerTarget",
            "BondingVotes",
            "BondingVotesTarget",
            "JobsManager",
            "L2LPTDataCache",
            "L2Migrator",
            "LivepeerGovernorTarget",
            "LivepeerToken",
            "Minter",
            "RoundsManager",
            "RoundsManagerTarget",
            "ServiceRegistry",
            "ServiceRegistryTarget",
            "StablecoinTicketBroker",
            "StablecoinTicketBrokerTarget",
            "TicketBroker",
            "TicketBrokerTarget",
            "Treasury",
            "Verifier"
        ];
        for (uint256 i = 0; i < names.length; i++) {
            _directory = Directory.set(_directory, keccak256(bytes(names[i])), address(uint160(i + 1)));
        }
        for (uint256 i = 0; i < names.length; i++) {
            requireFound(keccak256(bytes(names[i])), address(uint160(i + 1)));
        }
    }

    function test_theCodeOfADirectoryDoesNothing() external {
        _directory = Directory.set(_directory, "minter", address(1));
        vm.assertEq(_directory.code.length, 3225, "all of it was stored");
        (bool ok, bytes memory answer) = _directory.call("anything");
        vm.assertTrue(ok && answer.length == 0, "it stops");
    }

    /// A call gets 63/64 of the gas: too little for the new code leaves enough to say so.
    function test_withoutGasForItsCodeNothingIsRegistered() external {
        _controller.setContractInfo("minter", address(1), bytes20(0));
        bytes memory call = abi.encodeCall(_controller.setContractInfo, ("minter", address(2), bytes20(0)));
        (bool ok, bytes memory answer) = address(_controller).call{gas: 600_000}(call);
        vm.assertFalse(ok, "refused");
        vm.assertEq(
            keccak256(answer), keccak256(abi.encodeWithSelector(DirectoryNotCreated.selector)), "by name"
        );
        vm.assertEq(_controller.getContract("minter"), address(1), "as before");
    }

    /// As the contracts of the protocol ask.
    function found(uint256 id) private view returns (address) {
        (address directory,) = Registry.look(_controller);
        return Registry.find(_controller, directory, bytes32(id));
    }

    function requireFound(bytes32 id, address contractAddress) private view {
        vm.assertEq(Directory.find(_directory, id), contractAddress, "address");
    }
}
