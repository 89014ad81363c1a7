// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IManagerProxyTarget} from "./IManager.sol";

/// @title Probabilistic micropayments: senders' funds and the redemption of their lottery tickets
/// @notice A sender (gateway) funds a deposit and a reserve and hands out signed tickets; a recipient (orchestrator)
///         redeems those that win. What the money is, ETH or a token, and how fees reach delegators is the broker's
///         matter. Amounts are in the smallest unit of that money, at most 2^112 - 1 for each sender; periods are in
///         rounds; win probabilities are over 2^256 - 1.
interface ITicketLottery is IManagerProxyTarget {
    struct Ticket {
        /// who is paid; must be an active transcoder when the ticket is redeemed
        address recipient;
        /// who pays, and signs
        address sender;
        /// what a winning ticket is worth
        uint256 faceValue;
        /// the ticket wins when its draw, a number of 256 bits, is below this; 0 never wins
        uint256 winProb;
        /// distinguishes tickets with the same recipientRandHash
        uint256 senderNonce;
        /// keccak256 of the 32-byte number that the recipient keeps secret until redemption
        bytes32 recipientRandHash;
        /// 64 bytes: creation round, block hash of that round
        bytes auxData;
    }

    struct Sender {
        /// pays winning tickets first
        uint256 deposit;
        /// first round in which the funds may leave; 0 = no unlock requested
        uint256 withdrawRound;
    }

    struct ReserveInfo {
        uint256 fundsRemaining;
        /// taken from the reserve in the current round, by all recipients
        uint256 claimedInCurrentRound;
    }

    /// @notice `amount` was added to the deposit of `sender`.
    event DepositFunded(address indexed sender, uint256 amount);
    /// @notice `amount` was added to the reserve of `reserveHolder`.
    event ReserveFunded(address indexed reserveHolder, uint256 amount);
    /// @notice The deposit was short of a face value; `amount` of it came from the reserve.
    event ReserveClaimed(address indexed reserveHolder, address claimant, uint256 amount);
    /// @notice A winning ticket moved its face value; absent when that is 0.
    event WinningTicketTransfer(address indexed sender, address indexed recipient, uint256 amount);
    /// @notice A winning ticket was used up.
    event WinningTicketRedeemed(
        address indexed sender,
        address indexed recipient,
        uint256 faceValue,
        uint256 winProb,
        uint256 senderNonce,
        uint256 recipientRand,
        bytes auxData
    );
    /// @notice The sender may withdraw from `endRound` on.
    event Unlock(address indexed sender, uint256 startRound, uint256 endRound);
    event UnlockCancelled(address indexed sender);
    event Withdrawal(address indexed sender, uint256 deposit, uint256 reserve);

    /// @notice Somebody must call RoundsManager.initializeRound() first.
    error CurrentRoundIsNotInitialized(uint256 round);
    /// @notice A ticket must be valid for one round at least.
    error InvalidTicketValidityPeriod();
    error TicketRecipientIsNull();
    error TicketSenderIsNull();
    /// @param length In bytes; 64 are expected.
    error InvalidAuxDataLength(uint256 length);
    /// @notice The creation round was never initialized, so no ticket can be of it.
    error CreationRoundHasNoBlockHash(uint256 creationRound);
    error CreationRoundBlockHashMismatch(uint256 creationRound, bytes32 given, bytes32 stored);
    /// @notice `creationRound + validityPeriod` must be above `currentRound`.
    error TicketExpired(uint256 creationRound, uint256 validityPeriod, uint256 currentRound);
    /// @notice The number does not hash to the ticket's recipientRandHash.
    error RecipientRandMismatch(bytes32 recipientRandHash);
    error TicketUsed(bytes32 ticketHash);
    /// @param length In bytes; 65 are expected.
    error InvalidSignatureLength(uint256 length);
    /// @param recovered Who signed; zero for a malformed signature: v other than 27 and 28, s in the upper half.
    error InvalidTicketSignature(bytes32 ticketHash, address recovered);
    error TicketDidNotWin(bytes32 ticketHash);
    /// @notice The sender may take its funds out since `withdrawRound`, so nothing secures the ticket.
    error SenderIsUnlocked(address sender, uint256 withdrawRound);
    /// @notice What the recipient could be paid now is less than the face value; the ticket stays valid.
    error InsufficientFunds(address sender, uint256 available, uint256 faceValue);
    /// @notice Neither a deposit nor a reserve.
    error NoFunds(address sender);
    error UnlockAlreadyInitiated(uint256 withdrawRound);
    error NoUnlockInProgress();
    error AccountIsLocked(uint256 withdrawRound, uint256 currentRound);

