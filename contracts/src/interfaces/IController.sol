// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Registry and main switch of the protocol
/// @notice Maps names (keccak256 of the ASCII name) to contracts, holds the owner and the pause state. Starts paused.
interface IController {
    /// @param previousOwner Zero for the first owner
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
    /// @notice The system stands still.
    event Pause();
    /// @notice The system runs.
    event Unpause();
    /// @param id keccak256 of the name
    /// @param gitCommitHash Of the source, as the owner states it
    event SetContractInfo(bytes32 id, address contractAddress, bytes20 gitCommitHash);

    /// @notice The caller is not the owner.
    error NotOwner(address caller, address owner);
    /// @notice The owner can't be the zero address.
    error NullOwner();
    /// @notice The system is already paused, or already running.
    error PauseStateUnchanged(bool paused);

    /// @notice Who registers contracts, sets parameters and can stop the system.
    function owner() external view returns (address);

    /// @notice Whether the system stands still. A new Controller is paused.
    function paused() external view returns (bool);

    /// @notice Only the owner (`NotOwner`), as the other functions that change something; `NullOwner` for zero.
    function transferOwnership(address newOwner) external;

    /// @notice Stops the system; `PauseStateUnchanged` when it stands still already.
    function pause() external;

    /// @notice Lets the system run; `PauseStateUnchanged` when it runs already.
    function unpause() external;

    /// @notice Registers or replaces a contract; for the id "<Name>Target" this upgrades the proxy "<Name>".
    /// @param id keccak256 of the ASCII name
    /// @param contractAddress Zero to unregister
    /// @param gitCommitHash Of the source; not checked
    function setContractInfo(bytes32 id, address contractAddress, bytes20 gitCommitHash) external;

    /// @notice Tells the contract registered under `id` to follow another Controller.
    function updateController(bytes32 id, address newController) external;

    /// @return contractAddress Zero when nothing is registered under `id`
    /// @return gitCommitHash Of the source, as the owner stated it
    function getContractInfo(bytes32 id)
        external
        view
        returns (address contractAddress, bytes20 gitCommitHash);

    /// @return contractAddress Zero when nothing is registered under `id`.
    function getContract(bytes32 id) external view returns (address contractAddress);

    /// @notice What most calls of the protocol ask, at the price of one call.
    /// @param first keccak256 of a name
    /// @param second keccak256 of another name
    /// @return paused Whether the system stands still
    /// @return firstContract Zero when nothing is registered under `first`
    /// @return secondContract Zero when nothing is registered under `second`
    function lookUp(bytes32 first, bytes32 second)
        external
        view
        returns (bool paused, address firstContract, address secondContract);
}
