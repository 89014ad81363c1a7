// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManagerProxyTarget} from "./IManager.sol";

/// @title Escrow of senders and judge of their lottery tickets
/// @notice A sender (gateway) funds a deposit and a reserve; recipients (orchestrators) redeem winning tickets.
///         Amounts in wei of ETH, periods in rounds, win probabilities over 2^256 - 1.
interface ITicketBroker is IManagerProxyTarget {
    struct Ticket {
        address recipient;
        address sender;
        uint256 faceValue;
        uint256 winProb;
        uint256 senderNonce;
        /// keccak256 of the 32-byte number that the recipient keeps secret until redemption
        bytes32 recipientRandHash;
        /// 64 bytes: creation round, block hash of that round
        bytes auxData;
    }

    struct Sender {
        uint256 deposit;
        /// first round in which the funds may leave; 0 = no unlock requested
        uint256 withdrawRound;
    }

    struct ReserveInfo {
        uint256 fundsRemaining;
        uint256 claimedInCurrentRound;
    }

    event DepositFunded(address indexed sender, uint256 amount);
    event ReserveFunded(address indexed reserveHolder, uint256 amount);
    event ReserveClaimed(address indexed reserveHolder, address claimant, uint256 amount);
    event WinningTicketTransfer(address indexed sender, address indexed recipient, uint256 amount);
    event WinningTicketRedeemed(
        address indexed sender,
        address indexed recipient,
        uint256 faceValue,
        uint256 winProb,
        uint256 senderNonce,
        uint256 recipientRand,
        bytes auxData
    );
    event Unlock(address indexed sender, uint256 startRound, uint256 endRound);
    event UnlockCancelled(address indexed sender);
    event Withdrawal(address indexed sender, uint256 deposit, uint256 reserve);

    error CurrentRoundIsNotInitialized(uint256 round);
    error ValueDoesNotEqualSum(uint256 value, uint256 depositAmount, uint256 reserveAmount);
    error InvalidTicketValidityPeriod();
    error TicketRecipientIsNull();
    error TicketSenderIsNull();
    error InvalidAuxDataLength(uint256 length);
    error CreationRoundHasNoBlockHash(uint256 creationRound);
    error CreationRoundBlockHashMismatch(uint256 creationRound, bytes32 given, bytes32 stored);
    error TicketExpired(uint256 creationRound, uint256 validityPeriod, uint256 currentRound);
    error RecipientRandMismatch(bytes32 recipientRandHash);
    error TicketUsed(bytes32 ticketHash);
    error InvalidSignatureLength(uint256 length);
    error InvalidTicketSignature(bytes32 ticketHash, address recovered);
    error TicketDidNotWin(bytes32 ticketHash);
    error SenderIsUnlocked(address sender, uint256 withdrawRound);
    /// @notice What the recipient could be paid now is less than the face value; the ticket stays valid.
    error InsufficientFunds(address sender, uint256 available, uint256 faceValue);
    error NoFunds(address sender);
    error UnlockAlreadyInitiated(uint256 withdrawRound);
    error NoUnlockInProgress();
    error AccountIsLocked(uint256 withdrawRound, uint256 currentRound);

    /// @notice Rounds between `unlock` and `withdraw`.
    function unlockPeriod() external view returns (uint256);

    /// @notice Rounds in which a ticket can be redeemed, its creation round included.
    function ticketValidityPeriod() external view returns (uint256);

    function usedTickets(bytes32 ticketHash) external view returns (bool);

    function setUnlockPeriod(uint256 unlockPeriod) external;

    function setTicketValidityPeriod(uint256 ticketValidityPeriod) external;

    function fundDeposit() external payable;

    function fundReserve() external payable;

    function fundDepositAndReserve(uint256 depositAmount, uint256 reserveAmount) external payable;

    /// @notice Funds another account, without touching its pending unlock.
    function fundDepositAndReserveFor(address addr, uint256 depositAmount, uint256 reserveAmount)
        external
        payable;

    /// @notice Pays a winning ticket, whole or not at all. Anyone may send it in.
    /// @param sig 65 bytes r, s, v of the sender over the EIP-191 message of the ticket hash
    function redeemWinningTicket(Ticket calldata ticket, bytes calldata sig, uint256 recipientRand) external;

    /// @notice Redeems what can be redeemed and skips the rest.
    function batchRedeemWinningTickets(
        Ticket[] calldata tickets,
        bytes[] calldata sigs,
        uint256[] calldata recipientRands
    ) external;

    function unlock() external;

    function cancelUnlock() external;

    function withdraw() external;

    function isUnlockInProgress(address addr) external view returns (bool);

    function getSenderInfo(address addr)
        external
        view
        returns (Sender memory sender, ReserveInfo memory reserve);

    function getReserveInfo(address reserveHolder) external view returns (ReserveInfo memory info);

    /// @notice What `claimant` can still take from the reserve in this round: an equal share for each active
    ///         transcoder less what it took already; 0 for anyone else.
    function claimableReserve(address reserveHolder, address claimant) external view returns (uint256);

    function claimedReserve(address reserveHolder, address claimant) external view returns (uint256);

    function getTicketHash(Ticket calldata ticket) external pure returns (bytes32);
}
