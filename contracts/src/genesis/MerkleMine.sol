// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IMerkleMine} from "../interfaces/IMerkleMine.sol";
import {GenesisTree} from "./GenesisTree.sol";

/// @notice See IMerkleMine.
contract MerkleMine is IMerkleMine {
    using SafeERC20 for IERC20;

    /// @inheritdoc IMerkleMine
    IERC20 public immutable override token;
    /// @inheritdoc IMerkleMine
    bytes32 public immutable override genesisRoot;
    /// @inheritdoc IMerkleMine
    uint256 public immutable override totalGenesisTokens;
    /// @inheritdoc IMerkleMine
    uint256 public immutable override totalGenesisRecipients;
    /// @inheritdoc IMerkleMine
    uint256 public immutable override tokensPerAllocation;
    /// @inheritdoc IMerkleMine
    uint256 public immutable override balanceThreshold;
    /// @inheritdoc IMerkleMine
    uint256 public immutable override genesisBlock;
    /// @inheritdoc IMerkleMine
    uint256 public immutable override callerAllocationStartBlock;
    /// @inheritdoc IMerkleMine
    uint256 public immutable override callerAllocationEndBlock;

    /// @inheritdoc IMerkleMine
    bool public override started;
    /// @inheritdoc IMerkleMine
    mapping(address account => bool isPaid) public override generated;

    constructor(
        IERC20 token_,
        bytes32 genesisRoot_,
        uint256 totalGenesisTokens_,
        uint256 totalGenesisRecipients_,
        uint256 balanceThreshold_,
        uint256 genesisBlock_,
        uint256 callerStartBlock,
        uint256 callerEndBlock
    ) {
        if (address(token_) == address(0)) revert NullToken();
        if (totalGenesisRecipients_ == 0) revert NoRecipients();
        if (
            genesisBlock_ > block.number || block.number >= callerStartBlock
                || callerStartBlock >= callerEndBlock
        ) {
            revert InvalidBlocks(genesisBlock_, block.number, callerStartBlock, callerEndBlock);
        }
        token = token_;
        genesisRoot = genesisRoot_;
        totalGenesisTokens = totalGenesisTokens_;
        totalGenesisRecipients = totalGenesisRecipients_;
        tokensPerAllocation = totalGenesisTokens_ / totalGenesisRecipients_;
        balanceThreshold = balanceThreshold_;
        genesisBlock = genesisBlock_;
        callerAllocationStartBlock = callerStartBlock;
        callerAllocationEndBlock = callerEndBlock;
    }

    /// @inheritdoc IMerkleMine
    function start() external override {
        if (started) revert AlreadyStarted();
        uint256 balance = token.balanceOf(address(this));
        if (balance < totalGenesisTokens) revert NotFunded(balance, totalGenesisTokens);
        started = true;
    }

    /// @inheritdoc IMerkleMine
    function generate(address recipient, bytes calldata proof) external override {
        if (!started) revert NotStarted();
        if (generated[recipient]) revert AlreadyGenerated(recipient);
        bool isOwn = msg.sender == recipient;
        if (!isOwn && block.number < callerAllocationStartBlock) {
            revert CallerPeriodNotStarted(block.number, callerAllocationStartBlock);
        }
        if (proof.length % 32 != 0) revert InvalidProofLength(proof.length);
        if (GenesisTree.rootOf(recipient, proof) != genesisRoot) revert InvalidProof(recipient);

        // Before the transfers: a token that calls back finds the share spent.
        generated[recipient] = true;
        uint256 callerAmount = isOwn ? 0 : callerTokenAmountAtBlock(block.number);
        uint256 recipientAmount = tokensPerAllocation - callerAmount;
        if (callerAmount > 0) token.safeTransfer(msg.sender, callerAmount);
        if (recipientAmount > 0) token.safeTransfer(recipient, recipientAmount);
        emit Generate(recipient, msg.sender, recipientAmount, callerAmount, block.number);
    }

    /// @inheritdoc IMerkleMine
    function callerAllocationPeriod() public view override returns (uint256) {
        return callerAllocationEndBlock - callerAllocationStartBlock;
    }

    /// @inheritdoc IMerkleMine
    function callerTokenAmountAtBlock(uint256 blockNumber) public view override returns (uint256) {
        if (blockNumber < callerAllocationStartBlock) return 0;
        if (blockNumber >= callerAllocationEndBlock) return tokensPerAllocation;
        return tokensPerAllocation * (blockNumber - callerAllocationStartBlock) / callerAllocationPeriod();
    }
}
