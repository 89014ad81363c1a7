// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IManager} from "../../src/interfaces/IManager.sol";
import {IStablecoinTicketBroker} from "../../src/interfaces/IStablecoinTicketBroker.sol";
import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {TestStablecoin} from "../../src/testnet/TestStablecoin.sol";
import {StablecoinTest} from "../base/StablecoinTest.sol";
import {
    CallingToken,
    FalseToken,
    FeeOnTransferToken,
    GenerousToken,
    ListingToken,
    PlainToken,
    SilentToken
} from "../base/Stablecoins.sol";
import {bound, vm} from "../base/Vm.sol";

/// @title How stablecoins come in and go back, with honest and with hostile tokens
contract StablecoinFundsTest is StablecoinTest {
    function setUp() external {
        deployWithStakers();
    }

    function test_fundsComeInAndGoBackAfterTheUnlockPeriod() external {
        fundSender(70 * USD, 30 * USD);
        _expectFunds(70 * USD, 30 * USD);
        vm.assertEq(usd.balanceOf(address(stable)), 100 * USD, "held");
        vm.startPrank(sender);
        stable.unlock();
        vm.expectPartialRevert(ITicketLottery.AccountIsLocked.selector);
        stable.withdraw();
        vm.stopPrank();
        nextRound();
        nextRound();
        uint256 before = usd.balanceOf(sender);
        vm.startPrank(sender);
        stable.withdraw();
        vm.assertEq(usd.balanceOf(sender) - before, 100 * USD, "returned");
        vm.expectRevert(abi.encodeWithSelector(ITicketLottery.NoFunds.selector, sender));
        stable.withdraw();
    }

    function testFuzz_onlyTheOwnerClosesAndOpensIt(address who, bool allowed) external {
        vm.assume(who != address(this));
        vm.expectRevert(
            abi.encodeWithSelector(IManager.CallerMustBeControllerOwner.selector, who, address(this))
        );
        vm.prank(who);
        stable.setFundingAllowed(allowed);
        stable.setFundingAllowed(allowed);
        vm.assertTrue(stable.fundingAllowed() == allowed, "as set");
        vm.prank(sender);
        if (!allowed) {
            vm.expectRevert(abi.encodeWithSelector(IStablecoinTicketBroker.FundingIsClosed.selector));
        }
        stable.fundDepositAndReserve(1, 2);
        _expectFunds(allowed ? 1 : 0, allowed ? 2 : 0);
    }

    function testFuzz_anyAmountIsCreditedInFullOrRefused(uint256 deposit, uint256 reserve) external {
        deposit = bound(deposit, 0, 1_000_000 * USD);
        reserve = bound(reserve, 0, 2_000_000 * USD);
        bool affordable = deposit + reserve <= 1_000_000 * USD;
        vm.prank(sender);
        try stable.fundDepositAndReserve(deposit, reserve) {
            vm.assertTrue(affordable, "more than it has");
            _expectFunds(deposit, reserve);
        } catch {
            vm.assertFalse(affordable, "refused");
            _expectFunds(0, 0);
        }
    }

    function test_sumsBeyondAWordAndAmountsBeyondTheirFieldAreRefused() external {
        vm.startPrank(sender);
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11));
        stable.fundDepositAndReserve(type(uint256).max, 1);
        PlainToken token = new PlainToken();
        vm.stopPrank();
        IStablecoinTicketBroker other = deployBroker("Other", address(token));
        token.mint(address(this), type(uint256).max);
        token.approve(address(other), type(uint256).max);
        other.fundDepositAndReserve(type(uint112).max, type(uint112).max);
        bytes memory tooMuch =
            abi.encodeWithSignature("SafeCastOverflowedUintDowncast(uint8,uint256)", 112, 1 << 112);
        vm.expectRevert(tooMuch);
        other.fundDepositAndReserve(1, 0);
        vm.expectRevert(tooMuch);
        other.fundDepositAndReserve(0, 1);
    }

    function test_fundingWithAPermitOfTheCaller() external {
        (uint8 v, bytes32 r, bytes32 s) = _permit(30 * USD);
        vm.startPrank(sender);
        usd.approve(address(stable), 0);
        stable.fundWithPermit(10 * USD, 20 * USD, block.timestamp, v, r, s);
        vm.stopPrank();
        _expectFunds(10 * USD, 20 * USD);
    }

    /// Whoever sends the permit in first only does the sender's work.
    function test_aPermitSentInByAnotherDoesNotStopTheFunding() external {
        (uint8 v, bytes32 r, bytes32 s) = _permit(30 * USD);
        vm.prank(sender);
        usd.approve(address(stable), 0);
        usd.permit(sender, address(stable), 30 * USD, block.timestamp, v, r, s);
        vm.startPrank(sender);
        stable.fundWithPermit(10 * USD, 20 * USD, block.timestamp, v, r, s);
        _expectFunds(10 * USD, 20 * USD);
        vm.expectRevert(
            abi.encodeWithSignature(
                "ERC20InsufficientAllowance(address,uint256,uint256)", address(stable), 0, 1
            )
        );
        stable.fundWithPermit(1, 0, block.timestamp, v, r, s);
    }

    function test_fundingByAnAuthorizationThatAnybodySendsIn() external {
        (uint8 v, bytes32 r, bytes32 s) = _authorization(10 * USD, 20 * USD, "salt");
        stable.fundWithAuthorization(sender, 10 * USD, 20 * USD, 0, block.timestamp + 1, "salt", v, r, s);
        _expectFunds(10 * USD, 20 * USD);
        vm.expectPartialRevert(TestStablecoin.AuthorizationUsedOrCanceled.selector);
        stable.fundWithAuthorization(sender, 10 * USD, 20 * USD, 0, block.timestamp + 1, "salt", v, r, s);
    }

    function testFuzz_signedFundingsCreditWhatWasSigned(uint256 deposit, uint256 reserve, bytes32 salt)
        external
    {
        deposit = bound(deposit, 0, 400_000 * USD);
        reserve = bound(reserve, 0, 100_000 * USD);
        (uint8 v, bytes32 r, bytes32 s) = _authorization(deposit, reserve, salt);
        stable.fundWithAuthorization(sender, deposit, reserve, 0, block.timestamp + 1, salt, v, r, s);
        _expectFunds(deposit, reserve);
        (v, r, s) = _permit(deposit + reserve);
        vm.startPrank(sender);
        usd.approve(address(stable), 0);
        stable.fundWithPermit(deposit, reserve, block.timestamp, v, r, s);
        vm.stopPrank();
        _expectFunds(2 * deposit, 2 * reserve);
        vm.assertEq(usd.balanceOf(address(stable)), 2 * (deposit + reserve), "held");
    }

    /// The relayer can't move money from the deposit to the reserve.
    function test_theSplitOfAnAuthorizationIsSigned() external {
        (uint8 v, bytes32 r, bytes32 s) = _authorization(10 * USD, 20 * USD, "salt");
        vm.expectPartialRevert(TestStablecoin.InvalidAuthorizationSignature.selector);
        stable.fundWithAuthorization(sender, 20 * USD, 10 * USD, 0, block.timestamp + 1, "salt", v, r, s);
    }

    function test_anAuthorizationDoesNotEndAnUnlock() external {
        fundSender(1, 0);
        vm.prank(sender);
        stable.unlock();
        (uint8 v, bytes32 r, bytes32 s) = _authorization(1, 1, "salt");
        stable.fundWithAuthorization(sender, 1, 1, 0, block.timestamp + 1, "salt", v, r, s);
        vm.assertTrue(stable.isUnlockInProgress(sender), "still unlocking");
        fundSender(0, 0);
        vm.assertFalse(stable.isUnlockInProgress(sender), "own funding, even of nothing");
    }

    function test_othersFundAnAccountFromTheirOwnTokens() external {
        usd.mint(D1, 3);
        vm.startPrank(D1);
        usd.approve(address(stable), 3);
        stable.fundDepositAndReserveFor(sender, 1, 2);
        vm.stopPrank();
        _expectFunds(1, 2);
        vm.assertEq(usd.balanceOf(D1), 0, "paid by the caller");
    }

    function test_aClosedBrokerTakesNothingAndGivesBackAll() external {
        fundSender(100 * USD, 0);
        vm.prank(D1);
        vm.expectPartialRevert(IManager.CallerMustBeControllerOwner.selector);
        stable.setFundingAllowed(false);
        stable.setFundingAllowed(false);
        vm.assertFalse(stable.fundingAllowed(), "closed");
        vm.prank(sender);
        vm.expectPartialRevert(IStablecoinTicketBroker.FundingIsClosed.selector);
        stable.fundDepositAndReserve(1, 0);
        (uint8 v, bytes32 r, bytes32 s) = _authorization(1, 1, "salt");
        vm.expectPartialRevert(IStablecoinTicketBroker.FundingIsClosed.selector);
        stable.fundWithAuthorization(sender, 1, 1, 0, block.timestamp + 1, "salt", v, r, s);
        pay(T1, 40 * USD);
        uint256 round = rounds.currentRound();
        vm.prank(sender);
        stable.unlock();
        nextRound();
        claim(D1, T1, round);
        nextRound();
        vm.prank(sender);
        stable.withdraw();
        stable.setFundingAllowed(true);
        fundSender(1, 0);
    }

    function test_aPausedSystemMovesNothing() external {
        fundSender(100 * USD, 0);
        pay(T1, USD);
        uint256 round = rounds.currentRound();
        nextRound();
        ITicketLottery.Ticket memory ticket = usdTicket(T1, USD);
        controller.pause();
        bytes4 paused = IManager.SystemIsPaused.selector;
        expectRefusal(ticket, paused);
        vm.startPrank(sender);
        vm.expectPartialRevert(paused);
        stable.fundDepositAndReserve(1, 1);
        vm.expectPartialRevert(paused);
        stable.fundWithPermit(1, 1, 0, 27, 0, 0);
        vm.expectPartialRevert(paused);
        stable.fundWithAuthorization(sender, 1, 1, 0, 1, 0, 27, 0, 0);
        vm.expectPartialRevert(paused);
        stable.unlock();
        vm.expectPartialRevert(paused);
        stable.cancelUnlock();
        vm.expectPartialRevert(paused);
        stable.withdraw();
        vm.expectPartialRevert(paused);
        stable.claimFees(T1, one(round), sender);
        vm.expectPartialRevert(paused);
        stable.claimFeesFor(T1, T1, one(round));
    }

    // ---- tokens that misbehave ------------------------------------------------------------------------------

    function test_aTokenThatCreditsSomethingElseIsRefused() external {
        bytes4 unexpected = IStablecoinTicketBroker.UnexpectedAmountReceived.selector;
        _expectFundingRefused(new FeeOnTransferToken(), abi.encodeWithSelector(unexpected, 1000, 990));
        _expectFundingRefused(new GenerousToken(), abi.encodeWithSelector(unexpected, 1000, 1001));
        PlainToken no = new FalseToken();
        _expectFundingRefused(
            no, abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(no))
        );
    }

    function test_aTokenThatReturnsNothingWorks() external {
        SilentToken silent = new SilentToken();
        silent.mint(address(this), 1000);
        IStablecoinTicketBroker other = deployBroker("Silent", address(silent));
        silent.approve(address(other), 1000);
        other.fundDepositAndReserve(600, 400);
        other.unlock();
        nextRound();
        nextRound();
        other.withdraw();
        vm.assertEq(silent.balanceOf(address(this)), 1000, "back");
    }

    /// Each account that the token refuses harms itself only, and loses nothing.
    function test_aRefusedAccountDoesNotHoldUpOthers() external {
        ListingToken listing = new ListingToken();
        _useToken(listing, "Listing");
        pay(T1, 100 * USD);
        uint256 round = rounds.currentRound();
        nextRound();
        listing.refuse(D1, true);
        vm.expectRevert(abi.encodeWithSelector(ListingToken.Refused.selector, D1));
        stable.claimFeesFor(D1, T1, one(round));
        vm.assertEq(claim(D2, T1, round), 20 * USD, "others");
        vm.assertFalse(stable.isClaimed(D1, T1, round), "nothing lost");
        vm.prank(D1);
        stable.claimFees(T1, one(round), D3);
        vm.assertEq(listing.balanceOf(D3), 12 * USD, "to whom it wants");
        listing.refuse(sender, true);
        pay(T1, USD);
        listing.stop(true);
        pay(T2, USD);
    }

    function test_aTokenThatCallsBackIsStopped() external {
        CallingToken calling = new CallingToken();
        _useToken(calling, "Calling");
        pay(T1, 100 * USD);
        uint256 round = rounds.currentRound();
        nextRound();
        _expectStopped(calling, abi.encodeCall(stable.claimFeesFor, (D2, T1, one(round))), round);
        nextRound();
        vm.prank(sender);
        stable.unlock();
        nextRound();
        nextRound();
        calling.callNext(address(stable), abi.encodeCall(stable.claimFeesFor, (D2, T1, one(round))));
        vm.prank(sender);
        stable.withdraw();
        _expectAnswer(calling);
        calling.callNext(address(stable), abi.encodeCall(stable.fundDepositAndReserve, (0, 0)));
        vm.prank(sender);
        stable.fundDepositAndReserve(1, 0);
        _expectAnswer(calling);
    }

    /// Not stopped, because it moves no token: but it finds the books in order.
    function test_aTicketRedeemedInsideAFundingIsPaidFromCreditedFundsOnly() external {
        CallingToken calling = new CallingToken();
        _useToken(calling, "Calling");
        ITicketLottery.Ticket memory ticket = usdTicket(T1, 1000 * USD + 1);
        bytes memory sig = signFor(stable, ticket, KEY);
        calling.callNext(
            address(stable),
            abi.encodeCall(stable.redeemWinningTicket, (ticket, sig, 1000 + ticket.senderNonce))
        );
        vm.prank(sender);
        stable.fundDepositAndReserve(1, 0);
        vm.assertFalse(calling.succeeded(), "money on its way does not count");
        redeem(ticket);
    }

    function _expectStopped(CallingToken calling, bytes memory call, uint256 round) private {
        calling.callNext(address(stable), call);
        claim(D1, T1, round);
        _expectAnswer(calling);
        vm.assertFalse(stable.isClaimed(D2, T1, round), "inner claim");
    }

    function _expectAnswer(CallingToken calling) private view {
        vm.assertFalse(calling.succeeded(), "inner call");
        vm.assertEq(
            bytes32(bytes4(calling.answer())),
            bytes32(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector),
            "by the guard"
        );
    }

    function _expectFundingRefused(PlainToken token, bytes memory reason) private {
        IStablecoinTicketBroker other = deployBroker("Other", address(token));
        token.mint(address(this), 1000);
        token.approve(address(other), 1000);
        vm.expectRevert(reason);
        other.fundDepositAndReserve(600, 400);
    }

    /// Replaces the broker of the test by one for another token, with a deposit of 1000.
    function _useToken(PlainToken token, string memory name) private {
        stable = deployBroker(name, address(token));
        token.mint(sender, 2000 * USD);
        vm.startPrank(sender);
        token.approve(address(stable), type(uint256).max);
        stable.fundDepositAndReserve(1000 * USD, 0);
        vm.stopPrank();
    }

    function _expectFunds(uint256 deposit, uint256 reserve) private view {
        (ITicketLottery.Sender memory info, ITicketLottery.ReserveInfo memory reserveInfo) =
            stable.getSenderInfo(sender);
        vm.assertEq(info.deposit, deposit, "deposit");
        vm.assertEq(reserveInfo.fundsRemaining, reserve, "reserve");
    }

    function _permit(uint256 amount) private view returns (uint8, bytes32, bytes32) {
        bytes32 typeHash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        return _signTyped(
            keccak256(
                abi.encode(typeHash, sender, address(stable), amount, usd.nonces(sender), block.timestamp)
            )
        );
    }

    function _authorization(uint256 deposit, uint256 reserve, bytes32 salt)
        private
        view
        returns (uint8, bytes32, bytes32)
    {
        bytes32 typeHash = keccak256(
            "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
        );
        bytes32 nonce = stable.authorizationNonce(deposit, reserve, salt);
        return _signTyped(
            keccak256(
                abi.encode(
                    typeHash, sender, address(stable), deposit + reserve, 0, block.timestamp + 1, nonce
                )
            )
        );
    }

    function _signTyped(bytes32 structHash) private view returns (uint8, bytes32, bytes32) {
        return vm.sign(KEY, keccak256(abi.encodePacked(hex"1901", usd.DOMAIN_SEPARATOR(), structHash)));
    }
}
