// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AddressAlias} from "../../src/bridge/AddressAlias.sol";
import {DevInbox} from "../../src/bridge/devnet/DevInbox.sol";
import {LivepeerToken} from "../../src/token/LivepeerToken.sol";
import {BridgeTest} from "../base/BridgeTest.sol";
import {Vm, bound, vm} from "../base/Vm.sol";

/// @title Users, a relayer that lags behind, and attackers at the bridge
contract BridgeHandler is BridgeTest {
    uint256 public constant USERS = 4;
    uint256 private constant FUNDS = 1000 ether;

    /// LPT that came into being on L2 without L1, as rewards do.
    uint256 public rewards;
    mapping(bytes32 operation => uint256) public succeeded;
    bool private immutable _withRewards;

    DevInbox.Ticket[] private _tickets;
    uint256[] private _depositAmounts;
    uint256[] private _exitAmounts;
    bytes32[] private _leaves;

    constructor(bool withRewards) {
        _withRewards = withRewards;
        deployBridge(new LivepeerToken());
        for (uint256 i = 0; i < USERS; i++) {
            fundL1(_user(i), FUNDS);
            vm.prank(_user(i));
            l2Token.approve(address(l2Gateway), type(uint256).max);
        }
    }

    // ---- what is checked -------------------------------------------------------------------------------------

    /// All LPT: in hands on L1, on L2, and under way.
    function circulating() external view returns (uint256) {
        uint256 inHands = l1Token.totalSupply() - l1Token.balanceOf(address(escrow));
        return inHands + l2Token.totalSupply() + underWayToL2() + underWayToL1();
    }

    function issued() external view returns (uint256) {
        return USERS * FUNDS + rewards;
    }

    function underWayToL2() public view returns (uint256 sum) {
        for (uint256 i = 0; i < _depositAmounts.length; i++) {
            if (uint256(retryables.statusOf(i)) != 2) sum += _depositAmounts[i];
        }
    }

    function underWayToL1() public view returns (uint256 sum) {
        for (uint256 i = 0; i < _exitAmounts.length; i++) {
            if (!outbox.isSpent(i)) sum += _exitAmounts[i];
        }
    }

    function inEscrow() external view returns (uint256) {
        return l1Token.balanceOf(address(escrow));
    }

    function onL2FromL1() external view returns (uint256) {
        return l2Cache.l2SupplyFromL1();
    }

    function mintedOnL1() external view returns (uint256) {
        return l1Token.totalSupply() - USERS * FUNDS;
    }

    // ---- users -----------------------------------------------------------------------------------------------

    function sendToL2(uint256 user, uint256 to, uint256 amount) external {
        address from = _user(user);
        uint256 has = l1Token.balanceOf(from);
        if (has == 0) return;
        amount = bound(amount, 1, has);
        vm.recordLogs();
        deposit(from, _user(to), amount);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].emitter == address(inbox)) {
                _tickets.push(abi.decode(logs[i].data, (DevInbox.Ticket)));
            }
        }
        _depositAmounts.push(amount);
        succeeded["deposit"]++;
    }

    function sendToL1(uint256 user, uint256 to, uint256 amount) external {
        address from = _user(user);
        uint256 has = l2Token.balanceOf(from);
        if (has == 0) return;
        amount = bound(amount, 1, has);
        withdraw(from, _user(to), amount);
        bytes memory data = l2Gateway.getOutboundCalldata(address(l1Token), from, _user(to), amount, "");
        exits.push(Exit(address(l2Gateway), address(l1Gateway), block.number, block.timestamp, 0, data));
        _leaves.push(
            outbox.calculateItemHash(
                address(l2Gateway), address(l1Gateway), block.number, 0, block.timestamp, 0, data
            )
        );
        _exitAmounts.push(amount);
        succeeded["withdraw"]++;
    }

    function claimExit(uint256 index, uint256 wait) external {
        if (exits.length == 0) return;
        index = index % exits.length;
        vm.warp(block.timestamp + wait % (2 * CHALLENGE_PERIOD));
        try this.claimFromOutside(index) {
            succeeded["claim"]++;
        } catch {
            succeeded["claimRefused"]++;
        }
    }

    function claimFromOutside(uint256 index) external {
        executeExit(index, exits[index]);
    }

    /// Inflation: only where the figures of the two chains may part.
    function mintRewards(uint256 user, uint256 amount) external {
        if (!_withRewards) return;
        amount = bound(amount, 1, 100 ether);
        l2Token.mint(_user(user), amount);
        rewards += amount;
        succeeded["rewards"]++;
    }

    // ---- the relayer -----------------------------------------------------------------------------------------

    /// One message in each direction; the rest waits.
    function relay() external {
        uint256 next = retryables.submittedCount();
        if (next < _tickets.length) {
            _submit(next);
            succeeded["submit"]++;
        }
        next = outbox.confirmedCount();
        if (next < _leaves.length) {
            vm.prank(RELAYER);
            outbox.confirm(next, _leaves[next]);
            succeeded["confirm"]++;
        }
    }

    // ---- attackers: nothing of it may succeed ----------------------------------------------------------------

    function replayTicket(uint256 number) external {
        uint256 taken = retryables.submittedCount();
        if (taken == 0) return;
        number = number % taken;
        try this.submitFromOutside(number) {
            succeeded["attack"]++;
        } catch {
            succeeded["refused"]++;
        }
        try retryables.redeem(number, _tickets[number]) {
            succeeded["attack"]++;
        } catch {
            succeeded["refused"]++;
        }
    }

    function submitFromOutside(uint256 number) external {
        _submit(number);
    }

    function forgeDeposit(uint256 user, uint256 amount, uint256 disguise) external {
        address[4] memory disguises =
            [STRANGER, address(l1Gateway), AddressAlias.aliasOf(STRANGER), address(l2Gateway)];
        vm.prank(disguises[disguise % 4]);
        try l2Gateway.finalizeInboundTransfer(address(l1Token), STRANGER, _user(user), amount, "") {
            succeeded["attack"]++;
        } catch {
            succeeded["refused"]++;
        }
    }

    function forgeWithdrawal(uint256 user, uint256 amount, uint256 disguise) external {
        address[3] memory disguises = [STRANGER, address(l2Gateway), address(bridge)];
        bytes memory data = abi.encode(0, bytes(""));
        vm.prank(disguises[disguise % 3]);
        try l1Gateway.finalizeInboundTransfer(address(l1Token), STRANGER, _user(user), amount, data) {
            succeeded["attack"]++;
        } catch {
            succeeded["refused"]++;
        }
    }

    function forgeExit(uint256 index, uint256 amount) external {
        if (exits.length == 0) return;
        Exit memory forged = exits[index % exits.length];
        forged.data = l2Gateway.getOutboundCalldata(address(l1Token), STRANGER, STRANGER, amount, "");
        if (keccak256(forged.data) == keccak256(exits[index % exits.length].data)) return;
        try this.executeForged(index % exits.length, forged) {
            succeeded["attack"]++;
        } catch {
            succeeded["refused"]++;
        }
    }

    function executeForged(uint256 index, Exit calldata forged) external {
        executeExit(index, forged);
    }

    function _submit(uint256 number) private {
        DevInbox.Ticket memory ticket = _tickets[number];
        prepareAlias(ticket.sender);
        vm.prank(RELAYER);
        retryables.submit{value: ticket.deposit - ticket.submissionFee}(number, ticket);
    }

    function _user(uint256 index) private pure returns (address) {
        return address(uint160(0xBEEF00 + index % USERS));
    }
}
