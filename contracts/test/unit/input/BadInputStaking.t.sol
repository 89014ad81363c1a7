// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IBondingManager} from "../../../src/interfaces/IBondingManager.sol";
import {IManager} from "../../../src/interfaces/IManager.sol";
import {IRoundsManager} from "../../../src/interfaces/IRoundsManager.sol";
import {vm} from "../../base/Vm.sol";
import {BadInputTest} from "./BadInputTest.sol";

contract BadInputStakingTest is BadInputTest {
    address private _bonding;

    function setUp() public override {
        super.setUp();
        _bonding = address(bonding);
        bond(D1, 100e18, T1);
        nextRound();
        unbondOf(D1, 10e18);
    }

    function test_amountsOfNothingAndTooMuch() external {
        _bondingRow(
            "bond nothing",
            D1,
            abi.encodeCall(bonding.bond, (0, T1)),
            abi.encodeWithSelector(IBondingManager.BondAmountIsZero.selector)
        );
        _bondingRow(
            "bond more than there is",
            D2,
            abi.encodeCall(bonding.bond, (1001e18, T1)),
            abi.encodeWithSignature("ERC20InsufficientBalance(address,uint256,uint256)", D2, 1000e18, 1001e18)
        );
        _bondingRow(
            "bond the maximum",
            D2,
            abi.encodeCall(bonding.bond, (MAX - 90e18, T1)),
            abi.encodeWithSignature("SafeCastOverflowedUintDowncast(uint8,uint256)", 96)
        );
        _bondingRow(
            "bond past the maximum",
            D1,
            abi.encodeCall(bonding.bond, (MAX, T1)),
            abi.encodeWithSignature("Panic(uint256)", 0x11)
        );
        _bondingRow(
            "unbond nothing",
            D1,
            abi.encodeCall(bonding.unbond, (0)),
            abi.encodeWithSelector(IBondingManager.UnbondAmountIsZero.selector)
        );
        _bondingRow(
            "unbond one wei too much",
            D1,
            abi.encodeCall(bonding.unbond, (90e18 + 1)),
            abi.encodeWithSelector(IBondingManager.UnbondAmountExceedsBonded.selector, 90e18 + 1, 90e18)
        );
        _bondingRow(
            "unbond the maximum",
            D1,
            abi.encodeCall(bonding.unbond, (MAX)),
            abi.encodeWithSelector(IBondingManager.UnbondAmountExceedsBonded.selector, MAX, 90e18)
        );
        _bondingRow(
            "give nothing",
            D1,
            abi.encodeCall(bonding.transferBond, (D2, 0, NONE, NONE, NONE, NONE)),
            abi.encodeWithSelector(IBondingManager.UnbondAmountIsZero.selector)
        );
        _bondingRow(
            "give too much",
            D1,
            abi.encodeCall(bonding.transferBond, (D2, 91e18, NONE, NONE, NONE, NONE)),
            abi.encodeWithSelector(IBondingManager.UnbondAmountExceedsBonded.selector, 91e18, 90e18)
        );
        _bondingRow(
            "withdraw fees that are not there",
            D1,
            abi.encodeCall(bonding.withdrawFees, (payable(D1), 1)),
            abi.encodeWithSelector(IBondingManager.InsufficientFees.selector, 1, 0)
        );
        _bondingRow(
            "withdraw fees to nobody",
            D1,
            abi.encodeCall(bonding.withdrawFees, (payable(NONE), 0)),
            abi.encodeWithSelector(IBondingManager.InvalidRecipient.selector)
        );
        _bondingRow(
            "a cut of more than all",
            D1,
            abi.encodeCall(bonding.transcoder, (1e6 + 1, 0)),
            abi.encodeWithSelector(IBondingManager.InvalidRewardCut.selector, 1e6 + 1)
        );
        _bondingRow(
            "a share of more than all",
            D1,
            abi.encodeCall(bonding.transcoder, (0, MAX)),
            abi.encodeWithSelector(IBondingManager.InvalidFeeShare.selector, MAX)
        );
        requireAllRefused();
    }

    function test_wrongStates() external {
        _bondingRow(
            "unbond without stake",
            D2,
            abi.encodeCall(bonding.unbond, (1)),
            abi.encodeWithSelector(IBondingManager.CallerMustBeBonded.selector, D2)
        );
        _bondingRow(
            "rebond without stake",
            D2,
            abi.encodeCall(bonding.rebond, (0)),
            abi.encodeWithSelector(IBondingManager.CallerMustBeBonded.selector, D2)
        );
        _bondingRow(
            "rebond from unbonded with stake",
            D1,
            abi.encodeCall(bonding.rebondFromUnbonded, (T1, 0)),
            abi.encodeWithSelector(IBondingManager.CallerMustBeUnbonded.selector, D1)
        );
        _bondingRow(
            "rebond an unknown lock",
            D1,
            abi.encodeCall(bonding.rebond, (1)),
            abi.encodeWithSelector(IBondingManager.InvalidUnbondingLock.selector, D1, 1)
        );
        _bondingRow(
            "withdraw an unknown lock",
            D1,
            abi.encodeCall(bonding.withdrawStake, (MAX)),
            abi.encodeWithSelector(IBondingManager.InvalidUnbondingLock.selector, D1, MAX)
        );
        _bondingRow(
            "withdraw a lock too early",
            D1,
            abi.encodeCall(bonding.withdrawStake, (0)),
            abi.encodeWithSelector(
                IBondingManager.WithdrawRoundNotReached.selector,
                rounds.currentRound() + 2,
                rounds.currentRound()
            )
        );
        _bondingRow(
            "withdraw another's lock",
            D2,
            abi.encodeCall(bonding.withdrawStake, (0)),
            abi.encodeWithSelector(IBondingManager.InvalidUnbondingLock.selector, D2, 0)
        );
        _bondingRow(
            "terms of one who is not registered",
            D1,
            abi.encodeCall(bonding.transcoder, (0, 0)),
            abi.encodeWithSelector(IBondingManager.TranscoderMustBeRegistered.selector, D1)
        );
        _bondingRow(
            "terms before the reward",
            T1,
            abi.encodeCall(bonding.transcoder, (0, 0)),
            abi.encodeWithSelector(
                IBondingManager.RewardBeforeUpdateRequired.selector, T1, rounds.currentRound()
            )
        );
        _bondingRow(
            "reward of one who is not active",
            D1,
            abi.encodeCall(bonding.reward, ()),
            abi.encodeWithSelector(IBondingManager.TranscoderMustBeActive.selector, D1)
        );
        _bondingRow(
            "reward for another",
            STRANGER,
            abi.encodeCall(bonding.rewardForTranscoder, (T1)),
            abi.encodeWithSelector(IBondingManager.CallerMustBeRewardCaller.selector, STRANGER, NONE)
        );
        _bondingRow(
            "move a transcoder's stake",
            T1,
            abi.encodeCall(bonding.bond, (1, T2)),
            abi.encodeWithSelector(IBondingManager.RegisteredTranscoderCannotDelegate.selector, T1)
        );
        requireAllRefused();
    }

    function test_repeatedCalls() external {
        rewardOf(T1);
        vm.prank(D1);
        bonding.rebond(0);
        _bondingRow(
            "reward twice",
            T1,
            abi.encodeCall(bonding.reward, ()),
            abi.encodeWithSelector(IBondingManager.RewardAlreadyCalled.selector, T1, rounds.currentRound())
        );
        _bondingRow(
            "rebond twice",
            D1,
            abi.encodeCall(bonding.rebond, (0)),
            abi.encodeWithSelector(IBondingManager.InvalidUnbondingLock.selector, D1, 0)
        );
        row(
            "initialize twice",
            STRANGER,
            address(rounds),
            abi.encodeCall(rounds.initializeRound, ()),
            abi.encodeWithSelector(IRoundsManager.RoundAlreadyInitialized.selector, rounds.currentRound())
        );
        requireAllRefused();
    }

    function test_aRoundThatNobodyInitialized() external {
        vm.roll(rounds.currentRoundStartBlock() + ROUND_LENGTH);
        bytes memory reason = abi.encodeWithSelector(
            IBondingManager.CurrentRoundIsNotInitialized.selector, rounds.currentRound()
        );
        _eachStakeCall(reason);
        requireAllRefused();
    }

    function test_aPausedSystem() external {
        controller.pause();
        bytes memory reason = abi.encodeWithSelector(IManager.SystemIsPaused.selector);
        _eachStakeCall(reason);
        _bondingRow("set a reward caller", T1, abi.encodeCall(bonding.setRewardCaller, (D1)), reason);
        _bondingRow("slash", STRANGER, abi.encodeCall(bonding.slashTranscoder, (T1, NONE, 1, 1)), reason);
        _bondingRow(
            "book fees", STRANGER, abi.encodeCall(bonding.updateTranscoderWithFees, (T1, 1, 0)), reason
        );
        row("initialize", STRANGER, address(rounds), abi.encodeCall(rounds.initializeRound, ()), reason);
        requireAllRefused();
    }

    function test_aLockedRound() external {
        rewardOf(T1);
        vm.roll(rounds.currentRoundStartBlock() + ROUND_LENGTH - 1);
        _bondingRow(
            "terms in a locked round",
            T1,
            abi.encodeCall(bonding.transcoder, (0, 0)),
            abi.encodeWithSelector(IBondingManager.CurrentRoundIsLocked.selector, rounds.currentRound())
        );
        requireAllRefused();
    }

    function test_whatOnlyContractsAndTheOwnerMayCall() external {
        _bondingRow(
            "book fees",
            STRANGER,
            abi.encodeCall(bonding.updateTranscoderWithFees, (T1, 1, 0)),
            abi.encodeWithSelector(IBondingManager.CallerMustBeTicketBroker.selector, STRANGER)
        );
        _bondingRow(
            "slash",
            STRANGER,
            abi.encodeCall(bonding.slashTranscoder, (T1, NONE, 1, 1)),
            abi.encodeWithSelector(IBondingManager.CallerMustBeVerifier.selector, STRANGER)
        );
        _bondingRow(
            "start a round",
            STRANGER,
            abi.encodeCall(bonding.setCurrentRoundTotalActiveStake, ()),
            abi.encodeWithSelector(IBondingManager.CallerMustBeRoundsManager.selector, STRANGER)
        );
        bytes memory owner =
            abi.encodeWithSelector(IManager.CallerMustBeControllerOwner.selector, STRANGER, address(this));
        _bondingRow("unbonding period", STRANGER, abi.encodeCall(bonding.setUnbondingPeriod, (1)), owner);
        _bondingRow("size of the pool", STRANGER, abi.encodeCall(bonding.setNumActiveTranscoders, (9)), owner);
        _bondingRow("treasury's cut", STRANGER, abi.encodeCall(bonding.setTreasuryRewardCutRate, (1)), owner);
        _bondingRow(
            "treasury's ceiling", STRANGER, abi.encodeCall(bonding.setTreasuryBalanceCeiling, (1)), owner
        );
        requireAllRefused();
    }

    function test_parametersOutOfTheirRange() external {
        address me = address(this);
        _bondingRow(
            "a treasury cut of more than all",
            me,
            abi.encodeCall(bonding.setTreasuryRewardCutRate, (1e27 + 1)),
            abi.encodeWithSelector(IBondingManager.InvalidTreasuryRewardCutRate.selector, 1e27 + 1)
        );
        requireAllRefused();
    }

    /// Any hints, right, wrong, absent or the account itself: the same order and the same stake.
    function testFuzz_hintsNeverChangeTheResult(uint8 a, uint8 b, uint8 c, uint8 d, uint96 amount) external {
        address[6] memory hints = [NONE, T1, T2, T3, D1, STRANGER];
        uint256 before = vm.snapshotState();
        uint256 more = amount % 500e18 + 1;
        bond(D2, more, T3);
        bytes32 expected = digest();
        vm.revertToState(before);
        vm.prank(D2);
        bonding.bondWithHint(more, T3, hints[a % 6], hints[b % 6], hints[c % 6], hints[d % 6]);
        vm.assertEq(digest(), expected, "the same as without hints");
    }

    function _bondingRow(string memory what, address caller, bytes memory data, bytes memory reason) private {
        row(what, caller, _bonding, data, reason);
    }

    function _eachStakeCall(bytes memory reason) private {
        _bondingRow("bond", D1, abi.encodeCall(bonding.bond, (1, T1)), reason);
        _bondingRow(
            "bond for another",
            D2,
            abi.encodeCall(bonding.bondForWithHint, (1, D1, T1, NONE, NONE, NONE, NONE)),
            reason
        );
        _bondingRow("unbond", D1, abi.encodeCall(bonding.unbond, (1)), reason);
        _bondingRow("rebond", D1, abi.encodeCall(bonding.rebond, (0)), reason);
        _bondingRow("rebond from unbonded", D1, abi.encodeCall(bonding.rebondFromUnbonded, (T1, 0)), reason);
        _bondingRow("give", D1, abi.encodeCall(bonding.transferBond, (D2, 1, NONE, NONE, NONE, NONE)), reason);
        _bondingRow("withdraw stake", D1, abi.encodeCall(bonding.withdrawStake, (0)), reason);
        _bondingRow("withdraw fees", D1, abi.encodeCall(bonding.withdrawFees, (payable(D1), 0)), reason);
        _bondingRow("claim", D1, abi.encodeCall(bonding.claimEarnings, (0)), reason);
        _bondingRow("set terms", T1, abi.encodeCall(bonding.transcoder, (0, 0)), reason);
        _bondingRow("reward", T1, abi.encodeCall(bonding.reward, ()), reason);
    }
}
