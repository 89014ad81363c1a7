// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title History of stake, as far as the BondingManager writes it
/// @notice Optional: without a contract registered as "BondingVotes" the BondingManager keeps no history.
interface IBondingVotes {
    function checkpointBondingState(
        address account,
        uint256 startRound,
        uint256 bondedAmount,
        address delegateAddress,
        uint256 delegatedAmount,
        uint256 lastClaimRound,
        uint256 lastRewardRound
    ) external;

    function checkpointTotalActiveStake(uint256 totalStake, uint256 round) external;
}
