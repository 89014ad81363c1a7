// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title Gives equal shares of the genesis supply to the accounts of a Merkle tree
/// @notice An account takes its whole share at any time. Somebody else may generate it as well once the caller period
///         has begun, and keeps a part that grows linearly from nothing to everything over that period.
/// @dev Leaf: keccak256 of the 20 bytes of the account. Node: keccak256 of the two children, the smaller first. A node
///      without a sibling moves up unchanged. Amounts in the token's smallest unit, times in block numbers.
interface IMerkleMine {
    /// @notice A share was paid.
    /// @param _recipientTokenAmount Paid to the account of the tree.
    /// @param _callerTokenAmount Paid to the caller; 0 when the account generated its own share.
    /// @param _block Block of the payment, by which the split is computed.
    event Generate(
        address indexed _recipient,
        address indexed _caller,
        uint256 _recipientTokenAmount,
        uint256 _callerTokenAmount,
        uint256 _block
    );

    /// @notice The token can't be the zero address.
    error NullToken();
    /// @notice A tree has at least one account.
    error NoRecipients();
    /// @notice Must hold: genesisBlock <= now < callerStartBlock < callerEndBlock.
    error InvalidBlocks(uint256 genesisBlock, uint256 now_, uint256 callerStartBlock, uint256 callerEndBlock);
    /// @notice The mine is paid out already.
    error AlreadyStarted();
    /// @notice The mine does not hold what it has to give.
    error NotFunded(uint256 balance, uint256 needed);
    /// @notice Nothing is paid before `start`.
    error NotStarted();
    /// @notice This account's share was paid before.
    error AlreadyGenerated(address recipient);
    /// @notice Somebody else's share can't be generated before this block.
    error CallerPeriodNotStarted(uint256 now_, uint256 callerStartBlock);
    /// @notice A proof is a whole number of 32-byte siblings.
    error InvalidProofLength(uint256 length);
    /// @notice The proof does not lead from this account to the root.
    error InvalidProof(address recipient);

    function token() external view returns (IERC20);

    /// @notice Root of the tree of accounts.
    function genesisRoot() external view returns (bytes32);

    /// @notice What the mine must hold to be started.
    function totalGenesisTokens() external view returns (uint256);

    /// @notice Number of accounts in the tree.
    function totalGenesisRecipients() external view returns (uint256);

    /// @notice Share of one account: tokens by recipients, truncated. The remainder stays in the mine for ever.
    function tokensPerAllocation() external view returns (uint256);

    /// @notice Smallest balance, in wei, with which an account came into the tree. For information only.
    function balanceThreshold() external view returns (uint256);

    /// @notice Block at which balances were compared with the threshold. For information only.
    function genesisBlock() external view returns (uint256);

    /// @notice First block in which anybody can generate any share.
    function callerAllocationStartBlock() external view returns (uint256);

    /// @notice First block in which the caller keeps all of it.
    function callerAllocationEndBlock() external view returns (uint256);

    /// @notice Length of the caller period, in blocks.
    function callerAllocationPeriod() external view returns (uint256);

    /// @notice True once `start` found the mine funded.
    function started() external view returns (bool);

    /// @notice True once the share of `account` was paid.
    function generated(address account) external view returns (bool);

    /// @notice Opens the mine. Anyone, once, when it holds all of its tokens.
    function start() external;

    /// @notice Pays the share of `recipient`: all to it when it calls itself, else as `callerTokenAmountAtBlock` says.
    /// @param proof Siblings from the leaf up, 32 bytes each.
    function generate(address recipient, bytes calldata proof) external;

    /// @notice Part of a share that a third party gets: share * (block - start) / (end - start), truncated; 0 before
    ///         the start, the whole share from the end on.
    function callerTokenAmountAtBlock(uint256 blockNumber) external view returns (uint256);
}

/// @title Generates many shares in one transaction
interface IMultiMerkleMine {
    /// @notice Somebody else's shares can't be generated before this block.
    error CallerPeriodNotStarted(uint256 now_, uint256 callerStartBlock);
    /// @notice Each proof is a whole number of 32-byte siblings.
    error InvalidProofLength(uint256 length);
    /// @notice A length or a proof goes beyond the end of `proofs`.
    error ProofsEndEarly(uint256 length, uint256 needed);
    /// @notice There must be exactly one proof for each recipient.
    error RecipientsAndProofsDiffer(uint256 recipients, uint256 proofs);

    /// @notice Generates the share of each recipient that has not got it yet, and hands the caller's part of all of
    ///         them to the caller.
    /// @param proofs For each recipient in order: the proof's length in bytes as a 32-byte number, then the proof.
    function multiGenerate(address mine, address[] calldata recipients, bytes calldata proofs) external;
}
