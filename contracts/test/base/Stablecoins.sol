// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// @title A token of the simplest kind, to be bent by those below
/// @dev No checks beyond what the tests need: anyone mints.
contract PlainToken {
    mapping(address account => uint256) public balanceOf;
    mapping(address owner => mapping(address spender => uint256)) public allowance;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function approve(address spender, uint256 amount) external returns (bool) {
        allowance[msg.sender][spender] = amount;
        return true;
    }

    function transfer(address to, uint256 amount) external virtual returns (bool) {
        _move(msg.sender, to, amount);
        return true;
    }

    function transferFrom(address from, address to, uint256 amount) external virtual returns (bool) {
        allowance[from][msg.sender] -= amount;
        _move(from, to, amount);
        return true;
    }

    function _move(address from, address to, uint256 amount) internal virtual {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @title Takes one unit in a hundred of every transfer
contract FeeOnTransferToken is PlainToken {
    function _move(address from, address to, uint256 amount) internal override {
        balanceOf[from] -= amount;
        balanceOf[to] += amount - amount / 100;
    }
}

/// @title Credits more than was sent
contract GenerousToken is PlainToken {
    function _move(address from, address to, uint256 amount) internal override {
        balanceOf[from] -= amount;
        balanceOf[to] += amount + 1;
    }
}

/// @title Says no by a return value
contract FalseToken is PlainToken {
    function transferFrom(address, address, uint256) external pure override returns (bool) {
        return false;
    }
}

/// @title Returns nothing at all, as some old tokens do
contract SilentToken {
    mapping(address account => uint256) public balanceOf;
    mapping(address owner => mapping(address spender => uint256)) public allowance;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function approve(address spender, uint256 amount) external {
        allowance[msg.sender][spender] = amount;
    }

    function transfer(address to, uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
    }

    function transferFrom(address from, address to, uint256 amount) external {
        allowance[from][msg.sender] -= amount;
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @title Keeps a list of accounts that may neither send nor receive, and can be stopped
contract ListingToken is PlainToken {
    mapping(address account => bool) public refused;
    bool public stopped;

    error Refused(address account);
    error Stopped();

    function refuse(address account, bool yes) external {
        refused[account] = yes;
    }

    function stop(bool yes) external {
        stopped = yes;
    }

    function _move(address from, address to, uint256 amount) internal override {
        if (stopped) revert Stopped();
        if (refused[from]) revert Refused(from);
        if (refused[to]) revert Refused(to);
        super._move(from, to, amount);
    }
}

/// @title Calls somebody while it moves money
contract CallingToken is PlainToken {
    address public target;
    bytes public call;
    bool public succeeded;
    bytes public answer;

    /// Once, in the next transfer.
    function callNext(address target_, bytes calldata call_) external {
        (target, call, succeeded) = (target_, call_, false);
    }

    function _move(address from, address to, uint256 amount) internal override {
        super._move(from, to, amount);
        address callee = target;
        if (callee == address(0)) return;
        target = address(0);
        (succeeded, answer) = callee.call(call);
    }
}
