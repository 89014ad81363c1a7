// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "./ITicketLottery.sol";

/// @title Tickets paid in ETH
/// @notice The ETH lies in the Minter; fees are booked at the BondingManager, where delegators claim their share.
///         A ticket's hash is keccak256 of its packed fields; its signature is over the EIP-191 message of that hash.
///         Amounts in wei.
interface ITicketBroker is ITicketLottery {
    /// @notice The value sent is not what is to be booked. Send exactly the sum of both amounts.
    /// @param value Wei sent
    /// @param depositAmount Wei for the deposit
    /// @param reserveAmount Wei for the reserve
    error ValueDoesNotEqualSum(uint256 value, uint256 depositAmount, uint256 reserveAmount);

    /// @notice Adds the value sent to the caller's deposit and ends its unlock.
    function fundDeposit() external payable;

    /// @notice Adds the value sent to the caller's reserve and ends its unlock.
    function fundReserve() external payable;

    /// @notice Adds to the caller's deposit and reserve and ends its unlock. The value sent must be their sum.
    /// @param depositAmount Wei for the deposit
    /// @param reserveAmount Wei for the reserve
    function fundDepositAndReserve(uint256 depositAmount, uint256 reserveAmount) external payable;

    /// @notice Funds another account, without touching its pending unlock.
    /// @param addr Whose deposit and reserve grow
    /// @param depositAmount Wei for the deposit
    /// @param reserveAmount Wei for the reserve
    function fundDepositAndReserveFor(address addr, uint256 depositAmount, uint256 reserveAmount)
        external
        payable;
}
