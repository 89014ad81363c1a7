// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What moves with an account from a protocol on L1 to the one on L2. Amounts in wei.
interface IMigrator {
    struct MigrateDelegatorParams {
        address l1Addr;
        address l2Addr;
        /// LPT, with rewards
        uint256 stake;
        /// LPT delegated to the account, its own included
        uint256 delegatedStake;
        /// ETH
        uint256 fees;
        address delegate;
    }

    struct MigrateUnbondingLocksParams {
        address l1Addr;
        address l2Addr;
        /// LPT in all the locks
        uint256 total;
        uint256[] unbondingLockIds;
        address delegate;
    }

    struct MigrateSenderParams {
        address l1Addr;
        address l2Addr;
        /// ETH
        uint256 deposit;
        /// ETH
        uint256 reserve;
    }
}
