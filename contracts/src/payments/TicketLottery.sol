// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IController} from "../interfaces/IController.sol";
import {IRoundsManager} from "../interfaces/IRoundsManager.sol";
import {ITicketLottery} from "../interfaces/ITicketLottery.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {ManagerProxyTarget} from "../registry/ManagerProxyTarget.sol";
import {Funds} from "../types/Funds.sol";
import {Redemptions} from "./Redemptions.sol";
import {SenderAccounts} from "./SenderAccounts.sol";
import {Tickets} from "./Tickets.sol";

/// @title What both brokers have in common: accounts of senders and redemption of tickets
/// @notice A broker adds what its money is: how funds come in, how they go back, and where fees are booked.
/// @dev State is written before other contracts are called. A batch judges tickets by a code instead of calling itself,
///      so a failing ticket is skipped without a frame to revert; when the booking of fees fails, the tickets behind it
///      are given back.
abstract contract TicketLottery is ManagerProxyTarget, ITicketLottery {
    using Redemptions for Redemptions.State;
    using SafeCast for uint256;
    using SenderAccounts for SenderAccounts.Account;
    using Tickets for Tickets.Facts;

    Redemptions.State internal _lottery;

    constructor(IController controller_) ManagerProxyTarget(controller_) {}

    // ---- parameters -----------------------------------------------------------------------------------------

    /// @inheritdoc ITicketLottery
    function setUnlockPeriod(uint256 unlockPeriod_) external override onlyControllerOwner {
        _setPeriods(unlockPeriod_, ticketValidityPeriod());
        emit ParameterUpdate("unlockPeriod");
    }

    /// @inheritdoc ITicketLottery
    function setTicketValidityPeriod(uint256 ticketValidityPeriod_) external override onlyControllerOwner {
        if (ticketValidityPeriod_ == 0) revert InvalidTicketValidityPeriod();
        _setPeriods(unlockPeriod(), ticketValidityPeriod_);
        emit ParameterUpdate("ticketValidityPeriod");
    }

    // ---- funds of senders -----------------------------------------------------------------------------------

    /// @inheritdoc ITicketLottery
    function unlock() external override {
        uint256 round = _roundUnlessPaused();
        uint256 withdrawRound = _lottery.accounts[msg.sender].unlock(msg.sender, round, unlockPeriod());
        emit Unlock(msg.sender, round, withdrawRound);
    }

    /// @inheritdoc ITicketLottery
    function cancelUnlock() external override whenSystemNotPaused {
        _lottery.accounts[msg.sender].cancelUnlock();
        emit UnlockCancelled(msg.sender);
    }

    /// @inheritdoc ITicketLottery
    function withdraw() external override {
        uint256 round = _roundUnlessPaused();
        (uint256 deposit, uint256 reserve) = _lottery.accounts[msg.sender].empty(msg.sender, round);
        _payOut(msg.sender, deposit + reserve);
        emit Withdrawal(msg.sender, deposit, reserve);
    }

    // ---- tickets --------------------------------------------------------------------------------------------

    /// @inheritdoc ITicketLottery
    function redeemWinningTicket(Ticket calldata ticket, bytes calldata sig, uint256 recipientRand)
        external
        override
    {
        Redemptions.Clock memory clock = _openClock();
        Redemptions.Case memory c;
        Redemptions.Defect defect = _use(ticket, sig, recipientRand, clock, c);
        if (defect != Redemptions.Defect.None) _lottery.refuse(defect, c, sig, clock);
        if (c.facts.faceValue != 0) _bookFees(c.facts.recipient, c.facts.faceValue, clock);
        Redemptions.emitRedeemed(ticket, recipientRand, c.fromReserve);
    }

    /// @inheritdoc ITicketLottery
    function batchRedeemWinningTickets(
        Ticket[] calldata tickets,
        bytes[] calldata sigs,
        uint256[] calldata recipientRands
    ) external override {
        Redemptions.Clock memory clock = _openClock();
        if (tickets.length == 0) _readRound(clock, 0);
        // Zero where a ticket is not redeemed.
        bytes32[] memory hashes = new bytes32[](tickets.length);
        uint256[] memory fromReserve = new uint256[](tickets.length);
        uint256 first = 0;
        while (first < tickets.length) {
            (uint256 end, uint256 fees) =
                _useRun(tickets, sigs, recipientRands, clock, hashes, fromReserve, first);
            bool booked = fees == 0 || _tryBookFees(tickets[first].recipient, fees, clock);
            if (!booked) _bookApart(tickets, clock, hashes, fromReserve, first, end);
            for (; first < end; first++) {
                if (hashes[first] == 0) continue;
                Redemptions.emitRedeemed(tickets[first], recipientRands[first], fromReserve[first]);
            }
        }
    }

    // ---- views ----------------------------------------------------------------------------------------------

    /// @inheritdoc ITicketLottery
    function unlockPeriod() public view override returns (uint256) {
        return _besideController & type(uint32).max;
    }

    /// @inheritdoc ITicketLottery
    function ticketValidityPeriod() public view override returns (uint256) {
        return _besideController >> 32;
    }

    /// @inheritdoc ITicketLottery
    function usedTickets(bytes32 ticketHash) external view override returns (bool) {
        return _lottery.used[ticketHash];
    }

    /// @inheritdoc ITicketLottery
    function getSenderInfo(address addr)
        external
        view
        override
        returns (Sender memory sender, ReserveInfo memory reserve)
    {
        Funds funds = _lottery.accounts[addr].funds;
        sender = Sender({deposit: funds.deposit(), withdrawRound: funds.withdrawRound()});
        reserve = getReserveInfo(addr);
    }

    /// @inheritdoc ITicketLottery
    function getReserveInfo(address reserveHolder) public view override returns (ReserveInfo memory info) {
        SenderAccounts.Account storage account = _lottery.accounts[reserveHolder];
        info.fundsRemaining = account.funds.reserve();
        info.claimedInCurrentRound =
            SenderAccounts.claimedIn(account.claimed, _roundsManager().currentRound());
    }

    /// @inheritdoc ITicketLottery
    function claimableReserve(address reserveHolder, address claimant)
        external
        view
        override
        returns (uint256)
    {
        uint256 round = _roundsManager().currentRound();
        return
            _lottery.accounts[reserveHolder].claimable(claimant, round, _sharers(_bondingManager(), claimant));
    }

    /// @inheritdoc ITicketLottery
    function claimedReserve(address reserveHolder, address claimant)
        external
        view
        override
        returns (uint256)
    {
        uint256 round = _roundsManager().currentRound();
        return SenderAccounts.claimedIn(_lottery.accounts[reserveHolder].claimedBy[claimant], round);
    }

    /// @inheritdoc ITicketLottery
    function isUnlockInProgress(address addr) external view override returns (bool) {
        return _lottery.accounts[addr].funds.withdrawRound() != 0;
    }

    // ---- what a broker adds ---------------------------------------------------------------------------------

    /// @param facts What was read of the ticket
    /// @return ticketHash Key of the ticket among the used ones
    /// @return digest What the sender signs
    function _identify(Ticket calldata ticket, Tickets.Facts memory facts)
        internal
        view
        virtual
        returns (bytes32 ticketHash, bytes32 digest);

    /// Sends funds back to a sender.
    function _payOut(address to, uint256 amount) internal virtual;

    /// Books the face value of redeemed tickets, more than 0, or reverts.
    function _bookFees(address recipient, uint256 amount, Redemptions.Clock memory clock) internal virtual;

    /// The same, but tells that it failed, and then leaves nothing behind.
    function _tryBookFees(address recipient, uint256 amount, Redemptions.Clock memory clock)
        internal
        virtual
        returns (bool booked);

    // ---- internal -------------------------------------------------------------------------------------------

    function _addFunds(address addr, uint256 deposit, uint256 reserve) internal returns (bool cancelled) {
        return _lottery.accounts[addr].add(deposit, reserve, addr == msg.sender);
    }

    function _fundBoth(address addr, uint256 deposit, uint256 reserve) internal {
        if (_addFunds(addr, deposit, reserve)) emit UnlockCancelled(addr);
        emit ReserveFunded(addr, reserve);
        emit DepositFunded(addr, deposit);
    }

    /// Uses the tickets from `first` on that have the same recipient, as far as they can be.
    /// @return end Index after the last of them
    /// @return fees What they are worth together
    function _useRun(
        Ticket[] calldata tickets,
        bytes[] calldata sigs,
        uint256[] calldata recipientRands,
        Redemptions.Clock memory clock,
        bytes32[] memory hashes,
        uint256[] memory fromReserve,
        uint256 first
    ) private returns (uint256 end, uint256 fees) {
        Redemptions.Case memory c;
        address recipient = tickets[first].recipient;
        for (end = first; end < tickets.length; end++) {
            Ticket calldata ticket = tickets[end];
            if (ticket.recipient != recipient) break;
            if (_use(ticket, sigs[end], recipientRands[end], clock, c) != Redemptions.Defect.None) continue;
            (hashes[end], fromReserve[end]) = (c.ticketHash, c.fromReserve);
            fees += c.facts.faceValue;
        }
    }

    /// The sum of a run could not be booked: perhaps single tickets can. Those that can't are given back.
    function _bookApart(
        Ticket[] calldata tickets,
        Redemptions.Clock memory clock,
        bytes32[] memory hashes,
        uint256[] memory fromReserve,
        uint256 first,
        uint256 end
    ) private {
        for (uint256 i = first; i < end; i++) {
            Ticket calldata ticket = tickets[i];
            if (hashes[i] == 0 || ticket.faceValue == 0) continue;
            if (_tryBookFees(ticket.recipient, ticket.faceValue, clock)) continue;
            _lottery.giveBack(ticket, hashes[i], fromReserve[i]);
            hashes[i] = 0;
        }
    }

    /// Judges a ticket and, if it is good, marks it used and takes its face value from the sender.
    function _use(
        Ticket calldata ticket,
        bytes calldata sig,
        uint256 recipientRand,
        Redemptions.Clock memory clock,
        Redemptions.Case memory c
    ) private returns (Redemptions.Defect defect) {
        Tickets.Facts memory facts = c.facts;
        facts.read(ticket);
        if (clock.round == 0 || facts.creationRound != clock.hashRound) {
            _readRound(clock, facts.creationRound);
        }
        (c.ticketHash, c.digest) = _identify(ticket, facts);
        defect = _lottery.judge(c, sig, recipientRand, clock);
        if (defect != Redemptions.Defect.None) return defect;

        SenderAccounts.Account storage account = _lottery.accounts[facts.sender];
        Funds funds = account.funds;
        if (funds.isUnlockedIn(clock.round)) return Redemptions.Defect.SenderUnlocked;
        uint256 amount = facts.faceValue;
        c.fromReserve = 0;
        if (amount > funds.deposit()) {
            uint256 sharers = _sharers(clock.bonding, facts.recipient);
            c.available = funds.deposit() + account.claimable(facts.recipient, clock.round, sharers);
            if (amount > c.available) return Redemptions.Defect.InsufficientFunds;
            c.fromReserve = amount - funds.deposit();
        }
        _lottery.used[c.ticketHash] = true;
        if (amount != 0) account.take(funds, facts.recipient, amount, c.fromReserve, clock.round);
    }

    /// Guard of redemptions: the system runs.
    function _openClock() private view returns (Redemptions.Clock memory clock) {
        address directory = _lookUnlessPaused();
        clock.rounds = IRoundsManager(_find(directory, ContractIds.ROUNDS_MANAGER));
        clock.bonding = IBondingManager(_find(directory, ContractIds.BONDING_MANAGER));
    }

    /// Both beside the controller, because each redemption asks for one of them.
    function _setPeriods(uint256 unlockPeriod_, uint256 ticketValidityPeriod_) private {
        _besideController = uint96(unlockPeriod_.toUint32()) | uint96(ticketValidityPeriod_.toUint32()) << 32;
    }

    function _readRound(Redemptions.Clock memory clock, uint256 creationRound) private view {
        bool initialized;
        (clock.round, initialized, clock.blockHash) = clock.rounds.roundAndBlockHash(creationRound);
        if (!initialized) revert CurrentRoundIsNotInitialized(clock.round);
        (clock.hashRound, clock.validityPeriod) = (creationRound, ticketValidityPeriod());
    }

    /// How many share each reserve with this claimant; 0 when it has no share itself.
    function _sharers(IBondingManager bonding, address claimant) private view returns (uint256) {
        return bonding.isActiveTranscoder(claimant) ? bonding.currentRoundActiveTranscoders() : 0;
    }

    function _roundUnlessPaused() private view returns (uint256) {
        return IRoundsManager(_find(_lookUnlessPaused(), ContractIds.ROUNDS_MANAGER)).currentRound();
    }

    function _roundsManager() internal view returns (IRoundsManager) {
        return IRoundsManager(_contractOf(ContractIds.ROUNDS_MANAGER));
    }

    function _bondingManager() internal view returns (IBondingManager) {
        return IBondingManager(_contractOf(ContractIds.BONDING_MANAGER));
    }
}
