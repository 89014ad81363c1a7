// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IController} from "../../interfaces/IController.sol";
import {ILivepeerToken} from "../../interfaces/ILivepeerToken.sol";
import {IMinter} from "../../interfaces/IMinter.sol";
import {ContractIds} from "../../registry/ContractIds.sol";
import {Manager} from "../../registry/Manager.sol";
import {IBridgeMinter} from "../interfaces/IBridgeMinter.sol";

/// @notice See IBridgeMinter.
/// @dev Of L1's former protocol only the two withdrawals are left, for a migrator that no longer asks for them. A new
///      system needs `bridgeMint`: rewards are minted on L2, and L1's escrow has never seen them.
contract BridgeMinter is Manager, IBridgeMinter {
    bytes32 private constant MINTER_ROLE = keccak256("MINTER_ROLE");

    /// @inheritdoc IBridgeMinter
    address public override l1MigratorAddr;
    /// @inheritdoc IBridgeMinter
    address public override l1LPTGatewayAddr;

    modifier onlyL1Migrator() {
        if (msg.sender != l1MigratorAddr) revert NotL1Migrator(msg.sender, l1MigratorAddr);
        _;
    }

    constructor(IController controller_, address l1Migrator, address l1LPTGateway) Manager(controller_) {
        l1MigratorAddr = l1Migrator;
        l1LPTGatewayAddr = l1LPTGateway;
    }

    /// @inheritdoc IBridgeMinter
    function setL1Migrator(address l1Migrator) external override onlyControllerOwner {
        l1MigratorAddr = l1Migrator;
        emit L1MigratorUpdate(l1Migrator);
    }

    /// @inheritdoc IBridgeMinter
    function setL1LPTGateway(address l1LPTGateway) external override onlyControllerOwner {
        l1LPTGatewayAddr = l1LPTGateway;
        emit L1LPTGatewayUpdate(l1LPTGateway);
    }

    /// @inheritdoc IBridgeMinter
    function migrateToNewMinter(address newMinter) external override onlyControllerOwner {
        if (newMinter == address(0) || newMinter == address(this)) revert InvalidMinter(newMinter);
        ILivepeerToken token = _token();
        IAccessControl(address(token)).renounceRole(MINTER_ROLE, address(this));
        _sendTokens(token, newMinter);
        IBridgeMinter(newMinter).depositETH{value: address(this).balance}();
    }

    /// @inheritdoc IBridgeMinter
    function bridgeMint(address to, uint256 amount) external override {
        if (msg.sender != l1LPTGatewayAddr) revert NotL1LPTGateway(msg.sender, l1LPTGatewayAddr);
        _token().mint(to, amount);
    }

    /// @inheritdoc IBridgeMinter
    function withdrawETHToL1Migrator() external override onlyL1Migrator returns (uint256 amount) {
        amount = address(this).balance;
        (bool ok,) = l1MigratorAddr.call{value: amount}("");
        if (!ok) revert EthTransferFailed(l1MigratorAddr, amount);
    }

    /// @inheritdoc IBridgeMinter
    function withdrawLPTToL1Migrator() external override onlyL1Migrator returns (uint256 amount) {
        amount = _sendTokens(_token(), l1MigratorAddr);
    }

    /// @inheritdoc IBridgeMinter
    function depositETH() external payable override returns (bool) {
        return true;
    }

    /// @inheritdoc IBridgeMinter
    function getController() external view override returns (IController) {
        return controller;
    }

    function _sendTokens(ILivepeerToken token, address to) private returns (uint256 amount) {
        amount = token.balanceOf(address(this));
        if (!token.transfer(to, amount)) revert IMinter.TokenTransferFailed(to, amount);
    }

    function _token() private view returns (ILivepeerToken) {
        return ILivepeerToken(_contractOf(ContractIds.LIVEPEER_TOKEN));
    }
}
