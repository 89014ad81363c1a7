// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {BondingManager} from "../../src/bonding/BondingManager.sol";
import {IBondingManager} from "../../src/interfaces/IBondingManager.sol";
import {IBondingVotes} from "../../src/interfaces/IBondingVotes.sol";
import {IRoundsManager} from "../../src/interfaces/IRoundsManager.sol";
import {IServiceRegistry} from "../../src/interfaces/IServiceRegistry.sol";
import {ITicketBroker} from "../../src/interfaces/ITicketBroker.sol";
import {ITicketLottery} from "../../src/interfaces/ITicketLottery.sol";
import {TicketBroker} from "../../src/payments/TicketBroker.sol";
import {Controller} from "../../src/registry/Controller.sol";
import {ManagerProxy} from "../../src/registry/ManagerProxy.sol";
import {ServiceRegistry} from "../../src/registry/ServiceRegistry.sol";
import {RoundsManager} from "../../src/rounds/RoundsManager.sol";
import {LivepeerToken} from "../../src/token/LivepeerToken.sol";
import {Minter} from "../../src/token/Minter.sol";
import {BondingVotes} from "../../src/votes/BondingVotes.sol";
import {vm} from "./Vm.sol";

/// @title The protocol as it is deployed, in its first round but not initialized
/// @dev The test contract owns the Controller and may mint LPT.
abstract contract ProtocolTest {
    bool public constant IS_TEST = true;

    struct Config {
        uint256 inflation;
        uint256 inflationChange;
        uint256 targetBondingRate;
        uint256 unbondingPeriod;
        uint256 numActiveTranscoders;
    }

    uint256 internal constant FIRST_ROUND = 1000;
    uint256 internal constant ROUND_LENGTH = 50;
    bytes32 internal constant BLOCK_HASH = keccak256("blockhash");
    string internal constant MNEMONIC = "test test test test test test test test test test test junk";

    Controller internal controller;
    LivepeerToken internal token;
    Minter internal minter;
    IBondingManager internal bonding;
    IBondingVotes internal votes;
    ITicketBroker internal broker;
    IRoundsManager internal rounds;
    IServiceRegistry internal registry;

    function defaultConfig() internal pure returns (Config memory) {
        return Config({
            inflation: 220_500,
            inflationChange: 500,
            targetBondingRate: 500_000_000,
            unbondingPeriod: 2,
            numActiveTranscoders: 3
        });
    }

    function deploy(Config memory config) internal {
        vm.roll(FIRST_ROUND * ROUND_LENGTH);
        controller = new Controller();
        token = new LivepeerToken();
        minter = new Minter(controller, config.inflation, config.inflationChange, config.targetBondingRate);
        register("LivepeerToken", address(token));
        register("Minter", address(minter));
        bonding = IBondingManager(proxied("BondingManager", address(new BondingManager(controller))));
        votes = IBondingVotes(proxied("BondingVotes", address(new BondingVotes(controller))));
        broker = ITicketBroker(proxied("TicketBroker", address(new TicketBroker(controller))));
        register("JobsManager", address(broker));
        rounds = IRoundsManager(proxied("RoundsManager", address(new RoundsManager(controller))));
        registry = IServiceRegistry(proxied("ServiceRegistry", address(new ServiceRegistry(controller))));
        bonding.setUnbondingPeriod(uint64(config.unbondingPeriod));
        bonding.setNumActiveTranscoders(config.numActiveTranscoders);
        broker.setUnlockPeriod(2);
        broker.setTicketValidityPeriod(2);
        rounds.setRoundLength(ROUND_LENGTH);
        rounds.setRoundLockAmount(100_000);
        token.grantRole(keccak256("MINTER_ROLE"), address(minter));
        token.grantRole(keccak256("MINTER_ROLE"), address(this));
        controller.unpause();
    }

    function register(string memory name, address implementation) internal {
        controller.setContractInfo(keccak256(bytes(name)), implementation, bytes20(0));
    }

    function proxied(string memory name, address target) internal returns (address proxy) {
        string memory targetName = string.concat(name, "Target");
        register(targetName, target);
        proxy = address(new ManagerProxy(controller, keccak256(bytes(targetName))));
        register(name, proxy);
    }

    /// Gives LPT, ready to be bonded.
    function fund(address account, uint256 amount) internal {
        token.mint(account, amount);
        vm.prank(account);
        token.approve(address(bonding), type(uint256).max);
    }

    function initializeRound() internal {
        vm.setBlockhash(block.number - 1, BLOCK_HASH);
        rounds.initializeRound();
    }

    function goToRound(uint256 round) internal {
        vm.roll(round * ROUND_LENGTH);
        initializeRound();
    }

    function nextRound() internal {
        goToRound(rounds.currentRound() + 1);
    }

    function bond(address account, uint256 amount, address to) internal {
        vm.prank(account);
        bonding.bond(amount, to);
    }

    /// A ticket of the current round that always wins.
    function winningTicket(address sender, address recipient, uint256 faceValue, uint256 nonce)
        internal
        view
        returns (ITicketLottery.Ticket memory)
    {
        return ITicketLottery.Ticket({
            recipient: recipient,
            sender: sender,
            faceValue: faceValue,
            winProb: type(uint256).max,
            senderNonce: nonce,
            recipientRandHash: keccak256(abi.encodePacked(1000 + nonce)),
            auxData: abi.encode(rounds.currentRound(), BLOCK_HASH)
        });
    }

    function signTicket(ITicketLottery.Ticket memory ticket, uint256 key)
        internal
        view
        returns (bytes memory)
    {
        bytes32 digest = keccak256(
            abi.encodePacked("\x19Ethereum Signed Message:\n32", broker.getTicketHash(ticket))
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }
}
