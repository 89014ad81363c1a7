// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IBondingVotes} from "../interfaces/IBondingVotes.sol";
import {IController} from "../interfaces/IController.sol";
import {IERC3009} from "../interfaces/IERC3009.sol";
import {IStablecoinTicketBroker} from "../interfaces/IStablecoinTicketBroker.sol";
import {ITicketLottery} from "../interfaces/ITicketLottery.sol";
import {ContractIds} from "../registry/ContractIds.sol";
import {Round, toRound} from "../types/Round.sol";
import {FeeBook} from "./FeeBook.sol";
import {Redemptions} from "./Redemptions.sol";
import {TicketLottery} from "./TicketLottery.sol";
import {Tickets} from "./Tickets.sol";

/// @notice See IStablecoinTicketBroker.
/// @dev The token is in the code: another one means another broker, whose funds and failures are its own. The token may be
///      hostile: it is called last or, when it pays in, under a guard, and only what arrived is credited.
contract StablecoinTicketBroker is TicketLottery, ReentrancyGuardTransient, IStablecoinTicketBroker {
    using FeeBook for FeeBook.State;
    using SafeERC20 for IERC20;
    using Tickets for Ticket;

    bytes32 private constant DOMAIN_TYPE_HASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant NAME_HASH = keccak256("Livepeer Stablecoin Tickets");
    bytes32 private constant VERSION_HASH = keccak256("1");

    /// @inheritdoc IStablecoinTicketBroker
    IERC20 public immutable override token;

    FeeBook.State private _book;
    bool private _fundingClosed;

    constructor(IController controller_, IERC20 token_) TicketLottery(controller_) {
        token = token_;
    }

    // ---- funds of senders -----------------------------------------------------------------------------------

    /// @inheritdoc IStablecoinTicketBroker
    function setFundingAllowed(bool allowed) external override onlyControllerOwner {
        _fundingClosed = !allowed;
        emit FundingAllowed(allowed);
    }

    /// @inheritdoc IStablecoinTicketBroker
    function fundDepositAndReserve(uint256 depositAmount, uint256 reserveAmount) external override {
        fundDepositAndReserveFor(msg.sender, depositAmount, reserveAmount);
    }

    /// @inheritdoc IStablecoinTicketBroker
    function fundDepositAndReserveFor(address addr, uint256 depositAmount, uint256 reserveAmount)
        public
        override
        whenSystemNotPaused
        nonReentrant
    {
        _pull(depositAmount + reserveAmount);
        _fundBoth(addr, depositAmount, reserveAmount);
    }

    /// @inheritdoc IStablecoinTicketBroker
    function fundWithPermit(
        uint256 depositAmount,
        uint256 reserveAmount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external override whenSystemNotPaused nonReentrant {
        uint256 sum = depositAmount + reserveAmount;
        try IERC20Permit(address(token)).permit(msg.sender, address(this), sum, deadline, v, r, s) {} catch {}
        _pull(sum);
        _fundBoth(msg.sender, depositAmount, reserveAmount);
    }

    /// @inheritdoc IStablecoinTicketBroker
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
    ) external override whenSystemNotPaused nonReentrant {
        _requireFundingOpen();
        uint256 sum = depositAmount + reserveAmount;
        uint256 before = token.balanceOf(address(this));
        bytes32 nonce = authorizationNonce(depositAmount, reserveAmount, salt);
        IERC3009(address(token))
            .receiveWithAuthorization(from, address(this), sum, validAfter, validBefore, nonce, v, r, s);
        _requireReceived(before, sum);
        _fundBoth(from, depositAmount, reserveAmount);
    }

    // ---- fees -----------------------------------------------------------------------------------------------

    /// @inheritdoc IStablecoinTicketBroker
    function claimFees(address transcoder, uint256[] calldata rounds, address recipient)
        external
        override
        whenSystemNotPaused
        nonReentrant
        returns (uint256)
    {
        if (recipient == address(0) || recipient == address(this)) {
            revert InvalidRecipient(recipient);
        }
        return _claim(msg.sender, transcoder, rounds, recipient);
    }

    /// @inheritdoc IStablecoinTicketBroker
    function claimFeesFor(address staker, address transcoder, uint256[] calldata rounds)
        external
        override
        whenSystemNotPaused
        nonReentrant
        returns (uint256)
    {
        return _claim(staker, transcoder, rounds, staker);
    }

    // ---- views ----------------------------------------------------------------------------------------------

    /// @inheritdoc IStablecoinTicketBroker
    function fundingAllowed() external view override returns (bool) {
        return !_fundingClosed;
    }

    /// @inheritdoc IStablecoinTicketBroker
    function claimableFees(address staker, address transcoder, uint256 round)
        external
        view
        override
        returns (uint256)
    {
        if (round >= _roundsManager().currentRound()) return 0;
        if (_book.isClaimed(staker, transcoder, toRound(round))) return 0;
        return _book.shareOf(staker, transcoder, toRound(round), _bondingVotes());
    }

    /// @inheritdoc IStablecoinTicketBroker
    function isClaimed(address staker, address transcoder, uint256 round)
        external
        view
        override
        returns (bool)
    {
        return _book.isClaimed(staker, transcoder, toRound(round));
    }

    /// @inheritdoc IStablecoinTicketBroker
    function getRoundFees(address transcoder, uint256 round)
        external
        view
        override
        returns (RoundFees memory)
    {
        FeeBook.Entry memory entry = _book.entries[transcoder][toRound(round)];
        return RoundFees({
            shared: entry.shared,
            commission: entry.commission,
            paid: entry.paid,
            feeShare: entry.feeShare.value(),
            totalStake: entry.totalStake,
            ownStake: entry.ownStake
        });
    }

    /// @inheritdoc IStablecoinTicketBroker
    function authorizationNonce(uint256 depositAmount, uint256 reserveAmount, bytes32 salt)
        public
        pure
        override
        returns (bytes32)
    {
        return keccak256(abi.encode(depositAmount, reserveAmount, salt));
    }

    /// @inheritdoc IStablecoinTicketBroker
    /// @dev Built anew each time: behind a proxy and after a fork of the chain it must be that of here and now.
    function domainSeparator() public view override returns (bytes32) {
        return keccak256(abi.encode(DOMAIN_TYPE_HASH, NAME_HASH, VERSION_HASH, block.chainid, address(this)));
    }

    /// @inheritdoc ITicketLottery
    function getTicketHash(Ticket calldata ticket) external view override returns (bytes32) {
        return ticket.typedDigest(address(token), domainSeparator());
    }

    // ---- internal -------------------------------------------------------------------------------------------

    function _identify(Ticket calldata ticket, Tickets.Facts memory)
        internal
        view
        override
        returns (bytes32 ticketHash, bytes32 digest)
    {
        digest = ticket.typedDigest(address(token), domainSeparator());
        return (digest, digest);
    }

    function _payOut(address to, uint256 amount) internal override nonReentrant {
        token.safeTransfer(to, amount);
    }

    function _bookFees(address recipient, uint256 amount, Redemptions.Clock memory clock) internal override {
        if (!_tryBookFees(recipient, amount, clock)) revert RecipientMustBeActive(recipient);
    }

    function _tryBookFees(address recipient, uint256 amount, Redemptions.Clock memory clock)
        internal
        override
        returns (bool)
    {
        if (!clock.bonding.isActiveTranscoder(recipient)) return false;
        Round round = toRound(clock.round);
        (uint256 shared, uint256 commission) =
            _book.book(recipient, amount, round, clock.bonding, _bondingVotes());
        emit FeesBooked(recipient, clock.round, shared, commission);
        return true;
    }

    function _claim(address staker, address transcoder, uint256[] calldata rounds, address recipient)
        private
        returns (uint256 amount)
    {
        IBondingVotes votes = _bondingVotes();
        uint256 current = _roundsManager().currentRound();
        for (uint256 i = 0; i < rounds.length; i++) {
            if (rounds[i] >= current) revert RoundIsNotOver(rounds[i], current);
            uint256 share = _book.take(staker, transcoder, toRound(rounds[i]), votes);
            if (share == 0) continue;
            amount += share;
            emit FeesClaimed(staker, transcoder, rounds[i], share);
        }
        if (amount == 0) revert NothingToClaim(staker, transcoder);
        token.safeTransfer(recipient, amount);
    }

    /// Takes tokens of the caller.
    function _pull(uint256 amount) private {
        _requireFundingOpen();
        if (amount == 0) return;
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), amount);
        _requireReceived(before, amount);
    }

    function _requireReceived(uint256 before, uint256 expected) private view {
        uint256 received = token.balanceOf(address(this)) - before;
        if (received != expected) revert UnexpectedAmountReceived(expected, received);
    }

    function _requireFundingOpen() private view {
        if (_fundingClosed) revert FundingIsClosed();
    }

    function _bondingVotes() private view returns (IBondingVotes) {
        address votes = _contractOf(ContractIds.BONDING_VOTES);
        if (votes == address(0)) revert StakeHistoryIsMissing();
        return IBondingVotes(votes);
    }
}
