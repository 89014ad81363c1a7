// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AddressAlias} from "../../../src/bridge/AddressAlias.sol";
import {IDelegatorPool} from "../../../src/bridge/interfaces/IDelegatorPool.sol";
import {IL2Migrator} from "../../../src/bridge/interfaces/IL2Migrator.sol";
import {IL2Messenger} from "../../../src/bridge/interfaces/IMessenger.sol";
import {IMigrator} from "../../../src/bridge/interfaces/IMigrator.sol";
import {DelegatorPool} from "../../../src/bridge/l2/DelegatorPool.sol";
import {L2Migrator} from "../../../src/bridge/l2/L2Migrator.sol";
import {MerkleSnapshot} from "../../../src/governance/MerkleSnapshot.sol";
import {IBondingManager} from "../../../src/interfaces/IBondingManager.sol";
import {IMinter} from "../../../src/interfaces/IMinter.sol";
import {IManager} from "../../../src/interfaces/IManager.sol";
import {ITicketBroker} from "../../../src/interfaces/ITicketBroker.sol";
import {ProtocolTest} from "../../base/ProtocolTest.sol";
import {bound, vm} from "../../base/Vm.sol";

/// Takes no ETH.
contract Refuser {}

/// Answers false instead of refusing.
contract FalseToken {
    function balanceOf(address) external pure returns (uint256) {
        return 7;
    }

    function transfer(address, uint256) external pure returns (bool) {
        return false;
    }
}

