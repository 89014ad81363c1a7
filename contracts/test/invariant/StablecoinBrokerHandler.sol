// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {IStablecoinTicketBroker} from "../../src/interfaces/IStablecoinTicketBroker.sol";
import {StablecoinTest} from "../base/StablecoinTest.sol";
import {PlainToken} from "../base/Stablecoins.sol";
import {bound, vm} from "../base/Vm.sol";

/// @title A token that refuses accounts, and calls whom it is told to while it moves money
contract HostileToken is PlainToken {
    mapping(address account => bool) public refused;
    address public target;
    bytes public call;

    function refuse(address account, bool yes) external {
        refused[account] = yes;
    }

    function callNext(address target_, bytes calldata call_) external {
        (target, call) = (target_, call_);
    }

    function _move(address from, address to, uint256 amount) internal override {
        require(!refused[from] && !refused[to], "refused");
        super._move(from, to, amount);
        address callee = target;
        if (callee == address(0)) return;
        target = address(0);
        (bool ok,) = callee.call(call);
        ok;
    }
}

/// @title Senders, stakers and thieves around the broker for a stablecoin, with exact books of its tokens
/// @dev Calls into the protocol are made low-level and may be refused; a failed check stops the campaign.
contract StablecoinBrokerHandler is StablecoinTest {
    /// 0 to 2 are transcoders, the others delegators.
    uint256 private constant STAKERS = 7;
    uint256 private constant TRANSCODERS = 3;
    uint256 private constant SENDERS = 2;

    struct Redeemed {
        ITicketLottery.Ticket ticket;
        bytes sig;
    }

    mapping(bytes32 operation => uint256 count) public succeeded;
    HostileToken public immutable coin;
    uint256 private immutable _firstRound;
    uint256 private _funded;
    uint256 private _withdrawn;
    uint256 private _redeemed;
    uint256 private _claimed;
    Redeemed[] private _past;

    constructor() {
        deployWithStakers();
        coin = new HostileToken();
        stable = deployBroker("StablecoinTicketBroker", address(coin));
        for (uint256 i = 0; i < SENDERS; i++) {
            coin.mint(_sender(i), 1e30);
            vm.prank(_sender(i));
            coin.approve(address(stable), type(uint256).max);
        }
        for (uint256 i = 0; i < STAKERS; i++) {
            fund(_staker(i), 1e24);
        }
        _firstRound = rounds.currentRound();
    }

    // ---- stake ----------------------------------------------------------------------------------------------

    function stakeMore(uint256 who, uint256 to, uint256 amount) external {
        address account = _staker(who);
        bytes memory data = abi.encodeCall(bonding.bond, (bound(amount, 0, 1e22), _transcoder(to)));
        _send(account, address(bonding), "bond", data);
    }

    function unstake(uint256 who, uint256 part) external {
        address account = _staker(who);
        (uint256 bonded,,,,,,) = bonding.getDelegator(account);
        _send(account, address(bonding), "unbond", abi.encodeCall(bonding.unbond, (bound(part, 0, bonded))));
    }

    function claimEarnings(uint256 who) external {
        _send(_staker(who), address(bonding), "claimEarnings", abi.encodeCall(bonding.claimEarnings, (0)));
    }

    function reward(uint256 who) external {
        _send(_transcoder(who), address(bonding), "reward", abi.encodeWithSignature("reward()"));
    }

    function setTerms(uint256 who, uint256 cut, uint256 share) external {
        bytes memory data =
            abi.encodeCall(bonding.transcoder, (bound(cut, 0, 1_000_000), bound(share, 0, 1_000_000)));
        _send(_transcoder(who), address(bonding), "transcoder", data);
    }

    function passRound(uint256 rewarded) external {
        nextRound();
        for (uint256 i = 0; i < TRANSCODERS; i++) {
            if (rewarded >> i & 1 == 1) this.reward(i);
        }
    }

    // ---- money ----------------------------------------------------------------------------------------------

    function fundDeposit(uint256 who, uint256 deposit, uint256 reserve, bool other) external {
        address account = _sender(who);
        (deposit, reserve) = (bound(deposit, 0, 1e12), bound(reserve, 0, 1e12));
        bytes memory data = abi.encodeCall(stable.fundDepositAndReserveFor, (account, deposit, reserve));
        if (_send(other ? _sender(who % SENDERS + 1) : account, address(stable), "fund", data)) {
            _funded += deposit + reserve;
        }
    }

    function unlockOrWithdraw(uint256 who, uint256 what) external {
        address account = _sender(who);
        if (what % 4 == 0) _send(account, address(stable), "unlock", abi.encodeCall(stable.unlock, ()));
        if (what % 4 == 1) {
            _send(account, address(stable), "cancelUnlock", abi.encodeCall(stable.cancelUnlock, ()));
        }
        if (what % 4 < 2) return;
        uint256 before = coin.balanceOf(account);
        if (_send(account, address(stable), "withdraw", abi.encodeCall(stable.withdraw, ()))) {
            _withdrawn += coin.balanceOf(account) - before;
        }
    }

    function takeAllOut(uint256 who) external {
        this.unlockOrWithdraw(who, 0);
        nextRound();
        nextRound();
        this.unlockOrWithdraw(who, 2);
    }

    function redeemOne(uint256 who, uint256 to, uint256 amount) external {
        Redeemed memory r = _ticketOf(who, to, amount);
        bytes memory data =
            abi.encodeCall(stable.redeemWinningTicket, (r.ticket, r.sig, 1000 + r.ticket.senderNonce));
        if (!_send(address(this), address(stable), "redeem", data)) return;
        _redeemed += r.ticket.faceValue;
        _past.push(r);
    }

    function redeemBatch(uint256 who, uint256[5] memory to, uint256[5] memory amounts) external {
        ITicketLottery.Ticket[] memory list = new ITicketLottery.Ticket[](5);
        bytes[] memory sigs = new bytes[](5);
        uint256[] memory rands = new uint256[](5);
        for (uint256 i = 0; i < 5; i++) {
            // Few recipients, so that there are rows of one; a staker that is not active among them.
            Redeemed memory r =
                _ticketOf(who % SENDERS + (to[i] >> 8 & 1), to[i] % 5 == 4 ? 4 : to[i] % 2, amounts[i]);
            (list[i], sigs[i], rands[i]) = (r.ticket, r.sig, 1000 + r.ticket.senderNonce);
        }
        bytes memory data = abi.encodeCall(stable.batchRedeemWinningTickets, (list, sigs, rands));
        if (!_send(address(this), address(stable), "batch", data)) return;
        for (uint256 i = 0; i < 5; i++) {
            if (!stable.usedTickets(stable.getTicketHash(list[i]))) continue;
            _redeemed += list[i].faceValue;
            succeeded["redeemed in a batch"]++;
            _past.push(Redeemed(list[i], sigs[i]));
        }
    }

    function redeemAgain(uint256 which) external {
        if (_past.length == 0) return;
        Redeemed memory r = _past[which % _past.length];
        bytes memory data =
            abi.encodeCall(stable.redeemWinningTicket, (r.ticket, r.sig, 1000 + r.ticket.senderNonce));
        vm.assertFalse(_send(address(this), address(stable), "redeemed twice", data), "a ticket is paid once");
    }

    function claimShares(uint256 who, uint256 from, uint256 back, bool byThief) external {
        address staker = _staker(who);
        uint256 current = rounds.currentRound();
        uint256 round = current - bound(back, 0, current - _firstRound);
        uint256 expected = stable.claimableFees(staker, _transcoder(from), round);
        uint256 before = coin.balanceOf(staker);
        bytes memory data = byThief
            ? abi.encodeCall(stable.claimFeesFor, (staker, _transcoder(from), one(round)))
            : abi.encodeCall(stable.claimFees, (_transcoder(from), one(round), staker));
        if (!_send(byThief ? address(0xbad) : staker, address(stable), "claim", data)) return;
        uint256 paid = coin.balanceOf(staker) - before;
        vm.assertEq(paid, expected, "what was promised");
        vm.assertEq(stable.claimableFees(staker, _transcoder(from), round), 0, "a share is paid once");
        _claimed += paid;
    }

    // ---- hostility ------------------------------------------------------------------------------------------

    function refuseAccount(uint256 who, bool yes) external {
        coin.refuse(who % 3 == 0 ? _sender(who >> 8) : _staker(who >> 8), yes);
    }

    /// While the token moves money of one account it claims for another, or withdraws again.
    function callBack(uint256 what, uint256 who, uint256 from, uint256 back) external {
        uint256 current = rounds.currentRound();
        uint256 round = current - bound(back, 0, current - _firstRound);
        bytes memory claiming =
            abi.encodeCall(stable.claimFeesFor, (_staker(who), _transcoder(from), one(round)));
        bytes memory again = abi.encodeCall(stable.withdraw, ());
        bytes memory funding = abi.encodeCall(stable.fundDepositAndReserve, (0, 0));
        coin.callNext(address(stable), what % 3 == 0 ? claiming : what % 3 == 1 ? again : funding);
    }

    // ---- checks ---------------------------------------------------------------------------------------------

    /// Every unit in the broker belongs to somebody: senders, or stakers of some round.
    function check() external view {
        uint256 balance = coin.balanceOf(address(stable));
        vm.assertEq(balance, _funded - _withdrawn - _claimed, "tokens in and out");
        uint256 owed;
        for (uint256 i = 0; i < SENDERS; i++) {
            (ITicketLottery.Sender memory info, ITicketLottery.ReserveInfo memory reserve) =
                stable.getSenderInfo(_sender(i));
            owed += info.deposit + reserve.fundsRemaining;
            vm.assertLe(_claimedOf(_sender(i)), reserve.claimedInCurrentRound, "claims of the reserve");
        }
        (uint256 booked, uint256 paid) = _fees();
        vm.assertEq(booked, _redeemed, "fees are what tickets were worth");
        vm.assertEq(paid, _claimed, "fees paid");
        vm.assertEq(balance, owed + booked - paid, "solvent, to the unit");
    }

    /// Everybody takes what is left: nobody is refused, nothing more than there is can be taken.
    function everybodyLeaves() external {
        nextRound();
        coin.callNext(address(0), "");
        for (uint256 i = 0; i < STAKERS; i++) {
            coin.refuse(_staker(i), false);
            for (uint256 t = 0; t < TRANSCODERS; t++) {
                _claimAll(_staker(i), _transcoder(t));
            }
        }
        for (uint256 i = 0; i < SENDERS; i++) {
            coin.refuse(_sender(i), false);
            _send(_sender(i), address(stable), "unlock", abi.encodeCall(stable.unlock, ()));
        }
        nextRound();
        nextRound();
        for (uint256 i = 0; i < SENDERS; i++) {
            this.unlockOrWithdraw(i, 2);
            (ITicketLottery.Sender memory info, ITicketLottery.ReserveInfo memory reserve) =
                stable.getSenderInfo(_sender(i));
            vm.assertEq(info.deposit + reserve.fundsRemaining, 0, "a sender can leave");
        }
        this.check();
    }

    function _claimAll(address staker, address transcoder) private {
        for (uint256 round = _firstRound; round < rounds.currentRound(); round++) {
            uint256 share = stable.claimableFees(staker, transcoder, round);
            if (share == 0) continue;
            vm.assertEq(claim(staker, transcoder, round), share, "a share waits");
            _claimed += share;
        }
    }

    function _fees() private view returns (uint256 booked, uint256 paid) {
        for (uint256 round = _firstRound; round <= rounds.currentRound(); round++) {
            for (uint256 t = 0; t < TRANSCODERS; t++) {
                IStablecoinTicketBroker.RoundFees memory fees = stable.getRoundFees(_transcoder(t), round);
                vm.assertLe(fees.paid, fees.shared + fees.commission, "never more than received");
                vm.assertLe(fees.ownStake, fees.totalStake, "own stake is a part");
                booked += fees.shared + fees.commission;
                paid += fees.paid;
            }
        }
    }

    function _claimedOf(address account) private view returns (uint256 sum) {
        for (uint256 t = 0; t < TRANSCODERS; t++) {
            sum += stable.claimedReserve(account, _transcoder(t));
        }
    }

    function _ticketOf(uint256 who, uint256 to, uint256 amount) private returns (Redeemed memory r) {
        uint256 index = who % SENDERS;
        r.ticket = winningTicket(_sender(index), _staker(to), bound(amount, 0, 1e11), ++tickets);
        r.sig = signFor(stable, r.ticket, _key(index));
    }

    function _send(address from, address to, bytes32 operation, bytes memory data) private returns (bool ok) {
        vm.prank(from);
        (ok,) = to.call(data);
        if (ok) succeeded[operation]++;
    }

    function _staker(uint256 index) private pure returns (address) {
        address[7] memory all = [T1, T2, T3, D1, D2, D3, address(0x24)];
        return all[index % STAKERS];
    }

    function _transcoder(uint256 index) private pure returns (address) {
        return _staker(index % TRANSCODERS);
    }

    function _sender(uint256 index) private pure returns (address) {
        return vm.addr(_key(index));
    }

    function _key(uint256 index) private pure returns (uint256) {
        return 0x5e4d + index % SENDERS;
    }
}
