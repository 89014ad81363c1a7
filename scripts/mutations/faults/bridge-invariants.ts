/** @module The rules about the bridge: for each a fault that this rule has to see. */
import { edit, invariantsOf, type Mutant } from '../mutant.ts'

const l1 = 'bridge/l1/L1LPTGateway.sol'
const l2 = 'bridge/l2/L2LPTGateway.sol'

const invariant = invariantsOf('Bridge')

export const bridgeInvariants: readonly Mutant[] = [
  invariant(
    'no attack succeeded',
    'anybody ends a deposit',
    edit(l2, '        onlyL1Counterpart(counterpartGateway)\n'),
  ),
  invariant(
    'no attack succeeded',
    'anybody ends a withdrawal',
    edit(
      l1,
      ') external payable override onlyL2Counterpart(counterpartGateway) {',
      ') external payable override {',
    ),
  ),
  invariant(
    'all LPT',
    'a withdrawal burns nothing',
    edit(l2, '        ILivepeerToken(l2Lpt).burnFrom(from, amount);'),
  ),
  invariant(
    'the escrow holds',
    'a withdrawal is not counted',
    edit(l2, '        l2LPTDataCache.decreaseL2SupplyFromL1(amount);'),
  ),
  invariant(
    'no more is minted on L1',
    'a withdrawal leaves the escrow as it is',
    edit(l1, 'uint256 held = amount < balance ? amount : balance;', 'uint256 held = balance * 0;'),
  ),
  invariant(
    'all LPT',
    'a shortfall of the escrow is minted twice',
    edit(l1, 'bridgeMint(to, amount - held);', 'bridgeMint(to, 2 * (amount - held));'),
  ),
]
