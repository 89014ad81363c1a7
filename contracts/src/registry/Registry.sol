// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IController} from "../interfaces/IController.sol";
import {ILivepeerToken} from "../interfaces/ILivepeerToken.sol";
import {IMinter} from "../interfaces/IMinter.sol";
import {IRoundsManager} from "../interfaces/IRoundsManager.sol";
import {ContractIds} from "./ContractIds.sol";

/// @title The Controller's registry by name and type
library Registry {
    function minter(IController controller) internal view returns (IMinter) {
        return IMinter(controller.getContract(ContractIds.MINTER));
    }

    function token(IController controller) internal view returns (ILivepeerToken) {
        return ILivepeerToken(controller.getContract(ContractIds.LIVEPEER_TOKEN));
    }

    function roundsManager(IController controller) internal view returns (IRoundsManager) {
        return IRoundsManager(controller.getContract(ContractIds.ROUNDS_MANAGER));
    }
}
