// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title Stands at the alias of a sender from L1 and calls in its name
/// @notice On Arbitrum the chain itself makes these calls. Here the relayer puts this code at the alias, and only the
///         executor of messages can use it.
contract DevAlias {
    error NotExecutor(address caller, address executor);

    address public immutable executor;

    constructor(address executor_) {
        executor = executor_;
    }

    /// @notice Bubbles up the answer of the call, or its revert. Only the executor.
    function call(address to, bytes calldata data) external payable returns (bytes memory) {
        if (msg.sender != executor) revert NotExecutor(msg.sender, executor);
        (bool ok, bytes memory answer) = to.call{value: msg.value}(data);
        if (ok) return answer;
        assembly ("memory-safe") {
            revert(add(answer, 32), mload(answer))
        }
    }
}
