// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Vm, vm} from "../base/Vm.sol";
import {VectorCalls} from "./VectorCalls.sol";
import {VectorEvents} from "./VectorEvents.sol";
import {VectorReverts} from "./VectorReverts.sol";
import {VectorState} from "./VectorState.sol";

/// @title Replays a scenario, a step a line: events, reverts and every changed value, to the wei
abstract contract VectorReplay is VectorCalls, VectorEvents, VectorState, VectorReverts {
    enum Source {
        /// The deployed protocol: no events of the votes history, another divisor of the reserve, reasons as strings
        Original,
        /// The model of these contracts: nothing is left out, reverts byte by byte
        Model
    }

    string private constant ACCOUNTS = "fixtures/vectors/protocol/tickets.json";

    Source private _source;

    /// In a call of its own, so that the memory of one scenario is free for the next.
    function replay(string calldata path, Source source) external {
        require(msg.sender == address(this), "only for this test");
        _source = source;
        string memory head = vm.readLine(path);
        _setUp(head);
        uint256 steps = vm.parseJsonUint(head, ".steps");
        for (uint256 i = 0; i < steps; i++) {
            _step(vm.readLine(path), string.concat(path, " step ", vm.toString(i + 1)));
        }
        _checkState(vm.readLine(path), string.concat(path, " at the end"));
    }

    function _setUp(string memory head) private {
        deploy(
            Config({
                inflation: vm.parseJsonUint(head, ".config.inflation"),
                inflationChange: vm.parseJsonUint(head, ".config.inflationChange"),
                targetBondingRate: vm.parseJsonUint(head, ".config.targetBondingRate"),
                unbondingPeriod: vm.parseJsonUint(head, ".config.unbondingPeriod"),
                numActiveTranscoders: vm.parseJsonUint(head, ".config.numActiveTranscoders")
            })
        );
        token.mint(address(this), vm.parseJsonUint(head, ".config.initialSupply"));
        string memory accounts = vm.readFile(ACCOUNTS);
        string[11] memory names = ["T1", "T2", "T3", "D1", "D2", "D3", "D4", "D5", "X", "B", "TREASURY"];
        for (uint256 i = 0; i < names.length; i++) {
            address account = vm.parseJsonAddress(accounts, string.concat(".accounts.", names[i]));
            setName(names[i], account);
            if (i > 8) continue;
            token.transfer(account, 20_000e18);
            vm.prank(account);
            token.approve(address(bonding), type(uint256).max);
        }
        setName("MINTER", address(minter));
        setName("deployer", address(this));
        register("Treasury", accountOf("TREASURY"));
        register("Verifier", accountOf("X"));
        token.grantRole(keccak256("BURNER_ROLE"), address(minter));
        uint256 key = vm.deriveKey(MNEMONIC, 9);
        vm.assertEq(vm.addr(key), accountOf("B"), "key of B");
        setTicketSender(key);
    }

    function _step(string memory step, string memory where) private {
        string memory op = vm.parseJsonString(step, ".op");
        where = string.concat(where, ": ", op);
        string memory reason = vm.parseJsonString(step, ".revert");
        _moveTo(vm.parseJsonString(step, ".round"), op, step);
        (address target, uint256 value, bytes memory data) =
            callOf(op, vm.parseJsonStringArray(step, ".args"));
        address caller = accountOf(vm.parseJsonString(step, ".by"));
        if (value > 0) vm.deal(caller, value);
        vm.recordLogs();
        vm.prank(caller);
        (bool ok, bytes memory result) = target.call{value: value}(data);
        if (bytes(reason).length > 0) {
            vm.assertFalse(ok, string.concat(where, " must revert: ", reason));
            _checkRevert(result, reason, where);
        } else {
            vm.assertTrue(ok, string.concat(where, " reverted with ", vm.toString(result)));
            _checkEvents(vm.parseJsonStringArray(step, ".events"), where);
        }
        _checkState(step, where);
    }

    /// The clock: `round` moves to the start of that round, the argument of `wait` on by so many blocks.
    function _moveTo(string memory round, string memory op, string memory step) private {
        if (bytes(round).length > 0) vm.roll(vm.parseUint(round) * ROUND_LENGTH);
        if (same(op, "wait")) {
            vm.roll(block.number + vm.parseUint(vm.parseJsonStringArray(step, ".args")[0]));
        }
        vm.setBlockhash(block.number - 1, BLOCK_HASH);
    }

    function _checkRevert(bytes memory result, string memory reason, string memory where) private view {
        if (_source == Source.Model) {
            vm.assertEq(vm.toString(result), reason, where);
        } else {
            vm.assertEq(bytes32(bytes4(result)), bytes32(selectorFor(reason)), string.concat(where, reason));
        }
    }

    function _checkEvents(string[] memory expected, string memory where) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 count = 0;
        for (uint256 i = 0; i < logs.length; i++) {
            if (_source == Source.Original && logs[i].emitter == address(votes)) continue;
            if (count < expected.length) vm.assertEq(format(logs[i]), expected[count], where);
            count++;
        }
        vm.assertEq(count, expected.length, string.concat(where, ": number of events"));
    }

    function _checkState(string memory step, string memory where) private view {
        string[] memory keys = vm.parseJsonStringArray(step, ".keys");
        string[] memory values = vm.parseJsonStringArray(step, ".values");
        // The original divides a reserve by the pool of the moment, we by the transcoders active in the round.
        bool otherDivisor = _source == Source.Original
            && bonding.getTranscoderPoolSize() != bonding.currentRoundActiveTranscoders();
        for (uint256 i = 0; i < keys.length; i++) {
            if (otherDivisor && startsWith(keys[i], "B.claimable")) continue;
            vm.assertEq(read(keys[i]), values[i], string.concat(where, ": ", keys[i]));
        }
    }
}
