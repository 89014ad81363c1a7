// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {ITicketBroker} from "../interfaces/ITicketBroker.sol";
import {ITicketLottery} from "../interfaces/ITicketLottery.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {Redemptions} from "./Redemptions.sol";
import {TicketLottery} from "./TicketLottery.sol";
import {Tickets} from "./Tickets.sol";

/// @notice See ITicketBroker.
/// @dev The Minter sends ETH with 2300 gas, so no receiver of it can call back.
contract TicketBroker is TicketLottery, ITicketBroker {
    using Tickets for Tickets.Facts;

    constructor(IController controller_) TicketLottery(controller_) {}

    /// @inheritdoc ITicketBroker
    function fundDeposit() external payable override {
        IMinter minter = _minterUnlessPaused();
        if (_addFunds(msg.sender, msg.value, 0)) emit UnlockCancelled(msg.sender);
        emit DepositFunded(msg.sender, msg.value);
        minter.depositETH{value: msg.value}();
    }

    /// @inheritdoc ITicketBroker
    function fundReserve() external payable override {
        IMinter minter = _minterUnlessPaused();
        bool cancelled = _addFunds(msg.sender, 0, msg.value);
        emit ReserveFunded(msg.sender, msg.value);
        if (cancelled) emit UnlockCancelled(msg.sender);
        minter.depositETH{value: msg.value}();
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
    {
        IMinter minter = _minterUnlessPaused();
        if (msg.value != depositAmount + reserveAmount) {
            revert ValueDoesNotEqualSum(msg.value, depositAmount, reserveAmount);
        }
        _fundBoth(addr, depositAmount, reserveAmount);
        minter.depositETH{value: msg.value}();
    }

    /// @inheritdoc ITicketLottery
    function getTicketHash(Ticket calldata ticket) external pure override returns (bytes32) {
        Tickets.Facts memory facts;
        facts.read(ticket);
        return facts.packedHash(ticket);
    }

    function _identify(Ticket calldata ticket, Tickets.Facts memory facts)
        internal
        pure
        override
        returns (bytes32 ticketHash, bytes32 digest)
    {
        ticketHash = facts.packedHash(ticket);
        digest = Tickets.personalMessage(ticketHash);
    }

    function _payOut(address to, uint256 amount) internal override {
        _minter().trustedWithdrawETH(payable(to), amount);
    }

    function _bookFees(address recipient, uint256 amount, Redemptions.Clock memory clock) internal override {
        clock.bonding.updateTranscoderWithFees(recipient, amount, clock.hashRound);
    }

    function _tryBookFees(address recipient, uint256 amount, Redemptions.Clock memory clock)
        internal
        override
        returns (bool)
    {
        try clock.bonding.updateTranscoderWithFees(recipient, amount, clock.hashRound) {
            return true;
        } catch {
            return false;
        }
    }

    function _minterUnlessPaused() private view returns (IMinter) {
        return IMinter(_find(_lookUnlessPaused(), ContractIds.MINTER));
    }

    function _minter() private view returns (IMinter) {
        return IMinter(_contractOf(ContractIds.MINTER));
    }
}
