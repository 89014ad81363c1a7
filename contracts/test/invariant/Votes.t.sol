// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {vm} from "../base/Vm.sol";
import {VotesHandler} from "./VotesHandler.sol";

/// @title What holds of votes after any sequence of bonding, slashing, proposing and overriding
contract VotesInvariants {
    bool public constant IS_TEST = true;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    VotesHandler private _protocol;

    function setUp() external {
        _protocol = new VotesHandler();
    }

    /// @dev Asked by the invariant runner: what to call.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_protocol);
    }

    /// @dev Asked by the invariant runner: not the checks.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory actions = new bytes4[](14);
        actions[0] = _protocol.bondStake.selector;
        actions[1] = _protocol.bondDustFor.selector;
        actions[2] = _protocol.unbondStake.selector;
        actions[3] = _protocol.rebondStake.selector;
        actions[4] = _protocol.transferStake.selector;
        actions[5] = _protocol.claim.selector;
        actions[6] = _protocol.reward.selector;
        actions[7] = _protocol.evict.selector;
        actions[8] = _protocol.slash.selector;
        actions[9] = _protocol.redeem.selector;
        actions[10] = _protocol.propose.selector;
        actions[11] = _protocol.openVote.selector;
        actions[12] = _protocol.vote.selector;
        actions[13] = _protocol.voteOfAll.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(_protocol), actions);
    }

    function invariant_votesAddUpToStake() public view {
        _protocol.checkTallies();
    }

    /// A fixed walk that shows that the fuzzed choices reach proposals, votes and overrides.
    function test_aLongWalkKeepsTheTallies() external {
        uint256 seed = 7;
        for (uint256 i = 0; i < 600; i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            _act(seed % 16, seed >> 16, seed >> 64, seed >> 128, seed >> 192);
            if (i % 4 == 0) _protocol.checkTallies();
        }
        bytes32[7] memory operations =
            [bytes32("bond"), "unbond", "transferBond", "slash", "propose", "vote", "override"];
        for (uint256 i = 0; i < operations.length; i++) {
            vm.assertGe(_protocol.succeeded(operations[i]), 5, string(abi.encodePacked(operations[i])));
        }
    }

    function _act(uint256 choice, uint256 a, uint256 b, uint256 c, uint256 d) private {
        if (choice < 2) _protocol.bondStake(a, b, c, d);
        if (choice == 2) _protocol.unbondStake(a, b, c);
        if (choice == 3) _protocol.rebondStake(a, b, c);
        if (choice == 4) _protocol.transferStake(a, b, c);
        if (choice == 5) _protocol.claim(a);
        if (choice == 6) _protocol.reward(a, b);
        if (choice == 7) _protocol.evict(a, b);
        if (choice == 8) _protocol.slash(a, b, c);
        if (choice == 9) _protocol.propose(a);
        if (choice == 10) _protocol.openVote(a, b);
        if (choice == 11) _protocol.startRound(a);
        if (choice == 12) _protocol.voteOfAll(a, b, c);
        if (choice > 12) _protocol.vote(a, b, c);
    }
}