contract L2MigratorTest is ProtocolTest {
    address private constant L1_MIGRATOR = address(0x11);
    address private constant T1 = address(0x71);
    address private constant T2 = address(0x72);
    address private constant D1 = address(0xD1);
    address private constant D2 = address(0xD2);
    address private constant STRANGER = address(0x57);

    IL2Migrator private _migrator;
    MerkleSnapshot private _snapshot;

    function setUp() external {
        deploy(defaultConfig());
        _snapshot = new MerkleSnapshot(controller);
        register("MerkleSnapshot", address(_snapshot));
        _migrator = IL2Migrator(proxied("L2Migrator", address(new L2Migrator(controller))));
        _migrator.setL1Migrator(L1_MIGRATOR);
        _migrator.setDelegatorPoolImpl(address(new DelegatorPool()));
        _migrator.syncControllerContracts();
        token.mint(address(_migrator), 1e30);
        vm.deal(address(_migrator), 1000 ether);
        nextRound();
    }

    // ---- transcoders and their pools -------------------------------------------------------------------------

    function test_aTranscoderIsItsOwnDelegateAgainAndAPoolKeepsItsDelegatorsStake() external {
        _migrate(T1, T1, 100, 350, 7);
        address pool = _migrator.delegatorPools(T1);
        vm.assertEq(bonding.pendingStake(T1, 0), 100, "own stake");
        vm.assertEq(bonding.pendingStake(pool, 0), 250, "the delegators'");
        vm.assertEq(bonding.transcoderTotalStake(T1), 350, "together");
        vm.assertEq(T1.balance, 7, "fees");
        vm.assertTrue(bonding.isRegisteredTranscoder(T1), "registered");
        vm.assertTrue(_migrator.migratedDelegators(T1), "marked");
        vm.assertEq(IDelegatorPool(pool).initialStake(), 250, "initial stake");
        vm.assertEq(IDelegatorPool(pool).migrator(), address(_migrator), "migrator");
        vm.assertEq(IDelegatorPool(pool).bondingManager(), address(bonding), "BondingManager");
    }

    function testFuzz_delegatorsGetTheirPartOfThePoolWithRewards(uint256 first, uint256 second) external {
        (first, second) = (bound(first, 1e18, 1e24), bound(second, 1e18, 1e24));
        _migrate(T1, T1, 1e20, 1e20 + first + second, 0);
        nextRound();
        vm.prank(T1);
        bonding.reward();
        address pool = _migrator.delegatorPools(T1);
        uint256 pending = bonding.pendingStake(pool, 0);
        vm.assertGe(pending, first + second + 1, "the pool earned rewards");
        _migrate(D1, T1, first, 0, 0);
        uint256 share = pending * first / (first + second);
        vm.assertEq(bonding.pendingStake(D1, 0), share, "its part");
        vm.assertEq(IDelegatorPool(pool).claimedInitialStake(), first, "claimed");
        _migrate(D2, T1, second, 0, 0);
        vm.assertEq(bonding.pendingStake(D2, 0), pending - share, "the rest");
        vm.assertEq(bonding.pendingStake(pool, 0), 0, "empty");
    }

    function test_delegatorsGetTheirPartOfThePoolsFees() external {
        _migrate(T1, T1, 100 ether, 400 ether, 0);
        _earnFees(1 ether);
        address pool = _migrator.delegatorPools(T1);
        uint256 fees = bonding.pendingFees(pool, 0);
        vm.assertGe(fees, 0.3 ether, "fees");
        _migrate(D1, T1, 100 ether, 0, 0);
        vm.assertEq(D1.balance, fees / 3, "a third of the fees");
    }

    function test_noMoreThanThePoolStartedWithCanBeClaimed() external {
        _migrate(T1, T1, 100, 350, 0);
        nextRound();
        _migrate(D1, T1, 200, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IDelegatorPool.InvalidClaim.selector, 51, 50));
        this.migrateFromOutside(D2, T1, 51, 0);
        vm.assertFalse(_migrator.migratedDelegators(D2), "can try again");
    }

    function test_aDelegatorWithoutStakeTakesNothingFromAPool() external {
        _migrate(T1, T1, 100, 350, 0);
        _migrate(D1, T1, 0, 0, 5);
        vm.assertEq(bonding.pendingStake(_migrator.delegatorPools(T1), 0), 250, "the pool keeps all");
        vm.assertEq(D1.balance, 5, "fees are paid");
    }

    function test_onlyTheMigratorUsesAPool() external {
        _migrate(T1, T1, 100, 350, 0);
        address pool = _migrator.delegatorPools(T1);
        vm.expectRevert(
            abi.encodeWithSelector(IDelegatorPool.NotMigrator.selector, address(this), address(_migrator))
        );
        IDelegatorPool(pool).claim(STRANGER, 1);
        bytes memory refusal = abi.encodeWithSignature("InvalidInitialization()");
        vm.expectRevert(refusal);
        IDelegatorPool(pool).initialize(address(bonding));
        IDelegatorPool implementation = IDelegatorPool(_migrator.delegatorPoolImpl());
        vm.expectRevert(refusal);
        implementation.initialize(address(bonding));
        vm.expectRevert(refusal);
        IDelegatorPool(pool).follow(address(bonding), STRANGER);
        vm.expectRevert(refusal);
        implementation.follow(address(bonding), STRANGER);
    }

    function testFuzz_nobodyMakesAPoolFollowAnother(address who, address delegate) external {
        _migrate(T1, T1, 100, 350, 0);
        IDelegatorPool pool = IDelegatorPool(_migrator.delegatorPools(T1));
        if (uint160(who) % 2 == 0) who = address(_migrator);
        vm.expectRevert(abi.encodeWithSignature("InvalidInitialization()"));
        vm.prank(who);
        pool.follow(address(bonding), delegate);
        (,, address kept,,,,) = bonding.getDelegator(address(pool));
        vm.assertEq(kept, T1, "its transcoder");
    }

    function test_stakeThatMovedBeforeItsTranscoderIsNotInThePool() external {
        _migrate(D1, T1, 50, 0, 0);
        vm.assertEq(_migrator.claimedDelegatedStake(T1), 50, "claimed");
        vm.assertEq(bonding.pendingStake(D1, 0), 50, "bonded directly");
        _migrate(T1, T1, 100, 350, 0);
        vm.assertEq(bonding.pendingStake(_migrator.delegatorPools(T1), 0), 200, "pool");
        vm.assertEq(bonding.transcoderTotalStake(T1), 350, "together");
    }

    function test_aTranscoderWithLessDelegatedThanWasTakenIsRefused() external {
        _migrate(D1, T1, 50, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.InvalidDelegatedStake.selector, 149, 150));
        this.migrateFromOutside(T1, T1, 100, 149);
    }

    function test_withoutCodeForPoolsNoTranscoderMoves() external {
        _migrator.setDelegatorPoolImpl(address(0));
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.DelegatorPoolImplementationNotSet.selector));
        this.migrateFromOutside(T1, T1, 100, 150);
    }

    function test_aTranscoderWithoutDelegatorsHasAnEmptyPool() external {
        _migrate(T1, T1, 100, 100, 0);
        vm.assertEq(IDelegatorPool(_migrator.delegatorPools(T1)).initialStake(), 0, "empty");
    }

    /// Where the next pool will stand is known to anyone who can count, and anyone may bond for an account without stake.
    function test_dustAtThePlaceOfAPoolDoesNotChooseItsDelegate() external {
        fund(T2, 100);
        bond(T2, 100, T2);
        address place = _nextPool();
        fund(STRANGER, 1);
        vm.prank(STRANGER);
        bonding.bondForWithHint(1, place, T2, address(0), address(0), address(0), address(0));
        _migrate(T1, T1, 100, 350, 0);
        vm.assertEq(_migrator.delegatorPools(T1), place, "the place was known");
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

    // ---- delegates stay --------------------------------------------------------------------------------------

    /// Public issue 23: the migrator must not change the delegate of an account that has stake.
    function test_anAccountWithStakeKeepsItsDelegate() external {
        fund(T2, 100);
        bond(T2, 100, T2);
        fund(D1, 10);
        bond(D1, 10, T2);
        _migrate(D1, T1, 50, 0, 0);
        (uint256 bonded,, address delegate,,,,) = bonding.getDelegator(D1);
        vm.assertEq(delegate, T2, "delegate");
        vm.assertEq(bonded, 60, "stake is added");
        _migrateLocks(D1, address(0), 5, 0);
        (bonded,, delegate,,,,) = bonding.getDelegator(D1);
        vm.assertEq(delegate, T2, "delegate");
        vm.assertEq(bonded, 65, "stake is added");
    }

    // ---- unbonding locks -------------------------------------------------------------------------------------

    function test_locksAreBondedAgain() external {
        _migrateLocks(D1, T1, 30, 0);
        vm.assertEq(bonding.pendingStake(D1, 0), 30, "bonded");
        vm.assertTrue(_migrator.migratedUnbondingLocks(D1, 0), "marked");
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.UnbondingLockAlreadyMigrated.selector, D1, 0));
        this.migrateLocksFromOutside(D1, T1, 30, 0);
        _migrateLocks(D1, T1, 4, 1);
        vm.assertEq(bonding.pendingStake(D1, 0), 34, "another lock");
    }

    /// Any set of locks in one message: all of it is bonded, and each lock only once, whatever came before.
    function testFuzz_eachLockMovesOnce(uint8[3] calldata first, uint8[3] calldata second, uint96 amount)
        external
    {
        bool again = false;
        for (uint256 i = 0; i < 9; i++) {
            again = again || first[i / 3] == second[i % 3];
        }
        bool twice = first[0] == first[1] || first[1] == first[2] || first[0] == first[2];
        bool twiceThen = second[0] == second[1] || second[1] == second[2] || second[0] == second[2];
        amount = uint96(bound(amount, 1, 1e26));
        if (twice) vm.expectPartialRevert(IL2Migrator.UnbondingLockAlreadyMigrated.selector);
        this.migrateManyLocks(first, amount);
        vm.assertEq(bonding.pendingStake(D1, 0), twice ? 0 : amount, "all or nothing");
        if (twice) return;
        if (again || twiceThen) vm.expectPartialRevert(IL2Migrator.UnbondingLockAlreadyMigrated.selector);
        this.migrateManyLocks(second, amount);
        uint256 expected = again || twiceThen ? amount : 2 * uint256(amount);
        vm.assertEq(bonding.pendingStake(D1, 0), expected, "none twice");
    }

    function test_withoutAnyDelegateTheLptIsPaidOut() external {
        _migrateLocks(D1, address(0), 30, 0);
        vm.assertEq(token.balanceOf(D1), 30, "paid");
    }

    function test_aTokenThatSaysNoIsNoTransfer() external {
        register("LivepeerToken", address(new FalseToken()));
        _migrator.syncControllerContracts();
        vm.expectRevert(abi.encodeWithSelector(IMinter.TokenTransferFailed.selector, D1, 30));
        this.migrateLocksFromOutside(D1, address(0), 30, 0);
    }

    // ---- senders ---------------------------------------------------------------------------------------------

    function testFuzz_aSenderHasItsFundsAgainOnce(uint256 deposit, uint256 reserve) external {
        (deposit, reserve) = (bound(deposit, 0, 100 ether), bound(reserve, 0, 100 ether));
        _migrateSender(D1, deposit, reserve);
        (ITicketBroker.Sender memory sender, ITicketBroker.ReserveInfo memory info) = broker.getSenderInfo(D1);
        vm.assertEq(sender.deposit, deposit, "deposit");
        vm.assertEq(info.fundsRemaining, reserve, "reserve");
        vm.assertTrue(_migrator.migratedSenders(D1), "marked");
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.SenderAlreadyMigrated.selector, D1));
        this.migrateSenderFromOutside(D1, 1, 1);
    }

    // ---- who and when ----------------------------------------------------------------------------------------

    function test_onlyMessagesOfTheL1MigratorAreTaken() external {
        address expected = AddressAlias.aliasOf(L1_MIGRATOR);
        bytes memory refusal =
            abi.encodeWithSelector(IL2Messenger.OnlyCounterpartAlias.selector, L1_MIGRATOR, expected);
        IMigrator.MigrateDelegatorParams memory delegator;
        IMigrator.MigrateUnbondingLocksParams memory locks;
        IMigrator.MigrateSenderParams memory sender;
        vm.startPrank(L1_MIGRATOR);
        vm.expectRevert(refusal);
        _migrator.finalizeMigrateDelegator(delegator);
        vm.expectRevert(refusal);
        _migrator.finalizeMigrateUnbondingLocks(locks);
        vm.expectRevert(refusal);
        _migrator.finalizeMigrateSender(sender);
        vm.stopPrank();
    }

    function test_eachAccountMovesOnce() external {
        _migrate(D1, T1, 50, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.DelegatorAlreadyMigrated.selector, D1));
        this.migrateFromOutside(D1, T1, 50, 0);
    }

    function test_anAccountThatTakesNoEthMovesNothing() external {
        address refuser = address(new Refuser());
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.FeeTransferFailed.selector, refuser, 3));
        this.migrateWithFees(refuser, 3);
        vm.assertFalse(_migrator.migratedDelegators(refuser), "not marked");
    }

    function testFuzz_onlyTheControllersOwnerConfigures(address caller) external {
        vm.assume(caller != address(this));
        bytes memory refusal =
            abi.encodeWithSelector(IManager.CallerMustBeControllerOwner.selector, caller, address(this));
        vm.startPrank(caller);
        vm.expectRevert(refusal);
        _migrator.setL1Migrator(STRANGER);
        vm.expectRevert(refusal);
        _migrator.setDelegatorPoolImpl(STRANGER);
        vm.expectRevert(refusal);
        _migrator.setClaimStakeEnabled(true);
        vm.stopPrank();
        vm.assertEq(_migrator.l1MigratorAddr(), L1_MIGRATOR, "unchanged");
    }

    // ---- claims by snapshot ----------------------------------------------------------------------------------

    function test_aDelegatorClaimsWhatTheSnapshotSays() external {
        _enableClaims(_leaf(D1, T1, 50, 3), _leaf(D2, T1, 60, 0));
        vm.prank(D1);
        _migrator.claimStake(T1, 50, 3, _proof(_leaf(D2, T1, 60, 0)), address(0));
        vm.assertEq(bonding.pendingStake(D1, 0), 50, "stake");
        vm.assertEq(D1.balance, 3, "fees");
        vm.assertEq(_migrator.claimedDelegatedStake(T1), 50, "counted");
        vm.prank(D1);
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.DelegatorAlreadyMigrated.selector, D1));
        _migrator.claimStake(T1, 50, 3, _proof(_leaf(D2, T1, 60, 0)), address(0));
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.DelegatorAlreadyMigrated.selector, D1));
        this.migrateFromOutside(D1, T1, 50, 0);
    }

    function test_aDelegatorMayChooseAnotherDelegateUnlessItsOwnHasAPool() external {
        _enableClaims(_leaf(D1, T1, 50, 0), _leaf(D2, T1, 60, 0));
        vm.prank(D1);
        _migrator.claimStake(T1, 50, 0, _proof(_leaf(D2, T1, 60, 0)), T2);
        (,, address delegate,,,,) = bonding.getDelegator(D1);
        vm.assertEq(delegate, T2, "chosen");
        _migrate(T1, T1, 100, 350, 0);
        nextRound();
        vm.prank(D2);
        _migrator.claimStake(T1, 60, 0, _proof(_leaf(D1, T1, 50, 0)), T2);
        (,, delegate,,,,) = bonding.getDelegator(D2);
        vm.assertEq(delegate, T1, "the pool's");
    }

    function testFuzz_nothingElseCanBeClaimed(uint256 stake, uint256 fees, address delegate) external {
        vm.assume(stake != 50 || fees != 3 || delegate != T1);
        _enableClaims(_leaf(D1, T1, 50, 3), _leaf(D2, T1, 60, 0));
        vm.prank(D1);
        vm.expectPartialRevert(IL2Migrator.InvalidProof.selector);
        _migrator.claimStake(delegate, stake, fees, _proof(_leaf(D2, T1, 60, 0)), address(0));
    }

    function test_claimsMustBeEnabled() external {
        vm.expectRevert(abi.encodeWithSelector(IL2Migrator.ClaimStakeDisabled.selector));
        _migrator.claimStake(T1, 50, 3, new bytes32[](0), address(0));
        vm.assertFalse(_migrator.claimStakeEnabled(), "off");
    }

    // ---- helpers: expectRevert needs external calls ----------------------------------------------------------

    function migrateFromOutside(address account, address delegate, uint256 stake, uint256 delegated)
        external
    {
        _migrate(account, delegate, stake, delegated, 0);
    }

    function migrateWithFees(address account, uint256 fees) external {
        _migrate(account, T1, 1, 0, fees);
    }

    function migrateLocksFromOutside(address account, address delegate, uint256 total, uint256 id) external {
        _migrateLocks(account, delegate, total, id);
    }

    function migrateManyLocks(uint8[3] calldata chosen, uint256 total) external {
        uint256[] memory ids = new uint256[](3);
        (ids[0], ids[1], ids[2]) = (chosen[0], chosen[1], chosen[2]);
        vm.prank(AddressAlias.aliasOf(L1_MIGRATOR));
        _migrator.finalizeMigrateUnbondingLocks(IMigrator.MigrateUnbondingLocksParams(D1, D1, total, ids, T1));
    }

    function migrateSenderFromOutside(address account, uint256 deposit, uint256 reserve) external {
        _migrateSender(account, deposit, reserve);
    }

    function _migrate(address account, address delegate, uint256 stake, uint256 delegated, uint256 fees)
        private
    {
        vm.prank(AddressAlias.aliasOf(L1_MIGRATOR));
        _migrator.finalizeMigrateDelegator(
            IMigrator.MigrateDelegatorParams(account, account, stake, delegated, fees, delegate)
        );
    }

    function _migrateLocks(address account, address delegate, uint256 total, uint256 id) private {
        uint256[] memory ids = new uint256[](1);
        ids[0] = id;
        vm.prank(AddressAlias.aliasOf(L1_MIGRATOR));
        _migrator.finalizeMigrateUnbondingLocks(
            IMigrator.MigrateUnbondingLocksParams(account, account, total, ids, delegate)
        );
    }

    function _migrateSender(address account, uint256 deposit, uint256 reserve) private {
        vm.prank(AddressAlias.aliasOf(L1_MIGRATOR));
        _migrator.finalizeMigrateSender(IMigrator.MigrateSenderParams(account, account, deposit, reserve));
    }

    /// Which address the migrator's next clone has: taken from a call that is undone.
    function _nextPool() private returns (address pool) {
        uint256 before = vm.snapshotState();
        _migrate(T1, T1, 100, 350, 0);
        pool = _migrator.delegatorPools(T1);
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

    function _enableClaims(bytes32 a, bytes32 b) private {
        _snapshot.setSnapshot(
            keccak256("LIP-73"), a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a))
        );
        _migrator.setClaimStakeEnabled(true);
    }

    function _leaf(address delegator, address delegate, uint256 stake, uint256 fees)
        private
        pure
        returns (bytes32)
    {
        return keccak256(abi.encodePacked(delegator, delegate, stake, fees));
    }

    function _proof(bytes32 sibling) private pure returns (bytes32[] memory proof) {
        proof = new bytes32[](1);
        proof[0] = sibling;
    }
}
