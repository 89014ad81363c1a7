// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {AddressAlias} from "../AddressAlias.sol";
import {IArbSys} from "../interfaces/IArbSys.sol";
import {IL2Messenger} from "../interfaces/IMessenger.sol";

/// @title Sends to L1, and knows who sent what comes from there
abstract contract L2Messenger is IL2Messenger {
    IArbSys private constant ARB_SYS = IArbSys(address(100));

    /// The call is a message of `counterpart` on L1.
    modifier onlyL1Counterpart(address counterpart) {
        address expected = AddressAlias.aliasOf(counterpart);
        if (msg.sender != expected) revert OnlyCounterpartAlias(msg.sender, expected);
        _;
    }

    function _sendToL1(address user, address target, bytes memory data) internal returns (uint256 id) {
        id = ARB_SYS.sendTxToL1(target, data);
        emit TxToL1(user, target, id, data);
    }
}
