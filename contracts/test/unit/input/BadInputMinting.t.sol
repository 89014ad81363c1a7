// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManager} from "../../../src/interfaces/IManager.sol";
import {IMinter} from "../../../src/interfaces/IMinter.sol";
import {IRoundsManager} from "../../../src/interfaces/IRoundsManager.sol";
import {BadInputTest} from "./BadInputTest.sol";

contract BadInputMintingTest is BadInputTest {
    function test_whatOnlyContractsAndTheOwnerMayCall() external {
        bytes memory owner =
            abi.encodeWithSelector(IManager.CallerMustBeControllerOwner.selector, STRANGER, address(this));
        row("target", STRANGER, address(minter), abi.encodeCall(minter.setTargetBondingRate, (1)), owner);
        row(
            "inflation change",
            STRANGER,
            address(minter),
            abi.encodeCall(minter.setInflationChange, (1)),
            owner
        );
        row(
            "new minter",
            STRANGER,
            address(minter),
            abi.encodeCall(minter.migrateToNewMinter, (minter)),
            owner
        );
        row(
            "mint",
            STRANGER,
            address(minter),
            abi.encodeCall(minter.createReward, (1, 1)),
            abi.encodeWithSelector(IMinter.CallerMustBeBondingManager.selector, STRANGER)
        );
        row(
            "take LPT",
            STRANGER,
            address(minter),
            abi.encodeCall(minter.trustedTransferTokens, (STRANGER, 1)),
            abi.encodeWithSelector(IMinter.CallerMustBeBondingManager.selector, STRANGER)
        );
        row(
            "burn LPT",
            STRANGER,
            address(minter),
            abi.encodeCall(minter.trustedBurnTokens, (1)),
            abi.encodeWithSelector(IMinter.CallerMustBeBondingManager.selector, STRANGER)
        );
        row(
            "take ETH",
            STRANGER,
            address(minter),
            abi.encodeCall(minter.trustedWithdrawETH, (payable(STRANGER), 1)),
            abi.encodeWithSelector(IMinter.CallerMustBeBondingManagerOrJobsManager.selector, STRANGER)
        );
        row(
            "open a budget",
            STRANGER,
            address(minter),
            abi.encodeCall(minter.setCurrentRewardTokens, ()),
            abi.encodeWithSelector(IMinter.CallerMustBeRoundsManager.selector, STRANGER)
        );
        paidRow(
            "give ETH",
            STRANGER,
            address(minter),
            1 ether,
            abi.encodeCall(minter.depositETH, ()),
            abi.encodeWithSelector(IMinter.CallerMustBeMinterOrJobsManager.selector, STRANGER)
        );
        requireAllRefused();
    }

    function test_parametersOutOfTheirRange() external {
        address me = address(this);
        row(
            "a target of more than all",
            me,
            address(minter),
            abi.encodeCall(minter.setTargetBondingRate, (1e9 + 1)),
            abi.encodeWithSelector(IMinter.InvalidTargetBondingRate.selector, 1e9 + 1)
        );
        row(
            "an inflation change of more than all",
            me,
            address(minter),
            abi.encodeCall(minter.setInflationChange, (MAX)),
            abi.encodeWithSelector(IMinter.InvalidInflationChange.selector, MAX)
        );
        row(
            "the minter to itself",
            me,
            address(minter),
            abi.encodeCall(minter.migrateToNewMinter, (minter)),
            abi.encodeWithSelector(IMinter.NewMinterIsCurrentMinter.selector)
        );
        row(
            "the minter to nobody",
            me,
            address(minter),
            abi.encodeCall(minter.migrateToNewMinter, (IMinter(NONE))),
            abi.encodeWithSelector(IMinter.NewMinterIsNull.selector)
        );
        row(
            "rounds of no length",
            me,
            address(rounds),
            abi.encodeCall(rounds.setRoundLength, (0)),
            abi.encodeWithSelector(IRoundsManager.RoundLengthIsZero.selector)
        );
        row(
            "a lock of more than all",
            me,
            address(rounds),
            abi.encodeCall(rounds.setRoundLockAmount, (1e6 + 1)),
            abi.encodeWithSelector(IRoundsManager.InvalidRoundLockAmount.selector, 1e6 + 1)
        );
        requireAllRefused();
    }
}
