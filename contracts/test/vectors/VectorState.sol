// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {vm} from "../base/Vm.sol";
import {VectorNames} from "./VectorNames.sol";

/// @title Observable state by the keys of the recorded vectors
abstract contract VectorState is VectorNames {
    function read(string memory key) internal view returns (string memory) {
        string[] memory parts = vm.split(key, ".");
        if (parts.length == 1) return _global(key);
        if (same(parts[0], "minter")) return _minterValue(parts[1]);
        if (same(parts[0], "pool")) return _poolOrder();
        if (same(key, "lpt.totalSupply")) return number(token.totalSupply());
        if (same(key, "votes.totalSupply")) return number(votes.totalSupply());
        if (same(key, "treasury.lpt")) return number(token.balanceOf(accountOf("TREASURY")));
        if (same(parts[0], "B")) return _senderValue(parts);
        if (same(parts[0], "votes")) return _votes(parts);
        return _accountValue(accountOf(parts[0]), parts[1]);
    }

    function _global(string memory key) private view returns (string memory) {
        if (same(key, "round")) return number(rounds.currentRound());
        if (same(key, "currentRoundTotalActiveStake")) return number(bonding.currentRoundTotalActiveStake());
        if (same(key, "nextRoundTotalActiveStake")) return number(bonding.nextRoundTotalActiveStake());
        if (same(key, "treasuryRewardCutRate")) return number(bonding.treasuryRewardCutRate());
        if (same(key, "nextRoundTreasuryRewardCutRate")) {
            return number(bonding.nextRoundTreasuryRewardCutRate());
        }
        return _unknown(key);
    }

    function _minterValue(string memory key) private view returns (string memory) {
        if (same(key, "inflation")) return number(minter.inflation());
        if (same(key, "currentMintableTokens")) return number(minter.currentMintableTokens());
        if (same(key, "currentMintedTokens")) return number(minter.currentMintedTokens());
        if (same(key, "lpt")) return number(token.balanceOf(address(minter)));
        if (same(key, "eth")) return number(address(minter).balance);
        return _unknown(key);
    }

    function _poolOrder() private view returns (string memory order) {
        address member = bonding.getFirstTranscoderInPool();
        while (member != address(0)) {
            order = string.concat(order, bytes(order).length == 0 ? "" : ">", nameOf(member));
            member = bonding.getNextTranscoderInPool(member);
        }
    }

    /// votes.<round>.<account> or votes.<round>.total, at the start of the next, this or an earlier round.
    function _votes(string[] memory parts) private view returns (string memory) {
        uint256 round = rounds.currentRound();
        if (same(parts[1], "next")) round += 1;
        else if (same(parts[1], "earlier")) round -= 4;
        if (same(parts[2], "total")) return number(votes.getTotalActiveStakeAt(round));
        (uint256 amount, address delegate) = votes.getVotesAndDelegateAtRoundStart(accountOf(parts[2]), round);
        return string.concat(number(amount), "@", nameOf(delegate));
    }

    function _senderValue(string[] memory parts) private view returns (string memory) {
        address sender = accountOf("B");
        if (same(parts[1], "claimable")) return number(broker.claimableReserve(sender, accountOf(parts[2])));
        (ITicketLottery.Sender memory funds, ITicketLottery.ReserveInfo memory reserve) =
            broker.getSenderInfo(sender);
        if (same(parts[1], "deposit")) return number(funds.deposit);
        if (same(parts[1], "withdrawRound")) return number(funds.withdrawRound);
        if (same(parts[1], "reserve")) return number(reserve.fundsRemaining);
        if (same(parts[1], "claimedInCurrentRound")) return number(reserve.claimedInCurrentRound);
        return _unknown(parts[1]);
    }

    function _accountValue(address account, string memory key) private view returns (string memory) {
        if (same(key, "status")) return number(uint256(bonding.delegatorStatus(account)));
        if (same(key, "pendingStake")) return number(bonding.pendingStake(account, 0));
        if (same(key, "pendingFees")) return number(bonding.pendingFees(account, 0));
        if (same(key, "active")) return vm.toString(bonding.isActiveTranscoder(account));
        if (same(key, "votes")) return number(votes.getVotes(account));
        if (same(key, "pool[now]")) return _earningsPool(account, rounds.currentRound());
        if (same(key, "pool[next]")) return _earningsPool(account, rounds.currentRound() + 1);
        if (startsWith(key, "lock")) return _lock(account, vm.parseUint(vm.split(key, "lock")[1]));
        string memory value = _delegatorValue(account, key);
        return bytes(value).length > 0 ? value : _transcoderValue(account, key);
    }

    function _delegatorValue(address account, string memory key) private view returns (string memory) {
        (
            uint256 bonded,
            uint256 fees,
            address delegate,
            uint256 delegated,
            uint256 start,
            uint256 claimed,
            uint256 lock
        ) = bonding.getDelegator(account);
        if (same(key, "bondedAmount")) return number(bonded);
        if (same(key, "fees")) return number(fees);
        if (same(key, "delegateAddress")) return nameOf(delegate);
        if (same(key, "delegatedAmount")) return number(delegated);
        if (same(key, "startRound")) return number(start);
        if (same(key, "lastClaimRound")) return number(claimed);
        return same(key, "nextUnbondingLockId") ? number(lock) : "";
    }

    /// The ten values come one after the other, so they can be read without ten variables.
    function _transcoderValue(address account, string memory key) private view returns (string memory) {
        (bool ok, bytes memory values) =
            address(bonding).staticcall(abi.encodeCall(bonding.getTranscoder, (account)));
        vm.assertTrue(ok, "getTranscoder");
        uint256[10] memory all = abi.decode(values, (uint256[10]));
        string[10] memory names = [
            "lastRewardRound",
            "rewardCut",
            "feeShare",
            "lastActiveStakeUpdateRound",
            "activationRound",
            "deactivationRound",
            "activeCumulativeRewards",
            "cumulativeRewards",
            "cumulativeFees",
            "lastFeeRound"
        ];
        for (uint256 i = 0; i < names.length; i++) {
            if (same(key, names[i])) return number(all[i]);
        }
        return _unknown(key);
    }

    function _earningsPool(address account, uint256 round) private view returns (string memory text) {
        (uint256 stake, uint256 rewardCut, uint256 feeShare, uint256 rewardFactor, uint256 feeFactor) =
            bonding.getTranscoderEarningsPoolForRound(account, round);
        text = string.concat(number(stake), "/", number(rewardCut), "/", number(feeShare), "/");
        text = string.concat(text, number(rewardFactor), "/", number(feeFactor));
    }

    function _lock(address account, uint256 id) private view returns (string memory) {
        (uint256 amount, uint256 withdrawRound) = bonding.getDelegatorUnbondingLock(account, id);
        return string.concat(number(amount), "@", number(withdrawRound));
    }

    function _unknown(string memory key) private pure returns (string memory) {
        vm.assertTrue(false, string.concat("unknown key ", key));
        return "";
    }
}
