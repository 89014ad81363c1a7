// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title What Arbitrum's routers and wallets know of a token gateway, on L1 and on L2
interface ITokenGateway {
    /// @notice Pays out a transfer that was sent from the other chain. Only for the counterpart's messages.
    /// @param token LPT's address on L1, on both chains
    /// @param from Whose LPT it was on the other chain
    /// @param to Who gets it
    /// @param amount In wei of LPT
    /// @param data On L1 abi(uint256 exit number, bytes), on L2 abi(bytes, bytes)
    function finalizeInboundTransfer(
        address token,
        address from,
        address to,
        uint256 amount,
        bytes calldata data
    ) external payable;

    /// @notice What a token of L1 is on L2.
    /// @param l1Token Token on L1
    /// @return LPT's address on L2 for LPT's address on L1; zero for any other token
    function calculateL2TokenAddress(address l1Token) external view returns (address);

    /// @notice The other end of the bridge.
    /// @return Gateway on the other chain; zero before it is set
    function counterpartGateway() external view returns (address);

    /// @notice The message that a transfer sends.
    /// @param token LPT's address on L1, on both chains
    /// @param from Whose LPT it is
    /// @param to Who gets it on the other chain
    /// @param amount LPT wei
    /// @param data Call data for the arrival; empty in every transfer, because it is refused
    /// @return Call of `finalizeInboundTransfer` on the other chain
    function getOutboundCalldata(address token, address from, address to, uint256 amount, bytes calldata data)
        external
        view
        returns (bytes memory);
}
