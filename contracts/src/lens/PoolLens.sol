// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../interfaces/IBondingManager.sol";

/// @title The pool of orchestrators in one answer
/// @notice The pool is a linked list: from outside it takes a call for each member to follow it. This contract is never
///         deployed: its creation code is sent as an `eth_call` without a receiver, runs on the node, follows the list
///         there, and answers with what would have become its code. So it needs nothing of the contracts that run
///         already, and works with any BondingManager that has the usual functions.
/// @dev The answer is `abi.encode(Member[] members, uint256 maxSize)`, members from the most stake to the least. EIP-170
///      limits it to 24,576 bytes: 380 members.
contract PoolLens {
    struct Member {
        address transcoder;
        /// own and delegated, in LPT wei
        uint256 stake;
    }

    constructor(IBondingManager bondingManager) {
        Member[] memory members = new Member[](bondingManager.getTranscoderPoolSize());
        address member = bondingManager.getFirstTranscoderInPool();
        for (uint256 i = 0; i < members.length; i++) {
            members[i] = Member(member, bondingManager.transcoderTotalStake(member));
            member = bondingManager.getNextTranscoderInPool(member);
        }
        bytes memory answer = abi.encode(members, bondingManager.getTranscoderPoolMaxSize());
        assembly ("memory-safe") {
            return(add(answer, 32), mload(answer))
        }
    }
}
