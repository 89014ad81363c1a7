/** @module `tessera bridge deposit`: LPT from L1 to L2. */
import { messageValue } from '@tessera/chain/bridge/l1'
import type { Lpt } from '@tessera/protocol/units'
import { allow } from '../allowance.ts'
import { type AmountOrMax, formatEth, formatLpt } from '../amounts.ts'
import type { SendingOptions } from '../options.ts'
import type { Report } from '../report.ts'
import { type ChainSession, withChain } from '../session.ts'
import { amountToSend } from './amount.ts'
import { messageFees } from './fees.ts'
import { NotYetError } from './not-yet.ts'
import { type BridgeOptions, type OpenBridge, openBridge, watchBalance } from './open-bridge.ts'
import { receiver } from './receiver.ts'
import { waitFor } from './waiting.ts'

type Options = SendingOptions & BridgeOptions & { readonly to?: string; readonly wait: boolean }

export function bridgeDeposit(given: AmountOrMax<Lpt>, options: Options): Promise<void> {
  return withChain('bridge deposit', options, async (session) => {
    const bridge = await openBridge(session, options)
    const { l1, bridgeL1, bridgeL2 } = bridge
    const from = await session.address()
    const to = await receiver(session, options.to)
    const amount = await amountToSend(given, { token: bridgeL1.token, account: from, chain: 'L1' })
    const data = await bridgeL1.depositMessage({ from, to, amount })
    const [gateway, target] = [bridgeL1.addresses.L1LPTGateway, bridgeL2.addresses.L2LPTGateway]
    const fees = await messageFees(bridge, { sender: gateway, to: target, data })
    const says = `allow the gateway to take ${formatLpt(amount)}`
    const steps = [
      ...(await allow(bridgeL1.token, { owner: from, spender: gateway, amount, says })),
      {
        call: bridgeL1.deposit({ to, amount, fees }),
        says: `send ${formatLpt(amount)} to ${to} on L2, with ${formatEth(messageValue(fees))} for the message`,
      },
    ]
    const watch = [watchBalance({ chain: 'L1', client: l1, token: bridgeL1.token.address, account: from })]
    await session.perform({ steps, watch }, l1)
    return report(session, bridge, { amount, to, fees: messageValue(fees), options })
  })
}

async function report(
  session: ChainSession,
  bridge: OpenBridge,
  sent: {
    readonly amount: Lpt
    readonly to: `0x${string}`
    readonly fees: bigint
    readonly options: Options
  },
): Promise<Report> {
  const { amount, to, fees, options } = sent
  const facts = { amount, to, messageValue: fees }
  if (session.isDryRun) return { result: facts, lines: [] }
  const deposits = await bridge.bridgeL1.deposits(await session.address())
  const number = deposits.at(-1)?.number ?? 0n
  if (!options.wait) {
    return {
      result: { ...facts, number, state: 'waiting' },
      lines: [`Deposit ${number} is on its way; it arrives a few seconds after the relayer saw its block.`],
      next: ['tessera bridge status says when it has arrived.'],
    }
  }
  const state = await waitFor(() => arrival(bridge, number), {
    seconds: options.timeout,
    late: async () =>
      new NotYetError(
        `Deposit ${number} has not arrived within ${options.timeout} s.`,
        'Is the relayer running? Look again with: tessera bridge status',
      ),
    advice: `Deposit ${number} is on its way. Look again with: tessera bridge status`,
  })
  return {
    result: { ...facts, number, state },
    lines: [
      state === 'arrived'
        ? `${formatLpt(amount)} arrived on L2.`
        : `The message of deposit ${number} failed on L2.`,
    ],
    next:
      state === 'failed' ? [`tessera bridge failed ${number} says why; tessera bridge retry ${number}`] : [],
  }
}

async function arrival({ bridgeL2 }: OpenBridge, number: bigint): Promise<'arrived' | 'failed' | undefined> {
  const state = await bridgeL2.ticketState(number)
  return state === 'waiting' ? undefined : state
}
