// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IControlledGateway} from "./IControlledGateway.sol";
import {ITokenGateway} from "./ITokenGateway.sol";

/// @title L2 end of LPT's bridge: mints deposits, burns withdrawals
/// @notice Amounts in wei of LPT.
interface IL2LPTGateway is ITokenGateway, IControlledGateway {
    event DepositFinalized(address indexed l1Token, address indexed from, address indexed to, uint256 amount);
    event WithdrawalInitiated(
        address l1Token,
        address indexed from,
        address indexed to,
        uint256 indexed l2ToL1Id,
        uint256 exitNum,
        uint256 amount
    );
    event L1CounterpartUpdate(address l1Counterpart);

    /// @notice Messages to L1 cost no ETH, and `value` wei were sent along.
    error UnexpectedEth(uint256 value);

    /// @notice Sends LPT of the caller, out of its allowance to this gateway, to `to` on L1.
    /// @param token LPT on L1.
    /// @param data Empty; from the router abi(address from, bytes empty).
    /// @return abi(uint256 position of the message)
    function outboundTransfer(address token, address to, uint256 amount, bytes calldata data)
        external
        returns (bytes memory);

    /// @notice The same in the form of Arbitrum's router; the two numbers are not used on L2, and no ETH is taken.
    function outboundTransfer(
        address token,
        address to,
        uint256 amount,
        uint256 maxGas,
        uint256 gasPriceBid,
        bytes calldata data
    ) external payable returns (bytes memory);

    /// @notice Only the admin.
    function setCounterpart(address l1Counterpart) external;
}
