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
        // A proxy runs what it finds in the directory, and code that isn't there would do nothing and succeed. An address
        // without code is only in the mapping; who asks there looks whether code has come meanwhile.
        _directory =
            Directory.set(_directory, id, contractAddress.code.length == 0 ? address(0) : contractAddress);
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
        return _registry[id].contractAddress;
    }

    /// @inheritdoc IController
    function directory() external view override returns (address, bool) {
        // By hand, because nearly every call of the protocol asks this, some several times.
        assembly ("memory-safe") {
            // Both lie in one slot, the address first.
            let word := sload(_directory.slot)
            mstore(0, shr(96, shl(96, word)))
            mstore(32, and(shr(mul(8, paused.offset), word), 0xff))
            return(0, 64)
        }
    }
}
