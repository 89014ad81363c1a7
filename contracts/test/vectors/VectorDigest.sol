// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {VectorNames} from "./VectorNames.sol";

/// @title The whole observable state in one hash
/// @dev The same words in the same order as the model's `digestOf`.
abstract contract VectorDigest is VectorNames {
    uint256 private constant LOCKS = 8;

    function digest() internal view returns (bytes32) {
        bytes memory words = bytes.concat(_clock(), _money(), _stake(), _pool(), _totals());
        string[12] memory names = ["T1", "T2", "T3", "D1", "D2", "D3", "D4", "D5", "X", "B", "TREASURY", "0"];
        for (uint256 i = 0; i < names.length; i++) {
            address account = accountOf(names[i]);
            words =
                bytes.concat(words, _staker(account), _earnings(account), _votes(account), _sender(account));
        }
        return keccak256(words);
    }

    function _clock() private view returns (bytes memory) {
        return abi.encode(
            controller.paused(),
            rounds.currentRound(),
            rounds.currentRoundStartBlock(),
            rounds.roundLength(),
            rounds.roundLockAmount(),
            rounds.lastInitializedRound(),
            rounds.currentRoundLocked()
        );
    }

    function _money() private view returns (bytes memory) {
        return abi.encode(
            minter.inflation(),
            minter.inflationChange(),
            minter.targetBondingRate(),
            minter.currentMintableTokens(),
            minter.currentMintedTokens(),
            address(minter).balance,
            token.balanceOf(address(minter)),
            token.totalSupply()
        );
    }

    function _stake() private view returns (bytes memory) {
        return abi.encode(
            bonding.unbondingPeriod(),
            bonding.currentRoundTotalActiveStake(),
            bonding.nextRoundTotalActiveStake(),
            bonding.currentRoundActiveTranscoders(),
            bonding.treasuryRewardCutRate(),
            bonding.nextRoundTreasuryRewardCutRate(),
            bonding.treasuryBalanceCeiling(),
            broker.unlockPeriod(),
            broker.ticketValidityPeriod()
        );
    }

    function _pool() private view returns (bytes memory words) {
        words = abi.encode(bonding.getTranscoderPoolMaxSize(), bonding.getTranscoderPoolSize());
        address member = bonding.getFirstTranscoderInPool();
        while (member != address(0)) {
            words = bytes.concat(words, abi.encode(member));
            member = bonding.getNextTranscoderInPool(member);
        }
    }

    function _totals() private view returns (bytes memory) {
        uint256 round = rounds.currentRound();
        return abi.encode(
            votes.getTotalActiveStakeAt(round + 1),
            votes.getTotalActiveStakeAt(round),
            votes.getTotalActiveStakeAt(round - 4)
        );
    }

    function _staker(address account) private view returns (bytes memory words) {
        uint256 round = rounds.currentRound();
        words = bytes.concat(
            _ask(address(bonding), abi.encodeCall(bonding.getDelegator, (account))),
            _ask(address(bonding), abi.encodeCall(bonding.getTranscoder, (account))),
            _pools(account, round),
            _pools(account, round + 1)
        );
        for (uint256 id = 0; id < LOCKS; id++) {
            bytes memory lock =
                _ask(address(bonding), abi.encodeCall(bonding.getDelegatorUnbondingLock, (account, id)));
            words = bytes.concat(words, lock);
        }
    }

    function _pools(address account, uint256 round) private view returns (bytes memory) {
        bytes memory data = abi.encodeCall(bonding.getTranscoderEarningsPoolForRound, (account, round));
        return _ask(address(bonding), data);
    }

    function _earnings(address account) private view returns (bytes memory) {
        return abi.encode(
            bonding.pendingStake(account, 0),
            bonding.pendingFees(account, 0),
            bonding.isActiveTranscoder(account),
            bonding.isRegisteredTranscoder(account),
            bonding.transcoderToRewardCaller(account),
            token.balanceOf(account)
        );
    }

    function _votes(address account) private view returns (bytes memory) {
        uint256 round = rounds.currentRound();
        return
            bytes.concat(_votesAt(account, round + 1), _votesAt(account, round), _votesAt(account, round - 4));
    }

    function _votesAt(address account, uint256 round) private view returns (bytes memory) {
        (uint256 amount, address delegate) = votes.getVotesAndDelegateAtRoundStart(account, round);
        return abi.encode(amount, delegate);
    }

    function _sender(address account) private view returns (bytes memory) {
        (ITicketLottery.Sender memory funds, ITicketLottery.ReserveInfo memory reserve) =
            broker.getSenderInfo(account);
        address sender = accountOf("B");
        return abi.encode(
            funds.deposit,
            funds.withdrawRound,
            reserve.fundsRemaining,
            reserve.claimedInCurrentRound,
            broker.claimedReserve(sender, account),
            broker.claimableReserve(sender, account)
        );
    }

    /// What a view returns, as words.
    function _ask(address target, bytes memory data) private view returns (bytes memory words) {
        bool ok;
        (ok, words) = target.staticcall(data);
        require(ok, "a view failed");
    }
}
