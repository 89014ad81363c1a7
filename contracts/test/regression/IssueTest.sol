// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {vm} from "../base/Vm.sol";

/// @title World of the regression tests: three transcoders in a pool of three, ten percent of inflation in each round
/// @dev T1 has 400 LPT of its own, T2 300, T3 200. The names of the tests carry the number that the issue has in
///      docs/protocol/issues.md. Each fails when the guard against its issue is taken out (scripts/test-mutations.ts).
abstract contract IssueTest is ProtocolTest {
    address internal constant T1 = address(0x11);
    address internal constant T2 = address(0x12);
    address internal constant T3 = address(0x13);
    address internal constant T4 = address(0x14);
    address internal constant D1 = address(0xd1);
    address internal constant D2 = address(0xd2);
    address internal constant STRANGER = address(0x5a);
    address internal constant TREASURY = address(0x7ea5);
    address internal constant NONE = address(0);
    uint256 internal constant SENDER_KEY = 0xbeef;

    uint256 private _nonce;

    function setUp() public virtual {
        Config memory config = defaultConfig();
        config.inflation = 1e8;
        deploy(config);
        minter.setInflationChange(0);
        initializeRound();
        address[3] memory transcoders = [T1, T2, T3];
        for (uint256 i = 0; i < 3; i++) {
            fund(transcoders[i], 1000e18);
            bond(transcoders[i], (4 - i) * 100e18, transcoders[i]);
            setTerms(transcoders[i], 100_000, 500_000);
        }
        fund(T4, 1000e18);
        fund(D1, 1000e18);
        fund(D2, 1000e18);
        fund(STRANGER, 1000e18);
        vm.deal(senderAddress(), 1000 ether);
        vm.deal(address(this), 1000 ether);
        nextRound();
    }

    function senderAddress() internal pure returns (address) {
        return vm.addr(SENDER_KEY);
    }

    function setTerms(address transcoder, uint256 rewardCut, uint256 feeShare) internal {
        vm.prank(transcoder);
        bonding.transcoder(rewardCut, feeShare);
    }

    function rewardOf(address transcoder) internal {
        vm.prank(transcoder);
        bonding.reward();
    }

    function unbondOf(address who, uint256 amount) internal {
        vm.prank(who);
        bonding.unbond(amount);
    }

    function claimOf(address who) internal {
        vm.prank(who);
        bonding.claimEarnings(0);
    }

    function bondFor(address payer, uint256 amount, address owner, address to) internal {
        vm.prank(payer);
        bonding.bondForWithHint(amount, owner, to, NONE, NONE, NONE, NONE);
    }

    function give(address from, address to, uint256 amount) internal {
        vm.prank(from);
        bonding.transferBond(to, amount, NONE, NONE, NONE, NONE);
    }

    function bondedOf(address who) internal view returns (uint256 amount) {
        (amount,,,,,,) = bonding.getDelegator(who);
    }

    function delegateOf(address who) internal view returns (address delegate) {
        (,, delegate,,,,) = bonding.getDelegator(who);
    }

    function fundSender(uint256 deposit, uint256 reserve) internal {
        vm.prank(senderAddress());
        broker.fundDepositAndReserve{value: deposit + reserve}(deposit, reserve);
    }

    function ticketFor(address recipient, uint256 faceValue)
        internal
        returns (ITicketLottery.Ticket memory ticket, bytes memory sig, uint256 rand)
    {
        ticket = winningTicket(senderAddress(), recipient, faceValue, ++_nonce);
        (sig, rand) = (signTicket(ticket, SENDER_KEY), 1000 + _nonce);
    }

    function redeemFor(address recipient, uint256 faceValue) internal {
        (ITicketLottery.Ticket memory ticket, bytes memory sig, uint256 rand) =
            ticketFor(recipient, faceValue);
        broker.redeemWinningTicket(ticket, sig, rand);
    }

    /// Equal, but for what roundings may take away.
    function assertAlmost(uint256 got, uint256 expected, uint256 dust, string memory what) internal pure {
        vm.assertLe(got, expected, what);
        vm.assertGe(got + dust, expected, what);
    }
}
