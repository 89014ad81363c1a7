// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Vm, vm} from "../base/Vm.sol";
import {VectorCalls} from "./VectorCalls.sol";
import {VectorDigest} from "./VectorDigest.sol";
import {VectorEvents} from "./VectorEvents.sol";
import {VectorReverts} from "./VectorReverts.sol";
import {VectorState} from "./VectorState.sol";

/// @title Replays a scenario, a step a line: events, reverts and every changed value, to the wei
abstract contract VectorReplay is VectorCalls, VectorEvents, VectorState, VectorDigest, VectorReverts {
    enum Source {
        /// The deployed protocol: another divisor of the reserve, reasons as strings
        Original,
        /// The model of these contracts: reverts byte by byte
        Model
    }

    /// What is known of the state: each key that the scenario ever names, with its value of the moment.
    struct Known {
        string[] keys;
        mapping(bytes32 keyHash => string) values;
    }

    string private constant ACCOUNTS = "fixtures/vectors/protocol/tickets.json";

    Source private _source;
    uint256 private _scenarios;
    mapping(uint256 scenario => Known) private _known;

    /// Calls of their own: their memory is free afterwards.
    modifier onlyItself() {
        require(msg.sender == address(this), "only for this test");
        _;
    }

    function replay(string calldata path, Source source) external onlyItself {
        _source = source;
        _scenarios++;
        string[] memory lines = vm.split(vm.readFile(path), "\n");
        _setUp(lines[0]);
        uint256 steps = vm.parseJsonUint(lines[0], ".steps");
        string memory last = lines[steps + 1];
        _observe(vm.parseJsonStringArray(last, ".keys"));
        for (uint256 i = 1; i <= steps; i++) {
            this.replayStep(lines[i], string.concat(path, " step ", vm.toString(i)));
        }
        _learn(last);
        _checkState(string.concat(path, " at the end"));
    }

    function replayStep(string memory step, string memory where) external onlyItself {
        string memory op = vm.parseJsonString(step, ".op");
        where = string.concat(where, ": ", op);
        string memory reason = vm.parseJsonString(step, ".revert");
        uint256 before = block.number;
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
        // What failed has changed nothing, unless the clock moved.
        if (bytes(reason).length > 0 && block.number == before) return;
        _learn(step);
        // A key at a time is slow, but names what differs.
        if (_source == Source.Original) return _checkState(where);
        if (digest() == vm.parseJsonBytes32(step, ".digest")) return;
        _checkState(where);
        vm.assertTrue(false, string.concat(where, ": the digest of the state"));
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
        uint256 each = _source == Source.Original ? 20_000e18 : vm.parseJsonUint(head, ".config.each");
        string memory accounts = vm.readFile(ACCOUNTS);
        string[11] memory names = ["T1", "T2", "T3", "D1", "D2", "D3", "D4", "D5", "X", "B", "TREASURY"];
        for (uint256 i = 0; i < names.length; i++) {
            address account = vm.parseJsonAddress(accounts, string.concat(".accounts.", names[i]));
            setName(names[i], account);
            if (i > 8) continue;
            token.transfer(account, each);
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
        setTicketSigners(key, vm.deriveKey(MNEMONIC, 8));
        if (_source == Source.Original || vm.parseJsonBool(head, ".config.keepsVotes")) return;
        register("BondingVotes", address(0));
    }

    /// The clock: `round` moves to the start of that round, the argument of `wait` on by so many blocks.
    function _moveTo(string memory round, string memory op, string memory step) private {
        if (bytes(round).length > 0) {
            uint256 ahead = vm.parseUint(round) - rounds.lastRoundLengthUpdateRound();
            vm.roll(rounds.lastRoundLengthUpdateStartBlock() + ahead * rounds.roundLength());
        }
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
        for (uint256 i = 0; i < logs.length && i < expected.length; i++) {
            vm.assertEq(format(logs[i]), expected[i], where);
        }
        vm.assertEq(logs.length, expected.length, string.concat(where, ": number of events"));
    }

    /// The state before the first step. `keys`: all that the scenario names.
    function _observe(string[] memory keys) private {
        Known storage known = _known[_scenarios];
        for (uint256 i = 0; i < keys.length; i++) {
            known.keys.push(keys[i]);
            known.values[keccak256(bytes(keys[i]))] = read(keys[i]);
        }
    }

    /// What a step must have changed.
    function _learn(string memory step) private {
        Known storage known = _known[_scenarios];
        string[] memory keys = vm.parseJsonStringArray(step, ".keys");
        string[] memory values = vm.parseJsonStringArray(step, ".values");
        for (uint256 i = 0; i < keys.length; i++) {
            known.values[keccak256(bytes(keys[i]))] = values[i];
        }
    }

    /// Every known value, also those that the step must not have changed.
    function _checkState(string memory where) private view {
        Known storage known = _known[_scenarios];
        // The original divides a reserve by the pool of the moment, we by the transcoders active in the round.
        bool otherDivisor = _source == Source.Original
            && bonding.getTranscoderPoolSize() != bonding.currentRoundActiveTranscoders();
        uint256 count = known.keys.length;
        for (uint256 i = 0; i < count; i++) {
            string memory key = known.keys[i];
            if (otherDivisor && startsWith(key, "B.claimable")) continue;
            string memory expected = known.values[keccak256(bytes(key))];
            string memory found = read(key);
            if (!same(found, expected)) vm.assertEq(found, expected, string.concat(where, ": ", key));
        }
    }
}
