// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IDelegatorPool} from "../../../src/bridge/interfaces/IDelegatorPool.sol";
import {IL2Migrator} from "../../../src/bridge/interfaces/IL2Migrator.sol";
import {IBondingManager} from "../../../src/interfaces/IBondingManager.sol";
import {ITicketBroker} from "../../../src/interfaces/ITicketBroker.sol";
import {bound, vm} from "../../base/Vm.sol";
import {L2MigratorTest} from "./L2MigratorTest.sol";

/// @title Transcoders that come from L1, and the pools of their delegators
contract L2MigratorPoolsTest is L2MigratorTest {
    function test_aTranscoderIsItsOwnDelegateAgainAndAPoolKeepsItsDelegatorsStake() external {
        migrate(T1, T1, 100, 350, 7);
        address pool = migrator.delegatorPools(T1);
        vm.assertEq(bonding.pendingStake(T1, 0), 100, "own stake");
        vm.assertEq(bonding.pendingStake(pool, 0), 250, "the delegators'");
        vm.assertEq(bonding.transcoderTotalStake(T1), 350, "together");
        vm.assertEq(T1.balance, 7, "fees");
        vm.assertTrue(bonding.isRegisteredTranscoder(T1), "registered");
        vm.assertTrue(migrator.migratedDelegators(T1), "marked");
        vm.assertEq(IDelegatorPool(pool).initialStake(), 250, "initial stake");
        vm.assertEq(IDelegatorPool(pool).migrator(), address(migrator), "migrator");
        vm.assertEq(IDelegatorPool(pool).bondingManager(), address(bonding), "BondingManager");
    }

    function testFuzz_delegatorsGetTheirPartOfThePoolWithRewards(uint256 first, uint256 second) external {
        (first, second) = (bound(first, 1e18, 1e24), bound(second, 1e18, 1e24));
        migrate(T1, T1, 1e20, 1e20 + first + second, 0);
        nextRound();
        vm.prank(T1);
        bonding.reward();
        address pool = migrator.delegatorPools(T1);
        uint256 pending = bonding.pendingStake(pool, 0);
        vm.assertGe(pending, first + second + 1, "the pool earned rewards");
        migrate(D1, T1, first, 0, 0);
        uint256 share = pending * first / (first + second);
        vm.assertEq(bonding.pendingStake(D1, 0), share, "its part");
        vm.assertEq(IDelegatorPool(pool).claimedInitialStake(), first, "claimed");
        migrate(D2, T1, second, 0, 0);
        vm.assertEq(bonding.pendingStake(D2, 0), pending - share, "the rest");
        vm.assertEq(bonding.pendingStake(pool, 0), 0, "empty");
    }

    function test_delegatorsGetTheirPartOfThePoolsFees() external {
        migrate(T1, T1, 100 ether, 400 ether, 0);
        _earnFees(1 ether);
        address pool = migrator.delegatorPools(T1);
        uint256 fees = bonding.pendingFees(pool, 0);
        vm.assertGe(fees, 0.3 ether, "fees");
        migrate(D1, T1, 100 ether, 0, 0);
        vm.assertEq(D1.balance, fees / 3, "a third of the fees");
    }

    function test_noMoreThanThePoolStartedWithCanBeClaimed() external {
        migrate(T1, T1, 100, 350, 0);
        nextRound();
        migrate(D1, T1, 200, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IDelegatorPool.InvalidClaim.selector, 51, 50));
        this.migrateFromOutside(D2, T1, 51, 0);
        vm.assertFalse(migrator.migratedDelegators(D2), "can try again");
    }

    function test_aDelegatorWithoutStakeTakesNothingFromAPool() external {
        migrate(T1, T1, 100, 350, 0);
        migrate(D1, T1, 0, 0, 5);
        vm.assertEq(bonding.pendingStake(migrator.delegatorPools(T1), 0), 250, "the pool keeps all");
        vm.assertEq(D1.balance, 5, "fees are paid");
    }

    function test_onlyTheMigratorUsesAPool() external {
        migrate(T1, T1, 100, 350, 0);
        address pool = migrator.delegatorPools(T1);
        vm.expectRevert(
            abi.encodeWithSelector(IDelegatorPool.NotMigrator.selector, address(this), address(migrator))
        );
        IDelegatorPool(pool).claim(STRANGER, 1);
        bytes memory refusal = abi.encodeWithSignature("InvalidInitialization()");
        vm.expectRevert(refusal);
        IDelegatorPool(pool).initialize(address(bonding));
        IDelegatorPool implementation = IDelegatorPool(migrator.delegatorPoolImpl());
        vm.expectRevert(refusal);
        implementation.initialize(address(bonding));
        vm.expectRevert(refusal);
        IDelegatorPool(pool).follow(address(bonding), STRANGER);
        vm.expectRevert(refusal);
        implementation.follow(address(bonding), STRANGER);
    }

    function testFuzz_nobodyMakesAPoolFollowAnother(address who, address delegate) external {
        migrate(T1, T1, 100, 350, 0);
        IDelegatorPool pool = IDelegatorPool(migrator.delegatorPools(T1));
        if (uint160(who) % 2 == 0) who = address(migrator);
        vm.expectRevert(abi.encodeWithSignature("InvalidInitialization()"));
        vm.prank(who);
        pool.follow(address(bonding), delegate);
        (,, address kept,,,,) = bonding.getDelegator(address(pool));
        vm.assertEq(kept, T1, "its transcoder");
    }

    function test_stakeThatMovedBeforeItsTranscoderIsNotInThePool() external {
        migrate(D1, T1, 50, 0, 0);
        vm.assertEq(migrator.claimedDelegatedStake(T1), 50, "claimed");
        vm.assertEq(bonding.pendingStake(D1, 0), 50, "bonded directly");
        migrate(T1, T1, 100, 350, 0);
        vm.assertEq(bonding.pendingStake(migrator.delegatorPools(T1), 0), 200, "pool");
        vm.assertEq(bonding.transcoderTotalStake(T1), 350, "together");
    }

    function test_aTranscoderWithLessDelegatedThanWasTakenIsRefused() external {
        migrate(D1, T1, 50, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.InvalidDelegatedStake.selector, 149, 150));
        this.migrateFromOutside(T1, T1, 100, 149);
    }

    function test_withoutCodeForPoolsNoTranscoderMoves() external {
        migrator.setDelegatorPoolImpl(address(0));
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.DelegatorPoolImplementationNotSet.selector));
        this.migrateFromOutside(T1, T1, 100, 150);
    }

    function test_aTranscoderWithoutDelegatorsHasAnEmptyPool() external {
        migrate(T1, T1, 100, 100, 0);
        vm.assertEq(IDelegatorPool(migrator.delegatorPools(T1)).initialStake(), 0, "empty");
    }

    /// Where the next pool will stand is known to anyone who can count, and anyone may bond for an account without stake.
    function test_dustAtThePlaceOfAPoolDoesNotChooseItsDelegate() external {
        fund(T2, 100);
        bond(T2, 100, T2);
        address place = _nextPool();
        fund(STRANGER, 1);
        vm.prank(STRANGER);
        bonding.bondForWithHint(1, place, T2, address(0), address(0), address(0), address(0));
        migrate(T1, T1, 100, 350, 0);
        vm.assertEq(migrator.delegatorPools(T1), place, "the place was known");
        (,, address delegate,,,,) = bonding.getDelegator(place);
        vm.assertEq(delegate, T1, "the pool follows its transcoder");
        vm.assertEq(bonding.transcoderTotalStake(T1), 351, "all of its stake, and the dust");
        vm.assertEq(bonding.transcoderTotalStake(T2), 100, "nothing for the other");
        vm.assertEq(IDelegatorPool(place).initialStake(), 251, "the dust is its delegators'");
    }

    /// The same by a gift of stake: an account that follows the place of the pool hands its delegate over.
    function test_dustCannotMakeAPoolItsOwnDelegate() external {
        address place = _nextPool();
        fund(STRANGER, 2);
        bond(STRANGER, 2, place);
        nextRound();
        bytes memory refusal = abi.encodeWithSelector(IBondingManager.InvalidDelegator.selector, place);
        vm.expectRevert(refusal);
        vm.prank(STRANGER);
        bonding.transferBond(place, 1, address(0), address(0), address(0), address(0));
    }

    /// Which address the migrator's next clone has: taken from a call that is undone.
    function _nextPool() private returns (address pool) {
        uint256 before = vm.snapshotState();
        migrate(T1, T1, 100, 350, 0);
        pool = migrator.delegatorPools(T1);
        vm.revertToState(before);
    }

    /// A ticket of `amount` to T1, half of it for its delegators.
    function _earnFees(uint256 amount) private {
        nextRound();
        vm.startPrank(T1);
        bonding.reward();
        bonding.transcoder(0, 500_000);
        vm.stopPrank();
        nextRound();
        vm.prank(T1);
        bonding.reward();
        (address sender, uint256 key) = (vm.addr(77), 77);
        vm.deal(sender, 10 ether);
        vm.prank(sender);
        broker.fundDeposit{value: 5 ether}();
        ITicketBroker.Ticket memory ticket = winningTicket(sender, T1, amount, 1);
        broker.redeemWinningTicket(ticket, signTicket(ticket, key), 1001);
    }
}
