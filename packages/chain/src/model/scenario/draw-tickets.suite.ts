/** @module Tickets as the accounts of a random scenario redeem them: good, bad, late, twice. */
import type { Protocol } from '../protocol.ts'
import type { Dice } from './dice.suite.ts'
import { ACTORS, type AccountName, addressOf } from './names.suite.ts'
import { call, type Draft, type World } from './scenario-world.suite.ts'
import { FLAWS } from './tickets.suite.ts'

const LPT = 10n ** 18n
/** More than a broker can ever take in. */
const TOO_MUCH = 1n << 120n

export function drawRedeem(dice: Dice, world: World): Draft {
  return call('X', 'redeem', drawTicket(dice, world))
}

/** Often several for one recipient in a row, which are booked together. */
export function drawBatch(dice: Dice, world: World): Draft {
  const count = Number(dice.below(6n))
  const recipient = paidOrchestrator(dice, world.protocol)
  const tickets = Array.from({ length: count }, () =>
    drawTicket(dice, world, dice.chance(0.6) ? recipient : undefined),
  )
  // The same ticket twice in a batch.
  const again = count > 0 && dice.chance(0.15) ? [dice.oneOf(tickets)] : []
  return call('X', 'batchRedeem', ...tickets, ...again)
}

function drawTicket(dice: Dice, { protocol, tickets }: World, named?: string): string {
  if (tickets.seen.length > 0 && dice.chance(0.12)) return dice.oneOf(tickets.seen)
  const recipient =
    named ?? (dice.chance(0.9) ? paidOrchestrator(dice, protocol) : dice.oneOf([...ACTORS, '0', 'B']))
  const { deposit } = protocol.read.sender(addressOf('B'))
  const claimable = protocol.read.claimableReserve(addressOf('B'), addressOf(recipient))
  const most = deposit + claimable
  const faceValue = dice.oneOf([
    dice.below(LPT / 4n),
    dice.below(LPT / 4n),
    dice.below(LPT / 4n),
    dice.below(deposit + 1n),
    dice.below(most + 1n),
    dice.oneOf([most, most + 1n]),
    1n,
    dice.oneOf([0n, dice.below(1000n)]),
    dice.chance(0.9) ? 1n : TOO_MUCH,
  ])
  return tickets.add({
    recipient,
    faceValue,
    round: drawRound(dice, protocol.read.round),
    flaw: dice.chance(0.2) ? dice.oneOf(FLAWS) : 'none',
  })
}

/** Mostly one that is active. */
function paidOrchestrator(dice: Dice, { read }: Protocol): AccountName {
  const active = ACTORS.filter((name) => read.isActive(addressOf(name)))
  return active.length > 0 && dice.chance(0.9) ? dice.oneOf(active) : dice.oneOf(['T1', 'T2', 'T3'])
}

/** Mostly the present one; else late, too late, skipped, or not yet. */
function drawRound(dice: Dice, now: bigint): bigint {
  if (dice.chance(0.8)) return now
  return dice.oneOf([now - 1n, now - 1n, now - 2n, now - 3n, now - dice.below(8n), now + 1n])
}
