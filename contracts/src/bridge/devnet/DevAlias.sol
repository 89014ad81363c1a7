// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Stands at the alias of a sender from L1 and calls in its name
/// @notice On Arbitrum the chain itself makes these calls. Here the relayer puts this code at the alias, and only the
///         executor of messages can use it.
contract DevAlias {
    /// @notice Only the executor of messages may call in the sender's name. Send the message through the inbox of L1.
    /// @param caller Who called
    /// @param executor Who may
    error NotExecutor(address caller, address executor);

    /// @notice The contract that executes messages from L1.
    /// @return DevRetryables of this network
    address public immutable executor;

    constructor(address executor_) {
        executor = executor_;
    }

    /// @notice Bubbles up the answer of the call, or its revert. Only the executor.
    /// @param to Called in the name of the sender from L1
    /// @param data Call data
    /// @return What the call answered
    function call(address to, bytes calldata data) external payable returns (bytes memory) {
        if (msg.sender != executor) revert NotExecutor(msg.sender, executor);
        (bool ok, bytes memory answer) = to.call{value: msg.value}(data);
        if (ok) return answer;
        assembly ("memory-safe") {
            revert(add(answer, 32), mload(answer))
        }
    }
}