    /// @notice Rounds between `unlock` and `withdraw`.
    function unlockPeriod() external view returns (uint256);

    /// @notice Rounds in which a ticket can be redeemed, its creation round included.
    function ticketValidityPeriod() external view returns (uint256);

    /// @notice Whether a ticket was redeemed. No signature can be redeemed twice: the key is the ticket itself.
    function usedTickets(bytes32 ticketHash) external view returns (bool);

    /// @notice Holds for later calls of `unlock`. Only the Controller's owner.
    /// @param unlockPeriod In rounds, below 2^32.
    function setUnlockPeriod(uint256 unlockPeriod) external;

    /// @notice Only the Controller's owner.
    /// @param ticketValidityPeriod In rounds, from 1 to 2^32 - 1.
    function setTicketValidityPeriod(uint256 ticketValidityPeriod) external;

    /// @notice Pays a winning ticket, whole or not at all. Anyone may send it in.
    /// @dev In this order a ticket must: name a recipient and a sender, carry 64 bytes of auxData with the hash of a
    ///      round that is not too long ago, fit the recipient's number, be unused, be signed by the sender, win, be of a
    ///      sender whose funds are locked, and be covered by the deposit plus what the recipient may claim of the
    ///      reserve.
    /// @param sig 65 bytes r, s, v of the sender
    /// @param recipientRand The number behind the ticket's recipientRandHash
    function redeemWinningTicket(Ticket calldata ticket, bytes calldata sig, uint256 recipientRand) external;

    /// @notice Redeems what can be redeemed; a ticket that fails is skipped and leaves nothing behind.
    /// @dev Consecutive tickets for one recipient are booked as one fee. Fewer signatures or numbers than tickets
    ///      revert the whole batch with Panic(0x32); surplus ones are ignored.
    function batchRedeemWinningTickets(
        Ticket[] calldata tickets,
        bytes[] calldata sigs,
        uint256[] calldata recipientRands
    ) external;

    /// @notice Starts the unlock period of the caller's funds. Tickets are paid until it is over.
    function unlock() external;

    /// @notice Locks the caller's funds again.
    function cancelUnlock() external;

    /// @notice Pays deposit and reserve back to the caller once the unlock period is over.
    /// @dev The withdraw round stays set: tickets of an empty account keep failing until it funds itself again.
    function withdraw() external;

    /// @notice Whether an unlock was requested and not cancelled, also after it ended.
    function isUnlockInProgress(address addr) external view returns (bool);

    function getSenderInfo(address addr)
        external
        view
        returns (Sender memory sender, ReserveInfo memory reserve);

    function getReserveInfo(address reserveHolder) external view returns (ReserveInfo memory info);

    /// @notice What `claimant` can still take from the reserve in this round: an equal share for each active
    ///         transcoder less what it took already; 0 for anyone else.
    function claimableReserve(address reserveHolder, address claimant) external view returns (uint256);

    /// @notice What `claimant` took from the reserve in this round.
    function claimedReserve(address reserveHolder, address claimant) external view returns (uint256);

    /// @notice Identity of a ticket at this broker.
    function getTicketHash(Ticket calldata ticket) external view returns (bytes32);
}
