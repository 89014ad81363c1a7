// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IBondingManager} from "../interfaces/IBondingManager.sol";
import {IController} from "../interfaces/IController.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {IRoundsManager} from "../interfaces/IRoundsManager.sol";
import {ITicketBroker} from "../interfaces/ITicketBroker.sol";
import {ITicketLottery} from "../interfaces/ITicketLottery.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {ManagerProxyTarget} from "../registry/ManagerProxyTarget.sol";
import {Tickets} from "./Tickets.sol";

/// @notice See ITicketLottery.
/// @dev The ETH itself lies in the Minter. State is written before the calls to other contracts, all of the protocol.
contract TicketBroker is ManagerProxyTarget, ITicketBroker {
    using SafeCast for uint256;
    using Tickets for Ticket;

    struct Account {
        uint192 deposit;
        uint64 withdrawRound;
        uint256 reserve;
        mapping(uint256 round => uint256) claimed;
        mapping(uint256 round => mapping(address claimant => uint256)) claimedBy;
    }

    uint256 public override unlockPeriod;
    uint256 public override ticketValidityPeriod;
    mapping(bytes32 ticketHash => bool) public override usedTickets;
    mapping(address sender => Account) private _accounts;

    constructor(IController controller_) ManagerProxyTarget(controller_) {}

    // ---- parameters -----------------------------------------------------------------------------------------

    /// @inheritdoc ITicketLottery
    function setUnlockPeriod(uint256 unlockPeriod_) external override onlyControllerOwner {
        unlockPeriod = unlockPeriod_;
        emit ParameterUpdate("unlockPeriod");
    }

    /// @inheritdoc ITicketLottery
    function setTicketValidityPeriod(uint256 ticketValidityPeriod_) external override onlyControllerOwner {
        if (ticketValidityPeriod_ == 0) revert InvalidTicketValidityPeriod();
        ticketValidityPeriod = ticketValidityPeriod_;
        emit ParameterUpdate("ticketValidityPeriod");
    }

    // ---- funds of senders -----------------------------------------------------------------------------------

    /// @inheritdoc ITicketBroker
    function fundDeposit() external payable override whenSystemNotPaused {
        _cancelOwnUnlock(msg.sender);
        _addDeposit(msg.sender, msg.value);
        _forwardValue();
    }

    /// @inheritdoc ITicketBroker
    function fundReserve() external payable override whenSystemNotPaused {
        _addReserve(msg.sender, msg.value);
        _cancelOwnUnlock(msg.sender);
        _forwardValue();
    }

    /// @inheritdoc ITicketBroker
    function fundDepositAndReserve(uint256 depositAmount, uint256 reserveAmount) external payable override {
        fundDepositAndReserveFor(msg.sender, depositAmount, reserveAmount);
    }

    /// @inheritdoc ITicketBroker
    function fundDepositAndReserveFor(address addr, uint256 depositAmount, uint256 reserveAmount)
        public
        payable
        override
        whenSystemNotPaused
    {
        if (msg.value != depositAmount + reserveAmount) {
            revert ValueDoesNotEqualSum(msg.value, depositAmount, reserveAmount);
        }
        _cancelOwnUnlock(addr);
        _addReserve(addr, reserveAmount);
        _addDeposit(addr, depositAmount);
        _forwardValue();
    }

    /// @inheritdoc ITicketLottery
    function unlock() external override whenSystemNotPaused {
        Account storage account = _fundedAccount(msg.sender);
        if (account.withdrawRound != 0) revert UnlockAlreadyInitiated(account.withdrawRound);
        uint256 round = _roundsManager().currentRound();
        account.withdrawRound = (round + unlockPeriod).toUint64();
        emit Unlock(msg.sender, round, account.withdrawRound);
    }

    /// @inheritdoc ITicketLottery
    function cancelUnlock() external override whenSystemNotPaused {
        if (!isUnlockInProgress(msg.sender)) revert NoUnlockInProgress();
        _cancelOwnUnlock(msg.sender);
    }

    /// @inheritdoc ITicketLottery
    /// @dev The withdraw round stays set: tickets of an empty account keep failing until it funds itself again.
    function withdraw() external override whenSystemNotPaused {
        Account storage account = _fundedAccount(msg.sender);
        uint256 withdrawRound = account.withdrawRound;
        if (withdrawRound == 0) revert NoUnlockInProgress();
        uint256 round = _roundsManager().currentRound();
        if (round < withdrawRound) revert AccountIsLocked(withdrawRound, round);
        (uint256 deposit, uint256 reserve) = (account.deposit, account.reserve);
        (account.deposit, account.reserve) = (0, 0);
        _minter().trustedWithdrawETH(payable(msg.sender), deposit + reserve);
        emit Withdrawal(msg.sender, deposit, reserve);
    }

    // ---- tickets --------------------------------------------------------------------------------------------

    /// @inheritdoc ITicketLottery
    function redeemWinningTicket(Ticket calldata ticket, bytes calldata sig, uint256 recipientRand)
        external
        override
        whenSystemNotPaused
    {
        uint256 round = _initializedRound();
        uint256 creationRound = _requireValidAuxData(ticket, round);
        bytes32 ticketHash = ticket.hash();
        _requireWinner(ticket, ticketHash, sig, recipientRand);
        uint256 withdrawRound = _accounts[ticket.sender].withdrawRound;
        if (withdrawRound != 0 && withdrawRound <= round) {
            revert SenderIsUnlocked(ticket.sender, withdrawRound);
        }

        usedTickets[ticketHash] = true;
        _pay(ticket, round, creationRound);
        emit WinningTicketRedeemed(
            ticket.sender,
            ticket.recipient,
            ticket.faceValue,
            ticket.winProb,
            ticket.senderNonce,
            recipientRand,
            ticket.auxData
        );
    }

    /// @inheritdoc ITicketLottery
    /// @dev A call to itself for each ticket, so that a failing one leaves nothing behind.
    function batchRedeemWinningTickets(
        Ticket[] calldata tickets,
        bytes[] calldata sigs,
        uint256[] calldata recipientRands
    ) external override whenSystemNotPaused {
        _initializedRound();
        for (uint256 i = 0; i < tickets.length; i++) {
            try this.redeemWinningTicket(tickets[i], sigs[i], recipientRands[i]) {} catch {}
        }
    }

    // ---- views ----------------------------------------------------------------------------------------------

    /// @inheritdoc ITicketLottery
    function getSenderInfo(address addr)
        external
        view
        override
        returns (Sender memory sender, ReserveInfo memory reserve)
    {
        Account storage account = _accounts[addr];
        sender = Sender({deposit: account.deposit, withdrawRound: account.withdrawRound});
        reserve = getReserveInfo(addr);
    }

    /// @inheritdoc ITicketLottery
    function getReserveInfo(address reserveHolder) public view override returns (ReserveInfo memory info) {
        Account storage account = _accounts[reserveHolder];
        info.fundsRemaining = account.reserve;
        info.claimedInCurrentRound = account.claimed[_roundsManager().currentRound()];
    }

    /// @inheritdoc ITicketLottery
    function claimableReserve(address reserveHolder, address claimant)
        external
        view
        override
        returns (uint256)
    {
        return _claimable(_accounts[reserveHolder], claimant, _roundsManager().currentRound());
    }

    /// @inheritdoc ITicketLottery
    function claimedReserve(address reserveHolder, address claimant)
        external
        view
        override
        returns (uint256)
    {
        return _accounts[reserveHolder].claimedBy[_roundsManager().currentRound()][claimant];
    }

    /// @inheritdoc ITicketLottery
    function isUnlockInProgress(address addr) public view override returns (bool) {
        return _accounts[addr].withdrawRound > 0;
    }

    /// @inheritdoc ITicketLottery
    function getTicketHash(Ticket calldata ticket) external pure override returns (bytes32) {
        return ticket.hash();
    }

    // ---- internal -------------------------------------------------------------------------------------------

    function _addDeposit(address addr, uint256 amount) private {
        _accounts[addr].deposit += amount.toUint192();
        emit DepositFunded(addr, amount);
    }

    function _addReserve(address addr, uint256 amount) private {
        _accounts[addr].reserve += amount;
        emit ReserveFunded(addr, amount);
    }

    /// Only the account itself ends its unlock: by funding others could lock it for ever.
    function _cancelOwnUnlock(address addr) private {
        if (msg.sender != addr || !isUnlockInProgress(addr)) return;
        _accounts[addr].withdrawRound = 0;
        emit UnlockCancelled(addr);
    }

    function _forwardValue() private {
        _minter().depositETH{value: msg.value}();
    }

    function _fundedAccount(address addr) private view returns (Account storage account) {
        account = _accounts[addr];
        if (account.deposit == 0 && account.reserve == 0) revert NoFunds(addr);
    }

    function _requireValidAuxData(Ticket calldata ticket, uint256 round)
        private
        view
        returns (uint256 creationRound)
    {
        if (ticket.recipient == address(0)) revert TicketRecipientIsNull();
        if (ticket.sender == address(0)) revert TicketSenderIsNull();
        if (ticket.auxData.length != Tickets.AUX_DATA_BYTES) {
            revert InvalidAuxDataLength(ticket.auxData.length);
        }
        bytes32 given;
        (creationRound, given) = abi.decode(ticket.auxData, (uint256, bytes32));
        bytes32 stored = _roundsManager().blockHashForRound(creationRound);
        if (stored == 0) revert CreationRoundHasNoBlockHash(creationRound);
        if (stored != given) revert CreationRoundBlockHashMismatch(creationRound, given, stored);
        if (creationRound + ticketValidityPeriod <= round) {
            revert TicketExpired(creationRound, ticketValidityPeriod, round);
        }
    }

    function _requireWinner(
        Ticket calldata ticket,
        bytes32 ticketHash,
        bytes calldata sig,
        uint256 recipientRand
    ) private view {
        if (!Tickets.isCommitment(ticket.recipientRandHash, recipientRand)) {
            revert RecipientRandMismatch(ticket.recipientRandHash);
        }
        if (usedTickets[ticketHash]) revert TicketUsed(ticketHash);
        if (sig.length != Tickets.SIGNATURE_BYTES) revert InvalidSignatureLength(sig.length);
        address signer = Tickets.signerOf(ticketHash, sig);
        if (signer != ticket.sender) revert InvalidTicketSignature(ticketHash, signer);
        if (!ticket.wins(sig, recipientRand)) revert TicketDidNotWin(ticketHash);
    }

    /// Pays the whole face value, from the deposit first, or reverts: a ticket is never used up for less. A ticket of
    /// face value 0 moves nothing.
    function _pay(Ticket calldata ticket, uint256 round, uint256 creationRound) private {
        uint256 amount = ticket.faceValue;
        if (amount == 0) return;
        Account storage account = _accounts[ticket.sender];
        uint256 deposit = account.deposit;
        if (deposit >= amount) {
            account.deposit = (deposit - amount).toUint192();
        } else {
            uint256 rest = amount - deposit;
            uint256 claimable = _claimable(account, ticket.recipient, round);
            if (claimable < rest) revert InsufficientFunds(ticket.sender, deposit + claimable, amount);
            account.deposit = 0;
            account.reserve -= rest;
            account.claimed[round] += rest;
            account.claimedBy[round][ticket.recipient] += rest;
            emit ReserveClaimed(ticket.sender, ticket.recipient, rest);
        }
        emit WinningTicketTransfer(ticket.sender, ticket.recipient, amount);
        _bondingManager().updateTranscoderWithFees(ticket.recipient, amount, creationRound);
    }

    /// An equal share of the reserve as it was before this round's claims, for each transcoder active in the round. The
    /// number of them is fixed for the round, so one recipient's share can't change because others join or leave.
    function _claimable(Account storage account, address claimant, uint256 round)
        private
        view
        returns (uint256)
    {
        IBondingManager bondingManager = _bondingManager();
        if (!bondingManager.isActiveTranscoder(claimant)) return 0;
        uint256 sharers = bondingManager.currentRoundActiveTranscoders();
        if (sharers == 0) return 0;
        uint256 share = (account.reserve + account.claimed[round]) / sharers;
        uint256 taken = account.claimedBy[round][claimant];
        uint256 left = share > taken ? share - taken : 0;
        return left < account.reserve ? left : account.reserve;
    }

    function _initializedRound() private view returns (uint256 round) {
        IRoundsManager rounds = _roundsManager();
        round = rounds.currentRound();
        if (rounds.lastInitializedRound() != round) revert CurrentRoundIsNotInitialized(round);
    }

    function _roundsManager() private view returns (IRoundsManager) {
        return IRoundsManager(_contractOf(ContractIds.ROUNDS_MANAGER));
    }

    function _bondingManager() private view returns (IBondingManager) {
        return IBondingManager(_contractOf(ContractIds.BONDING_MANAGER));
    }

    function _minter() private view returns (IMinter) {
        return IMinter(_contractOf(ContractIds.MINTER));
    }
}
