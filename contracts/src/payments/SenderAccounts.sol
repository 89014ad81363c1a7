// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ITicketLottery} from "../interfaces/ITicketLottery.sol";
import {Funds, toFunds} from "../types/Funds.sol";

/// @title Funds of senders: deposit, reserve, unlock
/// @notice Locked -(unlock)-> unlocking -(cancel, own funding)-> locked; unlocking -(its round comes)-> withdrawable
///         -(withdraw)-> empty, still unlocked -(own funding)-> locked.
/// @dev What the reserve paid is counted for one round at a time: a count of an older round stands for nothing.
library SenderAccounts {
    using SafeCast for uint256;

    struct Claimed {
        uint32 round;
        uint112 amount;
    }

    struct Account {
        Funds funds;
        Claimed claimed;
        mapping(address claimant => Claimed) claimedBy;
    }

    /// @notice Adds funds. Only the account itself ends its unlock: by funding it others could lock it for ever.
    /// @return cancelled Whether an unlock ended
    function add(Account storage self, uint256 deposit, uint256 reserve, bool byOwner)
        internal
        returns (bool cancelled)
    {
        Funds funds = self.funds;
        uint256 withdrawRound = funds.withdrawRound();
        cancelled = byOwner && withdrawRound != 0;
        self.funds =
            toFunds(funds.deposit() + deposit, funds.reserve() + reserve, cancelled ? 0 : withdrawRound);
    }

    /// @return withdrawRound First round in which the funds may leave
    function unlock(Account storage self, address owner, uint256 round, uint256 period)
        internal
        returns (uint256 withdrawRound)
    {
        Funds funds = _funded(self, owner);
        if (funds.withdrawRound() != 0) revert ITicketLottery.UnlockAlreadyInitiated(funds.withdrawRound());
        withdrawRound = round + period;
        self.funds = toFunds(funds.deposit(), funds.reserve(), withdrawRound);
    }

    function cancelUnlock(Account storage self) internal {
        Funds funds = self.funds;
        Funds locked = funds.locked();
        if (Funds.unwrap(locked) == Funds.unwrap(funds)) revert ITicketLottery.NoUnlockInProgress();
        self.funds = locked;
    }

    /// @dev The withdraw round stays.
    function empty(Account storage self, address owner, uint256 round)
        internal
        returns (uint256 deposit, uint256 reserve)
    {
        Funds funds = _funded(self, owner);
        uint256 withdrawRound = funds.withdrawRound();
        if (withdrawRound == 0) revert ITicketLottery.NoUnlockInProgress();
        if (round < withdrawRound) revert ITicketLottery.AccountIsLocked(withdrawRound, round);
        self.funds = toFunds(0, 0, withdrawRound);
        return (funds.deposit(), funds.reserve());
    }

    /// @notice Takes `amount`: `fromReserve` of it from the reserve, the rest from the deposit. The caller has checked that
    ///         both suffice.
    /// @param funds What the account holds now
    function take(
        Account storage self,
        Funds funds,
        address claimant,
        uint256 amount,
        uint256 fromReserve,
        uint256 round
    ) internal {
        if (fromReserve == 0) {
            self.funds = funds.lessDeposit(amount);
            return;
        }
        self.claimed = _counted(self.claimed, fromReserve, round);
        self.claimedBy[claimant] = _counted(self.claimedBy[claimant], fromReserve, round);
        self.funds = toFunds(
            funds.deposit() - (amount - fromReserve), funds.reserve() - fromReserve, funds.withdrawRound()
        );
    }

    /// @notice Undoes `take` in the same transaction.
    function giveBack(Account storage self, address claimant, uint256 amount, uint256 fromReserve) internal {
        Funds funds = self.funds;
        self.funds = toFunds(
            funds.deposit() + amount - fromReserve, funds.reserve() + fromReserve, funds.withdrawRound()
        );
        if (fromReserve == 0) return;
        uint112 part = fromReserve.toUint112();
        self.claimed.amount -= part;
        self.claimedBy[claimant].amount -= part;
    }

    /// @notice An equal share of the reserve as it was before this round's claims, less what the claimant took.
    /// @param sharers Transcoders active in the round; fixed for the round, so that one recipient's share can't change
    ///                because others join or leave
    function claimable(Account storage self, address claimant, uint256 round, uint256 sharers)
        internal
        view
        returns (uint256)
    {
        if (sharers == 0) return 0;
        uint256 reserve = self.funds.reserve();
        uint256 share = (reserve + claimedIn(self.claimed, round)) / sharers;
        uint256 taken = claimedIn(self.claimedBy[claimant], round);
        uint256 left = share > taken ? share - taken : 0;
        return left < reserve ? left : reserve;
    }

    function claimedIn(Claimed memory claimed, uint256 round) internal pure returns (uint256) {
        return claimed.round == round ? claimed.amount : 0;
    }

    function _counted(Claimed memory claimed, uint256 amount, uint256 round)
        private
        pure
        returns (Claimed memory)
    {
        return Claimed({round: round.toUint32(), amount: (claimedIn(claimed, round) + amount).toUint112()});
    }

    function _funded(Account storage self, address owner) private view returns (Funds funds) {
        funds = self.funds;
        if (funds.isZero()) revert ITicketLottery.NoFunds(owner);
    }
}
