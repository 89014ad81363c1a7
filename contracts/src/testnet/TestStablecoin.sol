// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IERC3009} from "../interfaces/IERC3009.sol";

/// @title A dollar for test networks: six decimals, permit (EIP-2612) and transfers by signature (EIP-3009)
/// @notice The owner mints; it is worth nothing. EIP-712 domain: "Test USD", version "1".
contract TestStablecoin is ERC20Permit, Ownable, IERC3009 {
    bytes32 private constant TRANSFER_TYPE_HASH = keccak256(
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 private constant RECEIVE_TYPE_HASH = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 private constant CANCEL_TYPE_HASH =
        keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");

    /// @inheritdoc IERC3009
    mapping(address authorizer => mapping(bytes32 nonce => bool)) public override authorizationState;

    /// @notice Only the payee may send a receive authorization in. Let the payee send it, or sign a transfer
    ///         authorization.
    /// @param caller Who called
    /// @param payee Who is paid
    error CallerMustBePayee(address caller, address payee);
    /// @notice The authorization does not hold yet. Send it later.
    /// @param validAfter Seconds since 1970 after which it holds
    /// @param time Seconds since 1970 of this block
    error AuthorizationNotYetValid(uint256 validAfter, uint256 time);
    /// @notice The authorization does not hold any more. Sign another.
    /// @param validBefore Seconds since 1970 before which it held
    /// @param time Seconds since 1970 of this block
    error AuthorizationExpired(uint256 validBefore, uint256 time);
    /// @notice The nonce was used or cancelled before. Sign with another.
    /// @param authorizer Who should have signed
    /// @param nonce The authorization's nonce
    error AuthorizationUsedOrCanceled(address authorizer, bytes32 nonce);
    /// @notice The authorizer did not sign these values. Send exactly what was signed, for this token on this chain.
    /// @param authorizer Who should have signed
    /// @param recovered Who signed
    error InvalidAuthorizationSignature(address authorizer, address recovered);

    constructor(address owner_) ERC20("Test USD", "tUSD") ERC20Permit("Test USD") Ownable(owner_) {}

    /// @notice Makes tokens out of nothing. Only the owner.
    /// @param to Who gets them
    /// @param amount In millionths of a dollar
    function mint(address to, uint256 amount) external onlyOwner {
        _mint(to, amount);
    }

    /// @inheritdoc IERC3009
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
    ) external override {
        _requireInTime(validAfter, validBefore);
        bytes32 structHash =
            keccak256(abi.encode(TRANSFER_TYPE_HASH, from, to, value, validAfter, validBefore, nonce));
        _authorize(structHash, from, nonce, v, r, s);
        _transfer(from, to, value);
    }

    /// @inheritdoc IERC3009
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
    ) external override {
        if (msg.sender != to) revert CallerMustBePayee(msg.sender, to);
        _requireInTime(validAfter, validBefore);
        bytes32 structHash =
            keccak256(abi.encode(RECEIVE_TYPE_HASH, from, to, value, validAfter, validBefore, nonce));
        _authorize(structHash, from, nonce, v, r, s);
        _transfer(from, to, value);
    }

    /// @inheritdoc IERC3009
    function cancelAuthorization(address authorizer, bytes32 nonce, uint8 v, bytes32 r, bytes32 s)
        external
        override
    {
        _requireSigned(keccak256(abi.encode(CANCEL_TYPE_HASH, authorizer, nonce)), authorizer, v, r, s);
        _useUp(authorizer, nonce);
        emit AuthorizationCanceled(authorizer, nonce);
    }

    /// @notice Six, like the dollars it stands for.
    /// @return The number 6
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function _authorize(bytes32 structHash, address from, bytes32 nonce, uint8 v, bytes32 r, bytes32 s)
        private
    {
        _requireSigned(structHash, from, v, r, s);
        _useUp(from, nonce);
        emit AuthorizationUsed(from, nonce);
    }

    function _useUp(address authorizer, bytes32 nonce) private {
        if (authorizationState[authorizer][nonce]) revert AuthorizationUsedOrCanceled(authorizer, nonce);
        authorizationState[authorizer][nonce] = true;
    }

    function _requireInTime(uint256 validAfter, uint256 validBefore) private view {
        // Validity in seconds is what the standard asks for.
        // forge-lint: disable-next-line(block-timestamp)
        if (block.timestamp <= validAfter) revert AuthorizationNotYetValid(validAfter, block.timestamp);
        // forge-lint: disable-next-line(block-timestamp)
        if (block.timestamp >= validBefore) revert AuthorizationExpired(validBefore, block.timestamp);
    }

    function _requireSigned(bytes32 structHash, address signer, uint8 v, bytes32 r, bytes32 s) private view {
        address recovered = ECDSA.recover(_hashTypedDataV4(structHash), v, r, s);
        if (recovered != signer) revert InvalidAuthorizationSignature(signer, recovered);
    }
}
