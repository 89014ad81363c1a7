// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title LPT: stake and reward of the protocol, 18 decimals
interface ILivepeerToken is IERC20 {
    /// @notice Follows the Transfer from zero.
    event Mint(address indexed to, uint256 amount);
    /// @notice Follows the Transfer to zero.
    /// @param burner Whose tokens are gone
    event Burn(address indexed burner, uint256 amount);

    /// @param allowance LPT wei there are
    /// @param decrease LPT wei asked for
    error DecreasedAllowanceBelowZero(address spender, uint256 allowance, uint256 decrease);

    /// @notice Needs MINTER_ROLE.
    function mint(address to, uint256 amount) external;

    /// @notice Burns tokens of the caller. Needs BURNER_ROLE.
    function burn(uint256 amount) external;

    /// @notice Burns tokens of `from` out of the caller's allowance. Needs BURNER_ROLE.
    function burnFrom(address from, uint256 amount) external;

    /// @notice Adds LPT wei to the caller's allowance for `spender`.
    function increaseAllowance(address spender, uint256 addedValue) external returns (bool);

    /// @notice Takes LPT wei from the caller's allowance for `spender`; `DecreasedAllowanceBelowZero`.
    function decreaseAllowance(address spender, uint256 subtractedValue) external returns (bool);
}
