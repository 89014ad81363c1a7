// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AddressAlias} from "../../src/bridge/AddressAlias.sol";
import {IL2Migrator} from "../../src/bridge/interfaces/IL2Migrator.sol";
import {IMigrator} from "../../src/bridge/interfaces/IMigrator.sol";
import {DelegatorPool} from "../../src/bridge/l2/DelegatorPool.sol";
import {L2Migrator} from "../../src/bridge/l2/L2Migrator.sol";
import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {GovernedTest} from "../base/GovernedTest.sol";
import {StablecoinTest} from "../base/StablecoinTest.sol";
import {vm} from "../base/Vm.sol";

/// @title Everything that runs behind a proxy, with state in every part of it, and what anybody can see of that
abstract contract UpgradeWorld is GovernedTest, StablecoinTest {
    address internal constant L1_MIGRATOR = address(0x1A1);
    address internal constant MIGRATED = address(0x31);
    address internal constant MIGRATED_LATER = address(0x32);

    IL2Migrator internal migrator;
    uint256 internal proposal;
    bytes32[] internal ticketHashes;

    // ---- state ----------------------------------------------------------------------------------------------

    function build() internal {
        deployWithStakers();
        deployGovernance();
        _deployMigrator();
        rounds.setLIPUpgradeRound(1, 1234);
        bonding.setTreasuryRewardCutRate(10 ** 26);
        bonding.setTreasuryBalanceCeiling(1e24);
        fundSender(100 * USD, 50 * USD);
        vm.deal(sender, 20 ether);
        vm.prank(sender);
        broker.fundDepositAndReserve{value: 20 ether}(5 ether, 15 ether);
        vm.prank(T1);
        registry.setServiceURI("https://t1.example:8935");
        vm.prank(T1);
        bonding.setRewardCaller(D3);
        proposal = propose(T2, action(address(token), abi.encodeCall(token.balanceOf, (T1))));
        _live(3);
        // The clock counts from another block and round now.
        rounds.setRoundLength(ROUND_LENGTH - 10);
        _live(2);
    }

    /// What an ordinary day brings to each contract.
    function operate() internal {
        _live(2);
        vm.prank(T2);
        registry.setServiceURI("https://t2.example:8935");
        castVote(D1, proposal, AGAINST);
        vm.prank(D2);
        bonding.withdrawStake(0);
        vm.prank(D1);
        bonding.withdrawFees(payable(D1), 1);
        claim(D1, T1, rounds.currentRound() - 1);
        vm.prank(sender);
        broker.unlock();
        vm.prank(sender);
        stable.unlock();
        _migrate(MIGRATED_LATER);
        bonding.setTreasuryRewardCutRate(2 * 10 ** 26);
        rounds.setRoundLength(ROUND_LENGTH);
        // The vote ends, and the proposal is carried out.
        while (rounds.currentRound() <= governor.proposalDeadline(proposal)) _advance();
        Action memory what = action(address(token), abi.encodeCall(token.balanceOf, (T1)));
        queue(what);
        execute(what);
    }

    /// Rounds with rewards, tickets in both currencies, stake that comes, goes and moves, and votes.
    function _live(uint256 count) private {
        for (uint256 i = 0; i < count; i++) {
            _advance();
            vm.prank(D3);
            bonding.rewardForTranscoder(T1);
            vm.prank(T2);
            bonding.reward();
            _payEth(T1, 1 ether);
            _payEth(T2, 0.3 ether);
            pay(T1, 7 * USD);
            stake(D3, 10e18, T2);
            vm.prank(D2);
            bonding.unbond(3e18);
            vm.prank(D1);
            bonding.transferBond(D3, 1e18, address(0), address(0), address(0), address(0));
            if (rounds.currentRound() <= governor.proposalSnapshot(proposal)) continue;
            if (!governor.hasVoted(proposal, T1)) castVote(T1, proposal, FOR);
            else if (!governor.hasVoted(proposal, T2)) castVote(T2, proposal, FOR);
        }
    }

    function _advance() private {
        vm.roll(rounds.currentRoundStartBlock() + rounds.roundLength());
        initializeRound();
    }

    function _payEth(address recipient, uint256 faceValue) private {
        ITicketLottery.Ticket memory ticket = winningTicket(sender, recipient, faceValue, ++tickets);
        ticketHashes.push(broker.getTicketHash(ticket));
        broker.redeemWinningTicket(ticket, signTicket(ticket, KEY), 1000 + tickets);
    }

    function _deployMigrator() private {
        migrator = IL2Migrator(proxied("L2Migrator", address(new L2Migrator(controller))));
        migrator.setL1Migrator(L1_MIGRATOR);
        migrator.setDelegatorPoolImpl(address(new DelegatorPool()));
        migrator.setClaimStakeEnabled(true);
        migrator.syncControllerContracts();
        token.mint(address(migrator), 1e24);
        vm.deal(address(migrator), 10 ether);
        _migrate(MIGRATED);
    }

    function _migrate(address account) private {
        vm.prank(AddressAlias.aliasOf(L1_MIGRATOR));
        migrator.finalizeMigrateDelegator(
            IMigrator.MigrateDelegatorParams({
                l1Addr: account,
                l2Addr: account,
                stake: 40e18,
                delegatedStake: 90e18,
                fees: 3,
                delegate: account
            })
        );
    }

    // ---- what anybody can see -------------------------------------------------------------------------------

    function observed() internal view returns (bytes[8] memory seen) {
        seen[0] = abi.encode(_seeStake(T1), _seeStake(T2), _seeStake(T3), _seeStake(D1), _seeStake(D2));
        seen[1] = bytes.concat(_seeStake(D3), _seeStake(MIGRATED), _seeStake(MIGRATED_LATER), _seeTotals());
        seen[2] = abi.encode(_seeVotes(T1), _seeVotes(T2), _seeVotes(D1), _seeVotes(D3), _seeVotes(MIGRATED));
        seen[3] = _seeBroker(broker);
        seen[4] = bytes.concat(_seeBroker(stable), _seeFees());
        seen[5] = _seeRounds();
        seen[6] = _seeProposal();
        seen[7] = bytes.concat(_seeMigrator(), _seeMoney());
    }

    function _seeStake(address account) private view returns (bytes memory seen) {
        uint256 round = rounds.currentRound();
        seen = bytes.concat(
            _ask(address(bonding), abi.encodeCall(bonding.getDelegator, (account))),
            _ask(address(bonding), abi.encodeCall(bonding.getTranscoder, (account))),
            abi.encode(
                bonding.pendingStake(account, 0),
                bonding.pendingFees(account, 0),
                bonding.isActiveTranscoder(account),
                bonding.transcoderToRewardCaller(account),
                bonding.getNextTranscoderInPool(account),
                registry.getServiceURI(account)
            )
        );
        for (uint256 i = 0; i < 4; i++) {
            seen = bytes.concat(
                seen,
                _ask(address(bonding), abi.encodeCall(bonding.getDelegatorUnbondingLock, (account, i))),
                _ask(
                    address(bonding),
                    abi.encodeCall(bonding.getTranscoderEarningsPoolForRound, (account, round + 1 - i))
                )
            );
        }
    }

    function _seeTotals() private view returns (bytes memory) {
        return abi.encode(
            bonding.unbondingPeriod(),
            bonding.currentRoundTotalActiveStake(),
            bonding.nextRoundTotalActiveStake(),
            bonding.currentRoundActiveTranscoders(),
            bonding.treasuryRewardCutRate(),
            bonding.nextRoundTreasuryRewardCutRate(),
            bonding.treasuryBalanceCeiling(),
            bonding.getTranscoderPoolMaxSize(),
            bonding.getTranscoderPoolSize(),
            bonding.getFirstTranscoderInPool()
        );
    }

    function _seeVotes(address account) private view returns (bytes memory seen) {
        seen = abi.encode(votes.getVotes(account), votes.delegates(account), votes.hasCheckpoint(account));
        for (uint256 i = 1; i < 6; i++) {
            uint256 past = rounds.currentRound() - i;
            seen = bytes.concat(
                seen,
                abi.encode(
                    votes.getPastVotes(account, past),
                    votes.delegatedAt(account, past),
                    votes.getPastTotalSupply(past)
                )
            );
        }
    }

    function _seeBroker(ITicketLottery lottery) private view returns (bytes memory seen) {
        (ITicketLottery.Sender memory funds, ITicketLottery.ReserveInfo memory reserve) =
            lottery.getSenderInfo(sender);
        seen = abi.encode(
            funds,
            reserve,
            lottery.unlockPeriod(),
            lottery.ticketValidityPeriod(),
            lottery.claimableReserve(sender, T1),
            lottery.claimedReserve(sender, T1)
        );
        for (uint256 i = 0; i < ticketHashes.length; i++) {
            seen = bytes.concat(seen, abi.encode(lottery.usedTickets(ticketHashes[i])));
        }
    }

    function _seeFees() private view returns (bytes memory seen) {
        seen = abi.encode(stable.token(), stable.fundingAllowed(), stable.domainSeparator());
        for (uint256 i = 0; i < 4; i++) {
            uint256 round = rounds.currentRound() - i;
            seen = bytes.concat(
                seen,
                abi.encode(stable.getRoundFees(T1, round), stable.isClaimed(D1, T1, round)),
                abi.encode(stable.claimableFees(T1, T1, round), stable.claimableFees(D2, T1, round))
            );
        }
    }

    function _seeRounds() private view returns (bytes memory) {
        uint256 round = rounds.currentRound();
        return abi.encode(
            round,
            rounds.currentRoundStartBlock(),
            rounds.roundLength(),
            rounds.roundLockAmount(),
            rounds.lastInitializedRound(),
            rounds.lastRoundLengthUpdateRound(),
            rounds.lastRoundLengthUpdateStartBlock(),
            rounds.lipUpgradeRound(1),
            rounds.blockHashForRound(round),
            rounds.blockHashForRound(round - 1)
        );
    }

    function _seeProposal() private view returns (bytes memory) {
        return bytes.concat(
            abi.encode(
                governor.state(proposal),
                governor.proposalSnapshot(proposal),
                governor.proposalDeadline(proposal),
                governor.proposalProposer(proposal),
                governor.proposalEta(proposal),
                governor.hasVoted(proposal, T1),
                governor.hasVoted(proposal, D1)
            ),
            _ask(address(governor), abi.encodeCall(governor.proposalVotes, (proposal))),
            abi.encode(
                governor.votingDelay(),
                governor.votingPeriod(),
                governor.proposalThreshold(),
                governor.quorumNumerator(),
                governor.quota(),
                governor.timelock(),
                governor.token()
            )
        );
    }

    function _seeMigrator() private view returns (bytes memory) {
        return abi.encode(
            migrator.l1MigratorAddr(),
            migrator.delegatorPoolImpl(),
            migrator.claimStakeEnabled(),
            migrator.delegatorPools(MIGRATED),
            migrator.delegatorPools(MIGRATED_LATER),
            migrator.migratedDelegators(MIGRATED),
            migrator.migratedDelegators(MIGRATED_LATER)
        );
    }

    function _seeMoney() private view returns (bytes memory) {
        return abi.encode(
            token.totalSupply(),
            token.balanceOf(address(minter)),
            token.balanceOf(address(treasury)),
            token.balanceOf(D2),
            address(minter).balance,
            D1.balance,
            usd.balanceOf(address(stable)),
            usd.balanceOf(D1)
        );
    }

    /// What a view returns, as words.
    function _ask(address target, bytes memory data) private view returns (bytes memory words) {
        bool ok;
        (ok, words) = target.staticcall(data);
        require(ok, "a view failed");
    }
}
