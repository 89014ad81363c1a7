// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../../src/interfaces/IController.sol";
import {IManager, IManagerProxyTarget} from "../../src/interfaces/IManager.sol";
import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {Controller} from "../../src/registry/Controller.sol";
import {ManagerProxy} from "../../src/registry/ManagerProxy.sol";
import {RoundsManager} from "../../src/rounds/RoundsManager.sol";
import {vm} from "../base/Vm.sol";
import {IssueTest} from "./IssueTest.sol";

/// @dev A Controller as it was before it had a directory.
contract OlderController {
    IController private immutable _known;

    constructor(IController known) {
        _known = known;
    }

    function getContract(bytes32 id) external view returns (address) {
        return _known.getContract(id);
    }

    function handOver(IManager manager, address next) external {
        manager.setController(next);
    }
}

/// @dev Not a Controller at all, but it can call.
contract NoController {
    error NotMine();

    function handOver(IManager manager, address next) external {
        manager.setController(next);
    }

    fallback() external {
        revert NotMine();
    }
}

/// @title Attempts on the proxies: to take them over, to strand them, and to run nothing in the name of their code
contract RegistryAttacksTest is IssueTest {
    bytes32 private constant BONDING_MANAGER = keccak256("BondingManager");
    bytes4 private constant NO_CODE = ManagerProxy.TargetContractNotRegistered.selector;

    // ---- a Controller that lacks what the proxy asks for -----------------------------------------------------

    /// `updateController` succeeds with any address. It must stay possible to take it back.
    function test_aProxyComesBackFromAControllerWithoutADirectory() external {
        bytes32 before = _stake();
        OlderController older = new OlderController(controller);
        controller.updateController(BONDING_MANAGER, address(older));
        vm.assertEq(address(bonding.controller()), address(older), "follows it");
        vm.assertEq(bonding.targetContractId(), keccak256("BondingManagerTarget"), "id");
        vm.assertEq(bonding.nextRoundTotalActiveStake(), 900e18, "runs its code");
        _requireRefused(address(older));
        older.handOver(bonding, address(controller));
        vm.assertEq(_stake(), before, "as before");
    }

    function test_aProxyComesBackFromAContractThatIsNoController() external {
        bytes32 before = _stake();
        NoController other = new NoController();
        controller.updateController(BONDING_MANAGER, address(other));
        vm.assertEq(address(bonding.controller()), address(other), "follows it");
        vm.assertEq(bonding.targetContractId(), keccak256("BondingManagerTarget"), "id");
        vm.expectRevert(abi.encodeWithSelector(NoController.NotMine.selector));
        bonding.unbondingPeriod();
        _requireRefused(address(other));
        other.handOver(bonding, address(controller));
        vm.assertEq(_stake(), before, "as before");
    }

    /// Signers, hashes and the identity: their answers are no directory, and no code.
    function test_aPrecompileIsNoController() external {
        for (uint160 i = 1; i < 5; i++) {
            uint256 start = vm.snapshotState();
            controller.updateController(BONDING_MANAGER, address(i));
            (bool ok,) = address(bonding).call(abi.encodeCall(bonding.unbondingPeriod, ()));
            vm.assertFalse(ok, "runs nothing");
            _requireRefused(address(i));
            vm.prank(address(i));
            bonding.setController(address(controller));
            vm.assertEq(bonding.unbondingPeriod(), 2, "back");
            vm.revertToState(start);
        }
    }

    // ---- a registered address without code -------------------------------------------------------------------

    /// A call of what has no code succeeds and does nothing: funds would be taken, and nobody paid.
    function test_anAddressWithoutCodeIsNotRunAsCode() external {
        fundSender(10 ether, 5 ether);
        (ITicketLottery.Ticket memory ticket, bytes memory sig, uint256 rand) = ticketFor(T1, 1 ether);
        address code = controller.getContract(keccak256("BondingManagerTarget"));
        register("BondingManagerTarget", address(0xdead));
        vm.expectRevert(abi.encodeWithSelector(NO_CODE, keccak256("BondingManagerTarget")));
        bonding.bond(1, T1);
        vm.expectRevert();
        broker.redeemWinningTicket(ticket, sig, rand);
        register("BondingManagerTarget", address(4));
        vm.expectPartialRevert(NO_CODE);
        bonding.bond(1, T1);
        vm.assertEq(address(bonding.controller()), address(controller), "the proxy answers itself");
        register("BondingManagerTarget", code);
        broker.redeemWinningTicket(ticket, sig, rand);
        vm.assertEq(bonding.pendingFees(T1, 0), 1 ether, "paid once, later");
    }

    function test_aProxyTakesNoEthWithoutCode() external {
        register("TicketBrokerTarget", address(0xdead));
        vm.expectPartialRevert(NO_CODE);
        broker.fundDeposit{value: 1 ether}();
        (bool ok,) = address(broker).call{value: 1 ether}("");
        vm.assertFalse(ok, "nor by a plain transfer");
        vm.assertEq(address(broker).balance, 0, "nothing is stranded");
    }

    /// Code that comes after its registration is found, at the price of a question more.
    function test_codeThatComesLaterIsRun() external {
        address code = controller.getContract(keccak256("BondingManagerTarget"));
        register("BondingManagerTarget", address(0xdead));
        vm.etch(address(0xdead), code.code);
        vm.assertEq(bonding.unbondingPeriod(), 2, "runs");
    }

    // ---- handing over ----------------------------------------------------------------------------------------

    /// What lies beside the controller in its slot stays: the clock, the periods of the broker, the stake of next round.
    function test_handingOverKeepsWhatLiesBesideTheController() external {
        IManagerProxyTarget[5] memory proxies = _proxies();
        string[5] memory names =
            ["BondingManager", "BondingVotes", "TicketBroker", "RoundsManager", "ServiceRegistry"];
        Controller next = new Controller();
        vm.roll(block.number + ROUND_LENGTH);
        for (uint256 i = 0; i < 5; i++) {
            bytes32 target = keccak256(bytes(string.concat(names[i], "Target")));
            vm.assertEq(address(proxies[i].controller()), address(controller), "controller()");
            vm.assertEq(proxies[i].targetContractId(), target, "targetContractId()");
            next.setContractInfo(keccak256(bytes(names[i])), address(proxies[i]), bytes20(0));
            next.setContractInfo(target, controller.getContract(target), bytes20(0));
        }
        next.setContractInfo(keccak256("Minter"), address(minter), bytes20(0));
        bytes32 before = _beside();
        for (uint256 i = 0; i < 5; i++) {
            controller.updateController(keccak256(bytes(names[i])), address(next));
            vm.assertEq(address(proxies[i].controller()), address(next), "handed over");
        }
        vm.assertEq(_beside(), before, "under the next Controller");
        vm.expectPartialRevert(IManager.SystemIsPaused.selector);
        rounds.initializeRound();
        vm.expectRevert(
            abi.encodeWithSelector(
                IManager.CallerMustBeController.selector, address(controller), address(next)
            )
        );
        controller.updateController(BONDING_MANAGER, address(controller));
        for (uint256 i = 0; i < 5; i++) {
            next.updateController(keccak256(bytes(names[i])), address(controller));
        }
        vm.assertEq(_beside(), before, "and back");
        initializeRound();
    }

    function testFuzz_nobodyButTheControllerHandsAProxyOver(address caller, uint256 which, bool hasCode)
        external
    {
        vm.assume(caller != address(controller));
        IManagerProxyTarget proxy = _proxies()[which % 5];
        if (!hasCode) {
            string[5] memory names = [
                "BondingManagerTarget",
                "BondingVotesTarget",
                "TicketBrokerTarget",
                "RoundsManagerTarget",
                "ServiceRegistryTarget"
            ];
            register(names[which % 5], address(0));
        }
        vm.expectRevert(
            abi.encodeWithSelector(IManager.CallerMustBeController.selector, caller, address(controller))
        );
        vm.prank(caller);
        proxy.setController(caller);
    }

    /// An implementation has its own state, and nothing that is done to it reaches a proxy or the money.
    function test_anImplementationIsNobody() external {
        RoundsManager code = RoundsManager(controller.getContract(keccak256("RoundsManagerTarget")));
        vm.assertEq(code.targetContractId(), bytes32(0), "no id");
        vm.expectPartialRevert(IManager.CallerMustBeController.selector);
        vm.prank(STRANGER);
        code.setController(STRANGER);
        vm.expectPartialRevert(IManager.CallerMustBeControllerOwner.selector);
        vm.prank(STRANGER);
        code.setRoundLength(1);
        uint256 round = rounds.currentRound();
        code.setRoundLength(1);
        vm.expectRevert();
        code.initializeRound();
        vm.assertEq(rounds.currentRound(), round, "the proxy's clock goes its own way");
        // The broker's implementation isn't known to the Minter: it can't even be funded.
        ITicketLottery lottery = ITicketLottery(controller.getContract(keccak256("TicketBrokerTarget")));
        (bool ok,) = address(lottery).call{value: 1}(abi.encodeCall(broker.fundDeposit, ()));
        vm.assertFalse(ok, "no funds");
    }

    // ---- what is packed --------------------------------------------------------------------------------------

    /// 96 bits hold 79 billion LPT. What goes beyond is refused; it neither wraps nor runs into the controller.
    function test_theStakeOfTheNextRoundDoesNotRunOver() external {
        // The history of votes holds less of each account.
        register("BondingVotes", address(0));
        uint256 half = 2 ** 95;
        fund(T1, half);
        fund(T2, half);
        bond(T1, half, T1);
        vm.expectRevert();
        bond(T2, half, T2);
        vm.assertEq(bonding.nextRoundTotalActiveStake(), half + 900e18, "kept");
        uint256 rest = type(uint96).max - half - 900e18;
        bond(T2, rest, T2);
        vm.assertEq(bonding.nextRoundTotalActiveStake(), type(uint96).max, "to the last bit");
        vm.assertEq(address(bonding.controller()), address(controller), "the neighbour");
        vm.expectRevert();
        bond(T3, 1, T3);
        unbondOf(T1, half + 400e18);
        unbondOf(T2, rest + 300e18);
        unbondOf(T3, 200e18);
        vm.assertEq(bonding.nextRoundTotalActiveStake(), 0, "and to the first");
        vm.assertEq(address(bonding.controller()), address(controller), "still");
    }

    function test_thePeriodsOfTheBrokerDoNotRunIntoEachOther() external {
        broker.setUnlockPeriod(type(uint32).max);
        broker.setTicketValidityPeriod(type(uint32).max);
        vm.expectRevert();
        broker.setUnlockPeriod(2 ** 32);
        vm.expectRevert();
        broker.setTicketValidityPeriod(2 ** 32);
        broker.setUnlockPeriod(0);
        vm.assertEq(broker.ticketValidityPeriod(), type(uint32).max, "validity");
        vm.assertEq(broker.unlockPeriod(), 0, "unlock");
        vm.assertEq(address(broker.controller()), address(controller), "the neighbour");
    }

    /// A new round begins while the old one was open: what needs an initialized round stops at once.
    function test_aShorterRoundClosesTheOldOne() external {
        vm.roll(block.number + ROUND_LENGTH - 1);
        uint256 round = rounds.currentRound();
        rounds.setRoundLength(7);
        vm.assertEq(rounds.currentRound(), round + (ROUND_LENGTH - 1) / 7, "counted anew from its start");
        vm.assertFalse(rounds.currentRoundInitialized(), "not yet");
        vm.expectPartialRevert(bytes4(keccak256("CurrentRoundIsNotInitialized(uint256)")));
        vm.prank(T1);
        bonding.reward();
        initializeRound();
        rewardOf(T1);
        vm.expectPartialRevert(bytes4(keccak256("RoundAlreadyInitialized(uint256)")));
        rounds.initializeRound();
        rounds.setRoundLength(ROUND_LENGTH);
        vm.expectPartialRevert(bytes4(keccak256("RoundAlreadyInitialized(uint256)")));
        rounds.initializeRound();
    }

    function _requireRefused(address follows) private {
        vm.expectRevert(abi.encodeWithSelector(IManager.CallerMustBeController.selector, STRANGER, follows));
        vm.prank(STRANGER);
        bonding.setController(STRANGER);
    }

    function _stake() private view returns (bytes32) {
        return keccak256(
            abi.encode(bonding.controller(), bonding.nextRoundTotalActiveStake(), bonding.unbondingPeriod())
        );
    }

    function _beside() private view returns (bytes32) {
        return keccak256(
            abi.encode(
                bonding.nextRoundTotalActiveStake(),
                broker.unlockPeriod(),
                broker.ticketValidityPeriod(),
                rounds.roundLength(),
                rounds.currentRound(),
                rounds.currentRoundStartBlock(),
                rounds.lastInitializedRound(),
                rounds.currentRoundInitialized()
            )
        );
    }

    function _proxies() private view returns (IManagerProxyTarget[5] memory) {
        return [
            IManagerProxyTarget(address(bonding)),
            IManagerProxyTarget(address(votes)),
            IManagerProxyTarget(address(broker)),
            IManagerProxyTarget(address(rounds)),
            IManagerProxyTarget(address(registry))
        ];
    }
}
