/** @module `tessera bridge claim`: pays out withdrawals on L1. */
import type { ExitState } from '@tessera/chain/bridge/l1'
import { formatDuration } from '../duration.ts'
import type { SendingOptions } from '../options.ts'
import { NotFoundError } from '../problems.ts'
import type { Report } from '../report.ts'
import { type ChainSession, withChain } from '../session.ts'
import { NotYetError } from './not-yet.ts'
import { type BridgeOptions, type OpenBridge, openBridge } from './open-bridge.ts'
import { waitFor } from './waiting.ts'

type Options = SendingOptions & BridgeOptions & { readonly wait: boolean }

type Pending = { readonly number: bigint; readonly exit: ExitState }

/** One withdrawal, or all of the account that can be paid out. */
export function bridgeClaim(number: number | undefined, options: Options): Promise<void> {
  return withChain('bridge claim', options, async (session) => {
    const bridge = await openBridge(session, options)
    const numbers = number === undefined ? await ownNumbers(session, bridge) : [BigInt(number)]
    await assertSent(bridge, numbers)
    const found = options.wait
      ? await waited(session, bridge, { numbers, seconds: options.timeout })
      : await states(bridge, numbers)
    const claimable = found.filter(({ exit }) => exit.state === 'claimable')
    if (number !== undefined && claimable.length === 0) return nothingToDo(bridge, found[0]!)
    for (const { number: position } of claimable) {
      const says = `pay out withdrawal ${position}`
      const call = bridge.bridgeL1.claim(await bridge.bridgeL2.exit(position))
      await session.perform({ steps: [{ call, says }] }, bridge.l1)
    }
    return report(session, bridge, found)
  })
}

async function ownNumbers(session: ChainSession, { bridgeL2 }: OpenBridge): Promise<readonly bigint[]> {
  return (await bridgeL2.withdrawals(await session.address())).map(({ position }) => position)
}

async function assertSent({ bridgeL2 }: OpenBridge, numbers: readonly bigint[]): Promise<void> {
  const count = await bridgeL2.exitCount()
  const unknown = numbers.find((number) => number >= count)
  if (unknown === undefined) return
  throw new NotFoundError(
    `There is no withdrawal ${unknown}.`,
    'tessera bridge status lists those of an account.',
  )
}

function states({ bridgeL1 }: OpenBridge, numbers: readonly bigint[]): Promise<readonly Pending[]> {
  return Promise.all(numbers.map(async (number) => ({ number, exit: await bridgeL1.exitState(number) })))
}

/** Until none waits any more; says at each step what for. @throws {NotYetError} */
async function waited(
  session: ChainSession,
  bridge: OpenBridge,
  { numbers, seconds }: { readonly numbers: readonly bigint[]; readonly seconds: number },
): Promise<readonly Pending[]> {
  const told = new Set<string>()
  const look = async (): Promise<readonly Pending[] | undefined> => {
    const found = await states(bridge, numbers)
    const waiting = found.filter(waits)
    for (const { number, exit } of waiting) {
      if (told.has(`${number} ${exit.state}`)) continue
      told.add(`${number} ${exit.state}`)
      session.tell(
        `Withdrawal ${number} can be claimed ${(await whenPossible(bridge, exit)).text}; waiting …`,
      )
    }
    return waiting.length === 0 ? found : undefined
  }
  const late = async (): Promise<NotYetError> => {
    const first = (await states(bridge, numbers)).find(waits)
    return first === undefined
      ? new NotYetError(`It became possible just after ${seconds} s.`, 'Run the command again.')
      : await tooEarly(bridge, first, lateAdvice(first))
  }
  return waitFor(look, { seconds, late, advice: 'Nothing is lost: run the same command again later.' })
}

const waits = ({ exit }: Pending): boolean => exit.state === 'unconfirmed' || exit.state === 'challengeable'

/** Only the confirmation is the relayer's to bring. */
const lateAdvice = ({ exit }: Pending): string =>
  exit.state === 'unconfirmed'
    ? 'Is the relayer running? tessera bridge status says how far it is.'
    : 'Run the command again then, or with a longer --timeout.'

/** Done before: fine. Too early: an error that says when. */
async function nothingToDo(bridge: OpenBridge, { number, exit }: Pending): Promise<Report> {
  if (exit.state === 'claimed') {
    const lines = [`Withdrawal ${number} was claimed before; nothing was sent.`]
    return { result: { claimed: [], waiting: [] }, lines }
  }
  throw await tooEarly(bridge, { number, exit }, 'Run the command again then, or with --wait.')
}

async function tooEarly(bridge: OpenBridge, { number, exit }: Pending, advice: string): Promise<NotYetError> {
  const when = await whenPossible(bridge, exit)
  return new NotYetError(`Withdrawal ${number} can be claimed ${when.text}.`, advice, {
    number,
    ...(when.seconds !== undefined && { claimableInSeconds: when.seconds }),
  })
}

async function whenPossible(
  { bridgeL1 }: OpenBridge,
  exit: ExitState,
): Promise<{ readonly text: string; readonly seconds?: bigint }> {
  if (!('executableAt' in exit)) {
    const period = formatDuration(Number(await bridgeL1.challengePeriod()))
    return { text: `${period} after the relayer has confirmed it on L1, which it has not yet` }
  }
  const left = exit.executableAt - (await bridgeL1.now())
  const seconds = left > 0n ? left : 0n
  return { text: `in about ${formatDuration(Number(seconds))}`, seconds }
}

async function report(session: ChainSession, bridge: OpenBridge, found: readonly Pending[]): Promise<Report> {
  const claimed = found.filter(({ exit }) => exit.state === 'claimable').map(({ number }) => number)
  const waiting = found.filter(waits)
  const lines = await Promise.all(
    waiting.map(
      async ({ number, exit }) =>
        `Withdrawal ${number} can be claimed ${(await whenPossible(bridge, exit)).text}.`,
    ),
  )
  const done = claimed.length === 0 ? 'There is nothing to claim now.' : `Paid out: ${claimed.join(', ')}.`
  return {
    result: { claimed, waiting: waiting.map(({ number }) => number) },
    lines: session.isDryRun ? lines : [done, ...lines],
  }
}
