// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IStablecoinTicketBroker} from "../../src/interfaces/IStablecoinTicketBroker.sol";
import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {StablecoinTicketBroker} from "../../src/payments/StablecoinTicketBroker.sol";
import {TestStablecoin} from "../../src/testnet/TestStablecoin.sol";
import {ProtocolTest} from "./ProtocolTest.sol";
import {vm} from "./Vm.sol";

/// @title The protocol with a broker for a stablecoin, three transcoders and their delegators
/// @dev T1: 200 LPT of its own, 300 of D1, 500 of D2. T2: 1000 of its own. T3: 100 of its own. Fee share 40 %, reward cut
///      10 %. Nobody has called reward.
abstract contract StablecoinTest is ProtocolTest {
    address internal constant T1 = address(0x11);
    address internal constant T2 = address(0x12);
    address internal constant T3 = address(0x13);
    address internal constant D1 = address(0x21);
    address internal constant D2 = address(0x22);
    address internal constant D3 = address(0x23);
    uint256 internal constant KEY = 0xbeef;
    uint256 internal constant USD = 1e6;

    TestStablecoin internal usd;
    IStablecoinTicketBroker internal stable;
    address internal sender;
    uint256 internal tickets;

    function deployWithStakers() internal {
        deploy(defaultConfig());
        usd = new TestStablecoin(address(this));
        stable = deployBroker("StablecoinTicketBroker", address(usd));
        sender = vm.addr(KEY);
        usd.mint(sender, 1_000_000 * USD);
        vm.prank(sender);
        usd.approve(address(stable), type(uint256).max);
        initializeRound();
        stake(T1, 200e18, T1);
        stake(T2, 1000e18, T2);
        stake(T3, 100e18, T3);
        address[3] memory transcoders = [T1, T2, T3];
        for (uint256 i = 0; i < 3; i++) {
            vm.prank(transcoders[i]);
            bonding.transcoder(100_000, 400_000);
        }
        stake(D1, 300e18, T1);
        stake(D2, 500e18, T1);
        nextRound();
    }

    function deployBroker(string memory name, address token_)
        internal
        returns (IStablecoinTicketBroker result)
    {
        StablecoinTicketBroker target = new StablecoinTicketBroker(controller, IERC20(token_));
        result = IStablecoinTicketBroker(proxied(name, address(target)));
        result.setUnlockPeriod(2);
        result.setTicketValidityPeriod(2);
    }

    function stake(address account, uint256 amount, address to) internal {
        fund(account, amount);
        bond(account, amount, to);
    }

    function fundSender(uint256 deposit, uint256 reserve) internal {
        vm.prank(sender);
        stable.fundDepositAndReserve(deposit, reserve);
    }

    function usdTicket(address recipient, uint256 faceValue) internal returns (ITicketLottery.Ticket memory) {
        return winningTicket(sender, recipient, faceValue, ++tickets);
    }

    function signFor(ITicketLottery broker_, ITicketLottery.Ticket memory ticket, uint256 key)
        internal
        view
        returns (bytes memory)
    {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, broker_.getTicketHash(ticket));
        return abi.encodePacked(r, s, v);
    }

    function redeem(ITicketLottery.Ticket memory ticket) internal {
        stable.redeemWinningTicket(ticket, signFor(stable, ticket, KEY), 1000 + ticket.senderNonce);
    }

    function pay(address recipient, uint256 faceValue) internal {
        redeem(usdTicket(recipient, faceValue));
    }

    function expectRefusal(ITicketLottery.Ticket memory ticket, bytes4 selector) internal {
        bytes memory sig = signFor(stable, ticket, KEY);
        vm.expectPartialRevert(selector);
        stable.redeemWinningTicket(ticket, sig, 1000 + ticket.senderNonce);
    }

    function claim(address staker, address transcoder, uint256 round) internal returns (uint256) {
        return stable.claimFeesFor(staker, transcoder, one(round));
    }

    function one(uint256 round) internal pure returns (uint256[] memory list) {
        list = new uint256[](1);
        list[0] = round;
    }
}
