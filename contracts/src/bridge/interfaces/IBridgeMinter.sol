// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../../interfaces/IController.sol";
import {IManager} from "../../interfaces/IManager.sol";

/// @title Minter of LPT on L1
/// @notice Mints what leaves L2 beyond what came from L1, that is, rewards. Amounts in wei.
interface IBridgeMinter is IManager {
    event L1MigratorUpdate(address l1Migrator);
    event L1LPTGatewayUpdate(address l1LPTGateway);

    error NotL1LPTGateway(address caller, address l1LPTGateway);
    error NotL1Migrator(address caller, address l1Migrator);
    /// @notice The next minter can't be nobody or this one.
    error InvalidMinter(address newMinter);
    error EthTransferFailed(address to, uint256 amount);

    function l1MigratorAddr() external view returns (address);

    function l1LPTGatewayAddr() external view returns (address);

    function getController() external view returns (IController);

    /// @notice Only the controller's owner.
    function setL1Migrator(address l1Migrator) external;

    /// @notice Only the controller's owner.
    function setL1LPTGateway(address l1LPTGateway) external;

    /// @notice Hands all LPT and ETH to another minter and gives up the right to mint, which governance grants to that
    ///         one. Only the controller's owner.
    function migrateToNewMinter(address newMinter) external;

    /// @notice Only the L1 gateway.
    function bridgeMint(address to, uint256 amount) external;

    /// @notice Sends all ETH to the L1 migrator. Only that.
    function withdrawETHToL1Migrator() external returns (uint256 amount);

    /// @notice Sends all LPT to the L1 migrator. Only that.
    function withdrawLPTToL1Migrator() external returns (uint256 amount);

    /// @notice Anyone may give ETH.
    function depositETH() external payable returns (bool);
}
