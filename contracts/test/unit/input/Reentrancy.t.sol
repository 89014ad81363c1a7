// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IBondingManager} from "../../../src/interfaces/IBondingManager.sol";
import {IMinter} from "../../../src/interfaces/IMinter.sol";
import {vm} from "../../base/Vm.sol";
import {IssueTest} from "../../regression/IssueTest.sol";

/// @dev A token that tells receivers about transfers, as the protocol's own never does.
contract TellingToken is ERC20("Telling", "TELL") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function burn(uint256 amount) external {
        _burn(msg.sender, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (to.code.length > 0 && from != address(0)) Caller(payable(to)).tokensReceived();
    }
}

/// @dev Calls back once as soon as it is given anything.
contract Caller {
    address private _target;
    bytes private _data;
    bool public succeeded;
    bytes public answer;

    function arm(address target, bytes calldata data) external {
        (_target, _data) = (target, data);
    }

    function act(address target, bytes calldata data, uint256 value) external {
        (bool ok, bytes memory result) = target.call{value: value}(data);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(result, 32), mload(result))
            }
        }
    }

    function tokensReceived() external {
        _callBack();
    }

    receive() external payable {
        _callBack();
    }

    function _callBack() private {
        if (_target == address(0)) return;
        address target = _target;
        _target = address(0);
        (succeeded, answer) = target.call(_data);
    }
}

contract ReentrancyTest is IssueTest {
    function test_aTokenThatCallsBackDoesNotPayALockTwice() external {
        TellingToken telling = new TellingToken();
        // The Minter is told of bonds, too, and must not mind.
        vm.mockCall(address(minter), abi.encodeCall(Caller.tokensReceived, ()), "");
        register("LivepeerToken", address(telling));
        telling.mint(address(minter), 1000e18);
        Caller caller = new Caller();
        telling.mint(address(caller), 100e18);
        _act(caller, address(telling), abi.encodeCall(telling.approve, (address(bonding), 100e18)));
        _act(caller, address(bonding), abi.encodeCall(bonding.bond, (100e18, T1)));
        nextRound();
        _act(caller, address(bonding), abi.encodeCall(bonding.unbond, (100e18)));
        nextRound();
        nextRound();
        bytes memory withdraw = abi.encodeCall(bonding.withdrawStake, (0));
        caller.arm(address(bonding), withdraw);
        _act(caller, address(bonding), withdraw);
        vm.assertFalse(caller.succeeded(), "the second call is refused");
        bytes memory reason =
            abi.encodeWithSelector(IBondingManager.InvalidUnbondingLock.selector, address(caller), 0);
        vm.assertEq(keccak256(caller.answer()), keccak256(reason), "by name");
        vm.assertEq(telling.balanceOf(address(caller)), 100e18, "paid once");
    }

    function test_aReceiverOfEthCannotCallBack() external {
        fundSender(1 ether, 0);
        redeemFor(T1, 1 ether);
        Caller caller = new Caller();
        caller.arm(
            address(bonding), abi.encodeCall(bonding.withdrawFees, (payable(address(caller)), 1 ether))
        );
        vm.expectRevert(abi.encodeWithSelector(IMinter.EthTransferFailed.selector, address(caller), 1 ether));
        vm.prank(T1);
        bonding.withdrawFees(payable(address(caller)), 1 ether);
        vm.assertEq(bonding.pendingFees(T1, 0), 1 ether, "the fees stay");
    }

    function test_aSenderThatCallsBackIsNotPaidTwice() external {
        Caller caller = new Caller();
        vm.deal(address(caller), 1 ether);
        caller.act(address(broker), abi.encodeCall(broker.fundDeposit, ()), 1 ether);
        _act(caller, address(broker), abi.encodeCall(broker.unlock, ()));
        nextRound();
        nextRound();
        bytes memory withdraw = abi.encodeCall(broker.withdraw, ());
        caller.arm(address(broker), withdraw);
        vm.expectRevert(abi.encodeWithSelector(IMinter.EthTransferFailed.selector, address(caller), 1 ether));
        caller.act(address(broker), withdraw, 0);
        vm.assertEq(address(minter).balance, 1 ether, "nothing left");
    }

    function _act(Caller caller, address target, bytes memory data) private {
        caller.act(target, data, 0);
    }
}
