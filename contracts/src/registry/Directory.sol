// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @notice The code of a new directory could not be created. Send the registration with more gas, about a million.
error DirectoryNotCreated();

/// @title Addresses by id, kept as the code of a contract
/// @notice A call of the protocol asks the Controller for six to nine addresses. In storage each is a slot of its own for
///         2,100 gas; in the code of one account all of them together cost the 2,600 of that account.
/// @dev A copy for reading. The Controller's mapping holds every registration and answers for an id without a place here.
///      Code can't change, so each change makes a new directory; the old one stays behind, unused.
///
///      The code is STOP, so that it does nothing when it is called, and then `PLACES` entries of an id and its address. The
///      place of an id is its remainder; the first id to come keeps it.
library Directory {
    /// The smallest number that gives each contract that calls of the protocol ask for a place of its own.
    uint256 private constant PLACES = 62;
    uint256 private constant ENTRY_BYTES = 52;
    uint256 private constant TABLE_BYTES = 3224;

    /// Returns the code behind these 10 bytes: PUSH2 length, DUP1, PUSH1 10, RETURNDATASIZE, CODECOPY, RETURNDATASIZE, RETURN.
    bytes10 private constant CREATION_CODE = 0x610c9980600a3d393df3;

    /// @return Where in the code of a directory the entry of `id` begins
    function placeOf(bytes32 id) internal pure returns (uint256) {
        return 1 + uint256(id) % PLACES * ENTRY_BYTES;
    }

    /// @param directory Zero before the first change
    /// @return contractAddress As it was given last; zero also when the id has no place here
    function find(address directory, bytes32 id) internal view returns (address contractAddress) {
        assembly ("memory-safe") {
            // Into the scratch space. Where there is no code there are zeros.
            extcodecopy(directory, 0, add(1, mul(mod(id, PLACES), ENTRY_BYTES)), ENTRY_BYTES)
            contractAddress := mul(eq(mload(0), id), shr(96, mload(32)))
        }
    }

    /// @return changed A directory that knows the new address; the same one when another id has the place
    function set(address directory, bytes32 id, address contractAddress) internal returns (address changed) {
        bytes memory code = new bytes(11 + TABLE_BYTES);
        bytes10 creation = CREATION_CODE;
        bytes32 holder;
        assembly ("memory-safe") {
            let table := add(code, 43)
            mstore(add(code, 32), creation)
            extcodecopy(directory, table, 1, TABLE_BYTES)
            let entry := add(table, mul(mod(id, PLACES), ENTRY_BYTES))
            holder := mload(entry)
            if or(iszero(holder), eq(holder, id)) {
                mstore(entry, id)
                // The 12 bytes behind an address belong to the next entry, or to nobody.
                let rest := and(mload(add(entry, 32)), 0xffffffffffffffffffffffff)
                mstore(add(entry, 32), or(shl(96, contractAddress), rest))
                changed := create(0, add(code, 32), mload(code))
            }
        }
        if (holder != 0 && holder != id) return directory;
        if (changed == address(0)) revert DirectoryNotCreated();
    }
}
