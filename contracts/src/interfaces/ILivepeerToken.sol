// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title LPT: stake and reward of the protocol, 18 decimals
interface ILivepeerToken is IERC20 {
    /// @notice Follows the Transfer from zero.
    /// @param to Who got the tokens
    /// @param amount LPT wei
    event Mint(address indexed to, uint256 amount);
    /// @notice Follows the Transfer to zero.
    /// @param burner Whose tokens are gone
    /// @param amount LPT wei
    event Burn(address indexed burner, uint256 amount);

    /// @notice The allowance would fall below 0. Lower it by at most what there is.
    /// @param spender Whose allowance it is
    /// @param allowance LPT wei there are
    /// @param decrease LPT wei asked for
    error DecreasedAllowanceBelowZero(address spender, uint256 allowance, uint256 decrease);

    /// @notice Makes new tokens. Needs MINTER_ROLE.
    /// @param to Who gets them; not zero
    /// @param amount LPT wei
    function mint(address to, uint256 amount) external;

    /// @notice Burns tokens of the caller. Needs BURNER_ROLE.
    /// @param amount LPT wei
    function burn(uint256 amount) external;

    /// @notice Burns tokens of `from` out of the caller's allowance. Needs BURNER_ROLE.
    /// @param from Whose tokens they are
    /// @param amount LPT wei
    function burnFrom(address from, uint256 amount) external;

    /// @notice Adds LPT wei to the caller's allowance for `spender`.
    /// @param spender Who may take tokens of the caller
    /// @param addedValue LPT wei
    /// @return Always true
    function increaseAllowance(address spender, uint256 addedValue) external returns (bool);

    /// @notice Takes LPT wei from the caller's allowance for `spender`; `DecreasedAllowanceBelowZero`.
    /// @param spender Who may take tokens of the caller
    /// @param subtractedValue LPT wei
    /// @return Always true
    function decreaseAllowance(address spender, uint256 subtractedValue) external returns (bool);
}
