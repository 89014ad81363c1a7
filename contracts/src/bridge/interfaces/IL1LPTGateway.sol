// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IControlledGateway} from "./IControlledGateway.sol";
import {ITokenGateway} from "./ITokenGateway.sol";

/// @title L1 end of LPT's bridge: takes deposits into the escrow, pays withdrawals out of it
/// @notice Amounts in wei of LPT; `msg.value` in wei of ETH.
interface IL1LPTGateway is ITokenGateway, IControlledGateway {
    /// @notice LPT is on its way to L2.
    /// @param l1Token LPT on L1
    /// @param from Whose LPT it was
    /// @param to Who gets it on L2
    /// @param sequenceNumber Number of the message to L2
    /// @param amount LPT wei
    event DepositInitiated(
        address l1Token,
        address indexed from,
        address indexed to,
        uint256 indexed sequenceNumber,
        uint256 amount
    );
    /// @notice LPT from L2 was paid out.
    /// @param l1Token LPT on L1
    /// @param from Whose LPT it was on L2
    /// @param to Who got it
    /// @param exitNum Number by which the exit could be handed on; always 0
    /// @param amount LPT wei
    event WithdrawalFinalized(
        address l1Token, address indexed from, address indexed to, uint256 indexed exitNum, uint256 amount
    );
    /// @notice Another contract on L2 is the other end of the bridge from now on.
    /// @param l2Counterpart Gateway on L2
    event L2CounterpartUpdate(address l2Counterpart);
    /// @notice Another contract mints what the escrow lacks from now on.
    /// @param minter Zero for none
    event MinterUpdate(address minter);

    /// @notice The data names no cost of submission. Ask the inbox (`calculateRetryableSubmissionFee`) for it.
    error NoSubmissionCost();
    /// @notice The sent ETH must be exactly submission cost plus gas; more or less would be lost.
    /// @param value Wei sent
    /// @param expected Wei needed
    error WrongEthValue(uint256 value, uint256 expected);
    /// @notice The escrow has too little, and no minter is set. The withdrawal can be executed again when the admin
    ///         has set a minter.
    /// @param amount LPT wei to be paid
    /// @param balance LPT wei in the escrow
    error EscrowShortfall(uint256 amount, uint256 balance);

    /// @notice Mints what the escrow lacks, because more LPT may be on L2 than was ever sent there: rewards.
    /// @return Mints what the escrow lacks, because more LPT may be on L2 than was ever sent there: rewards
    function minter() external view returns (address);

    /// @notice Sends LPT of the caller to `to` on L2.
    /// @param token LPT on L1
    /// @param to Who gets the LPT on L2; not zero (`NullRecipient`)
    /// @param amount LPT wei
    /// @param maxGas Gas for the call on L2
    /// @param gasPriceBid Wei for a unit of that gas
    /// @param data abi(uint256 maxSubmissionCost, bytes empty); from the router abi(address from, bytes of that)
    /// @return abi(uint256 sequence number of the message)
    function outboundTransfer(
        address token,
        address to,
        uint256 amount,
        uint256 maxGas,
        uint256 gasPriceBid,
        bytes calldata data
    ) external payable returns (bytes memory);

    /// @notice Sets the other end of the bridge. Only the admin.
    /// @param l2Counterpart Gateway on L2
    function setCounterpart(address l2Counterpart) external;

    /// @notice Sets who mints what the escrow lacks. Only the admin.
    /// @param minter Zero for none
    function setMinter(address minter) external;
}
