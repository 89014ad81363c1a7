// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "./IController.sol";

/// @title What every contract steered by the Controller has in common
interface IManager {
    /// @notice The contract follows another Controller.
    /// @param controller The Controller followed from now on
    event SetController(address controller);
    /// @notice A protocol parameter changed; `param` is its name.
    /// @param param Name of the parameter, as in its getter
    event ParameterUpdate(string param);

    /// @notice Only the current Controller hands over. Use `updateController` of the Controller.
    /// @param caller Who called
    /// @param controller Who may
    error CallerMustBeController(address caller, address controller);
    /// @notice Parameters belong to the owner of the Controller. Send it from there; usually that means a proposal of
    ///         governance.
    /// @param caller Who called
    /// @param owner Who may
    error CallerMustBeControllerOwner(address caller, address owner);
    /// @notice The Controller is paused. Wait until its owner lets the system run again.
    error SystemIsPaused();

    /// @notice The Controller that this contract follows.
    /// @return The Controller
    function controller() external view returns (IController);

    /// @notice Follows another Controller from now on. Only the current one can hand over (`CallerMustBeController`).
    /// @param newController Controller from now on
    function setController(address newController) external;
}

/// @title A manager that runs behind a ManagerProxy
interface IManagerProxyTarget is IManager {
    /// @notice Id under which the proxy finds its code; zero on the implementation itself.
    /// @return keccak256 of the name
    function targetContractId() external view returns (bytes32);
}
