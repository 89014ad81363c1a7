// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {vm} from "../../base/Vm.sol";
import {IssueTest} from "../../regression/IssueTest.sol";

/// @title Tables of calls that are refused: with their own error, with nothing changed, with no wei lost
abstract contract BadInputTest is IssueTest {
    struct Row {
        string what;
        address caller;
        address target;
        uint256 value;
        bytes data;
        /// the revert data, or the beginning of it
        bytes reason;
    }

    uint256 internal constant MAX = type(uint256).max;
    Row[] private _rows;

    function row(string memory what, address caller, address target, bytes memory data, bytes memory reason)
        internal
    {
        _rows.push(Row(what, caller, target, 0, data, reason));
    }

    function paidRow(
        string memory what,
        address caller,
        address target,
        uint256 value,
        bytes memory data,
        bytes memory reason
    ) internal {
        _rows.push(Row(what, caller, target, value, data, reason));
    }

    /// Makes every call of the table, and empties it.
    function requireAllRefused() internal {
        bytes32 before = digest();
        for (uint256 i = 0; i < _rows.length; i++) {
            Row memory r = _rows[i];
            if (r.value > 0) vm.deal(r.caller, r.value);
            vm.prank(r.caller);
            (bool ok, bytes memory got) = r.target.call{value: r.value}(r.data);
            vm.assertFalse(ok, r.what);
            vm.assertEq(vm.toString(_head(got, r.reason.length)), vm.toString(r.reason), r.what);
            if (r.value > 0) {
                vm.assertEq(r.caller.balance, r.value, string.concat(r.what, ": no wei lost"));
                vm.deal(r.caller, 0);
            }
            vm.assertEq(digest(), before, string.concat(r.what, ": nothing changed"));
        }
        delete _rows;
    }

    /// Everything that can be read of the accounts of these tests and of the protocol as a whole.
    function digest() internal view returns (bytes32 state) {
        address[9] memory who = [T1, T2, T3, T4, D1, D2, STRANGER, senderAddress(), NONE];
        for (uint256 i = 0; i < who.length; i++) {
            state = keccak256(abi.encode(state, _stakeOf(who[i]), _fundsOf(who[i])));
        }
        return keccak256(
            abi.encode(
                state,
                token.totalSupply(),
                token.balanceOf(address(minter)),
                address(minter).balance,
                bonding.nextRoundTotalActiveStake(),
                bonding.getTranscoderPoolSize(),
                bonding.getTranscoderPoolMaxSize(),
                minter.inflation(),
                minter.currentMintedTokens(),
                rounds.lastInitializedRound(),
                controller.owner()
            )
        );
    }

    function _stakeOf(address who) private view returns (bytes32) {
        (bool ok, bytes memory delegator) =
            address(bonding).staticcall(abi.encodeCall(bonding.getDelegator, (who)));
        (bool known, bytes memory transcoder) =
            address(bonding).staticcall(abi.encodeCall(bonding.getTranscoder, (who)));
        vm.assertTrue(ok && known, "readable");
        return keccak256(
            abi.encode(
                delegator,
                transcoder,
                bonding.getNextTranscoderInPool(who),
                token.balanceOf(who),
                votes.getVotes(who)
            )
        );
    }

    function _fundsOf(address who) private view returns (bytes32) {
        (bool ok, bytes memory funds) =
            address(broker).staticcall(abi.encodeCall(broker.getSenderInfo, (who)));
        vm.assertTrue(ok, "readable");
        return keccak256(abi.encode(funds, broker.claimableReserve(senderAddress(), who)));
    }

    function _head(bytes memory data, uint256 length) private pure returns (bytes memory head) {
        if (data.length < length) return data;
        head = new bytes(length);
        for (uint256 i = 0; i < length; i++) {
            head[i] = data[i];
        }
    }
}
