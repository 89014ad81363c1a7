// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Vm, vm} from "../base/Vm.sol";
import {VectorNames} from "./VectorNames.sol";

/// @title Logs as text, in the form of the recorded vectors
abstract contract VectorEvents is VectorNames {
    /// One letter a value: a address, u number, b bytes32, s string or bytes; indexed ones first, as in all our events.
    struct Shape {
        string name;
        string indexed_;
        string data;
    }

    mapping(bytes32 topic => Shape) private _shapes;

    constructor() {
        _shape("Transfer(address,address,uint256)", "aa", "u");
        _shape("Mint(address,uint256)", "a", "u");
        _shape("ParameterUpdate(string)", "", "s");
        _shape("SetCurrentRewardTokens(uint256,uint256)", "", "uu");
        _shape("NewRound(uint256,bytes32)", "u", "b");
        _shape("TranscoderUpdate(address,uint256,uint256)", "a", "uu");
        _shape("TranscoderActivated(address,uint256)", "a", "u");
        _shape("TranscoderDeactivated(address,uint256)", "a", "u");
        _shape("Reward(address,uint256)", "a", "u");
        _shape("TreasuryReward(address,address,uint256)", "a", "au");
        _shape("Bond(address,address,address,uint256,uint256)", "aaa", "uu");
        _shape("Unbond(address,address,uint256,uint256,uint256)", "aa", "uuu");
        _shape("Rebond(address,address,uint256,uint256)", "aa", "uu");
        _shape("TransferBond(address,address,uint256,uint256,uint256)", "aa", "uuu");
        _shape("WithdrawStake(address,uint256,uint256,uint256)", "a", "uuu");
        _shape("WithdrawFees(address,address,uint256)", "a", "au");
        _shape("EarningsClaimed(address,address,uint256,uint256,uint256,uint256)", "aa", "uuuu");
        _shape("DepositFunded(address,uint256)", "a", "u");
        _shape("ReserveFunded(address,uint256)", "a", "u");
        _shape("ReserveClaimed(address,address,uint256)", "a", "au");
        _shape("WinningTicketTransfer(address,address,uint256)", "aa", "u");
        _shape("WinningTicketRedeemed(address,address,uint256,uint256,uint256,uint256,bytes)", "aa", "uuuux");
        _shape("Unlock(address,uint256,uint256)", "a", "uu");
        _shape("UnlockCancelled(address)", "a", "");
        _shape("Withdrawal(address,uint256,uint256)", "a", "uu");
        _shape("Burn(address,uint256)", "a", "u");
        _shape("Pause()", "", "");
        _shape("Unpause()", "", "");
        _shape("TranscoderSlashed(address,address,uint256,uint256)", "a", "auu");
        _shape("RewardCallerSet(address,address)", "aa", "");
        _shape("DelegateChanged(address,address,address)", "aaa", "");
        _shape("DelegateVotesChanged(address,uint256,uint256)", "a", "uu");
        _shape("DelegatorBondedAmountChanged(address,uint256,uint256,uint256,uint256)", "a", "uuuu");
    }

    function format(Vm.Log memory log) internal view returns (string memory text) {
        Shape storage shape = _shapes[log.topics[0]];
        vm.assertTrue(bytes(shape.name).length > 0, "an event the vectors do not know");
        text = string.concat(shape.name, "(");
        bytes memory kinds = bytes(shape.indexed_);
        for (uint256 i = 0; i < kinds.length; i++) {
            text = string.concat(text, i == 0 ? "" : ",", _word(kinds[i], log.topics[i + 1]));
        }
        bytes memory dataKinds = bytes(shape.data);
        for (uint256 i = 0; i < dataKinds.length; i++) {
            text = string.concat(text, i + kinds.length == 0 ? "" : ",", _value(dataKinds[i], log.data, i));
        }
        text = string.concat(text, ")");
    }

    function _shape(string memory signature, string memory indexed_, string memory data) private {
        string memory name = vm.split(signature, "(")[0];
        _shapes[keccak256(bytes(signature))] = Shape(name, indexed_, data);
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
