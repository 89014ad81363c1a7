// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IPoll} from "../../src/interfaces/IPoll.sol";
import {IPollCreator} from "../../src/interfaces/IPollCreator.sol";
import {PollCreator} from "../../src/polling/PollCreator.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {Vm, bound, vm} from "../base/Vm.sol";

contract PollsTest is ProtocolTest {
    address private constant T = address(0x11);
    address private constant D = address(0x21);
    bytes private constant PROPOSAL = "QmHash";
    uint256 private constant COST = 100e18;

    PollCreator private _creator;

    function setUp() external {
        deploy(defaultConfig());
        initializeRound();
        _creator = new PollCreator(bonding);
        fund(T, 1000e18);
        fund(D, 1000e18);
    }

    function test_itsNumbersAreThoseOfTheProtocol() external view {
        vm.assertEq(_creator.QUORUM(), 333_300, "quorum");
        vm.assertEq(_creator.QUOTA(), 500_000, "quota");
        vm.assertEq(_creator.POLL_PERIOD(), 57_600, "period");
        vm.assertEq(_creator.POLL_CREATION_COST(), COST, "stake");
        vm.assertEq(address(_creator.bondingManager()), address(bonding), "bonding manager");
    }

    function testFuzz_whoHasEnoughStakeOpensAPoll(uint256 own, uint256 delegated) external {
        own = bound(own, 1, 2 * COST);
        delegated = bound(delegated, 1, 2 * COST);
        bond(T, own, T);
        bond(D, delegated, T);
        bool enough = own + delegated >= COST;
        if (!enough) vm.expectRevert(_insufficient(T, own + delegated));
        vm.prank(T);
        _creator.createPoll(PROPOSAL);
        if (delegated < COST) vm.expectRevert(_insufficient(D, delegated));
        vm.prank(D);
        _creator.createPoll(PROPOSAL);
    }

    function test_stakeDelegatedToAnAccountWithoutOwnCountsToo() external {
        bond(D, COST, T);
        vm.prank(T);
        _creator.createPoll(PROPOSAL);
    }

    function test_theEventNamesThePollAndItsRules() external {
        bond(T, COST, T);
        vm.recordLogs();
        vm.prank(T);
        _creator.createPoll(PROPOSAL);
        Vm.Log memory log = vm.getRecordedLogs()[0];
        vm.assertEq(log.topics[0], IPollCreator.PollCreated.selector, "event");
        uint256 end = block.number + 57_600;
        vm.assertEq(keccak256(log.data), keccak256(abi.encode(PROPOSAL, end, 333_300, 500_000)), "rules");
        vm.assertEq(IPoll(_address(log.topics[1])).endBlock(), end, "end");
    }

    function testFuzz_anyoneVotesAnythingUntilTheEnd(address voter, uint256 choice, uint256 blocks) external {
        IPoll poll = _open();
        vm.roll(block.number + bound(blocks, 0, 57_600));
        for (uint256 i = 0; i < 2; i++) {
            vm.recordLogs();
            vm.prank(voter);
            poll.vote(choice);
            Vm.Log memory log = vm.getRecordedLogs()[0];
            vm.assertEq(log.topics[0], IPoll.Vote.selector, "event");
            vm.assertEq(_address(log.topics[1]), voter, "voter");
            vm.assertEq(keccak256(log.data), keccak256(abi.encode(choice)), "choice");
        }
    }

    function test_afterItsEndAPollTakesNoVotes() external {
        IPoll poll = _open();
        uint256 end = poll.endBlock();
        vm.roll(end);
        vm.expectRevert(abi.encodeWithSelector(IPoll.PollIsActive.selector, end, end));
        poll.destroy();
        poll.vote(1);
        vm.roll(end + 1);
        vm.expectRevert(abi.encodeWithSelector(IPoll.PollIsOver.selector, end, end + 1));
        poll.vote(1);
        poll.destroy();
        vm.expectRevert(abi.encodeWithSelector(IPoll.PollIsOver.selector, end, end + 1));
        poll.vote(1);
    }

    function testFuzz_anyoneEndsAPollAfterItsEnd(address who, uint256 later) external {
        IPoll poll = _open();
        uint256 end = poll.endBlock();
        vm.roll(bound(later, block.number, end + 57_600));
        bool over = block.number > end;
        if (!over) vm.expectRevert(abi.encodeWithSelector(IPoll.PollIsActive.selector, end, block.number));
        vm.prank(who);
        poll.destroy();
        if (over) vm.expectRevert(abi.encodeWithSelector(IPoll.PollIsOver.selector, end, block.number));
        poll.vote(1);
    }

    function test_ethForcedIntoAPollGoesToWhoEndsIt() external {
        IPoll poll = _open();
        vm.deal(address(poll), 1 ether);
        vm.roll(poll.endBlock() + 1);
        vm.expectRevert(abi.encodeWithSelector(IPoll.TransferFailed.selector, address(this), 1 ether));
        poll.destroy();
        vm.prank(D);
        poll.destroy();
        vm.assertEq(D.balance, 1 ether, "paid out");
    }

    function _open() private returns (IPoll) {
        bond(T, COST, T);
        vm.recordLogs();
        vm.prank(T);
        _creator.createPoll(PROPOSAL);
        return IPoll(_address(vm.getRecordedLogs()[0].topics[1]));
    }

    function _insufficient(address account, uint256 stake) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IPollCreator.InsufficientStake.selector, account, stake, COST);
    }

    function _address(bytes32 word) private pure returns (address) {
        return address(uint160(uint256(word)));
    }
}
