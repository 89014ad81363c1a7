// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
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

    function testFuzz_aReceiptIsPaidToItsPayeeInItsTimeOnce(uint256 value, address who, uint256 time)
        external
    {
        value = bound(value, 0, 1000e6);
        (uint8 v, bytes32 r, bytes32 s) = _sign("ReceiveWithAuthorization", value, NONCE);
        vm.assume(who != TO);
        vm.expectRevert(abi.encodeWithSelector(TestStablecoin.CallerMustBePayee.selector, who, TO));
        vm.prank(who);
        _usd.receiveWithAuthorization(_from, TO, value, 999_999, 1_000_001, NONCE, v, r, s);
        vm.warp(bound(time, 999_998, 1_000_002));
        bool inTime = block.timestamp == 1_000_000;
        vm.startPrank(TO);
        if (block.timestamp < 1_000_000) {
            vm.expectPartialRevert(TestStablecoin.AuthorizationNotYetValid.selector);
        } else if (!inTime) {
            vm.expectPartialRevert(TestStablecoin.AuthorizationExpired.selector);
        }
        _usd.receiveWithAuthorization(_from, TO, value, 999_999, 1_000_001, NONCE, v, r, s);
        vm.assertEq(_usd.balanceOf(TO), inTime ? value : 0, "moved");
        vm.assertTrue(_usd.authorizationState(_from, NONCE) == inTime, "used");
        vm.warp(1_000_000);
        if (inTime) vm.expectPartialRevert(TestStablecoin.AuthorizationUsedOrCanceled.selector);
        _usd.receiveWithAuthorization(_from, TO, value, 999_999, 1_000_001, NONCE, v, r, s);
        vm.assertEq(_usd.balanceOf(TO), value, "once");
    }

    function testFuzz_onlyItsSignerCancelsAnAuthorization(uint256 key, address who) external {
        key = bound(key, 1, 1 << 250);
        (uint8 v, bytes32 r, bytes32 s) = _signCancel(key);
        if (key != KEY) vm.expectPartialRevert(TestStablecoin.InvalidAuthorizationSignature.selector);
        vm.prank(who);
        _usd.cancelAuthorization(_from, NONCE, v, r, s);
        vm.assertTrue(_usd.authorizationState(_from, NONCE) == (key == KEY), "cancelled");
        (v, r, s) = _signCancel(KEY);
        vm.prank(who);
        if (key != KEY) _usd.cancelAuthorization(_from, NONCE, v, r, s);
        vm.assertTrue(_usd.authorizationState(_from, NONCE), "by its signer, sent by anyone");
    }

    function testFuzz_aPermitIsAnApprovalBySignatureInItsTimeOnce(
        uint256 amount,
        uint256 deadline,
        address spender
    ) external {
        vm.assume(spender != address(0));
        deadline = bound(deadline, 999_900, 1_000_100);
        bytes32 kind =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        (uint8 v, bytes32 r, bytes32 s) =
            _signTyped(KEY, keccak256(abi.encode(kind, _from, spender, amount, 0, deadline)));
        bool inTime = deadline >= 1_000_000;
        if (!inTime) {
            vm.expectRevert(abi.encodeWithSelector(ERC20Permit.ERC2612ExpiredSignature.selector, deadline));
        }
        _usd.permit(_from, spender, amount, deadline, v, r, s);
        vm.assertEq(_usd.allowance(_from, spender), inTime ? amount : 0, "allowed");
        vm.assertEq(_usd.nonces(_from), inTime ? 1 : 0, "nonce");
        if (!inTime) return;
        vm.expectPartialRevert(ERC20Permit.ERC2612InvalidSigner.selector);
        _usd.permit(_from, spender, amount, deadline, v, r, s);
    }

    function testFuzz_withoutAnOwnerNobodyMints(address who) external {
        vm.assume(who != address(this));
        vm.prank(who);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, who));
        _usd.renounceOwnership();
        _usd.mint(TO, 1);
        _usd.renounceOwnership();
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        _usd.mint(TO, 1);
        vm.assertEq(_usd.balanceOf(TO), 1, "the owner's");
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
