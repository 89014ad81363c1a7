// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {IManager} from "../interfaces/IManager.sol";
import {Directory} from "./Directory.sol";

/// @notice See IController.
contract Controller is IController {
    struct ContractInfo {
        address contractAddress;
        bytes20 gitCommitHash;
    }

    /// What the registry says, for reading. In one slot with the pause state, because most calls ask for both.
    address private _directory;
    /// @inheritdoc IController
    bool public override paused;
    /// @inheritdoc IController
    address public override owner;
    mapping(bytes32 id => ContractInfo) private _registry;

    modifier onlyOwner() {
        if (msg.sender != owner) revert NotOwner(msg.sender, owner);
        _;
    }

    constructor() {
        owner = msg.sender;
        paused = true;
        emit OwnershipTransferred(address(0), msg.sender);
    }

    /// @inheritdoc IController
    function transferOwnership(address newOwner) external override onlyOwner {
        if (newOwner == address(0)) revert NullOwner();
        emit OwnershipTransferred(owner, newOwner);
        owner = newOwner;
    }

    /// @inheritdoc IController
    function pause() external override onlyOwner {
        if (paused) revert PauseStateUnchanged(true);
        paused = true;
        emit Pause();
    }

    /// @inheritdoc IController
    function unpause() external override onlyOwner {
        if (!paused) revert PauseStateUnchanged(false);
        paused = false;
        emit Unpause();
    }

    /// @inheritdoc IController
    function setContractInfo(bytes32 id, address contractAddress, bytes20 gitCommitHash)
        external
        override
        onlyOwner
    {
        _registry[id] = ContractInfo(contractAddress, gitCommitHash);
        _directory = Directory.set(_directory, id, contractAddress);
        emit SetContractInfo(id, contractAddress, gitCommitHash);
    }

    /// @inheritdoc IController
    function updateController(bytes32 id, address newController) external override onlyOwner {
        IManager(_registry[id].contractAddress).setController(newController);
    }

    /// @inheritdoc IController
    function getContractInfo(bytes32 id) external view override returns (address, bytes20) {
        ContractInfo storage info = _registry[id];
        return (info.contractAddress, info.gitCommitHash);
    }

    /// @inheritdoc IController
    function getContract(bytes32 id) external view override returns (address) {
        address found = _find(_directory, id);
        // By hand, as in lookUp, because these two are what the protocol's calls ask again and again.
        assembly ("memory-safe") {
            mstore(0, found)
            return(0, 32)
        }
    }

    /// @inheritdoc IController
    function lookUp(bytes32 first, bytes32 second)
        external
        view
        override
        returns (bool paused_, address firstContract, address secondContract)
    {
        address directory = _directory;
        (paused_, firstContract, secondContract) = (paused, _find(directory, first), _find(directory, second));
        assembly ("memory-safe") {
            let answer := mload(0x40)
            mstore(answer, paused_)
            mstore(add(answer, 32), firstContract)
            mstore(add(answer, 64), secondContract)
            return(answer, 96)
        }
    }

    function _find(address directory, bytes32 id) private view returns (address) {
        (bool known, address contractAddress) = Directory.find(directory, id);
        return known ? contractAddress : _registry[id].contractAddress;
    }
}
