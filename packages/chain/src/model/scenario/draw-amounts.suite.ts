/** @module Amounts for the calls of a random scenario: sensible, dust, too much, and the edges of the contracts' fields. */
import { MAX_UINT256 } from '@tessera/protocol/units'
import { FUNDS_BITS } from '../widths.ts'
import type { Dice } from './dice.suite.ts'
import { type AccountName, addressOf } from './names.suite.ts'
import type { World } from './scenario-world.suite.ts'

const LPT = 10n ** 18n
/** From here on an actor holds more than the fields of stake can. */
const RICH = 1n << 89n

/** Of LPT to bond. `payer` pays; the stake becomes `owner`'s. */
export function drawStake(dice: Dice, world: World, payer: AccountName, owner: AccountName): bigint {
  const balance = world.protocol.read.balance(addressOf(payer))
  if (dice.chance(balance > RICH ? 0.35 : 0.04)) return edgeOfStake(dice, world, owner)
  const most = balance < 5_000n * LPT || balance > RICH ? balance : 5_000n * LPT
  return dice.oneOf([
    dice.below(most / 2n + 1n),
    dice.below(most / 4n + 1n),
    dice.below(most / 8n + 1n),
    dice.below(most + 1n),
    dice.below(10n),
    dice.oneOf([0n, 1n]),
    dice.oneOf([balance, balance + 1n]),
  ])
}

/** Exactly what still fits in a field, one more, or far too much. */
function edgeOfStake(dice: Dice, { protocol: { read } }: World, owner: AccountName): bigint {
  const { bondedAmount, delegateAddress } = read.delegator(addressOf(owner))
  const { delegatedAmount } = read.delegator(delegateAddress)
  // Of a record of votes, and of all else.
  const most = (1n << dice.oneOf([91n, 96n])) - 1n
  const held = dice.oneOf([bondedAmount, delegatedAmount, read.stake.nextRoundTotalActiveStake])
  const room = most > held ? most - held : 0n
  return dice.oneOf([room, room, room + 1n, room + 1n, 1n << 96n, MAX_UINT256])
}

/** Of ETH for a deposit or a reserve that holds so much already. */
export function drawFunds(dice: Dice, held: bigint): bigint {
  if (dice.chance(0.85)) return dice.below(5n * LPT)
  const room = (1n << FUNDS_BITS) - 1n - held
  return dice.oneOf([room, room + 1n, 1n << 96n, dice.below(1n << 97n), 1n << FUNDS_BITS])
}

/** Of an amount: all, one too many, dust, or any part. */
export function partOf(dice: Dice, amount: bigint): bigint {
  return dice.oneOf([
    dice.below(amount + 1n),
    dice.below(amount + 1n),
    amount,
    amount + 1n,
    1n,
    amount > 1n ? amount - 1n : 0n,
    dice.chance(0.9) ? amount : MAX_UINT256,
  ])
}
