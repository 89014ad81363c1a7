/** @module `tessera bridge withdraw`: LPT from L2 to L1. */
import type { Lpt } from '@tessera/protocol/units'
import { allow } from '../allowance.ts'
import { type AmountOrMax, formatLpt } from '../amounts.ts'
import { formatDuration } from '../duration.ts'
import type { SendingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { amountToSend } from './amount.ts'
import { type BridgeOptions, openBridge, watchBalance } from './open-bridge.ts'
import { receiver } from './receiver.ts'

type Options = SendingOptions & BridgeOptions & { readonly to?: string }

export function bridgeWithdraw(given: AmountOrMax<Lpt>, options: Options): Promise<void> {
  return withChain('bridge withdraw', options, async (session) => {
    const { bridgeL1, bridgeL2 } = await openBridge(session, options)
    const from = await session.address()
    const to = await receiver(session, options.to)
    const amount = await amountToSend(given, { token: bridgeL2.token, account: from, chain: 'L2' })
    const period = await bridgeL1.challengePeriod()
    const allowance = await allow(bridgeL2.token, {
      owner: from,
      spender: bridgeL2.addresses.L2LPTGateway,
      amount,
      says: `allow the gateway to burn ${formatLpt(amount)}`,
    })
    const burn = {
      call: bridgeL2.withdraw({ to, amount }),
      says: `send ${formatLpt(amount)} to ${to} on L1`,
    }
    await session.perform({
      steps: [...allowance, burn],
      warning: `The LPT leaves L2 at once; on L1 it is paid out when it is claimed, after ${formatDuration(Number(period))}.`,
      watch: [
        watchBalance({ chain: 'L2', client: session.client, token: bridgeL2.token.address, account: from }),
      ],
    })
    const facts = { amount, to, challengeSeconds: Number(period) }
    if (session.isDryRun) return { result: facts, lines: [] }
    const number = (await bridgeL2.withdrawals(from)).at(-1)?.position ?? 0n
    return {
      result: { ...facts, number },
      lines: [`Withdrawal ${number} left L2.`],
      next: [
        `tessera bridge claim ${number} pays it out on L1, about ${formatDuration(Number(period))} after the relayer confirmed it there; with --wait it waits for that.`,
      ],
    }
  })
}
