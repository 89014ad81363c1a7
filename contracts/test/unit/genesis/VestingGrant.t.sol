// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {VestingWalletCliff} from "@openzeppelin/contracts/finance/VestingWalletCliff.sol";
import {VestingGrant} from "../../../src/genesis/VestingGrant.sol";
import {LivepeerToken} from "../../../src/token/LivepeerToken.sol";
import {bound, vm} from "../../base/Vm.sol";

interface VmTime {
    function warp(uint256 seconds_) external;
}

contract VestingGrantTest {
    bool public constant IS_TEST = true;

    uint64 private constant START = 1_700_000_000;
    uint64 private constant YEAR = 365 days;
    uint256 private constant AMOUNT = 4_000_003;
    address private constant MEMBER = address(0x3e3be4);

    LivepeerToken private _token;
    VestingGrant private _grant;

    function setUp() external {
        _token = new LivepeerToken();
        _token.grantRole(keccak256("MINTER_ROLE"), address(this));
        _grant = new VestingGrant(MEMBER, START, YEAR, 4 * YEAR);
        _token.mint(address(_grant), AMOUNT);
    }

    function test_nothingVestsBeforeTheCliffThenWhatHasGrownSinceTheStart() external {
        warp(START + YEAR - 1);
        _grant.release(address(_token));
        vm.assertEq(_token.balanceOf(MEMBER), 0, "before the cliff");
        warp(START + YEAR);
        _grant.release(address(_token));
        vm.assertEq(_token.balanceOf(MEMBER), AMOUNT / 4, "a quarter at the cliff");
        warp(START + 4 * YEAR);
        _grant.release(address(_token));
        vm.assertEq(_token.balanceOf(MEMBER), AMOUNT, "all at the end");
    }

    function testFuzz_whatIsReleasedIsLinearAndNeverMoreThanGranted(uint256 first, uint256 second) external {
        first = bound(first, START + YEAR, START + 5 * YEAR);
        second = bound(second, first, START + 6 * YEAR);
        warp(first);
        _grant.release(address(_token));
        warp(second);
        _grant.release(address(_token));
        uint256 passed = second - START;
        uint256 due = passed >= 4 * YEAR ? AMOUNT : AMOUNT * passed / (4 * YEAR);
        vm.assertEq(_token.balanceOf(MEMBER), due, "paid");
        vm.assertEq(_token.balanceOf(address(_grant)), AMOUNT - due, "held");
    }

    function test_theBeneficiaryCanMoveButNotGiveUpItsGrant() external {
        address moved = address(0x40ed);
        vm.prank(MEMBER);
        _grant.transferOwnership(moved);
        vm.expectRevert(abi.encodeWithSelector(VestingGrant.GrantNeedsABeneficiary.selector));
        vm.prank(moved);
        _grant.renounceOwnership();
        warp(START + 4 * YEAR);
        _grant.release(address(_token));
        vm.assertEq(_token.balanceOf(moved), AMOUNT, "paid to the new address");
    }

    function test_nobodyElseCanMoveAGrant() external {
        vm.expectRevert(abi.encodeWithSignature("OwnableUnauthorizedAccount(address)", address(this)));
        _grant.transferOwnership(address(this));
        vm.assertEq(_grant.owner(), MEMBER, "owner");
    }

    function test_aCliffBeyondTheEndIsRefused() external {
        vm.expectRevert(
            abi.encodeWithSelector(VestingWalletCliff.InvalidCliffDuration.selector, YEAR + 1, YEAR)
        );
        new VestingGrant(MEMBER, START, YEAR + 1, YEAR);
    }

    function warp(uint256 time) private {
        VmTime(address(vm)).warp(time);
    }
}
