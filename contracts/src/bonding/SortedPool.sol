// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title Bounded doubly linked list of accounts, highest key first
/// @notice Invariants: keys never rise from head to tail; `size` <= `maxSize`; an account is in the list if and only if
///         its key is not 0. Where keys are equal the place depends on the hint; without one a newcomer goes before its
///         equals. The order decides who is evicted, so it must not change.
library SortedPool {
    using SafeCast for uint256;

    struct Node {
        address prev;
        uint96 key;
        address next;
    }

    struct List {
        address head;
        uint32 size;
        uint32 maxSize;
        address tail;
        mapping(address id => Node) nodes;
    }

    /// @notice The pool would get smaller, which would need a rule for who leaves. Choose a larger size.
    /// @param maxSize Present number of places
    /// @param newMaxSize Number of places asked for
    error PoolSizeCannotShrink(uint256 maxSize, uint256 newMaxSize);
    /// @notice An account would be added beyond the last place. The manager evicts the last member first, so this is
    ///         a fault of it.
    /// @param maxSize Number of places
    error PoolIsFull(uint256 maxSize);
    /// @notice An account would be in the pool twice. The manager asks first, so this is a fault of it.
    /// @param id Account that should be in the pool
    error AlreadyInPool(address id);
    /// @notice The account to move or take out is not in the pool. The manager asks first, so this is a fault of it.
    /// @param id Account that is missing
    error NotInPool(address id);
    /// @notice The zero address ends the list and can't be a member. Name an account.
    error NullPoolMember();
    /// @notice Key 0 means "not in the pool". An account without stake stays out.
    /// @param id Account that should be in the pool
    error PoolKeyIsZero(address id);

    function setMaxSize(List storage list, uint256 newMaxSize) internal {
        if (newMaxSize <= list.maxSize) revert PoolSizeCannotShrink(list.maxSize, newMaxSize);
        list.maxSize = newMaxSize.toUint32();
    }

    function contains(List storage list, address id) internal view returns (bool) {
        return list.nodes[id].key != 0;
    }

    function isFull(List storage list) internal view returns (bool) {
        return list.size == list.maxSize;
    }

    /// @param prev Expected neighbour with the higher key, or zero
    /// @param next Expected neighbour with the lower key, or zero
    function insert(List storage list, address id, uint256 key, address prev, address next) internal {
        if (isFull(list)) revert PoolIsFull(list.maxSize);
        if (contains(list, id)) revert AlreadyInPool(id);
        if (id == address(0)) revert NullPoolMember();
        if (key == 0) revert PoolKeyIsZero(id);
        if (!_fits(list, key, prev, next)) (prev, next) = _find(list, key, prev, next);
        list.nodes[id] = Node({prev: prev, key: key.toUint96(), next: next});
        if (prev == address(0)) list.head = id;
        else list.nodes[prev].next = id;
        if (next == address(0)) list.tail = id;
        else list.nodes[next].prev = id;
        list.size += 1;
    }

    function remove(List storage list, address id) internal {
        if (!contains(list, id)) revert NotInPool(id);
        (address prev, address next) = (list.nodes[id].prev, list.nodes[id].next);
        if (prev == address(0)) list.head = next;
        else list.nodes[prev].next = next;
        if (next == address(0)) list.tail = prev;
        else list.nodes[next].prev = prev;
        delete list.nodes[id];
        list.size -= 1;
    }

    /// @notice Moves `id` to the place of its new key; key 0 removes it. Hints are judged on the list without `id`.
    function updateKey(List storage list, address id, uint256 key, address prev, address next) internal {
        Node storage node = list.nodes[id];
        uint256 oldKey = node.key;
        if (oldKey == 0) revert NotInPool(id);
        if (_keepsPlace(list, node, oldKey, key)) {
            node.key = key.toUint96();
            return;
        }
        (address above, address below) = (node.prev, node.next);
        remove(list, id);
        if (key == 0) return;
        if (prev == address(0) && next == address(0)) (prev, next) = _walk(list, key, above, below);
        insert(list, id, key, prev, next);
    }

    /// Strictly between its neighbours there is no other place, whatever the hint, and no pointer to write. A key that
    /// grows stays above the lower neighbour, one that falls stays below the higher: only the other side is read.
    function _keepsPlace(List storage list, Node storage node, uint256 oldKey, uint256 key)
        private
        view
        returns (bool)
    {
        if (key == 0) return false;
        if (key >= oldKey) {
            address above = node.prev;
            if (above != address(0) && list.nodes[above].key <= key) return false;
        }
        if (key > oldKey) return true;
        address below = node.next;
        return below == address(0) || list.nodes[below].key < key;
    }

    /// From any gap of the list to the place where a walk from the head would end.
    function _walk(List storage list, uint256 key, address above, address below)
        private
        view
        returns (address, address)
    {
        while (above != address(0) && list.nodes[above].key <= key) {
            (above, below) = (list.nodes[above].prev, above);
        }
        while (below != address(0) && list.nodes[below].key > key) {
            (above, below) = (below, list.nodes[below].next);
        }
        return (above, below);
    }

    function _fits(List storage list, uint256 key, address prev, address next) private view returns (bool) {
        if (prev == address(0) && next == address(0)) return list.size == 0;
        if (prev == address(0)) return next == list.head && key >= list.nodes[next].key;
        if (next == address(0)) return prev == list.tail && key <= list.nodes[prev].key;
        return list.nodes[prev].next == next && list.nodes[prev].key >= key && key >= list.nodes[next].key;
    }

    /// Drops the parts of a hint that are absent or on the wrong side and walks from what is left.
    function _find(List storage list, uint256 key, address prev, address next)
        private
        view
        returns (address, address)
    {
        if (!contains(list, prev) || key > list.nodes[prev].key) prev = address(0);
        if (!contains(list, next) || key < list.nodes[next].key) next = address(0);
        if (prev != address(0)) return _descend(list, key, prev);
        if (next != address(0)) return _ascend(list, key, next);
        return _descend(list, key, list.head);
    }

    function _descend(List storage list, uint256 key, address start) private view returns (address, address) {
        if (start == list.head && key >= list.nodes[start].key) return (address(0), start);
        address prev = start;
        address next = list.nodes[prev].next;
        while (!_fits(list, key, prev, next)) (prev, next) = (next, list.nodes[next].next);
        return (prev, next);
    }

    function _ascend(List storage list, uint256 key, address start) private view returns (address, address) {
        if (start == list.tail && key <= list.nodes[start].key) return (start, address(0));
        address next = start;
        address prev = list.nodes[next].prev;
        while (!_fits(list, key, prev, next)) (prev, next) = (list.nodes[prev].prev, prev);
        return (prev, next);
    }
}
