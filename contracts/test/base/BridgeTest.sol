// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AddressAlias} from "../../src/bridge/AddressAlias.sol";
import {DevAlias} from "../../src/bridge/devnet/DevAlias.sol";
import {DevArbSys} from "../../src/bridge/devnet/DevArbSys.sol";
import {DevBridge} from "../../src/bridge/devnet/DevBridge.sol";
import {DevInbox} from "../../src/bridge/devnet/DevInbox.sol";
import {DevOutbox} from "../../src/bridge/devnet/DevOutbox.sol";
import {DevRetryables} from "../../src/bridge/devnet/DevRetryables.sol";
import {BridgeMinter} from "../../src/bridge/l1/BridgeMinter.sol";
import {L1Escrow} from "../../src/bridge/l1/L1Escrow.sol";
import {L1LPTDataCache} from "../../src/bridge/l1/L1LPTDataCache.sol";
import {L1LPTGateway} from "../../src/bridge/l1/L1LPTGateway.sol";
import {L2LPTDataCache} from "../../src/bridge/l2/L2LPTDataCache.sol";
import {L2LPTGateway} from "../../src/bridge/l2/L2LPTGateway.sol";
import {Controller} from "../../src/registry/Controller.sol";
import {LivepeerToken} from "../../src/token/LivepeerToken.sol";
import {Vm, vm} from "./Vm.sol";

