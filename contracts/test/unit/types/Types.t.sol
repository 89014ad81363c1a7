// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {
    Billionths,
    billionthShare,
    billionthsOf,
    NotBillionths,
    toBillionths
} from "../../../src/types/Billionths.sol";
import {Millionths, NotMillionths, toMillionths} from "../../../src/types/Millionths.sol";
import {Ray, RAY, RAY_ONE, RAY_ZERO, rayShare, RayOverflow, toRay} from "../../../src/types/Ray.sol";
import {NEVER, Round, RoundOutOfRange, toRound} from "../../../src/types/Round.sol";
import {bound, vm} from "../../base/Vm.sol";

contract TypesTest {
    bool public constant IS_TEST = true;

    // ---- called from outside, so that a revert can be expected ----------------------------------------------

    function millionths(uint256 share) external pure returns (uint256) {
        return toMillionths(share).value();
    }

    function billionths(uint256 rate) external pure returns (uint256) {
        return toBillionths(rate).value();
    }

    function ray(uint256 number) external pure returns (uint256) {
        return toRay(number).value();
    }

    function round(uint256 number) external pure returns (uint256) {
        return toRound(number).value();
    }

    function grown(uint256 factor, uint256 part, uint256 whole) external pure returns (uint256) {
        return toRay(factor).grownBy(part, whole).value();
    }

    // ---- millionths -----------------------------------------------------------------------------------------

    function testFuzz_millionthsAreAtMostTheWhole(uint256 share) external {
        if (share > 1e6) vm.expectRevert(abi.encodeWithSelector(NotMillionths.selector, share));
        vm.assertEq(this.millionths(share), share > 1e6 ? 0 : share, "the share");
    }

    function testFuzz_aShareInMillionthsRoundsDown(uint256 share, uint96 amount) external pure {
        share = bound(share, 0, 1e6);
        uint256 part = toMillionths(share).shareOf(amount);
        vm.assertLe(part * 1e6, amount * share, "not more than the exact share");
        vm.assertGe((part + 1) * 1e6, amount * share + 1, "less than a wei under it");
    }

    // ---- billionths -----------------------------------------------------------------------------------------

    function testFuzz_billionthsFitIn64Bits(uint256 rate) external {
        bool fits = rate <= type(uint64).max;
        if (!fits) vm.expectRevert(abi.encodeWithSelector(NotBillionths.selector, rate));
        vm.assertEq(this.billionths(rate), fits ? rate : 0, "the rate");
    }

    function testFuzz_billionthsOfTruncateTheRatioFirst(uint96 amount, uint96 part, uint96 whole)
        external
        pure
    {
        whole = uint96(bound(whole, 1, type(uint96).max));
        part = uint96(bound(part, 0, whole));
        uint256 ratio = uint256(part) * 1e9 / whole;
        vm.assertEq(billionthsOf(part, whole).value(), ratio, "ratio");
        vm.assertEq(billionthShare(amount, part, whole), amount * ratio / 1e9, "share");
    }

    function test_theShareOfTheWorkedExample() external pure {
        uint256 minted =
            billionthShare(221_500_000_000_000_000_000, 1383333333333333333333, 2984790122333333333333);
        vm.assertEq(minted, 102656575617000000000, "truncated at the ninth digit");
    }

    function testFuzz_ratesAddUpAndStopAtZero(uint32 a, uint32 b) external pure {
        (Billionths x, Billionths y) = (toBillionths(a), toBillionths(b));
        vm.assertEq(x.plus(y).value(), uint256(a) + b, "plus");
        vm.assertEq(x.minusOrZero(y).value(), a > b ? a - b : 0, "minus");
        vm.assertTrue((x < y) == (a < b) && (x == y) == (a == b), "order");
    }

    // ---- rays -----------------------------------------------------------------------------------------------

    function testFuzz_raysFitIn128Bits(uint256 number) external {
        bool fits = number <= type(uint128).max;
        if (!fits) vm.expectRevert(abi.encodeWithSelector(RayOverflow.selector, number));
        vm.assertEq(this.ray(number), fits ? number : 0, "the number");
    }

    function test_theLargestRayPassesAndTheNextDoesNot() external {
        vm.assertEq(this.ray(type(uint128).max), type(uint128).max, "largest");
        uint256 tooMuch = uint256(type(uint128).max) + 1;
        vm.expectRevert(abi.encodeWithSelector(RayOverflow.selector, tooMuch));
        this.ray(tooMuch);
    }

    function test_theFactorOfTheWorkedExample() external pure {
        Ray factor = RAY_ONE.grownBy(83151826249770000000, 1383333333333333333333);
        vm.assertEq(factor.value(), 1060109753915496385542183158, "reward factor");
    }

    function test_aFactorThatOutgrowsItsBitsReverts() external {
        vm.expectPartialRevert(RayOverflow.selector);
        this.grown(type(uint128).max, 1, 1);
    }

    function testFuzz_rayShareTruncatesTheRatioFirst(uint96 amount, uint96 part, uint96 whole) external pure {
        whole = uint96(bound(whole, 1, type(uint96).max));
        part = uint96(bound(part, 0, whole));
        uint256 ratio = uint256(part) * RAY / whole;
        vm.assertEq(rayShare(amount, part, whole), amount * ratio / RAY, "share");
        vm.assertEq(toRay(ratio).shareOf(amount), amount * ratio / RAY, "share of a ray");
        vm.assertEq(toRay(ratio).plus(amount).value(), ratio + amount, "plus");
    }

    function test_anUnwrittenFactorIsOne() external pure {
        vm.assertTrue(RAY_ZERO.isZero() && RAY_ZERO.orOne() == RAY_ONE, "zero");
        vm.assertEq(toRay(7).orOne().value(), 7, "written");
    }

    // ---- rounds ---------------------------------------------------------------------------------------------

    function testFuzz_roundsEndBeforeNever(uint256 number) external {
        number = number % 2 == 0 ? bound(number, 0, type(uint32).max) : number;
        bool fits = number < type(uint32).max;
        if (!fits) vm.expectRevert(abi.encodeWithSelector(RoundOutOfRange.selector, number));
        vm.assertEq(this.round(number), fits ? number : 0, "the round");
    }

    function testFuzz_roundsAreOrderedLikeTheirNumbers(uint32 a, uint32 b) external pure {
        (Round x, Round y) = (Round.wrap(a), Round.wrap(b));
        vm.assertTrue((x < y) == (a < b) && (x <= y) == (a <= b), "before");
        vm.assertTrue((x > y) == (a > b) && (x >= y) == (a >= b), "after");
        vm.assertTrue((x == y) == (a == b) && (x != y) == (a != b), "same");
        vm.assertTrue(x <= NEVER && x.isZero() == (a == 0), "bounds");
        if (a > 0) vm.assertEq(x.previous().next().value(), a, "there and back");
    }
}
