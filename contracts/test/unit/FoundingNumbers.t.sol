// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ProtocolTest} from "../base/ProtocolTest.sol";
import {vm} from "../base/Vm.sol";

/// @title The moment that the founding documents describe: 50,948,531.72 LPT, 26,613,846.27 staked, 0.0620 % inflation
/// @dev The model reproduces the same figures in packages/chain/src/model/founding-numbers.test.ts.
contract FoundingNumbersTest is ProtocolTest {
    uint256 private constant SUPPLY = 50_948_531.72 ether;
    uint256 private constant STAKED = 26_613_846.27 ether;
    address private constant ORCHESTRATOR = address(0xa3);

    function test_participationIs5224PercentAndTheNextRoundMayMint31562LPT() external {
        Config memory config = defaultConfig();
        config.inflation = 619_500;
        deploy(config);
        fund(ORCHESTRATOR, SUPPLY);

        initializeRound();
        vm.assertEq(minter.inflation(), 620_000, "0.0620 %: nothing was bonded");
        bond(ORCHESTRATOR, STAKED, ORCHESTRATOR);
        nextRound();

        uint256 participation = bonding.getTotalBonded() * 10_000 / minter.getGlobalTotalSupply();
        vm.assertEq(participation, 5223, "52.236 %, published as 52.24 %");
        vm.assertEq(minter.inflation(), 619_500, "above the target of 50 %: one step of 0.00005 points down");
        vm.assertEq(minter.currentMintableTokens(), 31_562_615_400_540_000_000_000, "next mint");

        vm.prank(ORCHESTRATOR);
        bonding.reward();
        vm.assertEq(token.totalSupply(), SUPPLY + 31_562_615_400_540_000_000_000, "minted");
    }
}
