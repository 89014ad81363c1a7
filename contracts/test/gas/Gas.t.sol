// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketBroker} from "../../src/interfaces/ITicketBroker.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {vm} from "../base/Vm.sol";

/// @title What the calls of every day cost, with a full pool of 100; numbers are in fixtures/gas/protocol.json
/// @dev Each call as a transaction of its own: 21000, calldata and cold storage are included.
/// forge-config: default.isolate = true
contract GasTest is ProtocolTest {
    uint256 private constant POOL = 100;
    uint256 private constant KEY = 0xbeef;
    address private constant DELEGATOR = address(0x21);

    address private _sender;

    function setUp() external {
        Config memory config = defaultConfig();
        config.numActiveTranscoders = POOL;
        deploy(config);
        initializeRound();
        for (uint256 i = 0; i < POOL; i++) {
            address account = _transcoder(i);
            fund(account, 10_000e18);
            bond(account, (POOL - i) * 10e18, account);
            vm.prank(account);
            bonding.transcoder(50_000, 500_000);
        }
        fund(DELEGATOR, 10_000e18);
        _sender = vm.addr(KEY);
        vm.deal(_sender, 100 ether);
        vm.prank(_sender);
        broker.fundDepositAndReserve{value: 20 ether}(10 ether, 10 ether);
        nextRound();
        _rewardAll();
        nextRound();
    }

    function test_initializeRound() external {
        vm.roll(block.number + ROUND_LENGTH);
        initializeRound();
        vm.snapshotGasLastCall("protocol", "initializeRound");
    }

    function test_reward() external {
        vm.prank(_transcoder(50));
        bonding.rewardWithHint(_transcoder(49), _transcoder(51));
        vm.snapshotGasLastCall("protocol", "reward with hint, middle of 100");
        vm.prank(_transcoder(99));
        bonding.reward();
        vm.snapshotGasLastCall("protocol", "reward without hint, last of 100");
    }

    function test_delegation() external {
        bond(DELEGATOR, 100e18, _transcoder(50));
        vm.snapshotGasLastCall("protocol", "bond, first time, no hint");
        nextRound();
        bond(DELEGATOR, 1e18, _transcoder(50));
        vm.snapshotGasLastCall("protocol", "bond, later round, no hint");
        vm.prank(DELEGATOR);
        bonding.unbond(10e18);
        vm.snapshotGasLastCall("protocol", "unbond, part, no hint");
        vm.prank(DELEGATOR);
        bonding.rebond(0);
        vm.snapshotGasLastCall("protocol", "rebond, no hint");
        bond(DELEGATOR, 0, _transcoder(20));
        vm.snapshotGasLastCall("protocol", "move delegation, no hint");
        _rewardAll();
        nextRound();
        vm.prank(DELEGATOR);
        bonding.claimEarnings(0);
        vm.snapshotGasLastCall("protocol", "claimEarnings");
    }

    function test_tickets() external {
        _redeem(1);
        vm.snapshotGasLastCall("protocol", "redeemWinningTicket, first of the round");
        _redeem(2);
        vm.snapshotGasLastCall("protocol", "redeemWinningTicket, again");
        ITicketBroker.Ticket[] memory tickets = new ITicketBroker.Ticket[](10);
        bytes[] memory sigs = new bytes[](10);
        uint256[] memory rands = new uint256[](10);
        for (uint256 i = 0; i < 10; i++) {
            tickets[i] = winningTicket(_sender, _transcoder(0), 0.01 ether, 10 + i);
            (sigs[i], rands[i]) = (signTicket(tickets[i], KEY), 1010 + i);
        }
        broker.batchRedeemWinningTickets(tickets, sigs, rands);
        vm.snapshotGasLastCall("protocol", "batchRedeemWinningTickets of 10");
        vm.prank(_sender);
        broker.fundDepositAndReserve{value: 2 ether}(1 ether, 1 ether);
        vm.snapshotGasLastCall("protocol", "fundDepositAndReserve again");
    }

    function _transcoder(uint256 index) private pure returns (address) {
        return address(uint160(0x1000 + index));
    }

    function _rewardAll() private {
        for (uint256 i = 0; i < POOL; i++) {
            vm.prank(_transcoder(i));
            bonding.reward();
        }
    }

    function _redeem(uint256 nonce) private {
        ITicketBroker.Ticket memory ticket = winningTicket(_sender, _transcoder(0), 0.01 ether, nonce);
        broker.redeemWinningTicket(ticket, signTicket(ticket, KEY), 1000 + nonce);
    }
}
