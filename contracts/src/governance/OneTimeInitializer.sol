// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Lets a function run once, as a constructor of contracts whose state begins after their deployment
/// @dev The event is that of OpenZeppelin 4.9, as known clients read it.
abstract contract OneTimeInitializer {
    uint8 private _initializedVersion;

    /// @notice The contract is set up.
    /// @param version Number of the set-up: 1, or 255 for code that can't be set up itself
    event Initialized(uint8 version);

    /// @notice The contract is set up, or is the code behind proxies. It happens once, at the deployment of a proxy.
    error AlreadyInitialized();

    modifier initializer() {
        _initialize(1);
        _;
        emit Initialized(1);
    }

    /// Keeps the code behind a proxy from being initialized for itself.
    function _disableInitializers() internal {
        _initialize(type(uint8).max);
        emit Initialized(type(uint8).max);
    }

    function _initialize(uint8 version) private {
        if (_initializedVersion != 0) revert AlreadyInitialized();
        _initializedVersion = version;
    }
}
