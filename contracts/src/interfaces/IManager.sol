// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "./IController.sol";

/// @title What every contract steered by the Controller has in common
interface IManager {
    /// @param controller The Controller followed from now on
    event SetController(address controller);
    /// @notice A protocol parameter changed; `param` is its name.
    event ParameterUpdate(string param);

    /// @notice Only the current Controller hands over.
    error CallerMustBeController(address caller, address controller);
    /// @notice Parameters belong to the owner of the Controller.
    error CallerMustBeControllerOwner(address caller, address owner);
    /// @notice The Controller is paused.
    error SystemIsPaused();
    /// @notice The Controller is not paused.
    error SystemIsNotPaused();

    /// @notice The Controller that this contract follows.
    function controller() external view returns (IController);

    /// @notice Only the current Controller can hand over to another one (`CallerMustBeController`).
    function setController(address newController) external;
}

/// @title A manager that runs behind a ManagerProxy
interface IManagerProxyTarget is IManager {
    /// @notice Id under which the proxy finds its code; zero on the implementation itself.
    function targetContractId() external view returns (bytes32);
}
