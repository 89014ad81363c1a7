// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {Vm, vm} from "../base/Vm.sol";
import {VectorEvents} from "./VectorEvents.sol";
import {VectorReverts} from "./VectorReverts.sol";
import {VectorState} from "./VectorState.sol";

/// @title Replays recorded behaviour of the deployed protocol: events, reverts and every changed value, to the wei
contract ProtocolVectorsTest is VectorEvents, VectorState, VectorReverts {
    string private constant FOLDER = "fixtures/vectors/protocol/";

    uint256 private _tickets;
    uint256 private _senderKey;

    function test_steadyRounds() external {
        _replay("1-steady");
    }

    function test_missedRewards() external {
        _replay("2-missed-reward");
    }

    function test_poolEviction() external {
        _replay("3-pool-eviction");
    }

    function test_movesAndTransfers() external {
        _replay("4-move-and-transfer");
    }

    function test_withdrawalsAndReserve() external {
        _replay("5-withdraw-and-reserve");
    }

    function test_randomMix() external {
        _replay("6-random");
    }

    function _replay(string memory scenario) private {
        string memory path = string.concat(FOLDER, scenario, ".jsonl");
        string memory head = vm.readLine(path);
        _setUp(head);
        uint256 steps = vm.parseJsonUint(head, ".steps");
        for (uint256 i = 0; i < steps; i++) {
            _step(vm.readLine(path), string.concat(scenario, " step ", vm.toString(i + 1)));
        }
        _checkState(vm.readLine(path), string.concat(scenario, " at the end"));
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
        string memory accounts = vm.readFile(string.concat(FOLDER, "tickets.json"));
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
        vm.deal(accountOf("B"), 1000 ether);
        _senderKey = vm.deriveKey(MNEMONIC, 9);
        vm.assertEq(vm.addr(_senderKey), accountOf("B"), "key of B");
    }

    function _step(string memory step, string memory where) private {
        string memory op = vm.parseJsonString(step, ".op");
        where = string.concat(where, ": ", op);
        string[] memory args = vm.parseJsonStringArray(step, ".args");
        string memory reason = vm.parseJsonString(step, ".revert");
        (address target, uint256 value, bytes memory data) =
            _call(op, args, vm.parseJsonString(step, ".round"));
        vm.recordLogs();
        vm.prank(accountOf(vm.parseJsonString(step, ".by")));
        (bool ok, bytes memory result) = target.call{value: value}(data);
        if (bytes(reason).length > 0) {
            vm.assertFalse(ok, string.concat(where, " must revert: ", reason));
            vm.assertEq(bytes32(bytes4(result)), bytes32(selectorFor(reason)), string.concat(where, reason));
        } else {
            vm.assertTrue(ok, string.concat(where, " reverted with ", vm.toString(result)));
            _checkEvents(vm.parseJsonStringArray(step, ".events"), where);
        }
        _checkState(step, where);
    }

    /// The vectors were recorded without the events of the votes history.
    function _checkEvents(string[] memory expected, string memory where) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 count = 0;
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].emitter == address(votes)) continue;
            if (count < expected.length) vm.assertEq(format(logs[i]), expected[count], where);
            count++;
        }
        vm.assertEq(count, expected.length, string.concat(where, ": number of events"));
    }

    function _checkState(string memory step, string memory where) private view {
        string[] memory keys = vm.parseJsonStringArray(step, ".keys");
        string[] memory values = vm.parseJsonStringArray(step, ".values");
        // The recording divides a reserve by the pool of the moment, we by the transcoders active in the round.
        bool poolMoved = bonding.getTranscoderPoolSize() != bonding.currentRoundActiveTranscoders();
        for (uint256 i = 0; i < keys.length; i++) {
            if (poolMoved && startsWith(keys[i], "B.claimable")) continue;
            vm.assertEq(read(keys[i]), values[i], string.concat(where, ": ", keys[i]));
        }
    }

    function _call(string memory op, string[] memory args, string memory round)
        private
        returns (address target, uint256 value, bytes memory data)
    {
        if (same(op, "initializeRound")) {
            vm.roll(vm.parseUint(round) * ROUND_LENGTH);
            vm.setBlockhash(block.number - 1, BLOCK_HASH);
            return (address(rounds), 0, abi.encodeCall(rounds.initializeRound, ()));
        }
        if (same(op, "redeemWinningTicket")) return (address(broker), 0, _redeem(args));
        if (same(op, "unlock")) return (address(broker), 0, abi.encodeCall(broker.unlock, ()));
        if (same(op, "withdraw")) return (address(broker), 0, abi.encodeCall(broker.withdraw, ()));
        if (same(op, "fundDepositAndReserve")) {
            (uint256 deposit, uint256 reserve) = (_uint(args[0]), _uint(args[1]));
            data = abi.encodeCall(broker.fundDepositAndReserve, (deposit, reserve));
            vm.deal(accountOf("B"), deposit + reserve);
            return (address(broker), deposit + reserve, data);
        }
        return (address(bonding), 0, _bondingCall(op, args));
    }

    function _redeem(string[] memory args) private returns (bytes memory) {
        uint256 nonce = ++_tickets;
        ITicketLottery.Ticket memory ticket =
            winningTicket(accountOf("B"), accountOf(args[0]), _uint(args[1]), nonce);
        return
            abi.encodeCall(broker.redeemWinningTicket, (ticket, signTicket(ticket, _senderKey), 1000 + nonce));
    }

    /// Of the calls the vectors use, the arguments are accounts and numbers only: one word each.
    function _bondingCall(string memory op, string[] memory args) private view returns (bytes memory data) {
        string memory types = _argumentTypes(op);
        data = abi.encodePacked(bytes4(keccak256(bytes(string.concat(op, types)))));
        string[] memory kinds = vm.split(types, ",");
        for (uint256 i = 0; i < args.length; i++) {
            bool isAccount = startsWith(kinds[i], "address") || startsWith(kinds[i], "(address");
            uint256 word = isAccount ? uint256(uint160(accountOf(args[i]))) : _uint(args[i]);
            data = abi.encodePacked(data, word);
        }
    }

    function _argumentTypes(string memory op) private pure returns (string memory) {
        if (same(op, "reward")) return "()";
        if (same(op, "bond")) return "(uint256,address)";
        if (same(op, "transcoder")) return "(uint256,uint256)";
        if (same(op, "withdrawFees") || same(op, "rebondFromUnbonded")) return "(address,uint256)";
        if (same(op, "transferBond")) return "(address,uint256,address,address,address,address)";
        if (same(op, "bondForWithHint")) return "(uint256,address,address,address,address,address,address)";
        return "(uint256)";
    }

    function _uint(string memory text) private pure returns (uint256) {
        return vm.parseUint(text);
    }
}
