// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC3009} from "../../src/interfaces/IERC3009.sol";
import {TestStablecoin} from "../../src/testnet/TestStablecoin.sol";
import {Vm, bound, vm} from "../base/Vm.sol";

contract TestStablecoinTest {
    bool public constant IS_TEST = true;

    uint256 private constant KEY = 0xbeef;
    address private constant TO = address(0x77);
    bytes32 private constant NONCE = keccak256("nonce");
    string private constant FIELDS =
        "(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)";

    TestStablecoin private _usd;
    address private _from;

    function setUp() external {
        _usd = new TestStablecoin(address(this));
        _from = vm.addr(KEY);
        _usd.mint(_from, 1000e6);
        vm.warp(1_000_000);
    }

    function test_itIsADollarWithSixDecimalsThatOnlyTheOwnerMints() external {
        vm.assertEq(_usd.name(), "Test USD", "name");
        vm.assertEq(_usd.symbol(), "tUSD", "symbol");
        vm.assertEq(_usd.decimals(), 6, "decimals");
        vm.prank(TO);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, TO));
        _usd.mint(TO, 1);
    }

    function testFuzz_anybodySendsATransferIn(uint256 value) external {
        value = bound(value, 0, 1000e6);
        (uint8 v, bytes32 r, bytes32 s) = _sign("TransferWithAuthorization", value, NONCE);
        vm.recordLogs();
        _usd.transferWithAuthorization(_from, TO, value, 999_999, 1_000_001, NONCE, v, r, s);
        vm.assertEq(_usd.balanceOf(TO), value, "moved");
        vm.assertTrue(_usd.authorizationState(_from, NONCE), "used");
        Vm.Log memory first = vm.getRecordedLogs()[0];
        vm.assertEq(first.topics[0], IERC3009.AuthorizationUsed.selector, "event");
        vm.assertEq(first.topics[2], NONCE, "nonce");
        vm.expectRevert(
            abi.encodeWithSelector(TestStablecoin.AuthorizationUsedOrCanceled.selector, _from, NONCE)
        );
        _usd.transferWithAuthorization(_from, TO, value, 999_999, 1_000_001, NONCE, v, r, s);
    }

    function test_onlyThePayeeSendsAReceiptIn() external {
        (uint8 v, bytes32 r, bytes32 s) = _sign("ReceiveWithAuthorization", 5, NONCE);
        vm.expectRevert(abi.encodeWithSelector(TestStablecoin.CallerMustBePayee.selector, address(this), TO));
        _usd.receiveWithAuthorization(_from, TO, 5, 999_999, 1_000_001, NONCE, v, r, s);
        vm.prank(TO);
        _usd.receiveWithAuthorization(_from, TO, 5, 999_999, 1_000_001, NONCE, v, r, s);
        vm.assertEq(_usd.balanceOf(TO), 5, "moved");
    }

    function test_oneKindOfAuthorizationIsNotTheOther() external {
        (uint8 v, bytes32 r, bytes32 s) = _sign("ReceiveWithAuthorization", 5, NONCE);
        vm.expectPartialRevert(TestStablecoin.InvalidAuthorizationSignature.selector);
        _usd.transferWithAuthorization(_from, TO, 5, 999_999, 1_000_001, NONCE, v, r, s);
    }

    function test_theTimesAreExclusive() external {
        (uint8 v, bytes32 r, bytes32 s) = _sign("TransferWithAuthorization", 5, NONCE);
        vm.warp(999_999);
        vm.expectPartialRevert(TestStablecoin.AuthorizationNotYetValid.selector);
        _usd.transferWithAuthorization(_from, TO, 5, 999_999, 1_000_001, NONCE, v, r, s);
        vm.warp(1_000_001);
        vm.expectPartialRevert(TestStablecoin.AuthorizationExpired.selector);
        _usd.transferWithAuthorization(_from, TO, 5, 999_999, 1_000_001, NONCE, v, r, s);
    }

    function test_aCancelledAuthorizationIsWorthNothing() external {
        (uint8 v, bytes32 r, bytes32 s) = _signCancel(KEY);
        (uint8 w, bytes32 x, bytes32 y) = _signCancel(0xbad);
        vm.expectPartialRevert(TestStablecoin.InvalidAuthorizationSignature.selector);
        _usd.cancelAuthorization(_from, NONCE, w, x, y);
        vm.recordLogs();
        _usd.cancelAuthorization(_from, NONCE, v, r, s);
        vm.assertEq(vm.getRecordedLogs()[0].topics[0], IERC3009.AuthorizationCanceled.selector, "event");
        vm.expectPartialRevert(TestStablecoin.AuthorizationUsedOrCanceled.selector);
        _usd.cancelAuthorization(_from, NONCE, v, r, s);
        (v, r, s) = _sign("TransferWithAuthorization", 5, NONCE);
        vm.expectPartialRevert(TestStablecoin.AuthorizationUsedOrCanceled.selector);
        _usd.transferWithAuthorization(_from, TO, 5, 999_999, 1_000_001, NONCE, v, r, s);
    }

    function testFuzz_noFieldCanBeChanged(uint256 value, address to, bytes32 nonce) external {
        vm.assume(value != 5 && to != TO && nonce != NONCE);
        (uint8 v, bytes32 r, bytes32 s) = _sign("TransferWithAuthorization", 5, NONCE);
        bytes4 invalid = TestStablecoin.InvalidAuthorizationSignature.selector;
        vm.expectPartialRevert(invalid);
        _usd.transferWithAuthorization(_from, TO, value, 999_999, 1_000_001, NONCE, v, r, s);
        vm.expectPartialRevert(invalid);
        _usd.transferWithAuthorization(_from, to, 5, 999_999, 1_000_001, NONCE, v, r, s);
        vm.expectPartialRevert(invalid);
        _usd.transferWithAuthorization(_from, TO, 5, 999_999, 1_000_001, nonce, v, r, s);
    }

    function _sign(string memory kind, uint256 value, bytes32 nonce)
        private
        view
        returns (uint8, bytes32, bytes32)
    {
        bytes32 typeHash = keccak256(bytes(string.concat(kind, FIELDS)));
        bytes32 structHash = keccak256(abi.encode(typeHash, _from, TO, value, 999_999, 1_000_001, nonce));
        return _signTyped(KEY, structHash);
    }

    function _signCancel(uint256 key) private view returns (uint8, bytes32, bytes32) {
        bytes32 typeHash = keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");
        return _signTyped(key, keccak256(abi.encode(typeHash, _from, NONCE)));
    }

    function _signTyped(uint256 key, bytes32 structHash) private view returns (uint8, bytes32, bytes32) {
        return vm.sign(key, keccak256(abi.encodePacked(hex"1901", _usd.DOMAIN_SEPARATOR(), structHash)));
    }
}
