// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ILivepeerToken} from "../../interfaces/ILivepeerToken.sol";
import {ControlledGateway} from "../ControlledGateway.sol";
import {IL2LPTGateway} from "../interfaces/IL2LPTGateway.sol";
import {IL2LPTSupplyCache} from "../interfaces/IL2LPTSupplyCache.sol";
import {ITokenGateway} from "../interfaces/ITokenGateway.sol";
import {L2Messenger} from "./L2Messenger.sol";

/// @notice See IL2LPTGateway.
contract L2LPTGateway is ControlledGateway, L2Messenger, IL2LPTGateway {
    /// @notice May transfer for others; zero for none.
    /// @return Arbitrum's router on L2
    address public immutable l2Router;
    /// @notice Counts what came over and left.
    /// @return The L2LPTDataCache
    IL2LPTSupplyCache public immutable l2LPTDataCache;
    /// @inheritdoc ITokenGateway
    address public override counterpartGateway;

    constructor(address l2Router_, address l1Lpt_, address l2Lpt_, IL2LPTSupplyCache l2LPTDataCache_)
        ControlledGateway(l1Lpt_, l2Lpt_)
    {
        l2Router = l2Router_;
        l2LPTDataCache = l2LPTDataCache_;
    }

    /// @inheritdoc IL2LPTGateway
    function setCounterpart(address l1Counterpart) external override onlyRole(DEFAULT_ADMIN_ROLE) {
        counterpartGateway = l1Counterpart;
        emit L1CounterpartUpdate(l1Counterpart);
    }

    /// @inheritdoc IL2LPTGateway
    function outboundTransfer(address token, address to, uint256 amount, bytes calldata data)
        external
        override
        returns (bytes memory)
    {
        return _withdraw(token, to, amount, data);
    }

    /// @inheritdoc IL2LPTGateway
    function outboundTransfer(
        address token,
        address to,
        uint256 amount,
        uint256,
        uint256,
        bytes calldata data
    ) external payable override returns (bytes memory) {
        // Nothing here could ever give it back.
        if (msg.value != 0) revert UnexpectedEth(msg.value);
        return _withdraw(token, to, amount, data);
    }

    /// @inheritdoc ITokenGateway
    /// @dev Not held up by a pause: what is in L1's escrow is owed here.
    function finalizeInboundTransfer(address token, address from, address to, uint256 amount, bytes calldata)
        external
        payable
        override
        onlyL1Counterpart(counterpartGateway)
    {
        _requireLpt(token);
        ILivepeerToken(l2Lpt).mint(to, amount);
        l2LPTDataCache.increaseL2SupplyFromL1(amount);
        emit DepositFinalized(token, from, to, amount);
    }

    /// @inheritdoc ITokenGateway
    function getOutboundCalldata(address token, address from, address to, uint256 amount, bytes memory data)
        public
        pure
        override
        returns (bytes memory)
    {
        // Exit numbers served fast withdrawals by third parties, which are not offered: always 0.
        return abi.encodeCall(
            ITokenGateway.finalizeInboundTransfer, (token, from, to, amount, abi.encode(uint256(0), data))
        );
    }

    function _withdraw(address token, address to, uint256 amount, bytes calldata data)
        private
        whenNotPaused
        returns (bytes memory)
    {
        address from = msg.sender;
        bytes memory hookData = data;
        if (msg.sender == l2Router) (from, hookData) = abi.decode(data, (address, bytes));
        _checkTransfer(token, amount, hookData);
        _checkArrival(to, counterpartGateway);
        ILivepeerToken(l2Lpt).burnFrom(from, amount);
        l2LPTDataCache.decreaseL2SupplyFromL1(amount);
        uint256 id =
            _sendToL1(from, counterpartGateway, getOutboundCalldata(token, from, to, amount, hookData));
        emit WithdrawalInitiated(token, from, to, id, 0, amount);
        return abi.encode(id);
    }
}
