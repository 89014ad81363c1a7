// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Vm, vm} from "../base/Vm.sol";
import {VectorNames} from "./VectorNames.sol";

/// @title Logs as text, in the form of the recorded vectors
abstract contract VectorEvents is VectorNames {
    /// Whose events they are: clients filter by address. Parameters belong to several.
    enum Emitter {
        Any,
        Bonding,
        Broker,
        Controller,
        Minter,
        Rounds,
        Token,
        Votes
    }

    /// One letter a value: a address, u number, b bytes32, s string or bytes; indexed ones first, as in all our events.
    struct Shape {
        string name;
        string indexed_;
        string data;
        Emitter emitter;
    }

    mapping(bytes32 topic => Shape) private _shapes;

    constructor() {
        _shape("Transfer(address,address,uint256)", "aa", "u", Emitter.Token);
        _shape("Mint(address,uint256)", "a", "u", Emitter.Token);
        _shape("ParameterUpdate(string)", "", "s", Emitter.Any);
        _shape("SetCurrentRewardTokens(uint256,uint256)", "", "uu", Emitter.Minter);
        _shape("NewRound(uint256,bytes32)", "u", "b", Emitter.Rounds);
        _shape("TranscoderUpdate(address,uint256,uint256)", "a", "uu", Emitter.Bonding);
        _shape("TranscoderActivated(address,uint256)", "a", "u", Emitter.Bonding);
        _shape("TranscoderDeactivated(address,uint256)", "a", "u", Emitter.Bonding);
        _shape("Reward(address,uint256)", "a", "u", Emitter.Bonding);
        _shape("TreasuryReward(address,address,uint256)", "a", "au", Emitter.Bonding);
        _shape("Bond(address,address,address,uint256,uint256)", "aaa", "uu", Emitter.Bonding);
        _shape("Unbond(address,address,uint256,uint256,uint256)", "aa", "uuu", Emitter.Bonding);
        _shape("Rebond(address,address,uint256,uint256)", "aa", "uu", Emitter.Bonding);
        _shape("TransferBond(address,address,uint256,uint256,uint256)", "aa", "uuu", Emitter.Bonding);
        _shape("WithdrawStake(address,uint256,uint256,uint256)", "a", "uuu", Emitter.Bonding);
        _shape("WithdrawFees(address,address,uint256)", "a", "au", Emitter.Bonding);
        _shape(
            "EarningsClaimed(address,address,uint256,uint256,uint256,uint256)", "aa", "uuuu", Emitter.Bonding
        );
        _shape("DepositFunded(address,uint256)", "a", "u", Emitter.Broker);
        _shape("ReserveFunded(address,uint256)", "a", "u", Emitter.Broker);
        _shape("ReserveClaimed(address,address,uint256)", "a", "au", Emitter.Broker);
        _shape("WinningTicketTransfer(address,address,uint256)", "aa", "u", Emitter.Broker);
        _shape(
            "WinningTicketRedeemed(address,address,uint256,uint256,uint256,uint256,bytes)",
            "aa",
            "uuuux",
            Emitter.Broker
        );
        _shape("Unlock(address,uint256,uint256)", "a", "uu", Emitter.Broker);
        _shape("UnlockCancelled(address)", "a", "", Emitter.Broker);
        _shape("Withdrawal(address,uint256,uint256)", "a", "uu", Emitter.Broker);
        _shape("Burn(address,uint256)", "a", "u", Emitter.Token);
        _shape("Pause()", "", "", Emitter.Controller);
        _shape("Unpause()", "", "", Emitter.Controller);
        _shape("TranscoderSlashed(address,address,uint256,uint256)", "a", "auu", Emitter.Bonding);
        _shape("RewardCallerSet(address,address)", "aa", "", Emitter.Bonding);
        _shape("DelegateChanged(address,address,address)", "aaa", "", Emitter.Votes);
        _shape("DelegateVotesChanged(address,uint256,uint256)", "a", "uu", Emitter.Votes);
        _shape(
            "DelegatorBondedAmountChanged(address,uint256,uint256,uint256,uint256)",
            "a",
            "uuuu",
            Emitter.Votes
        );
    }

    function format(Vm.Log memory log) internal view returns (string memory text) {
        Shape storage shape = _shapes[log.topics[0]];
        vm.assertTrue(bytes(shape.name).length > 0, "an event the vectors do not know");
        text = string.concat(shape.name, "(");
        _requireEmitter(shape, log.emitter);
        bytes memory kinds = bytes(shape.indexed_);
        vm.assertEq(log.topics.length, 1 + kinds.length, string.concat(shape.name, ": number of topics"));
        for (uint256 i = 0; i < kinds.length; i++) {
            text = string.concat(text, i == 0 ? "" : ",", _word(kinds[i], log.topics[i + 1]));
        }
        bytes memory dataKinds = bytes(shape.data);
        for (uint256 i = 0; i < dataKinds.length; i++) {
            text = string.concat(text, i + kinds.length == 0 ? "" : ",", _value(dataKinds[i], log.data, i));
        }
        text = string.concat(text, ")");
    }

    function _shape(string memory signature, string memory indexed_, string memory data, Emitter emitter)
        private
    {
        string memory name = vm.split(signature, "(")[0];
        _shapes[keccak256(bytes(signature))] = Shape(name, indexed_, data, emitter);
    }

    function _requireEmitter(Shape storage shape, address found) private view {
        Emitter emitter = shape.emitter;
        if (emitter == Emitter.Any) return;
        address expected = address(votes);
        if (emitter == Emitter.Bonding) expected = address(bonding);
        else if (emitter == Emitter.Broker) expected = address(broker);
        else if (emitter == Emitter.Controller) expected = address(controller);
        else if (emitter == Emitter.Minter) expected = address(minter);
        else if (emitter == Emitter.Rounds) expected = address(rounds);
        else if (emitter == Emitter.Token) expected = address(token);
        vm.assertEq(found, expected, string.concat(shape.name, ": emitter"));
    }

    function _value(bytes1 kind, bytes memory data, uint256 index) private view returns (string memory) {
        bytes32 word = _wordAt(data, index * 32);
        if (kind != "s" && kind != "x") return _word(kind, word);
        uint256 offset = uint256(word);
        bytes memory content = new bytes(uint256(_wordAt(data, offset)));
        for (uint256 i = 0; i < content.length; i++) {
            content[i] = data[offset + 32 + i];
        }
        return cut(kind == "s" ? string(content) : vm.toString(content));
    }

    function _word(bytes1 kind, bytes32 word) private view returns (string memory) {
        if (kind == "a") return nameOf(address(uint160(uint256(word))));
        return cut(kind == "u" ? vm.toString(uint256(word)) : vm.toString(word));
    }

    function _wordAt(bytes memory data, uint256 offset) private pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 32), offset))
        }
    }
}
