// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Transfers by signature, with unordered nonces (EIP-3009)
/// @notice Times in seconds since 1970; an authorization holds strictly after `validAfter` and strictly before
///         `validBefore`. Each (authorizer, nonce) works once.
interface IERC3009 {
    /// @notice An authorization was carried out.
    /// @param authorizer Who signs
    /// @param nonce Used up now
    event AuthorizationUsed(address indexed authorizer, bytes32 indexed nonce);
    /// @notice An authorization was withdrawn before its use.
    /// @param authorizer Who signs
    /// @param nonce Used up now
    event AuthorizationCanceled(address indexed authorizer, bytes32 indexed nonce);

    /// @notice Whether the nonce was used or cancelled.
    /// @param authorizer Who signs
    /// @param nonce The authorization's nonce
    /// @return True when it can't be used any more
    function authorizationState(address authorizer, bytes32 nonce) external view returns (bool);

    /// @notice Moves `value` as `from` signed. Anyone may send it in.
    /// @param from Who pays, and signs
    /// @param to Who is paid
    /// @param value In the token's smallest unit
    /// @param validAfter Seconds since 1970 after which it holds
    /// @param validBefore Seconds since 1970 before which it holds
    /// @param nonce Any 32 bytes that `from` has not used yet
    /// @param v Recovery id of the signature, 27 or 28
    /// @param r First 32 bytes of the signature
    /// @param s Second 32 bytes of the signature
    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice The same, but only the payee may send it in: a contract that must act on the payment can't be
    ///         bypassed.
    /// @param from Who pays, and signs
    /// @param to Who is paid
    /// @param value In the token's smallest unit
    /// @param validAfter Seconds since 1970 after which it holds
    /// @param validBefore Seconds since 1970 before which it holds
    /// @param nonce Any 32 bytes that `from` has not used yet
    /// @param v Recovery id of the signature, 27 or 28
    /// @param r First 32 bytes of the signature
    /// @param s Second 32 bytes of the signature
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;

    /// @notice Makes an unused nonce of the authorizer unusable.
    /// @param authorizer Who signs
    /// @param nonce The authorization's nonce
    /// @param v Recovery id of the signature, 27 or 28
    /// @param r First 32 bytes of the signature
    /// @param s Second 32 bytes of the signature
    function cancelAuthorization(address authorizer, bytes32 nonce, uint8 v, bytes32 r, bytes32 s) external;
}
