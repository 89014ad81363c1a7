/** @module Attacks beyond the public issues. */
import { edit, type Mutant } from '../mutant.ts'

const manager = 'bonding/BondingManager.sol'

export const attacks: readonly Mutant[] = [
  {
    name: 'attack: a slash before the stake of the round is fixed',
    edits: [
      edit(manager, '_state.slash(_open(), account', '_state.slash(Contexts.look(controller), account'),
    ],
    suite: 'regression/StakeAttacks.t.sol',
    test: 'test_aSlashWaitsForTheRound',
  },
  {
    name: 'attack: a proposal passes without votes where there is no stake',
    edits: [edit('governance/LivepeerGovernor.sol', 'all > 0 && ')],
    suite: 'regression/GovernanceAttacks.t.sol',
    test: 'test_',
  },
  {
    name: 'attack: a factor beyond its bits is cut',
    edits: [edit('types/Ray.sol', 'if (number > type(uint128).max) revert RayOverflow(number);')],
    suite: 'regression/StakeAttacks.t.sol',
    test: 'test_aFeeFactorFilledByDust',
  },
  {
    name: 'attack: a new length of rounds counts from the first block',
    edits: [
      edit(
        'rounds/RoundsManager.sol',
        '_setClock(toRoundClock(roundLength_, round, startBlock, initialized));',
        '_setClock(toRoundClock(roundLength_, round, 0, initialized));',
      ),
    ],
    suite: 'regression/StakeAttacks.t.sol',
    test: 'testFuzz_roundsGoOn',
  },
  {
    name: 'attack: a token that calls back is paid twice',
    edits: [edit('bonding/UnbondingLocks.sol', '        delete locks[lockId];')],
    suite: 'unit/input/Reentrancy.t.sol',
    test: 'test_aTokenThatCallsBack',
  },
  {
    name: 'attack: a receiver of ETH calls back',
    edits: [edit('token/Minter.sol', ', gas: amount == 0 ? TRANSFER_GAS : 0}', '}')],
    suite: 'unit/input/Reentrancy.t.sol',
    test: 'test_aReceiverOfEth',
  },
]