/// @title The bridge as it is deployed, both ends in one EVM, with the relayer's part played by the test
/// @dev The test contract is governance: it owns and administers everything.
abstract contract BridgeTest {
    /// A message from L2 as ArbSys announces it.
    struct Exit {
        address sender;
        address to;
        uint256 l2Block;
        uint256 timestamp;
        uint256 value;
        bytes data;
    }

    bytes32 internal constant MINTER_ROLE = keccak256("MINTER_ROLE");
    bytes32 internal constant BURNER_ROLE = keccak256("BURNER_ROLE");
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);
    address internal constant STRANGER = address(0x57);
    address internal constant RELAYER = address(0x4E1A);
    address internal constant L1_ROUTER = address(0x10071);
    address internal constant L2_ROUTER = address(0x20072);
    DevArbSys internal constant ARB_SYS = DevArbSys(address(100));
    uint256 internal constant CHALLENGE_PERIOD = 60;
    uint256 internal constant SUBMISSION_COST = 0.01 ether;
    uint256 internal constant MAX_GAS = 1_000_000;
    uint256 internal constant GAS_PRICE = 2 gwei;
    uint256 internal constant VALUE = SUBMISSION_COST + MAX_GAS * GAS_PRICE;

    DevBridge internal bridge;
    DevInbox internal inbox;
    DevOutbox internal outbox;
    DevRetryables internal retryables;
    Controller internal l1Controller;
    LivepeerToken internal l1Token;
    LivepeerToken internal l2Token;
    L1Escrow internal escrow;
    L1LPTGateway internal l1Gateway;
    L2LPTGateway internal l2Gateway;
    L1LPTDataCache internal l1Cache;
    L2LPTDataCache internal l2Cache;
    BridgeMinter internal bridgeMinter;
    Exit[] internal exits;

    function deployBridge(LivepeerToken l2Token_) internal {
        vm.warp(1_800_000_000);
        vm.fee(1 gwei);
        _deployMessaging();
        (l1Token, l2Token) = (new LivepeerToken(), l2Token_);
        escrow = new L1Escrow();
        l2Cache = new L2LPTDataCache();
        l1Gateway = new L1LPTGateway(L1_ROUTER, address(escrow), address(l1Token), address(l2Token), inbox);
        l2Gateway = new L2LPTGateway(L2_ROUTER, address(l1Token), address(l2Token), l2Cache);
        l1Cache = new L1LPTDataCache(inbox, address(l1Token), address(l2Cache));
        l1Controller = new Controller();
        l1Controller.setContractInfo(keccak256("LivepeerToken"), address(l1Token), bytes20(0));
        bridgeMinter = new BridgeMinter(l1Controller, address(0), address(l1Gateway));
        _connect();
        vm.recordLogs();
    }

    function _deployMessaging() private {
        bridge = new DevBridge();
        inbox = new DevInbox(bridge);
        outbox = new DevOutbox(bridge, RELAYER, CHALLENGE_PERIOD);
        bridge.connect(address(inbox), address(outbox));
        retryables = new DevRetryables(RELAYER);
        vm.etch(address(100), address(new DevArbSys()).code);
        vm.deal(RELAYER, 1_000_000 ether);
    }

    function _connect() private {
        escrow.approve(address(l1Token), address(l1Gateway), type(uint256).max);
        l1Gateway.setCounterpart(address(l2Gateway));
        l1Gateway.setMinter(address(bridgeMinter));
        l2Gateway.setCounterpart(address(l1Gateway));
        l2Cache.setL1LPTDataCache(address(l1Cache));
        l2Cache.setL2LPTGateway(address(l2Gateway));
        l1Token.grantRole(MINTER_ROLE, address(this));
        l1Token.grantRole(MINTER_ROLE, address(bridgeMinter));
        l2Token.grantRole(MINTER_ROLE, address(this));
        l2Token.grantRole(MINTER_ROLE, address(l2Gateway));
        l2Token.grantRole(BURNER_ROLE, address(l2Gateway));
        l1Gateway.unpause();
        l2Gateway.unpause();
    }

    // ---- what users do ---------------------------------------------------------------------------------------

    /// LPT on L1, allowed to the gateway, and ETH for messages.
    function fundL1(address account, uint256 amount) internal {
        l1Token.mint(account, amount);
        vm.deal(account, 1_000 ether);
        vm.prank(account);
        l1Token.approve(address(l1Gateway), type(uint256).max);
    }

    function fundL2(address account, uint256 amount) internal {
        l2Token.mint(account, amount);
        vm.prank(account);
        l2Token.approve(address(l2Gateway), type(uint256).max);
    }

    function deposit(address from, address to, uint256 amount) internal returns (uint256) {
        vm.prank(from);
        bytes memory answer = l1Gateway.outboundTransfer{value: VALUE}(
            address(l1Token), to, amount, MAX_GAS, GAS_PRICE, abi.encode(SUBMISSION_COST, bytes(""))
        );
        return abi.decode(answer, (uint256));
    }

    function withdraw(address from, address to, uint256 amount) internal returns (uint256) {
        vm.startPrank(from);
        l2Token.approve(address(l2Gateway), type(uint256).max);
        bytes memory answer = l2Gateway.outboundTransfer(address(l1Token), to, amount, "");
        vm.stopPrank();
        return abi.decode(answer, (uint256));
    }

    // ---- what the relayer does -------------------------------------------------------------------------------

    /// Takes everything that was sent over to the other side: tickets are executed, exits confirmed.
    function carry() internal {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; i++) {
            if (logs[i].emitter == address(inbox)) _submit(logs[i]);
            if (logs[i].emitter == address(ARB_SYS)) _confirm(logs[i]);
        }
    }

    /// Executes message `index` after its challenge period.
    function claim(uint256 index) internal {
        vm.warp(block.timestamp + CHALLENGE_PERIOD);
        executeExit(index, exits[index]);
    }

    function executeExit(uint256 index, Exit memory message) internal {
        outbox.executeTransaction(
            new bytes32[](0),
            index,
            message.sender,
            message.to,
            message.l2Block,
            0,
            message.timestamp,
            message.value,
            message.data
        );
    }

    function prepareAlias(address sender) internal {
        vm.etch(AddressAlias.aliasOf(sender), address(new DevAlias(address(retryables))).code);
    }

    function _submit(Vm.Log memory log) private {
        DevInbox.Ticket memory ticket = abi.decode(log.data, (DevInbox.Ticket));
        prepareAlias(ticket.sender);
        vm.prank(RELAYER);
        retryables.submit{value: ticket.deposit - ticket.submissionFee}(uint256(log.topics[1]), ticket);
    }

    function _confirm(Vm.Log memory log) private {
        Exit memory message;
        message.to = address(uint160(uint256(log.topics[1])));
        (message.sender, message.l2Block,, message.timestamp, message.value, message.data) =
            abi.decode(log.data, (address, uint256, uint256, uint256, uint256, bytes));
        exits.push(message);
        vm.prank(RELAYER);
        outbox.confirm(uint256(log.topics[3]), bytes32(uint256(log.topics[2])));
    }

    // ---- shortcuts -------------------------------------------------------------------------------------------

    function missingRole(address account) internal pure returns (bytes memory) {
        return
            abi.encodeWithSignature("AccessControlUnauthorizedAccount(address,bytes32)", account, bytes32(0));
    }
}
