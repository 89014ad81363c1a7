// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IStablecoinTicketBroker} from "../../src/interfaces/IStablecoinTicketBroker.sol";
import {StablecoinTest} from "../base/StablecoinTest.sol";
import {vm} from "../base/Vm.sol";

/// @title No order of claims, rewards, moves and exits makes the shares of a round more than the round
contract StablecoinSharesTest is StablecoinTest {
    uint256 private constant ROUNDS = 8;
    address[4] private _stakers = [T1, D1, D2, D3];

    function setUp() external {
        deployWithStakers();
        fundSender(100_000 * USD, 0);
    }

    /// The bound of what a round has left hides a share that is too large; here it is compared itself.
    /// forge-config: default.fuzz.runs = 32
    function testFuzz_sharesOfARoundAddUpToNoMoreThanItsStake(uint256 seed) external {
        for (uint256 i = 0; i < ROUNDS; i++) {
            nextRound();
            seed = _disorder(seed, 3);
            if (!bonding.isActiveTranscoder(T1)) continue;
            pay(T1, 100 * USD);
            seed = _disorder(seed, 3);
            if (bonding.isActiveTranscoder(T1)) pay(T1, 50 * USD);
            _check();
        }
    }

    function _check() private view {
        uint256 round = rounds.currentRound();
        IStablecoinTicketBroker.RoundFees memory fees = stable.getRoundFees(T1, round);
        uint256 sum = fees.ownStake;
        for (uint256 i = 1; i < _stakers.length; i++) {
            (uint256 stake, address delegate) = votes.getOwnStakeAndDelegateAtRoundStart(_stakers[i], round);
            if (delegate == T1) sum += stake;
        }
        vm.assertLe(sum, fees.totalStake + 100, "own stakes");
    }

    function _disorder(uint256 seed, uint256 count) private returns (uint256) {
        for (uint256 i = 0; i < count; i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            _act(_stakers[seed % 4], (seed >> 8) % 9, 1 + (seed >> 16) % 1e20, seed >> 100);
        }
        return seed;
    }

    function _act(address who, uint256 kind, uint256 amount, uint256 more) private {
        address other = _stakers[more % 4];
        if (kind == 0) token.mint(who, amount);
        vm.startPrank(who);
        token.approve(address(bonding), type(uint256).max);
        if (kind == 0) {
            _try(abi.encodeCall(bonding.bond, (amount, who == T1 ? T1 : more % 3 == 0 ? T2 : T1)));
        }
        if (kind == 1) _try(abi.encodeCall(bonding.unbond, (amount)));
        if (kind == 2) _try(abi.encodeCall(bonding.unbond, (bonding.pendingStake(who, 0))));
        if (kind == 3) _try(abi.encodeCall(bonding.claimEarnings, (0)));
        if (kind == 4) _try(abi.encodeCall(bonding.rebond, (more % 3)));
        if (kind == 5) _try(abi.encodeCall(bonding.rebondFromUnbonded, (T1, more % 3)));
        if (kind == 6) {
            _try(
                abi.encodeCall(
                    bonding.transferBond, (other, amount, address(0), address(0), address(0), address(0))
                )
            );
        }
        vm.stopPrank();
        vm.prank(T1);
        if (kind > 6) _try(abi.encodeCall(bonding.reward, ()));
        else _try(abi.encodeCall(bonding.transcoder, (more % 1_000_001, (more >> 32) % 1_000_001)));
    }

    function _try(bytes memory data) private {
        (bool ok,) = address(bonding).call(data);
        ok;
    }
}
