// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IControlledGateway} from "./IControlledGateway.sol";
import {ITokenGateway} from "./ITokenGateway.sol";

/// @title L1 end of LPT's bridge: takes deposits into the escrow, pays withdrawals out of it
/// @notice Amounts in wei of LPT; `msg.value` in wei of ETH.
interface IL1LPTGateway is ITokenGateway, IControlledGateway {
    event DepositInitiated(
        address l1Token,
        address indexed from,
        address indexed to,
        uint256 indexed sequenceNumber,
        uint256 amount
    );
    event WithdrawalFinalized(
        address l1Token, address indexed from, address indexed to, uint256 indexed exitNum, uint256 amount
    );
    event L2CounterpartUpdate(address l2Counterpart);
    event MinterUpdate(address minter);

    error NoSubmissionCost();
    /// @notice The sent ETH must be exactly submission cost plus gas; more or less would be lost.
    error WrongEthValue(uint256 value, uint256 expected);
    /// @notice The escrow has too little, and no minter is set.
    error EscrowShortfall(uint256 amount, uint256 balance);

    /// @return Mints what the escrow lacks, because more LPT may be on L2 than was ever sent there: rewards.
    function minter() external view returns (address);

    /// @notice Sends LPT of the caller to `to` on L2.
    /// @param token LPT on L1.
    /// @param maxGas Gas for the call on L2.
    /// @param gasPriceBid Wei for a unit of that gas.
    /// @param data abi(uint256 maxSubmissionCost, bytes empty); from the router abi(address from, bytes of that).
    /// @return abi(uint256 sequence number of the message)
    function outboundTransfer(
        address token,
        address to,
        uint256 amount,
        uint256 maxGas,
        uint256 gasPriceBid,
        bytes calldata data
    ) external payable returns (bytes memory);

    /// @notice Only the admin.
    function setCounterpart(address l2Counterpart) external;

    /// @notice Only the admin.
    function setMinter(address minter) external;
}
