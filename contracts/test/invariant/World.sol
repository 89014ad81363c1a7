// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ProtocolTest} from "../base/ProtocolTest.sol";
import {vm} from "../base/Vm.sol";

/// @title The protocol with its accounts, and exact books of every wei that went in and out
/// @dev Handlers run with fail_on_revert: calls into the protocol are made low-level and may be refused, but a failed
///      check of a handler stops the campaign.
abstract contract World is ProtocolTest {
    /// What the contracts hold must follow from these, to the wei.
    struct Books {
        /// LPT supply before the first reward
        uint256 genesis;
        uint256 minted;
        uint256 burned;
        /// LPT that the Minter got by bonds and rewards, and gave to delegators, treasury, finders, or burned
        uint256 stakeIn;
        uint256 stakeOut;
        /// ETH that the Minter got from senders and gave to them and to those who earned fees
        uint256 ethIn;
        uint256 ethOut;
    }

    /// A bystander before a step.
    struct Watched {
        address account;
        uint256 amount;
        uint256 fees;
    }

    uint256 public constant ACCOUNTS = 8;
    /// The first accounts may be their own delegates.
    uint256 internal constant CANDIDATES = 5;
    uint256 internal constant SENDERS = 2;
    uint256 internal constant STAKE = 10_000e18;
    address internal constant TREASURY = address(0x7ea5);
    address internal constant FINDER = address(0xf1);

    mapping(bytes32 operation => uint256 count) public succeeded;
    Books internal _books;
    uint256 private _calls;

    /// @dev Nobody but the owner of a claim (and the Verifier) lowers what can be withdrawn: one bystander is watched
    ///      at each step, another at the next.
    modifier by(address who) {
        Watched memory watched = _watch(who, who);
        _;
        _requireNotLess(watched);
    }

    modifier byTwo(address who, address accomplice) {
        Watched memory watched = _watch(who, accomplice);
        _;
        _requireNotLess(watched);
    }

    constructor() {
        Config memory config = defaultConfig();
        deploy(config);
        register("Treasury", TREASURY);
        register("Verifier", address(this));
        token.grantRole(keccak256("BURNER_ROLE"), address(minter));
        bonding.setTreasuryRewardCutRate(1e26);
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            fund(account(i), STAKE);
        }
        for (uint256 i = 0; i < SENDERS; i++) {
            vm.deal(sender(i), 1_000_000 ether);
        }
        _books.genesis = token.totalSupply();
        initializeRound();
        for (uint256 i = 0; i < CANDIDATES; i++) {
            uint256 amount = (i + 1) * 100e18;
            bond(account(i), amount, account(i));
            _books.stakeIn += amount;
            vm.prank(account(i));
            bonding.transcoder(100_000 * i, 200_000 * i);
        }
        nextRound();
    }

    function account(uint256 index) public pure returns (address) {
        return address(uint160(0x1000 + index % ACCOUNTS));
    }

    function senderKey(uint256 index) internal pure returns (uint256) {
        return 0xbeef + index % SENDERS;
    }

    function sender(uint256 index) public pure returns (address) {
        return vm.addr(senderKey(index));
    }

    function candidate(uint256 index) internal pure returns (address) {
        return account(index % CANDIDATES);
    }

    /// Mostly a candidate, sometimes anyone, sometimes nobody.
    function delegateOf(uint256 choice) internal pure returns (address) {
        if (choice % 16 == 0) return account(choice >> 4);
        return choice % 32 == 1 ? address(0) : candidate(choice >> 5);
    }

    function send(address caller, address target, bytes32 operation, bytes memory data, uint256 value)
        internal
        returns (bool ok)
    {
        vm.prank(caller);
        (ok,) = target.call{value: value}(data);
        if (ok) succeeded[operation]++;
    }

    /// @dev One transcoder stays: were the stake of the whole network a few wei, one reward would multiply it by more
    ///      than a factor can hold, and is refused (see BondingLimits.t.sol).
    function stake(address caller, bytes32 operation, bytes memory data) internal returns (bool) {
        bool leaves = operation == "unbond" || operation == "transferBond";
        if (leaves && caller == account(CANDIDATES - 1)) return false;
        return send(caller, address(bonding), operation, data, 0);
    }

    function lastRewardRound(address transcoder) internal view returns (uint256 round) {
        (round,,,,,,,,,) = bonding.getTranscoder(transcoder);
    }

    /// Cumulative factors as of the last reward and the last fees.
    function factorsOf(address transcoder) internal view returns (uint256 rewardFactor, uint256 feeFactor) {
        (uint256 rewarded,,,,,,,,, uint256 paid) = bonding.getTranscoder(transcoder);
        (,,, rewardFactor,) = bonding.getTranscoderEarningsPoolForRound(transcoder, rewarded);
        (,,,, feeFactor) = bonding.getTranscoderEarningsPoolForRound(transcoder, paid);
    }

    /// @dev 5: asked right after what changes factors, before anything is read that is computed from them.
    function requireFactorsKept(address transcoder, uint256 rewardFactor, uint256 feeFactor) internal view {
        (uint256 rewardFactorNow, uint256 feeFactorNow) = factorsOf(transcoder);
        vm.assertGe(rewardFactorNow, rewardFactor, "5: the reward factor never falls");
        vm.assertGe(feeFactorNow, feeFactor, "5: the fee factor never falls");
    }

    function bondedOf(address who) internal view returns (uint256 amount) {
        (amount,,,,,,) = bonding.getDelegator(who);
    }

    function delegateAt(address who) internal view returns (address delegate) {
        (,, delegate,,,,) = bonding.getDelegator(who);
    }

    /// LPT and ETH that `who` can get out, now or after the unbonding period.
    function withdrawable(address who) internal view returns (uint256 stake_, uint256 fees) {
        stake_ = bonding.pendingStake(who, 0) + locksOf(who);
        fees = bonding.pendingFees(who, 0);
    }

    function locksOf(address who) internal view returns (uint256 total) {
        (,,,,,, uint256 locks) = bonding.getDelegator(who);
        for (uint256 id = 0; id < locks; id++) {
            (uint256 amount,) = bonding.getDelegatorUnbondingLock(who, id);
            total += amount;
        }
    }

    /// A lock that is there, the next below the chosen one; or one that is not.
    function lockOf(address who, uint256 choice) internal view returns (uint256 id) {
        (,,,,,, uint256 locks) = bonding.getDelegator(who);
        if (locks == 0 || choice % 16 == 0) return choice;
        for (id = choice % locks; id > 0; id--) {
            if (bonding.isValidUnbondingLock(who, id)) return id;
        }
    }

    function totalFees() internal view returns (uint256 total) {
        for (uint256 i = 0; i < ACCOUNTS; i++) {
            total += bonding.pendingFees(account(i), 0);
        }
    }

    function members() internal view returns (address[] memory list) {
        list = new address[](bonding.getTranscoderPoolSize());
        address member = bonding.getFirstTranscoderInPool();
        for (uint256 i = 0; i < list.length; i++) {
            list[i] = member;
            member = bonding.getNextTranscoderInPool(member);
        }
        vm.assertEq(member, address(0), "the list ends after its size");
    }

    function inPool(address who) internal view returns (bool) {
        address[] memory list = members();
        for (uint256 i = 0; i < list.length; i++) {
            if (list[i] == who) return true;
        }
        return false;
    }

    function _watch(address who, address accomplice) private returns (Watched memory watched) {
        address bystander = account(uint256(keccak256(abi.encode(++_calls))));
        if (bystander == who || bystander == accomplice) return watched;
        watched.account = bystander;
        (watched.amount, watched.fees) = withdrawable(bystander);
    }

    function _requireNotLess(Watched memory watched) private view {
        if (watched.account == address(0)) return;
        (uint256 amount, uint256 fees) = withdrawable(watched.account);
        vm.assertGe(amount, watched.amount, "10: nobody lowers the stake that another can withdraw");
        vm.assertGe(fees, watched.fees, "10: nobody lowers the fees that another can withdraw");
    }
}
