/** @module What the owner of the Controller changes in a random scenario, also while rounds run. */
import type { Dice } from './dice.suite.ts'
import { call, type Draft, type World } from './scenario-world.suite.ts'

const LPT = 10n ** 18n

export function drawParameter(dice: Dice, { protocol }: World): Draft {
  const by = dice.chance(0.85) ? 'deployer' : 'X'
  return dice.oneOf([
    call(by, 'setTreasuryRewardCutRate', dice.below(11n * 10n ** 26n)),
    call(by, 'setTreasuryBalanceCeiling', dice.oneOf([0n, 1n, dice.below(2_000n * LPT)])),
    call(by, 'setNumActiveTranscoders', dice.oneOf([dice.below(6n), dice.below(6n), 1n << 32n])),
    call(
      by,
      'setUnbondingPeriod',
      dice.oneOf([1n, dice.below(4n), dice.below(4n), (1n << 32n) - 1n, 1n << 32n]),
    ),
    call(by, 'setUnlockPeriod', dice.oneOf([2n, dice.below(4n), (1n << 32n) - 1n, 1n << 32n])),
    call(by, 'setTicketValidityPeriod', dice.oneOf([2n, dice.below(5n), (1n << 32n) - 1n, 1n << 32n])),
    call(by, 'setInflationChange', dice.oneOf([0n, 500n, dice.below(1_000n), 1_000_000_001n])),
    call(by, 'setTargetBondingRate', dice.oneOf([0n, 500_000_000n, 1_000_000_000n, 1_000_000_001n])),
    call(by, dice.chance(protocol.read.isPaused ? 0.1 : 0.3) ? 'pause' : 'unpause'),
  ])
}

/** A shorter round may have been over for long, a longer one moves the end of the present round. */
export function drawClock(dice: Dice): Draft {
  const by = dice.chance(0.9) ? 'deployer' : 'X'
  return dice.chance(0.8)
    ? call(by, 'setRoundLength', dice.oneOf([1n + dice.below(100n), 50n, 10n, 1n, 0n, 1n << 30n, 1n << 64n]))
    : call(
        by,
        'setRoundLockAmount',
        dice.oneOf([100_000n, dice.below(1_000_001n), 0n, 1_000_000n, 1_000_001n]),
      )
}
