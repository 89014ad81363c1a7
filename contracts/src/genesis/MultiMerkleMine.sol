// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IMerkleMine, IMultiMerkleMine} from "../interfaces/IMerkleMine.sol";

/// @notice See IMultiMerkleMine.
/// @dev Holds nothing between calls. Whatever somebody left here by mistake stays: only the gain of a call is handed
///      on, so that a mine of the caller's own making gets nothing out of this contract.
contract MultiMerkleMine is IMultiMerkleMine {
    using SafeERC20 for IERC20;

    /// @inheritdoc IMultiMerkleMine
    function multiGenerate(address mine, address[] calldata recipients, bytes calldata proofs)
        external
        override
    {
        IMerkleMine target = IMerkleMine(mine);
        uint256 callerStart = target.callerAllocationStartBlock();
        if (block.number < callerStart) revert CallerPeriodNotStarted(block.number, callerStart);
        IERC20 token = target.token();
        uint256 before = token.balanceOf(address(this));

        uint256 offset = 0;
        uint256 count = 0;
        while (offset < proofs.length) {
            uint256 end = _proofEnd(proofs, offset);
            if (count < recipients.length && !target.generated(recipients[count])) {
                target.generate(recipients[count], proofs[offset + 32:end]);
            }
            count++;
            offset = end;
        }
        if (count != recipients.length) revert RecipientsAndProofsDiffer(recipients.length, count);

        uint256 gained = token.balanceOf(address(this)) - before;
        if (gained > 0) token.safeTransfer(msg.sender, gained);
    }

    /// @dev Where the proof ends whose length stands at `offset`.
    function _proofEnd(bytes calldata proofs, uint256 offset) private pure returns (uint256) {
        if (proofs.length - offset < 32) revert ProofsEndEarly(proofs.length, offset + 32);
        uint256 size = uint256(bytes32(proofs[offset:offset + 32]));
        if (size % 32 != 0) revert InvalidProofLength(size);
        uint256 room = proofs.length - offset - 32;
        if (size > room) revert ProofsEndEarly(proofs.length, size);
        return offset + 32 + size;
    }
}
