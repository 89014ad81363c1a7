// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Registry and main switch of the protocol
/// @notice Maps names (keccak256 of the ASCII name) to contracts, holds the owner and the pause state. Starts paused.
interface IController {
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
    event Pause();
    event Unpause();
    event SetContractInfo(bytes32 id, address contractAddress, bytes20 gitCommitHash);

    /// @notice The caller is not the owner.
    error NotOwner(address caller, address owner);
    /// @notice The owner can't be the zero address.
    error NullOwner();
    /// @notice The system is already paused, or already running.
    error PauseStateUnchanged(bool paused);

    function owner() external view returns (address);

    function paused() external view returns (bool);

    function transferOwnership(address newOwner) external;

    function pause() external;

    function unpause() external;

    /// @notice Registers or replaces a contract; for the id "<Name>Target" this upgrades the proxy "<Name>".
    function setContractInfo(bytes32 id, address contractAddress, bytes20 gitCommitHash) external;

    /// @notice Tells the contract registered under `id` to follow another Controller.
    function updateController(bytes32 id, address newController) external;

    function getContractInfo(bytes32 id)
        external
        view
        returns (address contractAddress, bytes20 gitCommitHash);

    /// @return contractAddress Zero when nothing is registered under `id`.
    function getContract(bytes32 id) external view returns (address contractAddress);

    /// @notice Several look-ups in one call.
    /// @param ids keccak256 of the names
    /// @return addresses In the order of `ids`; zero where nothing is registered.
    function getContracts(bytes32[] calldata ids) external view returns (address[] memory addresses);

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
