// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {vm} from "../base/Vm.sol";
import {ProtocolHandler} from "./ProtocolHandler.sol";

/// @title What holds after any sequence of calls, honest and hostile
/// @dev Most rules are checked in the handler, before and after the step that could break them, with exact amounts. The
///      rules about everything at once are checked every few steps, and at the end everybody leaves.
contract ProtocolInvariants {
    bool public constant IS_TEST = true;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    ProtocolHandler private _protocol;

    function setUp() external {
        _protocol = new ProtocolHandler();
    }

    /// @dev Asked by the invariant runner: what to call.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_protocol);
    }

    /// @dev Asked by the invariant runner: not the checks.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory actions = new bytes4[](25);
        actions[0] = _protocol.bondStake.selector;
        actions[1] = _protocol.bondDustFor.selector;
        actions[2] = _protocol.unbondStake.selector;
        actions[3] = _protocol.rebondStake.selector;
        actions[4] = _protocol.transferStake.selector;
        actions[5] = _protocol.withdrawStake.selector;
        actions[6] = _protocol.withdrawFees.selector;
        actions[7] = _protocol.claim.selector;
        actions[8] = _protocol.setTerms.selector;
        actions[9] = _protocol.reward.selector;
        actions[10] = _protocol.rewardByCaller.selector;
        actions[11] = _protocol.frontRunReward.selector;
        actions[12] = _protocol.evict.selector;
        actions[13] = _protocol.shrinkAndEarn.selector;
        actions[14] = _protocol.slash.selector;
        actions[15] = _protocol.fundSender.selector;
        actions[16] = _protocol.fundPart.selector;
        actions[17] = _protocol.unlockOrWithdraw.selector;
        actions[18] = _protocol.redeem.selector;
        actions[19] = _protocol.redeemAgain.selector;
        actions[20] = _protocol.redeemBatch.selector;
        actions[21] = _protocol.playRound.selector;
        actions[22] = _protocol.setParameter.selector;
        actions[23] = _protocol.pauseAndTry.selector;
        actions[24] = _protocol.takeShare.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(_protocol), actions);
    }

    function invariant_moneyStakeAndVotesAddUp() public {
        _protocol.check();
    }

    function afterInvariant() external {
        _protocol.everybodyLeaves();
    }

    /// A fixed walk that shows that the fuzzed choices reach every operation, and checks after each.
    function test_aLongWalkReachesEveryOperationAndKeepsTheInvariants() external {
        uint256 seed = 7;
        for (uint256 i = 0; i < 1700; i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            _act(seed % 21, seed >> 16, seed >> 64, seed >> 128, seed >> 192);
            if (i % 8 == 0) _protocol.check();
        }
        bytes32[25] memory operations = [
            bytes32("bond"),
            "bondFor",
            "unbond",
            "rebond",
            "rebondFromUnbonded",
            "transferBond",
            "withdrawStake",
            "withdrawFees",
            "claimEarnings",
            "transcoder",
            "reward",
            "rewardForTranscoder",
            "undisturbed",
            "evict",
            "slash",
            "redeem",
            "batch",
            "share",
            "fund",
            "unlock",
            "cancelUnlock",
            "withdraw",
            "round",
            "parameter",
            "pause"
        ];
        for (uint256 i = 0; i < operations.length; i++) {
            vm.assertGe(_protocol.succeeded(operations[i]), 1, string(abi.encodePacked(operations[i])));
        }
        _protocol.everybodyLeaves();
    }

    function _act(uint256 choice, uint256 a, uint256 b, uint256 c, uint256 d) private {
        if (choice == 0) _protocol.bondStake(a, b, c, d);
        if (choice == 1) _protocol.bondDustFor(a, b, c);
        if (choice == 2) _protocol.unbondStake(a, b, c);
        if (choice == 3) _protocol.rebondStake(a, b, c);
        if (choice == 4) _protocol.transferStake(a, b, c);
        if (choice == 5) _protocol.withdrawStake(a, b);
        if (choice == 6) _protocol.withdrawFees(a, b, c);
        if (choice == 7) _protocol.claim(a);
        if (choice == 8) _protocol.setTerms(a, b, c);
        if (choice == 9) _protocol.reward(a, b);
        if (choice == 10) a % 2 == 0 ? _protocol.startRound(a) : _protocol.playRound(b);
        if (choice == 11) _protocol.fundSender(a, b, c);
        if (choice == 12) _protocol.redeem(a, b, c, d);
        if (choice == 13) _protocol.unlockOrWithdraw(a, b);
        if (choice == 14) _protocol.frontRunReward(a, b, c);
        if (choice == 15) _protocol.shrinkAndEarn(a, b);
        if (choice == 16) _protocol.rewardByCaller(a, b, c);
        if (choice == 17) _protocol.redeemBatch(a, b, c, d);
        if (choice == 18) _rare(a, b, c);
        if (choice == 19) _protocol.evict(a, b);
        if (choice == 20) _protocol.takeShare(a, b);
    }

    function _rare(uint256 a, uint256 b, uint256 c) private {
        if (a % 5 == 0) _protocol.setParameter(b, c);
        if (a % 5 == 1) _protocol.pauseAndTry(b, c);
        if (a % 5 == 2) _protocol.slash(b, c, a >> 8);
        if (a % 5 == 3) _protocol.redeemAgain(b);
        if (a % 5 == 4) _protocol.fundPart(b, c, a % 2 == 0);
    }
}
