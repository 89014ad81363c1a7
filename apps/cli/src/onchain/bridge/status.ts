/** @module `tessera bridge status`: what is under way, and where LPT is. */
import type { ExitState } from '@tessera/chain/bridge/l1'
import type { Withdrawal } from '@tessera/chain/bridge/l2'
import { type Address, sameAddress } from '@tessera/protocol/address'
import { formatTable } from '../../table.ts'
import { formatLpt } from '../amounts.ts'
import { formatDuration } from '../duration.ts'
import type { Json } from '../json.ts'
import type { ReadingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { type BridgeOptions, type OpenBridge, openBridge } from './open-bridge.ts'

type Options = ReadingOptions & BridgeOptions

/** The newest of each kind that are listed for people; JSON has all. */
const LISTED = 10

export function bridgeStatus(account: string | undefined, options: Options): Promise<void> {
  return withChain('bridge status', options, async (session) => {
    const bridge = await openBridge(session, options)
    const who = await session.subject(account)
    const { bridgeL2 } = bridge
    const [deposits, withdrawals, received, facts] = await Promise.all([
      depositsOf(bridge, who),
      bridgeL2.withdrawals(who).then((sent) => withExits(bridge, sent)),
      bridgeL2.withdrawalsTo(who).then((all) => withExits(bridge, ofOthers(all, who))),
      balances(bridge, who),
    ])
    const now = await bridge.bridgeL1.now()
    return {
      result: { account: who, ...facts, deposits, withdrawals, received },
      lines: [
        formatTable(
          [],
          Object.entries(facts).map(([name, value]) => [LABELS[name] ?? name, formatLpt(value)]),
        ),
        ...table('Deposits', deposits, ({ state }) => String(state)),
        ...table('Withdrawals', withdrawals, (row) => whenText(row, now)),
        ...table('Withdrawals of others to it', received, (row) => whenText(row, now)),
      ],
      next: [
        ...(withdrawals.some(({ state }) => state === 'claimable')
          ? ['tessera bridge claim pays out what is claimable.']
          : []),
        ...received
          .filter(({ state }) => state === 'claimable')
          .slice(-LISTED)
          .map(({ number }) => `tessera bridge claim ${number} pays out what was sent to this account.`),
        ...(deposits.some(({ state }) => state === 'failed')
          ? ['tessera bridge failed says why deposits failed; tessera bridge retry tries again.']
          : []),
      ],
    }
  })
}

const LABELS: Readonly<Record<string, string>> = {
  onL1: 'Account on L1',
  onL2: 'Account on L2',
  escrow: 'Escrow on L1',
  l2SupplyFromL1: 'On L2 from L1',
  l1TotalSupply: 'Supply of L1 as L2 knows it',
  l1CirculatingSupply: 'Supply of L1 not on L2',
}

async function balances({ bridgeL1, bridgeL2 }: OpenBridge, who: Address) {
  const [onL1, onL2, escrow, supply] = await Promise.all([
    bridgeL1.token.balanceOf(who),
    bridgeL2.token.balanceOf(who),
    bridgeL1.escrowBalance(),
    bridgeL2.supply(),
  ])
  return { onL1, onL2, escrow, ...supply }
}

type Row = {
  readonly number: bigint
  readonly to: string
  readonly amount: bigint
  readonly state: string
  readonly executableAt?: bigint
} & { readonly [name: string]: Json }

type ExitRow = Row & { readonly from: Address }

async function depositsOf({ bridgeL1, bridgeL2 }: OpenBridge, who: Address): Promise<readonly Row[]> {
  return Promise.all(
    (await bridgeL1.deposits(who)).map(async ({ number, to, amount }) => {
      const state = await bridgeL2.ticketState(number)
      return { number, to, amount, state }
    }),
  )
}

/** Those that the account did not make itself. */
function ofOthers(all: readonly Withdrawal[], who: Address): readonly Withdrawal[] {
  return all.filter(({ from }) => !sameAddress(from, who))
}

function withExits({ bridgeL1 }: OpenBridge, found: readonly Withdrawal[]): Promise<readonly ExitRow[]> {
  return Promise.all(
    found.map(async ({ position, from, to, amount }) => {
      const exit: ExitState = await bridgeL1.exitState(position)
      const at = 'executableAt' in exit ? { executableAt: exit.executableAt } : {}
      return { number: position, from, to, amount, state: exit.state, ...at }
    }),
  )
}

function whenText({ state, executableAt }: Row, now: bigint): string {
  if (state === 'unconfirmed') return 'waits for the relayer'
  if (state !== 'challengeable' || executableAt === undefined) return state
  return `claimable in about ${formatDuration(Number(executableAt - now))}`
}

function table(title: string, rows: readonly Row[], state: (row: Row) => string): readonly string[] {
  if (rows.length === 0) return []
  const listed = rows.slice(-LISTED)
  const more = rows.length > listed.length ? `, the last ${listed.length} of ${rows.length}` : ''
  return [
    '',
    `${title}${more}:`,
    formatTable(
      [],
      listed.map((row) => [String(row.number), formatLpt(row.amount), `to ${row.to}`, state(row)]),
    ),
  ]
}
