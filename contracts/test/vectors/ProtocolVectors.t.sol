// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {VectorReplay} from "./VectorReplay.sol";

/// @title Recorded behaviour of the deployed protocol
contract ProtocolVectorsTest is VectorReplay {
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
        this.replay(string.concat("fixtures/vectors/protocol/", scenario, ".jsonl"), Source.Original);
    }
}
