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
    /// @param sender Whose deposit it is
    /// @param amount In the money's smallest unit
    event DepositFunded(address indexed sender, uint256 amount);
    /// @notice `amount` was added to the reserve of `reserveHolder`.
    /// @param reserveHolder Whose reserve it is
    /// @param amount In the money's smallest unit
    event ReserveFunded(address indexed reserveHolder, uint256 amount);
    /// @notice The deposit was short of a face value; `amount` of it came from the reserve.
    /// @param reserveHolder Whose reserve it is
    /// @param claimant Who is paid out of the reserve
    /// @param amount In the money's smallest unit
    event ReserveClaimed(address indexed reserveHolder, address claimant, uint256 amount);
    /// @notice A winning ticket moved its face value; absent when that is 0.
    /// @param sender Who pays
    /// @param recipient Who is paid
    /// @param amount In the money's smallest unit
    event WinningTicketTransfer(address indexed sender, address indexed recipient, uint256 amount);
    /// @notice A winning ticket was used up.
    /// @param sender Who pays
    /// @param recipient Who is paid
    /// @param faceValue What the ticket is worth, in the money's smallest unit
    /// @param winProb Probability over 2^256 - 1
    /// @param senderNonce Number that distinguishes tickets with the same recipientRandHash
    /// @param recipientRand Number behind the ticket's recipientRandHash
    /// @param auxData 64 bytes: creation round, block hash of that round
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
    /// @param sender Whose funds they are
    /// @param startRound Round of the request
    /// @param endRound First round in which the funds may leave
    event Unlock(address indexed sender, uint256 startRound, uint256 endRound);
    /// @notice The funds are locked again.
    /// @param sender Whose funds they are
    event UnlockCancelled(address indexed sender);
    /// @notice Deposit and reserve were paid back.
    /// @param sender Whose funds they are
    /// @param deposit In the money's smallest unit
    /// @param reserve In the money's smallest unit
    event Withdrawal(address indexed sender, uint256 deposit, uint256 reserve);

    /// @notice Nobody has opened this round yet. Call `RoundsManager.initializeRound` first; anyone can.
    /// @param round Number of the current round
    error CurrentRoundIsNotInitialized(uint256 round);
    /// @notice A ticket must be valid for one round at least. Choose 1 round or more.
    error InvalidTicketValidityPeriod();
    /// @notice The ticket names nobody to pay. The sender must issue another.
    error TicketRecipientIsNull();
    /// @notice The ticket names nobody who pays. The sender must issue another.
    error TicketSenderIsNull();
    /// @notice The ticket does not say its round and block hash as it should. The sender must issue another.
    /// @param length In bytes; 64 are expected
    error InvalidAuxDataLength(uint256 length);
    /// @notice The creation round was never initialized, so no ticket can be of it. The sender must issue another, of
    ///         a round that was.
    /// @param creationRound Round that the ticket names
    error CreationRoundHasNoBlockHash(uint256 creationRound);
    /// @notice The ticket names another block hash than its round has. The sender must issue another, on this chain.
    /// @param creationRound Round that the ticket names
    /// @param given Hash in the ticket
    /// @param stored Hash of the round
    error CreationRoundBlockHashMismatch(uint256 creationRound, bytes32 given, bytes32 stored);
    /// @notice `creationRound + validityPeriod` must be above `currentRound`. Redeem tickets sooner.
    /// @param creationRound Round that the ticket names
    /// @param validityPeriod Rounds in which a ticket can be redeemed
    /// @param currentRound Number of the current round
    error TicketExpired(uint256 creationRound, uint256 validityPeriod, uint256 currentRound);
    /// @notice The number does not hash to the ticket's recipientRandHash. Look for the number that was made for this
    ///         ticket.
    /// @param recipientRandHash Hash in the ticket
    error RecipientRandMismatch(bytes32 recipientRandHash);
    /// @notice The ticket was redeemed before. Nothing is left to do.
    /// @param ticketHash Identity of the ticket at this broker, see `getTicketHash`
    error TicketUsed(bytes32 ticketHash);
    /// @notice The signature has not the one form that counts. Give r, s and v; a compact signature (EIP-2098) can be
    ///         written out so.
    /// @param length In bytes; 65 are expected
    error InvalidSignatureLength(uint256 length);
    /// @notice The sender named in the ticket did not sign it. Check the ticket's fields and the chain it was signed
    ///         for.
    /// @param ticketHash Identity of the ticket at this broker, see `getTicketHash`
    /// @param recovered Who signed; zero for a malformed signature: v other than 27 and 28, s in the upper half
    error InvalidTicketSignature(bytes32 ticketHash, address recovered);
    /// @notice The ticket lost its draw. Only winning tickets are paid; drop it.
    /// @param ticketHash Identity of the ticket at this broker, see `getTicketHash`
    error TicketDidNotWin(bytes32 ticketHash);
    /// @notice The sender may take its funds out since `withdrawRound`, so nothing secures the ticket. The ticket
    ///         counts again if the sender funds itself or cancels the unlock before it expires.
    /// @param sender Whose funds they are
    /// @param withdrawRound First round in which the funds may leave
    error SenderIsUnlocked(address sender, uint256 withdrawRound);
    /// @notice What the recipient could be paid now is less than the face value; the ticket stays valid.
    /// @param sender Who pays
    /// @param available What the recipient could be paid, in the money's smallest unit
    /// @param faceValue What the ticket is worth, in the money's smallest unit
    error InsufficientFunds(address sender, uint256 available, uint256 faceValue);
    /// @notice Neither a deposit nor a reserve. Fund one of them first.
    /// @param sender Whose funds they are
    error NoFunds(address sender);
    /// @notice The unlock was requested before. Wait for `withdrawRound`, and withdraw then.
    /// @param withdrawRound First round in which the funds may leave
    error UnlockAlreadyInitiated(uint256 withdrawRound);
    /// @notice The funds are locked. Call `unlock` first.
    error NoUnlockInProgress();
    /// @notice The unlock period is not over. Withdraw from `withdrawRound` on.
    /// @param withdrawRound First round in which the funds may leave
    /// @param currentRound Number of the current round
    error AccountIsLocked(uint256 withdrawRound, uint256 currentRound);

    /// @notice Time between `unlock` and `withdraw`.
    /// @return In rounds, below 2^32
    function unlockPeriod() external view returns (uint256);

    /// @notice Time in which a ticket can be redeemed, its creation round included.
    /// @return In rounds, from 1 to 2^32 - 1
    function ticketValidityPeriod() external view returns (uint256);

    /// @notice Whether a ticket was redeemed. No signature can be redeemed twice: the key is the ticket itself.
    /// @param ticketHash Identity of the ticket at this broker, see `getTicketHash`
    /// @return True from then on
    function usedTickets(bytes32 ticketHash) external view returns (bool);

    /// @notice Sets the time between `unlock` and `withdraw` for later calls of `unlock`. Only the Controller's
    ///         owner.
    /// @param unlockPeriod In rounds, below 2^32
    function setUnlockPeriod(uint256 unlockPeriod) external;

    /// @notice Sets the time in which a ticket can be redeemed, also for tickets that are out. Only the Controller's
    ///         owner; `InvalidTicketValidityPeriod`.
    /// @param ticketValidityPeriod In rounds, from 1 to 2^32 - 1
    function setTicketValidityPeriod(uint256 ticketValidityPeriod) external;

    /// @notice Pays a winning ticket, whole or not at all. Anyone may send it in.
    /// @dev In this order a ticket must: name a recipient and a sender, carry 64 bytes of auxData with the hash of a
    ///      round that is not too long ago, fit the recipient's number, be unused, be signed by the sender, win, be
    ///      of a sender whose funds are locked, and be covered by the deposit plus what the recipient may claim of
    ///      the reserve.
    /// @param ticket The ticket
    /// @param sig 65 bytes r, s, v of the sender
    /// @param recipientRand The number behind the ticket's recipientRandHash
    function redeemWinningTicket(Ticket calldata ticket, bytes calldata sig, uint256 recipientRand) external;

    /// @notice Redeems what can be redeemed; a ticket that fails is skipped and leaves nothing behind.
    /// @dev Consecutive tickets for one recipient are booked as one fee. Fewer signatures or numbers than tickets
    ///      revert the whole batch with Panic(0x32); surplus ones are ignored.
    /// @param tickets The tickets; best those of one recipient together
    /// @param sigs 65 bytes r, s, v for each
    /// @param recipientRands Number behind the recipientRandHash of each
    function batchRedeemWinningTickets(
        Ticket[] calldata tickets,
        bytes[] calldata sigs,
        uint256[] calldata recipientRands
    ) external;

    /// @notice Starts the unlock period of the caller's funds. Tickets are paid until it is over. `NoFunds`,
    ///         `UnlockAlreadyInitiated`.
    function unlock() external;

    /// @notice Locks the caller's funds again. `NoUnlockInProgress`.
    function cancelUnlock() external;

    /// @notice Pays deposit and reserve back to the caller once the unlock period is over. `NoFunds`,
    ///         `NoUnlockInProgress`, `AccountIsLocked`.
    /// @dev The withdraw round stays set: tickets of an empty account keep failing until it funds itself again.
    function withdraw() external;

    /// @notice Whether an unlock was requested and not cancelled, also after it ended.
    /// @param addr Any account
    /// @return False while locked
    function isUnlockInProgress(address addr) external view returns (bool);

    /// @notice Funds of a sender.
    /// @param addr Any account
    /// @return sender Deposit, and the round of its unlock
    /// @return reserve Reserve
    function getSenderInfo(address addr)
        external
        view
        returns (Sender memory sender, ReserveInfo memory reserve);

    /// @notice Reserve of a sender.
    /// @param reserveHolder Whose reserve it is
    /// @return info What is left of it, and what was taken in this round
    function getReserveInfo(address reserveHolder) external view returns (ReserveInfo memory info);

    /// @notice What `claimant` can still take from the reserve in this round: an equal share for each active
    ///         transcoder less what it took already; 0 for anyone else.
    /// @param reserveHolder Whose reserve it is
    /// @param claimant Who is paid out of the reserve
    /// @return In the money's smallest unit
    function claimableReserve(address reserveHolder, address claimant) external view returns (uint256);

    /// @notice What `claimant` took from the reserve in this round.
    /// @param reserveHolder Whose reserve it is
    /// @param claimant Who is paid out of the reserve
    /// @return In the money's smallest unit
    function claimedReserve(address reserveHolder, address claimant) external view returns (uint256);

    /// @notice Identity of a ticket at this broker.
    /// @param ticket The ticket
    /// @return Key of `usedTickets`
    function getTicketHash(Ticket calldata ticket) external view returns (bytes32);
}
