// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {ProtocolTest} from "../base/ProtocolTest.sol";
import {bound, vm} from "../base/Vm.sol";

/// @title Everything accounts can do, with fuzzed choices
/// @dev A refused call is part of the game: it changes nothing.
contract ProtocolHandler is ProtocolTest {
    uint256 public constant ACCOUNTS = 7;
    uint256 private constant TRANSCODERS = 4;
    uint256 private constant MAX_LOCKS = 8;
    uint256 private constant SENDER_KEY = 0xbeef;

    mapping(bytes32 operation => uint256 count) public succeeded;
    address public immutable SENDER;
    uint256 private _nonce;

    constructor() {
        SENDER = vm.addr(SENDER_KEY);
        deploy(defaultConfig());
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            fund(account(i), 10_000e18);
        }
        vm.deal(SENDER, 1_000_000 ether);
        initializeRound();
        for (uint256 i = 0; i < TRANSCODERS; i++) {
            bond(account(i), (i + 1) * 100e18, account(i));
            vm.prank(account(i));
            bonding.transcoder(100_000 * i, 250_000 * i);
        }
        nextRound();
    }

    function account(uint256 index) public pure returns (address) {
        return address(uint160(0x1000 + index % ACCOUNTS));
    }

    function bondStake(uint256 who, uint256 to, uint256 amount) external {
        address delegate = account(to % TRANSCODERS);
        _try(account(who), "bond", abi.encodeCall(bonding.bond, (bound(amount, 0, 1000e18), delegate)));
    }

    function bondDust(uint256 who, uint256 owner, uint256 to) external {
        bytes memory data = abi.encodeCall(
            bonding.bondForWithHint,
            (1, account(owner), account(to), address(0), address(0), account(to / 2), account(to / 3))
        );
        _try(account(who), "bondFor", data);
    }

    function unbondStake(uint256 who, uint256 amount) external {
        (uint256 bonded,,,,,,) = bonding.getDelegator(account(who));
        uint256 part = amount % 4 == 0 ? bonded : bound(amount, 0, bonded);
        _try(account(who), "unbond", abi.encodeCall(bonding.unbond, (part)));
    }

    function rebondStake(uint256 who, uint256 to, uint256 lock) external {
        uint256 id = lock % MAX_LOCKS;
        if (to % 2 == 0) {
            _try(account(who), "rebond", abi.encodeCall(bonding.rebond, (id)));
        } else {
            bytes memory data = abi.encodeCall(bonding.rebondFromUnbonded, (account(to % TRANSCODERS), id));
            _try(account(who), "rebondFromUnbonded", data);
        }
    }

    function transferStake(uint256 who, uint256 to, uint256 amount) external {
        (uint256 bonded,,,,,,) = bonding.getDelegator(account(who));
        bytes memory data = abi.encodeCall(
            bonding.transferBond,
            (account(to), bound(amount, 0, bonded), address(0), account(1), account(2), address(0))
        );
        _try(account(who), "transferBond", data);
    }

    function withdrawStake(uint256 who, uint256 lock) external {
        _try(account(who), "withdrawStake", abi.encodeCall(bonding.withdrawStake, (lock % MAX_LOCKS)));
    }

    function withdrawFees(uint256 who, uint256 amount) external {
        (, uint256 fees,,,,,) = bonding.getDelegator(account(who));
        bytes memory data =
            abi.encodeCall(bonding.withdrawFees, (payable(account(who)), bound(amount, 0, fees)));
        _try(account(who), "withdrawFees", data);
    }

    function claim(uint256 who) external {
        _try(account(who), "claimEarnings", abi.encodeCall(bonding.claimEarnings, (0)));
    }

    function setTerms(uint256 who, uint256 rewardCut, uint256 feeShare) external {
        bytes memory data =
            abi.encodeCall(bonding.transcoder, (bound(rewardCut, 0, 1e6), bound(feeShare, 0, 1e6)));
        _try(account(who), "transcoder", data);
    }

    function reward(uint256 who, uint256 prev, uint256 next) external {
        bytes memory data = abi.encodeCall(bonding.rewardWithHint, (account(prev), account(next)));
        _try(account(who % TRANSCODERS), "reward", data);
    }

    function startRound(uint256 skipped) external {
        goToRound(rounds.currentRound() + 1 + (skipped % 8 == 0 ? 1 : 0));
    }

    function fundSender(uint256 deposit, uint256 reserve) external {
        (deposit, reserve) = (bound(deposit, 0, 5 ether), bound(reserve, 0, 5 ether));
        vm.prank(SENDER);
        broker.fundDepositAndReserve{value: deposit + reserve}(deposit, reserve);
        succeeded["fund"]++;
    }

    function redeem(uint256 who, uint256 faceValue) external {
        ITicketLottery.Ticket memory ticket =
            winningTicket(SENDER, account(who % TRANSCODERS), bound(faceValue, 0, 2 ether), ++_nonce);
        bytes memory sig = signTicket(ticket, SENDER_KEY);
        (bool ok,) =
            address(broker).call(abi.encodeCall(broker.redeemWinningTicket, (ticket, sig, 1000 + _nonce)));
        if (ok) succeeded["redeem"]++;
    }

    function unlockOrWithdraw(uint256 choice) external {
        vm.prank(SENDER);
        bytes memory data =
            choice % 2 == 0 ? abi.encodeCall(broker.unlock, ()) : abi.encodeCall(broker.withdraw, ());
        (bool ok,) = address(broker).call(data);
        if (ok) succeeded[choice % 2 == 0 ? bytes32("unlock") : bytes32("withdraw")]++;
    }

    function _try(address caller, bytes32 operation, bytes memory data) private {
        vm.prank(caller);
        (bool ok,) = address(bonding).call(data);
        if (ok) succeeded[operation]++;
    }

    // ---- facts for the invariants ---------------------------------------------------------------------------

    function stakeOwed() external view returns (uint256 owed) {
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            owed += bonding.pendingStake(account(i), 0);
            (,,,,,, uint256 locks) = bonding.getDelegator(account(i));
            for (uint256 id = 0; id < locks; id++) {
                (uint256 amount,) = bonding.getDelegatorUnbondingLock(account(i), id);
                owed += amount;
            }
        }
    }

    function stakeHeld() external view returns (uint256) {
        return token.balanceOf(address(minter));
    }

    function ethOwed() external view returns (uint256 owed) {
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            owed += bonding.pendingFees(account(i), 0);
        }
        (ITicketLottery.Sender memory sender, ITicketLottery.ReserveInfo memory reserve) =
            broker.getSenderInfo(SENDER);
        owed += sender.deposit + reserve.fundsRemaining;
    }

    function ethHeld() external view returns (uint256) {
        return address(minter).balance;
    }

    function minted() external view returns (uint256 used, uint256 budget) {
        return (minter.currentMintedTokens(), minter.currentMintableTokens());
    }

    function stakeOfDelegators(address delegate) external view returns (uint256 delegated, uint256 pending) {
        delegated = bonding.transcoderTotalStake(delegate);
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            (,, address of_,,,,) = bonding.getDelegator(account(i));
            if (of_ == delegate) pending += bonding.pendingStake(account(i), 0);
        }
    }

    function pool() external view returns (address[] memory members, uint256 total) {
        members = new address[](bonding.getTranscoderPoolSize());
        address member = bonding.getFirstTranscoderInPool();
        for (uint256 i = 0; i < members.length; i++) {
            members[i] = member;
            member = bonding.getNextTranscoderInPool(member);
        }
        vm.assertEq(member, address(0), "the list ends after its size");
        total = bonding.nextRoundTotalActiveStake();
    }

    function maxPoolSize() external view returns (uint256) {
        return bonding.getTranscoderPoolMaxSize();
    }
}
