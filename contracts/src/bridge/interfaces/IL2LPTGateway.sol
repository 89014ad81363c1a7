// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IControlledGateway} from "./IControlledGateway.sol";
import {ITokenGateway} from "./ITokenGateway.sol";

/// @title L2 end of LPT's bridge: mints deposits, burns withdrawals
/// @notice Amounts in wei of LPT.
interface IL2LPTGateway is ITokenGateway, IControlledGateway {
    /// @notice LPT from L1 was paid out.
    /// @param l1Token LPT on L1
    /// @param from Whose LPT it was on L1
    /// @param to Who got it
    /// @param amount LPT wei
    event DepositFinalized(address indexed l1Token, address indexed from, address indexed to, uint256 amount);
    /// @notice LPT is on its way to L1.
    /// @param l1Token LPT on L1
    /// @param from Whose LPT it was
    /// @param to Who gets it on L1
    /// @param l2ToL1Id Position of the message among all sent to L1
    /// @param exitNum Number by which the exit could be handed on; always 0
    /// @param amount LPT wei
    event WithdrawalInitiated(
        address l1Token,
        address indexed from,
        address indexed to,
        uint256 indexed l2ToL1Id,
        uint256 exitNum,
        uint256 amount
    );
    /// @notice Another contract on L1 is the other end of the bridge from now on.
    /// @param l1Counterpart Gateway on L1
    event L1CounterpartUpdate(address l1Counterpart);

    /// @notice Messages to L1 cost no ETH, and `value` wei were sent along. Send none.
    /// @param value Wei sent
    error UnexpectedEth(uint256 value);

    /// @notice Sends LPT of the caller, out of its allowance to this gateway, to `to` on L1.
    /// @param token LPT on L1
    /// @param to Who gets the LPT on L1; not zero (`NullRecipient`)
    /// @param amount LPT wei
    /// @param data Empty; from the router abi(address from, bytes empty)
    /// @return abi(uint256 position of the message)
    function outboundTransfer(address token, address to, uint256 amount, bytes calldata data)
        external
        returns (bytes memory);

    /// @notice The same in the form of Arbitrum's router; the two numbers are not used on L2, and no ETH is taken.
    /// @param token LPT on L1
    /// @param to Who gets the LPT on L1; not zero (`NullRecipient`)
    /// @param amount LPT wei
    /// @param maxGas Gas; ignored
    /// @param gasPriceBid Wei; ignored
    /// @param data Empty; from the router abi(address from, bytes empty)
    /// @return abi(uint256 position of the message)
    function outboundTransfer(
        address token,
        address to,
        uint256 amount,
        uint256 maxGas,
        uint256 gasPriceBid,
        bytes calldata data
    ) external payable returns (bytes memory);

    /// @notice Sets the other end of the bridge. Only the admin.
    /// @param l1Counterpart Gateway on L1
    function setCounterpart(address l1Counterpart) external;
}
