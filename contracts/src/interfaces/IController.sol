// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Registry and main switch of the protocol
/// @notice Maps names (keccak256 of the ASCII name) to contracts, holds the owner and the pause state. Starts paused.
interface IController {
    /// @notice The Controller has another owner.
    /// @param previousOwner Zero for the first owner
    /// @param newOwner Owner from now on
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);
    /// @notice The system stands still.
    event Pause();
    /// @notice The system runs.
    event Unpause();
    /// @notice A contract was registered, replaced or unregistered.
    /// @param id keccak256 of the name
    /// @param contractAddress Zero when it was unregistered
    /// @param gitCommitHash Of the source, as the owner states it
    event SetContractInfo(bytes32 id, address contractAddress, bytes20 gitCommitHash);

    /// @notice The caller is not the owner. Send it from there; usually that means a proposal of governance.
    /// @param caller Who called
    /// @param owner Who may
    error NotOwner(address caller, address owner);
    /// @notice The owner can't be the zero address. Name another owner.
    error NullOwner();
    /// @notice The system is already paused, or already running. Nothing is left to do.
    /// @param paused The state that it is in
    error PauseStateUnchanged(bool paused);

    /// @notice Who registers contracts, sets parameters and can stop the system.
    /// @return Never zero
    function owner() external view returns (address);

    /// @notice Whether the system stands still. A new Controller is paused.
    /// @return True while it stands still
    function paused() external view returns (bool);

    /// @notice Gives the Controller to another owner. Only the owner (`NotOwner`), as the other functions that change
    ///         something; `NullOwner` for zero.
    /// @param newOwner Owner from now on; not zero
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
    /// @param id keccak256 of the ASCII name
    /// @param newController Controller that it follows from then on
    function updateController(bytes32 id, address newController) external;

    /// @notice A registration.
    /// @param id keccak256 of the ASCII name
    /// @return contractAddress Zero when nothing is registered under `id`
    /// @return gitCommitHash Of the source, as the owner stated it
    function getContractInfo(bytes32 id)
        external
        view
        returns (address contractAddress, bytes20 gitCommitHash);

    /// @notice Address of a registered contract.
    /// @param id keccak256 of the ASCII name
    /// @return contractAddress Zero when nothing is registered under `id`
    function getContract(bytes32 id) external view returns (address contractAddress);

    /// @notice What nearly every call of the protocol asks first. The addresses themselves are read from the directory's
    ///         code, see registry/Directory.sol, or with `getContract`.
    /// @return directory_ Address whose code lists what is registered; zero before the first registration. It is another
    ///         one after each registration, so it must be asked for anew by each call.
    /// @return paused_ Whether the system stands still
    function directory() external view returns (address directory_, bool paused_);
}
