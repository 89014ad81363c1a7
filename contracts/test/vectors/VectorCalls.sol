// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {vm} from "../base/Vm.sol";
import {VectorTickets} from "./VectorTickets.sol";

/// @title Calls by the names and arguments of the recorded vectors
abstract contract VectorCalls is VectorTickets {
    enum Target {
        Bonding,
        Broker,
        Controller,
        Minter,
        Rounds
    }

    /// Arguments are accounts and numbers only: one word each.
    struct CallShape {
        bool known;
        Target target;
        /// Whether the numbers are the ETH that is sent along
        bool pays;
        string types;
    }

    mapping(bytes32 opHash => CallShape) private _calls;

    constructor() {
        _call("bond(uint256,address)", Target.Bonding);
        _call("bondWithHint(uint256,address,address,address,address,address)", Target.Bonding);
        _call("bondForWithHint(uint256,address,address,address,address,address,address)", Target.Bonding);
        _call("unbond(uint256)", Target.Bonding);
        _call("unbondWithHint(uint256,address,address)", Target.Bonding);
        _call("rebond(uint256)", Target.Bonding);
        _call("rebondWithHint(uint256,address,address)", Target.Bonding);
        _call("rebondFromUnbonded(address,uint256)", Target.Bonding);
        _call("rebondFromUnbondedWithHint(address,uint256,address,address)", Target.Bonding);
        _call("transferBond(address,uint256,address,address,address,address)", Target.Bonding);
        _call("withdrawStake(uint256)", Target.Bonding);
        _call("withdrawFees(address,uint256)", Target.Bonding);
        _call("claimEarnings(uint256)", Target.Bonding);
        _call("transcoder(uint256,uint256)", Target.Bonding);
        _call("transcoderWithHint(uint256,uint256,address,address)", Target.Bonding);
        _call("reward()", Target.Bonding);
        _call("rewardWithHint(address,address)", Target.Bonding);
        _call("setRewardCaller(address)", Target.Bonding);
        _call("rewardForTranscoder(address)", Target.Bonding);
        _call("rewardForTranscoderWithHint(address,address,address)", Target.Bonding);
        _call("slashTranscoder(address,address,uint256,uint256)", Target.Bonding);
        _call("checkpointBondingState(address)", Target.Bonding);
        _call("setTreasuryRewardCutRate(uint256)", Target.Bonding);
        _call("setTreasuryBalanceCeiling(uint256)", Target.Bonding);
        _call("setNumActiveTranscoders(uint256)", Target.Bonding);
        _call("unlock()", Target.Broker);
        _call("cancelUnlock()", Target.Broker);
        _call("withdraw()", Target.Broker);
        _payingCall("fundDeposit()");
        _payingCall("fundReserve()");
        _payingCall("fundDepositAndReserve(uint256,uint256)");
        _payingCall("fundDepositAndReserveFor(address,uint256,uint256)");
        _call("setUnbondingPeriod(uint64)", Target.Bonding);
        _call("setUnlockPeriod(uint256)", Target.Broker);
        _call("setTicketValidityPeriod(uint256)", Target.Broker);
        _call("setInflationChange(uint256)", Target.Minter);
        _call("setTargetBondingRate(uint256)", Target.Minter);
        _call("setRoundLength(uint256)", Target.Rounds);
        _call("setRoundLockAmount(uint256)", Target.Rounds);
        _call("pause()", Target.Controller);
        _call("unpause()", Target.Controller);
    }

    function callOf(string memory op, string[] memory args)
        internal
        returns (address target, uint256 value, bytes memory data)
    {
        if (same(op, "initializeRound")) {
            return (address(rounds), 0, abi.encodeCall(rounds.initializeRound, ()));
        }
        // Only the clock moves: any read stands for the call.
        if (same(op, "wait")) return (address(rounds), 0, abi.encodeCall(rounds.currentRound, ()));
        if (same(op, "redeemWinningTicket")) return (address(broker), 0, redemptionOfNext(args));
        if (same(op, "redeem")) return (address(broker), 0, redemption(args[0]));
        if (same(op, "batchRedeem")) return (address(broker), 0, batchRedemption(args));
        CallShape storage shape = _calls[keccak256(bytes(op))];
        vm.assertTrue(shape.known, string.concat("unknown call ", op));
        target = _targetOf(shape.target);
        data = abi.encodePacked(bytes4(keccak256(bytes(string.concat(op, shape.types)))));
        string[] memory kinds = vm.split(shape.types, ",");
        for (uint256 i = 0; i < args.length; i++) {
            bool isAccount =
                i < kinds.length && (startsWith(kinds[i], "address") || startsWith(kinds[i], "(address"));
            uint256 word = isAccount ? uint256(uint160(accountOf(args[i]))) : vm.parseUint(args[i]);
            if (shape.pays && !isAccount) value += word;
            data = abi.encodePacked(data, word);
        }
    }

    function _targetOf(Target target) private view returns (address) {
        if (target == Target.Bonding) return address(bonding);
        if (target == Target.Minter) return address(minter);
        if (target == Target.Rounds) return address(rounds);
        return target == Target.Broker ? address(broker) : address(controller);
    }

    function _call(string memory signature, Target target) private {
        string[] memory parts = vm.split(signature, "(");
        _calls[keccak256(bytes(parts[0]))] = CallShape(true, target, false, string.concat("(", parts[1]));
    }

    function _payingCall(string memory signature) private {
        _call(signature, Target.Broker);
        _calls[keccak256(bytes(vm.split(signature, "(")[0]))].pays = true;
    }
}
