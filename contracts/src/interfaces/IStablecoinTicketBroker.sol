// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ITicketLottery} from "./ITicketLottery.sol";

/// @title Tickets paid in one ERC-20, and the delegators' shares of those fees
/// @notice The same lottery as for ETH. This contract holds the tokens; BondingManager's books stay untouched: fees are
///         booked for (transcoder, round), and each staker takes its share itself, once the round is over, by the stake
///         that BondingVotes knows for the start of that round. Amounts in the token's smallest unit; shares of fees in
///         millionths.
/// @dev A ticket's hash is its EIP-712 digest under the domain ("Livepeer Stablecoin Tickets", "1", chain, this contract)
///      for the type Ticket(address recipient,address sender,address token,uint256 faceValue,uint256 winProb,
///      uint256 senderNonce,bytes32 recipientRandHash,bytes auxData). It can't be a ticket of another broker, token or
///      chain, nor of the ETH broker, whose tickets are signed as EIP-191 messages.
interface IStablecoinTicketBroker is ITicketLottery {
    /// @notice Fees of one transcoder in one round. Terms are fixed by the first fee of the round.
    struct RoundFees {
        /// share of the delegators, by stake; the transcoder has one too
        uint256 shared;
        /// what the transcoder keeps for itself beforehand
        uint256 commission;
        /// already paid out, of both
        uint256 paid;
        /// part of each fee that is shared, in millionths
        uint256 feeShare;
        /// stake delegated to the transcoder when the round started, in LPT wei
        uint256 totalStake;
        /// the transcoder's own part of that stake
        uint256 ownStake;
    }

    /// @notice Fees were booked for the stakers of `transcoder` in `round`.
    /// @param transcoder The orchestrator
    /// @param round Number of a round
    /// @param shared For the stake delegated to it, its own included, in the token's smallest unit
    /// @param commission For itself, in the token's smallest unit
    event FeesBooked(address indexed transcoder, uint256 indexed round, uint256 shared, uint256 commission);
    /// @notice `staker` took its share of the fees of `transcoder` in `round`.
    /// @param staker Delegator, or the orchestrator itself
    /// @param transcoder The orchestrator
    /// @param round Number of a round
    /// @param amount In the token's smallest unit
    event FeesClaimed(
        address indexed staker, address indexed transcoder, uint256 indexed round, uint256 amount
    );
    /// @notice The owner opened or closed the broker for new funds.
    /// @param allowed Whether senders may add funds
    event FundingAllowed(bool allowed);

    /// @notice The owner closed the broker for new funds; tickets, withdrawals and claims go on.
    error FundingIsClosed();
    /// @notice The token credited something else than what was sent, as one with a fee on transfers does. Such a
    ///         token can't be used here.
    /// @param expected What was sent, in the token's smallest unit
    /// @param received What arrived, in the token's smallest unit
    error UnexpectedAmountReceived(uint256 expected, uint256 received);
    /// @notice No fees without stake: the recipient of a ticket must be active in the current round.
    /// @param recipient Recipient of the ticket
    error RecipientMustBeActive(address recipient);
    /// @notice BondingVotes is not registered at the Controller; nobody could prove a share.
    error StakeHistoryIsMissing();
    /// @notice Fees of a round can be claimed from the next round on. Wait for the next round.
    /// @param round Number of a round
    /// @param currentRound Number of the current round
    error RoundIsNotOver(uint256 round, uint256 currentRound);
    /// @notice The staker has its share of this round. Leave the round out.
    /// @param staker Delegator, or the orchestrator itself
    /// @param transcoder The orchestrator
    /// @param round Number of a round
    error FeesAlreadyClaimed(address staker, address transcoder, uint256 round);
    /// @notice None of the named rounds holds a share for `staker`. Ask `claimableFees` before claiming.
    /// @param staker Delegator, or the orchestrator itself
    /// @param transcoder The orchestrator
    error NothingToClaim(address staker, address transcoder);
    /// @notice Neither the zero address nor this contract can be paid. Name another recipient.
    /// @param recipient Who is paid
    error InvalidRecipient(address recipient);

    /// @notice The money of this broker. Fixed for the life of the contract.
    /// @return An ERC-20
    function token() external view returns (IERC20);

    /// @notice Whether senders may add funds.
    /// @return True when they may
    function fundingAllowed() external view returns (bool);

    /// @notice Opens or closes the broker for new funds. Only the Controller's owner.
    /// @param allowed True to open it
    function setFundingAllowed(bool allowed) external;

    /// @notice Takes both amounts from the caller, who must have approved their sum, and ends its unlock.
    /// @param depositAmount For the deposit, in the token's smallest unit
    /// @param reserveAmount For the reserve, in the token's smallest unit
    function fundDepositAndReserve(uint256 depositAmount, uint256 reserveAmount) external;

