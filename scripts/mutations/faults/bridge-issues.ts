/** @module Public issues of the bridge and the token: every guard, taken out. */
import { edit, issuesOf, type Mutant } from '../mutant.ts'

const issue = issuesOf('Bridge')

export const bridgeIssues: readonly Mutant[] = [
  issue(
    '23',
    'an account moves to a foreign address',
    edit('bridge/l1/L1Migrator.sol', 'if (l1Addr != l2Addr) revert L2AddressMismatch(l1Addr, l2Addr);'),
  ),
  issue(
    '23',
    'no locks move',
    edit('bridge/l1/L1Migrator.sol', 'if (unbondingLockIds.length == 0) revert NoUnbondingLocks();'),
  ),
  issue(
    '26',
    'a failed transfer of ETH is ignored',
    edit('bridge/l1/BridgeMinter.sol', 'if (!ok) revert EthTransferFailed(l1MigratorAddr, amount);', 'ok;'),
  ),
  issue(
    '27',
    "anyone takes the minter's funds",
    edit(
      'bridge/l1/BridgeMinter.sol',
      'if (msg.sender != l1MigratorAddr) revert NotL1Migrator(msg.sender, l1MigratorAddr);',
    ),
  ),
  issue(
    '28',
    'any value with a deposit',
    edit(
      'bridge/l1/L1LPTGateway.sol',
      'if (msg.value != expected) revert WrongEthValue(msg.value, expected);',
      'expected;',
    ),
  ),
  issue(
    '29',
    'a burner needs no allowance',
    edit('token/LivepeerToken.sol', '_spendAllowance(from, msg.sender, amount);'),
  ),
  issue(
    '29',
    'anyone mints',
    edit(
      'token/LivepeerToken.sol',
      'function mint(address to, uint256 amount) external override onlyRole(MINTER_ROLE) {',
      'function mint(address to, uint256 amount) external override {',
    ),
  ),
  issue(
    '30',
    "the router's form of a withdrawal does nothing",
    edit(
      'bridge/l2/L2LPTGateway.sol',
      'if (msg.value != 0) revert UnexpectedEth(msg.value);\n        return _withdraw(token, to, amount, data);',
      'token; to; amount; return data;',
    ),
  ),
  {
    name: 'ETH is kept by the gateway of L2',
    edits: [edit('bridge/l2/L2LPTGateway.sol', 'if (msg.value != 0) revert UnexpectedEth(msg.value);')],
    suite: 'regression/BridgeIssues.t.sol',
    test: 'test_theGatewayOfL2TakesNoEth',
  },
]
