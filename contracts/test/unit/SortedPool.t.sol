// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SortedPool} from "../../src/bonding/SortedPool.sol";
import {bound, vm} from "../base/Vm.sol";

contract SortedPoolTest {
    using SortedPool for SortedPool.List;

    bool public constant IS_TEST = true;
    address private constant A = address(0xA);
    address private constant B = address(0xB);
    address private constant C = address(0xC);
    uint256 private constant MEMBERS = 6;

    SortedPool.List private _list;
    SortedPool.List private _reference;

    function test_theHintDecidesBetweenEquals() external {
        _expectOrder(address(0), address(0), "CAB");
        _expectOrder(B, address(0), "ABC");
        _expectOrder(address(0), B, "ABC");
        _expectOrder(A, address(0), "CAB");
        _expectOrder(A, B, "ACB");
        _expectOrder(address(0), A, "CAB");
        _expectOrder(B, A, "ABC");
    }

    function test_refusesWhatBreaksTheList() external {
        _list.setMaxSize(1);
        vm.expectRevert(abi.encodeWithSelector(SortedPool.PoolSizeCannotShrink.selector, 1, 1));
        this.setMaxSize(1);
        vm.expectRevert(abi.encodeWithSelector(SortedPool.PoolKeyIsZero.selector, A));
        this.insert(A, 0);
        vm.expectRevert(abi.encodeWithSelector(SortedPool.NullPoolMember.selector));
        this.insert(address(0), 1);
        vm.expectRevert(abi.encodeWithSelector(SortedPool.NotInPool.selector, A));
        this.remove(A);
        vm.expectRevert(abi.encodeWithSelector(SortedPool.NotInPool.selector, A));
        this.updateKey(A, 1);
        this.insert(A, 1);
        vm.expectRevert(abi.encodeWithSelector(SortedPool.PoolIsFull.selector, 1));
        this.insert(B, 1);
        _list.setMaxSize(2);
        vm.expectRevert(abi.encodeWithSelector(SortedPool.AlreadyInPool.selector, A));
        this.insert(A, 2);
    }

    /// Any order of changes with any hints keeps the list sorted and linked. The reference list moves every member by
    /// taking it out and putting it back, so it shows that the shortcuts of updateKey end at the same place.
    function testFuzz_staysSortedAndLinked(uint256 seed) external {
        _list.setMaxSize(MEMBERS);
        _reference.setMaxSize(MEMBERS);
        for (uint256 i = 0; i < 40; i++) {
            seed = uint256(keccak256(abi.encode(seed)));
            _change(seed);
            _check();
        }
    }

    function _change(uint256 seed) private {
        address id = _member(seed);
        uint256 key = bound(seed >> 16, 0, 5);
        (address prev, address next) = (_hint(seed >> 32), _hint(seed >> 48));
        if (!_list.contains(id)) {
            if (key == 0) return;
            _list.insert(id, key, prev, next);
            _reference.insert(id, key, prev, next);
            return;
        }
        _list.updateKey(id, key, prev, next);
        _reference.remove(id);
        if (key != 0) _reference.insert(id, key, prev, next);
    }

    function _check() private view {
        uint256 count = 0;
        address last = address(0);
        address other = _reference.head;
        for (address id = _list.head; id != address(0); id = _list.nodes[id].next) {
            vm.assertEq(id, other, "the same order as the plain list");
            vm.assertEq(_list.nodes[id].prev, last, "linked both ways");
            if (last != address(0)) vm.assertGe(_list.nodes[last].key, _list.nodes[id].key, "sorted");
            (last, other, count) = (id, _reference.nodes[other].next, count + 1);
        }
        vm.assertEq(_list.tail, last, "tail");
        vm.assertEq(_list.size, count, "size");
    }

    function _expectOrder(address prev, address next, string memory order) private {
        delete _list;
        delete _list.nodes[A];
        delete _list.nodes[B];
        delete _list.nodes[C];
        _list.setMaxSize(3);
        _list.insert(A, 5, address(0), address(0));
        _list.insert(B, 5, A, address(0));
        _list.insert(C, 5, prev, next);
        string memory got = "";
        for (address id = _list.head; id != address(0); id = _list.nodes[id].next) {
            got = string.concat(got, id == A ? "A" : id == B ? "B" : "C");
        }
        vm.assertEq(got, order, "order");
    }

    function _member(uint256 seed) private pure returns (address) {
        return address(uint160(1 + bound(seed & 0xffff, 0, MEMBERS - 1)));
    }

    /// One in three hints is empty, the others name any member, present or not.
    function _hint(uint256 seed) private pure returns (address) {
        return (seed & 0xffff) % 3 == 0 ? address(0) : _member(seed);
    }

    function setMaxSize(uint256 size) external {
        _list.setMaxSize(size);
    }

    function insert(address id, uint256 key) external {
        _list.insert(id, key, address(0), address(0));
    }

    function remove(address id) external {
        _list.remove(id);
    }

    function updateKey(address id, uint256 key) external {
        _list.updateKey(id, key, address(0), address(0));
    }
}