    /// @notice Funds another account from the caller's tokens, without touching that account's pending unlock.
    /// @param addr Whose deposit and reserve grow
    /// @param depositAmount For the deposit, in the token's smallest unit
    /// @param reserveAmount For the reserve, in the token's smallest unit
    function fundDepositAndReserveFor(address addr, uint256 depositAmount, uint256 reserveAmount) external;

    /// @notice Like `fundDepositAndReserve`, with the approval as an EIP-2612 signature of the caller over the sum.
    /// @dev A permit that somebody else sent in first does no harm: the allowance decides.
    /// @param depositAmount For the deposit, in the token's smallest unit
    /// @param reserveAmount For the reserve, in the token's smallest unit
    /// @param deadline Seconds since 1970 until which the permit holds
    /// @param v Recovery id of the signature, 27 or 28
    /// @param r First 32 bytes of the signature
    /// @param s Second 32 bytes of the signature
    function fundWithPermit(
        uint256 depositAmount,
        uint256 reserveAmount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice Funds `from` by its EIP-3009 authorization (ReceiveWithAuthorization over the sum, to this contract),
    ///         which anyone may send in. The authorization's nonce must be `authorizationNonce(...)`, which fixes how
    ///         the sum is split. A pending unlock goes on: the sender of the transaction chose the moment, not the
    ///         account.
    /// @param from Whose deposit and reserve grow, and who signed
    /// @param depositAmount For the deposit, in the token's smallest unit
    /// @param reserveAmount For the reserve, in the token's smallest unit
    /// @param validAfter Seconds since 1970 after which the authorization holds
    /// @param validBefore Seconds since 1970 before which the authorization holds
    /// @param salt Makes the nonces of equal amounts differ
    /// @param v Recovery id of the signature, 27 or 28
    /// @param r First 32 bytes of the signature
    /// @param s Second 32 bytes of the signature
    function fundWithAuthorization(
        address from,
        uint256 depositAmount,
        uint256 reserveAmount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 salt,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice Nonce that an EIP-3009 authorization for `fundWithAuthorization` must carry: keccak256 of the three
    ///         words.
    /// @param depositAmount For the deposit, in the token's smallest unit
    /// @param reserveAmount For the reserve, in the token's smallest unit
    /// @param salt Makes the nonces of equal amounts differ
    /// @return The nonce
    function authorizationNonce(uint256 depositAmount, uint256 reserveAmount, bytes32 salt)
        external
        pure
        returns (bytes32);

    /// @notice Pays the caller's shares of past rounds of `transcoder`, to whom it wants. `RoundIsNotOver`,
    ///         `FeesAlreadyClaimed`, `NothingToClaim`, `InvalidRecipient`.
    /// @param transcoder The orchestrator
    /// @param rounds Past rounds not claimed yet; one that is named twice reverts
    /// @param recipient Who is paid; neither zero nor this contract
    /// @return amount What was paid, in the token's smallest unit
    function claimFees(address transcoder, uint256[] calldata rounds, address recipient)
        external
        returns (uint256 amount);

    /// @notice Pays the shares of `staker` to `staker`. Anyone. `RoundIsNotOver`, `FeesAlreadyClaimed`,
    ///         `NothingToClaim`.
    /// @param staker Delegator, or the orchestrator itself
    /// @param transcoder The orchestrator
    /// @param rounds Past rounds not claimed yet; one that is named twice reverts
    /// @return amount What was paid, in the token's smallest unit
    function claimFeesFor(address staker, address transcoder, uint256[] calldata rounds)
        external
        returns (uint256 amount);

    /// @notice What `staker` would be paid for a past round.
    /// @param staker Delegator, or the orchestrator itself
    /// @param transcoder The orchestrator
    /// @param round Number of a round
    /// @return In the token's smallest unit; 0 when it has claimed, or had no stake with `transcoder`
    function claimableFees(address staker, address transcoder, uint256 round) external view returns (uint256);

    /// @notice Whether a staker has its share of a round.
    /// @param staker Delegator, or the orchestrator itself
    /// @param transcoder The orchestrator
    /// @param round Number of a round
    /// @return True from then on
    function isClaimed(address staker, address transcoder, uint256 round) external view returns (bool);

    /// @notice Fees of a transcoder in a round; zeros without any.
    /// @param transcoder The orchestrator
    /// @param round Number of a round
    /// @return What was booked and paid, and the terms
    function getRoundFees(address transcoder, uint256 round) external view returns (RoundFees memory);

    /// @notice Domain of the tickets' EIP-712 digests.
    /// @return keccak256 by EIP-712
    function domainSeparator() external view returns (bytes32);
}
