// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PoolLens} from "../../src/lens/PoolLens.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";

/// @title What a node answers when it runs the lens: here it is created, and its code is the answer
contract PoolLensTest is ProtocolTest {
    address private constant T1 = address(0x11);
    address private constant T2 = address(0x12);

    function setUp() external {
        deploy(defaultConfig());
        fund(T1, 1000e18);
        fund(T2, 1000e18);
        initializeRound();
    }

    function test_anEmptyPoolHasItsSizeOnly() external {
        (PoolLens.Member[] memory members, uint256 maxSize) = _look();
        require(members.length == 0 && maxSize == 3, "size");
    }

    function test_membersComeWithTheirStakeFromTheMostToTheLeast() external {
        bond(T1, 10e18, T1);
        bond(T2, 20e18, T2);
        (PoolLens.Member[] memory members,) = _look();
        require(members.length == 2, "members");
        require(members[0].transcoder == T2 && members[0].stake == 20e18, "first");
        require(members[1].transcoder == T1 && members[1].stake == 10e18, "second");
    }

    function _look() private returns (PoolLens.Member[] memory, uint256) {
        return abi.decode(address(new PoolLens(bonding)).code, (PoolLens.Member[], uint256));
    }
}
