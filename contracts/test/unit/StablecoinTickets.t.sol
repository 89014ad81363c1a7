// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IStablecoinTicketBroker} from "../../src/interfaces/IStablecoinTicketBroker.sol";
import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {TestStablecoin} from "../../src/testnet/TestStablecoin.sol";
import {StablecoinTest} from "../base/StablecoinTest.sol";
import {bound, vm} from "../base/Vm.sol";

/// @title Tickets of the broker for stablecoins: what is signed, what is refused, what is paid
contract StablecoinTicketsTest is StablecoinTest {
    uint256 private constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    function setUp() external {
        deployWithStakers();
        fundSender(1000 * USD, 300 * USD);
    }

    function test_theHashIsTheEip712DigestOfTicketAndToken() external {
        ITicketLottery.Ticket memory t = usdTicket(T1, USD);
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("Livepeer Stablecoin Tickets"),
                keccak256("1"),
                block.chainid,
                address(stable)
            )
        );
        vm.assertEq(stable.domainSeparator(), domain, "domain");
        bytes32 typeHash = keccak256(
            "Ticket(address recipient,address sender,address token,uint256 faceValue,uint256 winProb,uint256 senderNonce,bytes32 recipientRandHash,bytes auxData)"
        );
        bytes32 structHash = keccak256(
            abi.encode(
                typeHash,
                t.recipient,
                t.sender,
                address(usd),
                t.faceValue,
                t.winProb,
                t.senderNonce,
                t.recipientRandHash,
                keccak256(t.auxData)
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domain, structHash));
        vm.assertEq(stable.getTicketHash(t), digest, "digest");
    }

    function test_aTicketInEthIsNoneInAStablecoinAndTheOtherWayRound() external {
        vm.deal(sender, 1 ether);
        vm.prank(sender);
        broker.fundDepositAndReserve{value: 1 ether}(1 ether, 0);
        ITicketLottery.Ticket memory t = usdTicket(T1, USD);
        bytes memory forEth = signTicket(t, KEY);
        bytes memory forUsd = signFor(stable, t, KEY);
        _expectBadSignature(stable, t, forEth);
        _expectBadSignature(broker, t, forUsd);
        stable.redeemWinningTicket(t, forUsd, 1000 + t.senderNonce);
        broker.redeemWinningTicket(t, forEth, 1000 + t.senderNonce);
    }

    function test_aTicketHoldsForOneTokenOneContractAndOneChain() external {
        ITicketLottery.Ticket memory t = usdTicket(T1, USD);
        bytes memory sig = signFor(stable, t, KEY);
        _expectBadSignature(deployBroker("Same", address(usd)), t, sig);
        _expectBadSignature(deployBroker("Other", address(new TestStablecoin(address(this)))), t, sig);
        uint256 chain = block.chainid;
        vm.chainId(chain + 1);
        _expectBadSignature(stable, t, sig);
        vm.chainId(chain);
        stable.redeemWinningTicket(t, sig, 1000 + t.senderNonce);
    }

    function test_everyDefectOfATicketHasItsError() external {
        ITicketLottery.Ticket memory t = usdTicket(T1, USD);
        t.recipient = address(0);
        expectRefusal(t, ITicketLottery.TicketRecipientIsNull.selector);
        t = usdTicket(T1, USD);
        t.sender = address(0);
        expectRefusal(t, ITicketLottery.TicketSenderIsNull.selector);
        t = usdTicket(T1, USD);
        t.auxData = new bytes(65);
        expectRefusal(t, ITicketLottery.InvalidAuxDataLength.selector);
        t.auxData = abi.encode(type(uint256).max, BLOCK_HASH);
        expectRefusal(t, ITicketLottery.CreationRoundHasNoBlockHash.selector);
        t.auxData = abi.encode(rounds.currentRound(), keccak256("other"));
        expectRefusal(t, ITicketLottery.CreationRoundBlockHashMismatch.selector);
        t = usdTicket(T1, USD);
        t.recipientRandHash = bytes32(0);
        expectRefusal(t, ITicketLottery.RecipientRandMismatch.selector);
        t = usdTicket(T1, USD);
        t.winProb = 0;
        expectRefusal(t, ITicketLottery.TicketDidNotWin.selector);
        t = usdTicket(T1, 1000 * USD + 1);
        t.sender = D1;
        expectRefusal(t, ITicketLottery.InvalidTicketSignature.selector);
        t = usdTicket(T1, USD);
        redeem(t);
        expectRefusal(t, ITicketLottery.TicketUsed.selector);
        nextRound();
        nextRound();
        expectRefusal(t, ITicketLottery.TicketExpired.selector);
        vm.roll(block.number + ROUND_LENGTH);
        expectRefusal(t, ITicketLottery.CurrentRoundIsNotInitialized.selector);
    }

    function test_onlyTheOneFormOfASignatureIsTaken() external {
        ITicketLottery.Ticket memory t = usdTicket(T1, USD);
        bytes memory sig = signFor(stable, t, KEY);
        uint256 rand = 1000 + t.senderNonce;
        (bytes32 r, bytes32 s, uint8 v) = _parts(sig);
        uint8 other = v == 27 ? 28 : 27;
        _expectBadSignature(stable, t, abi.encodePacked(r, bytes32(ORDER - uint256(s)), other));
        _expectBadSignature(stable, t, abi.encodePacked(r, s, v - 27));
        _expectBadSignature(stable, t, abi.encodePacked(r, s, other));
        _expectBadSignature(stable, t, abi.encodePacked(r, s, uint8(255)));
        _expectBadSignature(stable, t, new bytes(65));
        bytes4 length = ITicketLottery.InvalidSignatureLength.selector;
        bytes memory compact = abi.encodePacked(r, bytes32(uint256(s) | uint256(v - 27) << 255));
        vm.expectRevert(abi.encodeWithSelector(length, 64));
        stable.redeemWinningTicket(t, compact, rand);
        vm.expectRevert(abi.encodeWithSelector(length, 66));
        stable.redeemWinningTicket(t, abi.encodePacked(sig, uint8(0)), rand);
        vm.expectRevert(abi.encodeWithSelector(length, 0));
        stable.redeemWinningTicket(t, "", rand);
        stable.redeemWinningTicket(t, sig, rand);
    }

    function test_aTicketForAnInactiveRecipientStaysUnused() external {
        ITicketLottery.Ticket memory t = usdTicket(D1, USD);
        expectRefusal(t, IStablecoinTicketBroker.RecipientMustBeActive.selector);
        vm.assertFalse(stable.usedTickets(stable.getTicketHash(t)), "unused");
    }

    /// Three active transcoders share the reserve of 300.
    function test_theReserveIsSharedEquallyByTheActive() external {
        expectRefusal(usdTicket(T1, 1100 * USD + 1), ITicketLottery.InsufficientFunds.selector);
        pay(T1, 1100 * USD);
        vm.assertEq(stable.claimableReserve(sender, T1), 0, "taken");
        vm.assertEq(stable.claimedReserve(sender, T1), 100 * USD, "counted");
        vm.assertEq(stable.claimableReserve(sender, T2), 100 * USD, "of others");
        vm.assertEq(stable.claimableReserve(sender, D1), 0, "of strangers");
        vm.assertEq(stable.getReserveInfo(sender).claimedInCurrentRound, 100 * USD, "in all");
        expectRefusal(usdTicket(T1, 1), ITicketLottery.InsufficientFunds.selector);
        nextRound();
        vm.assertEq(stable.claimableReserve(sender, T1), 200 * USD / 3, "anew");
        vm.assertEq(stable.claimedReserve(sender, T1), 0, "counts of the round before are gone");
        pay(T1, 200 * USD / 3);
        vm.assertEq(stable.claimedReserve(sender, T1), 200 * USD / 3, "counted anew");
    }

    function test_dustInFrontOfARedemptionDoesNotBurnTheTicket() external {
        pay(T1, 1000 * USD);
        ITicketLottery.Ticket memory t = usdTicket(T1, 200 * USD);
        usd.mint(D3, 1);
        vm.startPrank(D3);
        usd.approve(address(stable), 1);
        stable.fundDepositAndReserveFor(sender, 1, 0);
        vm.stopPrank();
        expectRefusal(t, ITicketLottery.InsufficientFunds.selector);
        vm.assertFalse(stable.usedTickets(stable.getTicketHash(t)), "unused");
        fundSender(100 * USD, 0);
        redeem(t);
    }

    /// Tickets hold until the funds may leave, and no longer; nobody else can lock or unlock them.
    function test_unlockingEndsTheTicketsExactlyWhenTheFundsMayLeave() external {
        vm.prank(sender);
        stable.unlock();
        uint256 withdrawRound = rounds.currentRound() + 2;
        vm.prank(sender);
        vm.expectRevert(abi.encodeWithSelector(ITicketLottery.UnlockAlreadyInitiated.selector, withdrawRound));
        stable.unlock();
        nextRound();
        pay(T1, USD);
        nextRound();
        expectRefusal(usdTicket(T1, USD), ITicketLottery.SenderIsUnlocked.selector);
        vm.prank(sender);
        stable.withdraw();
        usd.mint(address(this), 10);
        usd.approve(address(stable), 10);
        stable.fundDepositAndReserveFor(sender, 5, 5);
        expectRefusal(usdTicket(T1, 1), ITicketLottery.SenderIsUnlocked.selector);
        vm.prank(sender);
        stable.cancelUnlock();
        pay(T1, 1);
        vm.prank(sender);
        vm.expectRevert(abi.encodeWithSelector(ITicketLottery.NoUnlockInProgress.selector));
        stable.cancelUnlock();
    }

    function test_aFreeTicketIsUsedUpWithoutFees() external {
        ITicketLottery.Ticket memory t = usdTicket(D1, 0);
        redeem(t);
        vm.assertTrue(stable.usedTickets(stable.getTicketHash(t)), "used");
    }

    /// The second recipient is not active: its two tickets are given back, what they took of deposit and reserve, too.
    function test_aBatchGivesBackWhatItCouldNotBook() external {
        ITicketLottery.Ticket[] memory list = new ITicketLottery.Ticket[](5);
        list[0] = usdTicket(T1, 900 * USD);
        list[1] = usdTicket(D1, 50 * USD);
        list[2] = usdTicket(D1, 50 * USD);
        list[3] = usdTicket(T2, 150 * USD);
        list[4] = usdTicket(T2, 60 * USD);
        _batch(list);
        vm.assertTrue(stable.usedTickets(stable.getTicketHash(list[0])), "first");
        vm.assertFalse(stable.usedTickets(stable.getTicketHash(list[1])), "inactive");
        vm.assertFalse(stable.usedTickets(stable.getTicketHash(list[2])), "inactive, too");
        vm.assertTrue(stable.usedTickets(stable.getTicketHash(list[3])), "deposit was whole again");
        vm.assertFalse(
            stable.usedTickets(stable.getTicketHash(list[4])), "more than its share of the reserve"
        );
        vm.assertEq(stable.claimedReserve(sender, T2), 50 * USD, "of the reserve");
        uint256 round = rounds.currentRound();
        IStablecoinTicketBroker.RoundFees memory fees = stable.getRoundFees(T2, round);
        vm.assertEq(fees.shared + fees.commission, 150 * USD, "booked");
        fees = stable.getRoundFees(D1, round);
        vm.assertEq(fees.shared + fees.commission, 0, "nothing for the inactive");
    }

    function test_theSameTicketTwiceInABatchIsPaidOnce() external {
        ITicketLottery.Ticket[] memory list = new ITicketLottery.Ticket[](2);
        list[0] = usdTicket(T1, 10 * USD);
        list[1] = list[0];
        _batch(list);
        IStablecoinTicketBroker.RoundFees memory fees = stable.getRoundFees(T1, rounds.currentRound());
        vm.assertEq(fees.shared + fees.commission, 10 * USD, "once");
    }

    function test_tooFewSignaturesOrNumbersRevertTheWholeBatch() external {
        ITicketLottery.Ticket[] memory list = new ITicketLottery.Ticket[](2);
        (list[0], list[1]) = (usdTicket(T1, USD), usdTicket(T1, USD));
        bytes[] memory sigs = new bytes[](2);
        uint256[] memory rands = new uint256[](2);
        for (uint256 i = 0; i < 2; i++) {
            (sigs[i], rands[i]) = (signFor(stable, list[i], KEY), 1000 + list[i].senderNonce);
        }
        bytes memory outOfBounds = abi.encodeWithSignature("Panic(uint256)", 0x32);
        bytes[] memory fewer = new bytes[](1);
        fewer[0] = sigs[0];
        vm.expectRevert(outOfBounds);
        stable.batchRedeemWinningTickets(list, fewer, rands);
        uint256[] memory fewerRands = new uint256[](1);
        fewerRands[0] = rands[0];
        vm.expectRevert(outOfBounds);
        stable.batchRedeemWinningTickets(list, sigs, fewerRands);
        vm.assertFalse(stable.usedTickets(stable.getTicketHash(list[0])), "nothing kept");
        stable.batchRedeemWinningTickets(new ITicketLottery.Ticket[](0), sigs, rands);
        vm.roll(block.number + ROUND_LENGTH);
        vm.expectPartialRevert(ITicketLottery.CurrentRoundIsNotInitialized.selector);
        stable.batchRedeemWinningTickets(new ITicketLottery.Ticket[](0), sigs, rands);
    }

    /// Deposit plus an equal share of the reserve is the limit, to the unit.
    function testFuzz_aTicketIsPaidInFullOrNotAtAll(uint256 deposit, uint256 reserve, uint256 faceValue)
        external
    {
        pay(T1, 1000 * USD);
        deposit = bound(deposit, 0, 1000 * USD);
        reserve = bound(reserve, 0, 1000 * USD);
        faceValue = bound(faceValue, 0, 3000 * USD);
        fundSender(deposit, reserve);
        uint256 limit = deposit + stable.claimableReserve(sender, T1);
        vm.assertEq(limit, deposit + (reserve + 300 * USD) / 3, "limit");
        ITicketLottery.Ticket memory t = usdTicket(T1, faceValue);
        if (faceValue > limit) return expectRefusal(t, ITicketLottery.InsufficientFunds.selector);
        redeem(t);
        (ITicketLottery.Sender memory info, ITicketLottery.ReserveInfo memory left) =
            stable.getSenderInfo(sender);
        uint256 before = deposit + reserve + 300 * USD;
        vm.assertEq(info.deposit + left.fundsRemaining + faceValue, before, "nothing lost");
    }

    function testFuzz_anyOtherSignatureIsRefused(bytes32 r, bytes32 s, uint8 v) external {
        ITicketLottery.Ticket memory t = usdTicket(T1, USD);
        _expectBadSignature(stable, t, abi.encodePacked(r, s, v));
    }

    /// The draw decides alone: a chance of one half wins about half the time, and both brokers draw alike.
    function testFuzz_theDrawIsBelowTheChance(uint256 chance) external {
        ITicketLottery.Ticket memory t = usdTicket(T1, 1);
        t.winProb = chance;
        bytes memory sig = signFor(stable, t, KEY);
        uint256 rand = 1000 + t.senderNonce;
        bool wins = uint256(keccak256(abi.encodePacked(sig, rand))) < chance;
        if (!wins) return expectRefusal(t, ITicketLottery.TicketDidNotWin.selector);
        stable.redeemWinningTicket(t, sig, rand);
    }

    function test_theFeesOfAnOwnersParametersHaveBounds() external {
        vm.expectRevert(abi.encodeWithSelector(ITicketLottery.InvalidTicketValidityPeriod.selector));
        stable.setTicketValidityPeriod(0);
        bytes memory tooLong =
            abi.encodeWithSignature("SafeCastOverflowedUintDowncast(uint8,uint256)", 32, 1 << 32);
        vm.expectRevert(tooLong);
        stable.setTicketValidityPeriod(uint256(1) << 32);
        vm.expectRevert(tooLong);
        stable.setUnlockPeriod(uint256(1) << 32);
        stable.setUnlockPeriod(7);
        stable.setTicketValidityPeriod(3);
        vm.assertEq(stable.unlockPeriod(), 7, "unlock");
        vm.assertEq(stable.ticketValidityPeriod(), 3, "validity");
    }

    function _batch(ITicketLottery.Ticket[] memory list) private {
        bytes[] memory sigs = new bytes[](list.length);
        uint256[] memory rands = new uint256[](list.length);
        for (uint256 i = 0; i < list.length; i++) {
            (sigs[i], rands[i]) = (signFor(stable, list[i], KEY), 1000 + list[i].senderNonce);
        }
        stable.batchRedeemWinningTickets(list, sigs, rands);
    }

    function _expectBadSignature(ITicketLottery there, ITicketLottery.Ticket memory t, bytes memory sig)
        private
    {
        vm.expectPartialRevert(ITicketLottery.InvalidTicketSignature.selector);
        there.redeemWinningTicket(t, sig, 1000 + t.senderNonce);
    }

    function _parts(bytes memory sig) private pure returns (bytes32 r, bytes32 s, uint8 v) {
        assembly ("memory-safe") {
            r := mload(add(sig, 32))
            s := mload(add(sig, 64))
            v := byte(0, mload(add(sig, 96)))
        }
    }
}
