// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingVotes} from "../../../src/interfaces/IBondingVotes.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {IBondingManager} from "../../../src/interfaces/IBondingManager.sol";
import {IManager} from "../../../src/interfaces/IManager.sol";
import {IMinter} from "../../../src/interfaces/IMinter.sol";
import {IRoundsManager} from "../../../src/interfaces/IRoundsManager.sol";
import {Controller} from "../../../src/registry/Controller.sol";
import {ManagerProxy} from "../../../src/registry/ManagerProxy.sol";
import {LivepeerToken} from "../../../src/token/LivepeerToken.sol";
import {Minter} from "../../../src/token/Minter.sol";
import {vm} from "../../base/Vm.sol";
import {IssueTest} from "../../regression/IssueTest.sol";

/// @dev Takes LPT but says no.
contract RefusingToken {
    function transfer(address, uint256) external pure returns (bool) {
        return false;
    }

    function transferFrom(address, address, uint256) external pure returns (bool) {
        return false;
    }

    function balanceOf(address) external pure returns (uint256) {
        return 5;
    }

    function totalSupply() external pure returns (uint256) {
        return 0;
    }
}

/// @title Every function that the owner, a role or another contract calls, with any value
contract ParametersTest is IssueTest {
    // ---- registry -------------------------------------------------------------------------------------------

    function testFuzz_theRegistryHoldsWhatTheOwnerWrites(bytes32 id, address place, bytes20 commit) external {
        controller.setContractInfo(id, place, commit);
        (address stored, bytes20 hash) = controller.getContractInfo(id);
        vm.assertEq(stored, place, "address");
        vm.assertEq(bytes32(hash), bytes32(commit), "commit");
        vm.assertEq(controller.getContract(id), place, "short form");
    }

    function testFuzz_onlyTheOwnerOwns(address stranger, address next) external {
        vm.assume(stranger != address(this));
        bytes memory refused = abi.encodeWithSignature("NotOwner(address,address)", stranger, address(this));
        vm.startPrank(stranger);
        vm.expectRevert(refused);
        controller.transferOwnership(next);
        vm.expectRevert(refused);
        controller.pause();
        vm.expectRevert(refused);
        controller.unpause();
        vm.expectRevert(refused);
        controller.setContractInfo(bytes32(0), next, bytes20(0));
        vm.expectRevert(refused);
        controller.updateController(bytes32(0), next);
        vm.stopPrank();
        if (next == NONE) vm.expectRevert(abi.encodeWithSignature("NullOwner()"));
        controller.transferOwnership(next);
        vm.assertEq(controller.owner(), next == NONE ? address(this) : next, "owner");
    }

    function test_pausingTwiceIsRefused() external {
        vm.expectRevert(abi.encodeWithSignature("PauseStateUnchanged(bool)", false));
        controller.unpause();
        controller.pause();
        vm.expectRevert(abi.encodeWithSignature("PauseStateUnchanged(bool)", true));
        controller.pause();
    }

    function testFuzz_onlyTheControllerHandsOver(address stranger) external {
        vm.assume(stranger != address(controller));
        Controller next = new Controller();
        vm.expectRevert(
            abi.encodeWithSelector(IManager.CallerMustBeController.selector, stranger, address(controller))
        );
        vm.prank(stranger);
        bonding.setController(address(next));
        controller.updateController(keccak256("BondingManager"), address(next));
        vm.assertEq(address(bonding.controller()), address(next), "handed over");
    }

    function testFuzz_aProxyWithoutTargetSaysSo(bytes32 id, bytes calldata data) external {
        vm.assume(controller.getContract(id) == NONE);
        ManagerProxy proxy = new ManagerProxy(controller, id);
        (bool ok, bytes memory answer) = address(proxy).call(abi.encodePacked(bytes4(0xffffffff), data));
        vm.assertFalse(ok, "refused");
        vm.assertEq(
            keccak256(answer),
            keccak256(abi.encodeWithSelector(ManagerProxy.TargetContractNotRegistered.selector, id)),
            "by name"
        );
        (ok,) = address(proxy).call{value: 1}("");
        vm.assertFalse(ok, "ETH as well");
    }

    function testFuzz_anyoneSetsItsOwnServiceUri(address who, string calldata uri) external {
        vm.assume(who != address(registry));
        vm.prank(who);
        registry.setServiceURI(uri);
        vm.assertEq(registry.getServiceURI(who), uri, "kept");
    }

    // ---- staking --------------------------------------------------------------------------------------------

    function testFuzz_parametersOfStaking(uint64 period, uint16 more, uint256 cut, uint256 ceiling) external {
        if (period > type(uint32).max) {
            vm.expectRevert(
                abi.encodeWithSignature("SafeCastOverflowedUintDowncast(uint8,uint256)", 32, uint256(period))
            );
        }
        bonding.setUnbondingPeriod(period);
        if (period <= type(uint32).max) vm.assertEq(bonding.unbondingPeriod(), period, "unbonding period");
        bonding.setNumActiveTranscoders(4 + uint256(more));
        vm.assertEq(bonding.getTranscoderPoolMaxSize(), 4 + uint256(more), "size of the pool");
        bonding.setTreasuryBalanceCeiling(ceiling);
        vm.assertEq(bonding.treasuryBalanceCeiling(), ceiling, "ceiling");
        bytes memory refused =
            abi.encodeWithSelector(IBondingManager.InvalidTreasuryRewardCutRate.selector, cut);
        if (cut > 1e27) vm.expectRevert(refused);
        bonding.setTreasuryRewardCutRate(cut);
        if (cut > 1e27) return;
        vm.assertEq(bonding.nextRoundTreasuryRewardCutRate(), cut, "next cut");
        vm.assertEq(bonding.treasuryRewardCutRate(), 0, "not yet");
        nextRound();
        vm.assertEq(bonding.treasuryRewardCutRate(), cut, "from the next round on");
    }

    function testFuzz_aRewardCallerIsSetAndUnset(address who, address caller) external {
        vm.prank(who);
        bonding.setRewardCaller(caller);
        vm.assertEq(bonding.transcoderToRewardCaller(who), caller, "set");
        vm.assume(caller != STRANGER);
        vm.expectRevert(
            abi.encodeWithSelector(IBondingManager.CallerMustBeRewardCaller.selector, STRANGER, caller)
        );
        vm.prank(STRANGER);
        bonding.rewardForTranscoder(who);
        vm.prank(who);
        bonding.setRewardCaller(NONE);
        vm.assertEq(bonding.transcoderToRewardCaller(who), NONE, "unset");
    }

    function testFuzz_strangersAreRefusedWhatContractsCall(address stranger, uint256 a, uint256 b) external {
        vm.assume(
            stranger != address(broker) && stranger != address(rounds) && stranger != address(bonding)
                && stranger != address(minter) && stranger != NONE
        );
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.CallerMustBeTicketBroker.selector, stranger));
        bonding.updateTranscoderWithFees(T1, a, b);
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.CallerMustBeVerifier.selector, stranger));
        bonding.slashTranscoder(T1, stranger, a, b);
        vm.expectRevert(abi.encodeWithSelector(IBondingManager.CallerMustBeRoundsManager.selector, stranger));
        bonding.setCurrentRoundTotalActiveStake();
        bytes memory notTheManager =
            abi.encodeWithSelector(IBondingVotes.InvalidCaller.selector, stranger, address(bonding));
        vm.expectRevert(notTheManager);
        votes.checkpointBondingState(stranger, a, b, stranger, a, b, a);
        vm.expectRevert(notTheManager);
        votes.checkpointTotalActiveStake(a, b);
        vm.expectRevert(abi.encodeWithSelector(IMinter.CallerMustBeBondingManager.selector, stranger));
        minter.createReward(a, b);
        vm.expectRevert(abi.encodeWithSelector(IMinter.CallerMustBeBondingManager.selector, stranger));
        minter.trustedTransferTokens(stranger, a);
        vm.expectRevert(abi.encodeWithSelector(IMinter.CallerMustBeBondingManager.selector, stranger));
        minter.trustedBurnTokens(a);
        vm.expectRevert(
            abi.encodeWithSelector(IMinter.CallerMustBeBondingManagerOrJobsManager.selector, stranger)
        );
        minter.trustedWithdrawETH(payable(stranger), a);
        vm.expectRevert(abi.encodeWithSelector(IMinter.CallerMustBeRoundsManager.selector, stranger));
        minter.setCurrentRewardTokens();
        vm.stopPrank();
    }

    function testFuzz_anyoneNotesAnyAccountsStakeAsItIs(address who) external {
        bonding.checkpointBondingState(who);
        vm.assertTrue(votes.hasCheckpoint(who), "noted");
        uint256 stake = bonding.isRegisteredTranscoder(who) ? bonding.transcoderTotalStake(who) : 0;
        vm.assertEq(votes.getVotes(who), stake, "as it is");
    }

    function testFuzz_votesAreDelegatedByBondingOnly(address who, uint256 n, uint8 v, bytes32 r) external {
        vm.expectRevert(abi.encodeWithSignature("MustCallBondingManager(string)", "bond"));
        votes.delegate(who);
        vm.expectRevert(abi.encodeWithSignature("MustCallBondingManager(string)", "bondFor"));
        votes.delegateBySig(who, n, n, v, r, r);
    }

    function test_aTokenThatSaysNoIsNotTaken() external {
        register("LivepeerToken", address(new RefusingToken()));
        vm.expectRevert(abi.encodeWithSelector(IMinter.TokenTransferFailed.selector, address(minter), 1));
        bond(D1, 1, T1);
        Minter next = new Minter(controller, 0, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(IMinter.TokenTransferFailed.selector, address(next), 5));
        minter.migrateToNewMinter(next);
        vm.assertEq(minter.getGlobalTotalSupply(), 0, "nothing");
        goToRound(rounds.currentRound() + 1);
        vm.assertEq(minter.currentMintableTokens(), 0, "nothing of nothing");
    }

    // ---- minter ---------------------------------------------------------------------------------------------

    function testFuzz_ratesOfTheMinterAreShares(uint256 inflation, uint256 change, uint256 target) external {
        if (inflation > 1e9) {
            vm.expectRevert(abi.encodeWithSelector(IMinter.InvalidInflation.selector, inflation));
        } else if (change > 1e9) {
            vm.expectRevert(abi.encodeWithSelector(IMinter.InvalidInflationChange.selector, change));
        } else if (target > 1e9) {
            vm.expectRevert(abi.encodeWithSelector(IMinter.InvalidTargetBondingRate.selector, target));
        }
        new Minter(controller, inflation, change, target);
        if (change > 1e9) {
            vm.expectRevert(abi.encodeWithSelector(IMinter.InvalidInflationChange.selector, change));
        }
        minter.setInflationChange(change);
        if (target > 1e9) {
            vm.expectRevert(abi.encodeWithSelector(IMinter.InvalidTargetBondingRate.selector, target));
        }
        minter.setTargetBondingRate(target);
    }

    function testFuzz_aNewMinterGetsEverything(uint64 deposit) external {
        fundSender(uint256(deposit) % 100 ether, 0);
        (uint256 lpt, uint256 eth) = (token.balanceOf(address(minter)), address(minter).balance);
        Minter next = new Minter(controller, 0, 0, 0);
        minter.migrateToNewMinter(next);
        vm.assertEq(token.balanceOf(address(next)), lpt, "LPT");
        vm.assertEq(address(next).balance, eth, "ETH");
        register("Minter", address(next));
        vm.expectRevert(abi.encodeWithSelector(IMinter.MinterIsNotRegistered.selector, address(next)));
        minter.migrateToNewMinter(next);
        Minter foreign = new Minter(new Controller(), 0, 0, 0);
        vm.expectPartialRevert(IMinter.NewMinterHasOtherController.selector);
        next.migrateToNewMinter(foreign);
    }

    // ---- rounds ---------------------------------------------------------------------------------------------

    function testFuzz_aNewLengthKeepsTheRound(uint32 length, uint8 elapsed) external {
        uint256 round = rounds.currentRound();
        vm.roll(rounds.currentRoundStartBlock() + elapsed % ROUND_LENGTH);
        uint256 start = rounds.currentRoundStartBlock();
        if (length == 0) vm.expectRevert(abi.encodeWithSelector(IRoundsManager.RoundLengthIsZero.selector));
        rounds.setRoundLength(length);
        if (length == 0) return;
        vm.assertEq(rounds.roundLength(), length, "length");
        vm.assertEq(rounds.lastRoundLengthUpdateRound(), round, "anchor");
        vm.assertEq(rounds.lastRoundLengthUpdateStartBlock(), start, "its block");
        vm.roll(start + length);
        vm.assertEq(rounds.currentRound(), round + 1, "the next round is one length away");
        vm.assertFalse(rounds.currentRoundInitialized(), "and not initialized");
        initializeRound();
        vm.assertTrue(rounds.currentRoundInitialized(), "initialized");
        vm.assertEq(rounds.lastInitializedRound(), round + 1, "counted");
    }

    function testFuzz_theLockIsAShareOfTheRound(uint256 share, uint8 elapsed) external {
        if (share > 1e6) {
            vm.expectRevert(abi.encodeWithSelector(IRoundsManager.InvalidRoundLockAmount.selector, share));
            rounds.setRoundLockAmount(share);
            return;
        }
        rounds.setRoundLockAmount(share);
        uint256 past = elapsed % ROUND_LENGTH;
        vm.roll(rounds.currentRoundStartBlock() + past);
        vm.assertTrue(
            rounds.currentRoundLocked() == (past >= ROUND_LENGTH - ROUND_LENGTH * share / 1e6),
            "locked at the end"
        );
    }

    function testFuzz_theRoundOfAnUpgradeIsWrittenOnce(uint256 lip, uint256 round) external {
        rounds.setLIPUpgradeRound(lip, round);
        vm.assertEq(rounds.lipUpgradeRound(lip), round, "written");
        if (round > 0) {
            vm.expectRevert(
                abi.encodeWithSelector(IRoundsManager.LipUpgradeRoundAlreadySet.selector, lip, round)
            );
        }
        rounds.setLIPUpgradeRound(lip, 1);
    }

    function testFuzz_onlyPastBlocksInReachHaveAHash(uint256 number) external {
        if (number >= block.number) {
            vm.expectRevert(
                abi.encodeWithSelector(IRoundsManager.BlockIsNotPast.selector, number, block.number)
            );
        } else if (number + 256 < block.number) {
            vm.expectRevert(
                abi.encodeWithSelector(IRoundsManager.BlockIsTooOld.selector, number, block.number)
            );
        }
        rounds.blockHash(number);
    }

    function test_theOldestBlockInReachHasAHash() external view {
        rounds.blockHash(block.number - 256);
        rounds.blockHash(block.number - 1);
        vm.assertEq(rounds.blockNum(), block.number, "number");
    }

    // ---- tickets --------------------------------------------------------------------------------------------

    function testFuzz_periodsOfTickets(uint32 unlock, uint32 validity) external {
        broker.setUnlockPeriod(unlock);
        vm.assertEq(broker.unlockPeriod(), unlock, "unlock");
        if (validity == 0) vm.expectRevert(abi.encodeWithSignature("InvalidTicketValidityPeriod()"));
        broker.setTicketValidityPeriod(validity);
        if (validity > 0) vm.assertEq(broker.ticketValidityPeriod(), validity, "validity");
    }

    // ---- token ----------------------------------------------------------------------------------------------

    function testFuzz_theTokenMovesExactlyWhatIsAsked(uint96 amount, uint96 allowed, uint96 moved) external {
        token.mint(address(this), amount);
        token.approve(D1, allowed);
        token.increaseAllowance(D1, 5);
        token.decreaseAllowance(D1, 5);
        vm.assertEq(token.allowance(address(this), D1), allowed, "as before");
        bool fits = moved <= amount && moved <= allowed;
        vm.prank(D1);
        (bool ok,) = address(token).call(abi.encodeCall(token.transferFrom, (address(this), D2, moved)));
        vm.assertTrue(ok == fits, "moves what is there and allowed");
        vm.assertEq(token.balanceOf(D2), 1000e18 + (ok ? moved : 0), "exactly");
        (ok,) = address(token).call(abi.encodeCall(token.transfer, (D1, amount)));
        vm.assertTrue(ok == (!fits || moved == 0), "only what is left");
    }

    function testFuzz_anAllowanceIsNotLoweredBelowNothing(uint96 allowed, uint96 less) external {
        token.approve(D1, allowed);
        if (less > allowed) {
            vm.expectRevert(
                abi.encodeWithSignature(
                    "DecreasedAllowanceBelowZero(address,uint256,uint256)", D1, allowed, less
                )
            );
        }
        token.decreaseAllowance(D1, less);
        vm.assertEq(token.allowance(address(this), D1), less > allowed ? allowed : allowed - less, "lowered");
    }

    function testFuzz_burningTakesFromTheSupply(uint96 amount, uint96 part) external {
        token.grantRole(keccak256("BURNER_ROLE"), address(this));
        token.mint(address(this), amount);
        token.mint(D1, amount);
        uint256 supply = token.totalSupply();
        uint256 burnt = amount == 0 ? 0 : uint256(part) % amount;
        token.burn(burnt);
        vm.prank(D1);
        token.approve(address(this), burnt);
        token.burnFrom(D1, burnt);
        vm.assertEq(token.totalSupply(), supply - 2 * burnt, "supply");
        vm.assertEq(token.allowance(D1, address(this)), 0, "allowance");
    }

    function testFuzz_rolesAreTheAdminsToGive(address who, bytes32 role) external {
        vm.assume(who != address(this));
        vm.expectRevert(
            abi.encodeWithSignature("AccessControlUnauthorizedAccount(address,bytes32)", who, bytes32(0))
        );
        vm.prank(who);
        token.grantRole(role, who);
        token.grantRole(role, who);
        vm.assertTrue(token.hasRole(role, who), "granted");
        token.revokeRole(role, who);
        vm.assertFalse(token.hasRole(role, who), "revoked");
        token.grantRole(role, who);
        vm.prank(who);
        token.renounceRole(role, who);
        vm.assertFalse(token.hasRole(role, who), "given back");
    }

    function testFuzz_aPermitIsAnApprovalBySignature(uint256 amount, uint32 late) external {
        uint256 key = 0xa11ce;
        LivepeerToken t = token;
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        uint256 deadline = block.timestamp + late;
        bytes32 inner =
            keccak256(abi.encode(typeHash, vm.addr(key), D1, amount, t.nonces(vm.addr(key)), deadline));
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(key, keccak256(abi.encodePacked("\x19\x01", t.DOMAIN_SEPARATOR(), inner)));
        t.permit(vm.addr(key), D1, amount, deadline, v, r, s);
        vm.assertEq(t.allowance(vm.addr(key), D1), amount, "allowed");
        vm.expectPartialRevert(ERC20Permit.ERC2612InvalidSigner.selector);
        t.permit(vm.addr(key), D1, amount, deadline, v, r, s);
    }
}
