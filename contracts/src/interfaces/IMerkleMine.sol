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
    /// @param _recipient Account of the tree
    /// @param _caller Who generated its share
    /// @param _recipientTokenAmount Paid to the account of the tree, in the token's smallest unit
    /// @param _callerTokenAmount Paid to the caller, in the token's smallest unit; 0 when the account generated its
    ///        own share
    /// @param _block Block of the payment, by which the split is computed
    event Generate(
        address indexed _recipient,
        address indexed _caller,
        uint256 _recipientTokenAmount,
        uint256 _callerTokenAmount,
        uint256 _block
    );

    /// @notice The token can't be the zero address. Name the token.
    error NullToken();
    /// @notice A tree has at least one account. Give the number of its accounts.
    error NoRecipients();
    /// @notice Must hold: genesisBlock <= now < callerStartBlock < callerEndBlock.
    /// @param genesisBlock Block number of the genesis
    /// @param now_ Number of the current block
    /// @param callerStartBlock First block number in which anybody can generate any share
    /// @param callerEndBlock First block number in which the caller keeps all of it
    error InvalidBlocks(uint256 genesisBlock, uint256 now_, uint256 callerStartBlock, uint256 callerEndBlock);
    /// @notice The mine was opened before. Nothing is left to do. Nothing is left to do.
    error AlreadyStarted();
    /// @notice The mine does not hold what it has to give. Send it the rest first.
    /// @param balance What it holds, in the token's smallest unit
    /// @param needed `totalGenesisTokens`, in the token's smallest unit
    error NotFunded(uint256 balance, uint256 needed);
    /// @notice Nothing is paid before `start`. Anyone can call it when the mine holds its tokens.
    error NotStarted();
    /// @notice This account's share was paid before. Nothing is left to do.
    /// @param recipient Account of the tree
    error AlreadyGenerated(address recipient);
    /// @notice Somebody else's share can't be generated before this block. Until then only the account itself can do
    ///         it.
    /// @param now_ Number of the current block
    /// @param callerStartBlock First block number in which anybody can generate any share
    error CallerPeriodNotStarted(uint256 now_, uint256 callerStartBlock);
    /// @notice A proof is a whole number of 32-byte siblings. Join the siblings without anything between them.
    /// @param length In bytes
    error InvalidProofLength(uint256 length);
    /// @notice The proof does not lead from this account to the root. Make the proof from the list of accounts whose
    ///         root is `genesisRoot`.
    /// @param recipient Account of the tree
    error InvalidProof(address recipient);

    /// @notice What the mine gives.
    /// @return An ERC-20
    function token() external view returns (IERC20);

    /// @notice Root of the tree of accounts.
    /// @return keccak256 at the top of the tree
    function genesisRoot() external view returns (bytes32);

    /// @notice What the mine must hold to be started.
    /// @return In the token's smallest unit
    function totalGenesisTokens() external view returns (uint256);

    /// @notice Number of accounts in the tree.
    /// @return Number of accounts, at least 1
    function totalGenesisRecipients() external view returns (uint256);

    /// @notice Share of one account: tokens by recipients, truncated. The remainder stays in the mine for ever.
    /// @return In the token's smallest unit
    function tokensPerAllocation() external view returns (uint256);

    /// @notice Smallest balance with which an account came into the tree. For information only.
    /// @return Wei of ETH
    function balanceThreshold() external view returns (uint256);

    /// @notice Block at which balances were compared with the threshold. For information only.
    /// @return Block number
    function genesisBlock() external view returns (uint256);

    /// @notice First block in which anybody can generate any share.
    /// @return Block number
    function callerAllocationStartBlock() external view returns (uint256);

    /// @notice First block in which the caller keeps all of it.
    /// @return Block number, above the start
    function callerAllocationEndBlock() external view returns (uint256);

    /// @notice Length of the caller period.
    /// @return In blocks
    function callerAllocationPeriod() external view returns (uint256);

    /// @notice Whether the mine pays.
    /// @return True once `start` found it funded
    function started() external view returns (bool);

    /// @notice Whether a share was paid.
    /// @param account Any account
    /// @return True from then on
    function generated(address account) external view returns (bool);

    /// @notice Opens the mine. Anyone, once, when it holds all of its tokens. `AlreadyStarted`, `NotFunded`.
    function start() external;

    /// @notice Pays the share of `recipient`: all to it when it calls itself, else as `callerTokenAmountAtBlock`
    ///         says. `NotStarted`, `AlreadyGenerated`, `CallerPeriodNotStarted`, `InvalidProofLength`,
    ///         `InvalidProof`, in this order.
    /// @param recipient Account of the tree
    /// @param proof Siblings from the leaf up, 32 bytes each
    function generate(address recipient, bytes calldata proof) external;

    /// @notice Part of a share that a third party gets: share * (block - start) / (end - start), truncated; 0 before
    ///         the start, the whole share from the end on.
    /// @param blockNumber Any block number
    /// @return In the token's smallest unit
    function callerTokenAmountAtBlock(uint256 blockNumber) external view returns (uint256);
}

/// @title Generates many shares in one transaction
interface IMultiMerkleMine {
    /// @notice Somebody else's shares can't be generated before this block. Until then each account generates its
    ///         own.
    /// @param now_ Number of the current block
    /// @param callerStartBlock First block number in which anybody can generate any share
    error CallerPeriodNotStarted(uint256 now_, uint256 callerStartBlock);
    /// @notice Each proof is a whole number of 32-byte siblings. Give each proof's length in bytes before it.
    /// @param length Bytes of the proof
    error InvalidProofLength(uint256 length);
    /// @notice A length or a proof goes beyond the end of `proofs`. Give each proof's length in bytes before it.
    /// @param length Bytes given
    /// @param needed Bytes that the lengths announce
    error ProofsEndEarly(uint256 length, uint256 needed);
    /// @notice There must be exactly one proof for each recipient. An account with a share already needs one, too; it
    ///         may be empty.
    /// @param recipients Number of accounts
    /// @param proofs Number of proofs
    error RecipientsAndProofsDiffer(uint256 recipients, uint256 proofs);

    /// @notice Generates the share of each recipient that has not got it yet, and hands the caller's part of all of
    ///         them to the caller. `CallerPeriodNotStarted`, `ProofsEndEarly`, `InvalidProofLength`,
    ///         `RecipientsAndProofsDiffer`, and what the mine refuses.
    /// @param mine A MerkleMine
    /// @param recipients Accounts of the tree
    /// @param proofs For each recipient in order: the proof's length in bytes as a 32-byte number, then the proof
    function multiGenerate(address mine, address[] calldata recipients, bytes calldata proofs) external;
}
