/** @module `tessera stake bond` and `tessera stake move`: LPT to an orchestrator, or from one to another. */
import { NO_HINT } from '@tessera/chain/pool-hints'
import { type Address, sameAddress, ZERO_ADDRESS } from '@tessera/protocol/address'
import { type Lpt, lpt } from '@tessera/protocol/units'
import { type AmountOrMax, formatLpt } from '../amounts.ts'
import type { SendingOptions } from '../options.ts'
import type { Plan } from '../plan.ts'
import { TooLittleError, UsageError } from '../problems.ts'
import type { Report } from '../report.ts'
import { type ChainSession, withChain } from '../session.ts'
import { watchStake } from '../watched.ts'
import { approval } from './approval.ts'
import { hintsFor } from './hints.ts'

export function stakeBond(
  amount: AmountOrMax<Lpt>,
  options: SendingOptions & { readonly to?: string },
): Promise<void> {
  return withChain('stake bond', options, async (session) => {
    const { token, bondingManager } = await session.contracts()
    const account = await session.address()
    const balance = await token.balanceOf(account)
    const sum = amount === 'max' ? balance : amount
    if (amount === 0n)
      throw new UsageError('Give an amount above 0.', 'tessera stake move changes the orchestrator.')
    if (balance < sum || sum === 0n) {
      throw new TooLittleError(
        sum === 0n
          ? `${account} has no LPT.`
          : `${account} has ${formatLpt(balance)}, less than ${formatLpt(sum)}.`,
        'Send LPT to the account, or bond less.',
        { has: balance, needs: sum },
      )
    }
    const present = (await bondingManager.delegator(account)).delegate
    const to = options.to === undefined ? present : await session.address(options.to)
    if (sameAddress(to, ZERO_ADDRESS)) {
      throw new UsageError(
        'It is not said whom to bond to.',
        'Give --to ADDRESS; tessera orchestrator list shows who there is.',
      )
    }
    return bondTo(session, { account, present, to, amount: sum })
  })
}

export function stakeMove(options: SendingOptions & { readonly to: string }): Promise<void> {
  return withChain('stake move', options, async (session) => {
    const { bondingManager } = await session.contracts()
    const account = await session.address()
    const present = (await bondingManager.delegator(account)).delegate
    const to = await session.address(options.to)
    if (sameAddress(present, ZERO_ADDRESS)) {
      throw new UsageError(
        `${account} has nothing bonded.`,
        'Bond first: tessera stake bond AMOUNT --to ADDRESS.',
      )
    }
    if (sameAddress(present, to)) {
      return {
        result: { orchestrator: to, moved: 0n },
        lines: [`All is bonded to ${to} already; nothing was sent.`],
      }
    }
    return bondTo(session, { account, present, to, amount: lpt(0n) })
  })
}

type Bond = {
  readonly account: Address
  readonly present: Address
  readonly to: Address
  readonly amount: Lpt
}

async function bondTo(session: ChainSession, bond: Bond): Promise<Report> {
  const { account, present, to, amount } = bond
  const contracts = await session.contracts()
  const { bondingManager, roundsManager } = contracts
  const [staking, stake, isRegistered, round] = await Promise.all([
    session.staking(),
    bondingManager.pendingStake(account),
    bondingManager.isRegistered(to),
    roundsManager.currentRound(),
  ])
  const isMove = !sameAddress(present, to) && stake > 0n
  const moved = isMove ? stake : 0n
  const mayJoin = isRegistered || sameAddress(to, account)
  const changes = [
    ...(isMove ? [{ orchestrator: present, by: -moved, mayJoin: false }] : []),
    { orchestrator: to, by: moved + amount, mayJoin },
  ]
  const hints = await hintsFor(staking, changes)
  const says = amount > 0n ? `bond ${formatLpt(amount)} to ${to}` : `move ${formatLpt(moved)} to ${to}`
  const call = staking.bond(amount, to, {
    from: isMove ? (hints[0] ?? NO_HINT) : NO_HINT,
    to: hints.at(-1) ?? NO_HINT,
  })
  const plan: Plan = {
    steps: [...(await approval(session, account, amount)), { call, says }],
    ...warningOf({ to, mayJoin, alsoMoved: amount > 0n ? moved : 0n }),
    watch: watchStake(account, staking, contracts),
  }
  await session.perform(plan)
  return {
    result: { account, orchestrator: to, amount, moved, earnsFromRound: round + 1n },
    lines: session.isDryRun ? [] : [`${account} has bonded to ${to}.`],
    ...(mayJoin && {
      next: [`rewards and fees are shared with it from round ${round + 1n} on: tessera stake show`],
    }),
  }
}

function warningOf(bond: { to: Address; mayJoin: boolean; alsoMoved: bigint }): {
  readonly warning?: string
} {
  const doubts = [
    ...(bond.mayJoin ? [] : [`${bond.to} is no orchestrator: what is bonded to it earns nothing.`]),
    ...(bond.alsoMoved > 0n
      ? [`The ${formatLpt(bond.alsoMoved)} that are bonded to another orchestrator move there, too.`]
      : []),
  ]
  return doubts.length === 0 ? {} : { warning: doubts.join(' ') }
}
