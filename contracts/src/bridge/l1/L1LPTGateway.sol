// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ControlledGateway} from "../ControlledGateway.sol";
import {IBridgeMinter} from "../interfaces/IBridgeMinter.sol";
import {IInbox} from "../interfaces/IInbox.sol";
import {IL1LPTGateway} from "../interfaces/IL1LPTGateway.sol";
import {ITokenGateway} from "../interfaces/ITokenGateway.sol";
import {L1Messenger} from "./L1Messenger.sol";

/// @notice See IL1LPTGateway.
contract L1LPTGateway is ControlledGateway, L1Messenger, IL1LPTGateway {
    using SafeERC20 for IERC20;

    /// @notice May transfer for others; zero for none.
    /// @return Arbitrum's router on L1
    address public immutable l1Router;
    /// @notice Where the LPT lies that is on L2.
    /// @return The L1Escrow
    address public immutable l1LPTEscrow;
    /// @inheritdoc ITokenGateway
    address public override counterpartGateway;
    /// @inheritdoc IL1LPTGateway
    address public override minter;

    constructor(address l1Router_, address l1LPTEscrow_, address l1Lpt_, address l2Lpt_, IInbox inbox_)
        ControlledGateway(l1Lpt_, l2Lpt_)
        L1Messenger(inbox_)
    {
        l1Router = l1Router_;
        l1LPTEscrow = l1LPTEscrow_;
    }

    /// @inheritdoc IL1LPTGateway
    function setCounterpart(address l2Counterpart) external override onlyRole(DEFAULT_ADMIN_ROLE) {
        counterpartGateway = l2Counterpart;
        emit L2CounterpartUpdate(l2Counterpart);
    }

    /// @inheritdoc IL1LPTGateway
    function setMinter(address minter_) external override onlyRole(DEFAULT_ADMIN_ROLE) {
        minter = minter_;
        emit MinterUpdate(minter_);
    }

    /// @inheritdoc IL1LPTGateway
    function outboundTransfer(
        address token,
        address to,
        uint256 amount,
        uint256 maxGas,
        uint256 gasPriceBid,
        bytes calldata data
    ) external payable override whenNotPaused returns (bytes memory) {
        (address from, uint256 maxSubmissionCost, bytes memory hookData) = _parse(data);
        Fees memory fees = Fees(maxSubmissionCost, maxGas, gasPriceBid);
        _checkTransfer(token, amount, hookData);
        _checkFees(fees);
        _checkArrival(to, counterpartGateway);
        return abi.encode(_deposit(from, to, amount, fees));
    }

    /// @inheritdoc ITokenGateway
    /// @dev Not held up by a pause: what was burnt on L2 is owed here.
    function finalizeInboundTransfer(
        address token,
        address from,
        address to,
        uint256 amount,
        bytes calldata data
    ) external payable override onlyL2Counterpart(counterpartGateway) {
        _requireLpt(token);
        (uint256 exitNum,) = abi.decode(data, (uint256, bytes));
        uint256 balance = IERC20(token).balanceOf(l1LPTEscrow);
        uint256 held = amount < balance ? amount : balance;
        if (held > 0) IERC20(token).safeTransferFrom(l1LPTEscrow, to, held);
        if (held < amount) {
            if (minter == address(0)) revert EscrowShortfall(amount, balance);
            IBridgeMinter(minter).bridgeMint(to, amount - held);
        }
        emit WithdrawalFinalized(token, from, to, exitNum, amount);
    }

    /// @inheritdoc ITokenGateway
    function getOutboundCalldata(address token, address from, address to, uint256 amount, bytes memory data)
        public
        pure
        override
        returns (bytes memory)
    {
        return abi.encodeCall(
            ITokenGateway.finalizeInboundTransfer, (token, from, to, amount, abi.encode("", data))
        );
    }

    /// Call data for the arrival is refused, so there is none to send along.
    function _deposit(address from, address to, uint256 amount, Fees memory fees)
        private
        returns (uint256 sequenceNumber)
    {
        IERC20(l1Lpt).safeTransferFrom(from, l1LPTEscrow, amount);
        bytes memory message = getOutboundCalldata(l1Lpt, from, to, amount, "");
        sequenceNumber = _sendToL2(counterpartGateway, from, fees, message);
        emit DepositInitiated(l1Lpt, from, to, sequenceNumber, amount);
    }

    function _parse(bytes calldata data)
        private
        view
        returns (address from, uint256 maxSubmissionCost, bytes memory hookData)
    {
        bytes memory inner = data;
        from = msg.sender;
        if (msg.sender == l1Router) (from, inner) = abi.decode(data, (address, bytes));
        (maxSubmissionCost, hookData) = abi.decode(inner, (uint256, bytes));
    }

    function _checkFees(Fees memory fees) private view {
        if (fees.maxSubmissionCost == 0) revert NoSubmissionCost();
        uint256 expected = fees.maxSubmissionCost + fees.maxGas * fees.gasPriceBid;
        if (msg.value != expected) revert WrongEthValue(msg.value, expected);
    }
}
