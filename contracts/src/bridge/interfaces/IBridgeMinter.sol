// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../../interfaces/IController.sol";
import {IManager} from "../../interfaces/IManager.sol";

/// @title Minter of LPT on L1
/// @notice Mints what leaves L2 beyond what came from L1, that is, rewards. Amounts in wei.
interface IBridgeMinter is IManager {
    /// @notice Another contract may take the ETH and LPT of a former protocol from now on.
    /// @param l1Migrator The L1Migrator; zero for none
    event L1MigratorUpdate(address l1Migrator);
    /// @notice Another contract may mint from now on.
    /// @param l1LPTGateway The L1LPTGateway; zero for none
    event L1LPTGatewayUpdate(address l1LPTGateway);

    /// @notice Only the L1 gateway mints. Withdraw LPT on L2, and claim it there.
    /// @param caller Who called
    /// @param l1LPTGateway Who may
    error NotL1LPTGateway(address caller, address l1LPTGateway);
    /// @notice Only the L1 migrator takes what a former protocol left here. Call it from there.
    /// @param caller Who called
    /// @param l1Migrator Who may
    error NotL1Migrator(address caller, address l1Migrator);
    /// @notice The next minter can't be nobody or this one. Name another contract.
    /// @param newMinter Zero, or this contract
    error InvalidMinter(address newMinter);
    /// @notice The receiver refused the ETH. Nothing was sent; name a receiver that takes it.
    /// @param to Who is paid
    /// @param amount Wei
    error EthTransferFailed(address to, uint256 amount);

    /// @notice Who may take the ETH and LPT of a former protocol.
    /// @return Zero for nobody
    function l1MigratorAddr() external view returns (address);

    /// @notice Who may mint.
    /// @return Zero for nobody
    function l1LPTGatewayAddr() external view returns (address);

    /// @notice `controller` under the name that an older protocol asks for.
    /// @return The Controller followed
    function getController() external view returns (IController);

    /// @notice Names who may take what a former protocol left here. Only the controller's owner.
    /// @param l1Migrator The L1Migrator; zero for none
    function setL1Migrator(address l1Migrator) external;

    /// @notice Names who may mint. Only the controller's owner.
    /// @param l1LPTGateway The L1LPTGateway; zero for none
    function setL1LPTGateway(address l1LPTGateway) external;

    /// @notice Hands all LPT and ETH to another minter and gives up the right to mint, which governance grants to
    ///         that one. Only the controller's owner.
    /// @param newMinter Not zero and not this contract (`InvalidMinter`); takes ETH by `depositETH`
    function migrateToNewMinter(address newMinter) external;

    /// @notice Mints LPT. Only the L1 gateway (`NotL1LPTGateway`).
    /// @param to Who is paid
    /// @param amount LPT wei
    function bridgeMint(address to, uint256 amount) external;

    /// @notice Sends all ETH to the L1 migrator. Only that.
    /// @return amount Wei sent
    function withdrawETHToL1Migrator() external returns (uint256 amount);

    /// @notice Sends all LPT to the L1 migrator. Only that.
    /// @return amount LPT wei sent
    function withdrawLPTToL1Migrator() external returns (uint256 amount);

    /// @notice Anyone may give ETH.
    /// @return Always true
    function depositETH() external payable returns (bool);
}
