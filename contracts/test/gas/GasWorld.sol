// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ProtocolTest} from "../base/ProtocolTest.sol";
import {vm} from "../base/Vm.sol";

/// @title The situation in which gas is measured: a full pool, all of it rewarded in the round before, a tenth of the
///        rewards to a treasury that already owns some
/// @dev Names of operations are those of fixtures/gas/original.json. Each measured call is a transaction of its own:
///      21000, calldata, cold storage and refunds are included.
abstract contract GasWorld is ProtocolTest {
    uint256 internal constant POOL = 100;
    uint256 internal constant MIDDLE = 50;
    address internal constant DELEGATOR = address(0x21);
    address internal constant TREASURY = address(0x7EA5);

    function openWorld(uint256 members) internal {
        Config memory config = defaultConfig();
        config.numActiveTranscoders = members;
        deploy(config);
        // A contract, as in a network; what it does is not called here.
        vm.etch(TREASURY, hex"00");
        register("Treasury", TREASURY);
        register("L2LPTDataCache", address(new OneChain()));
        bonding.setTreasuryRewardCutRate(1e26);
        initializeRound();
        for (uint256 i = 0; i < members; i++) {
            address account = member(i);
            fund(account, 100_000e18);
            // Far apart, so that a round's reward changes nobody's place.
            bond(account, (members - i) * 100e18, account);
            vm.prank(account);
            bonding.transcoder(50_000, 500_000);
        }
        fund(DELEGATOR, 10_000e18);
        nextRound();
        rewardAll(members);
        nextRound();
    }

    /// 0 has the most stake.
    function member(uint256 index) internal pure returns (address) {
        return address(uint160(0x1000 + index));
    }

    function above(uint256 index) internal pure returns (address) {
        return index == 0 ? address(0) : member(index - 1);
    }

    function below(uint256 index, uint256 members) internal pure returns (address) {
        return index + 1 == members ? address(0) : member(index + 1);
    }

    function rewardAll(uint256 members) internal {
        for (uint256 i = 0; i < members; i++) {
            reward(i, members);
        }
    }

    function reward(uint256 index, uint256 members) internal {
        vm.prank(member(index));
        bonding.rewardWithHint(above(index), below(index, members));
    }

    /// Writes down what the last call cost.
    function measured(string memory operation) internal {
        vm.snapshotGasLastCall("operations", operation);
    }
}

/// @title Supply of a protocol that lives on one chain
contract OneChain {
    function l1CirculatingSupply() external pure returns (uint256) {
        return 0;
    }
}
