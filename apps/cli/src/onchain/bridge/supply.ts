/** @module `tessera bridge supply`: tells L2 the supply of L1. */
import { messageValue } from '@tessera/chain/bridge/l1'
import { formatEth, formatLpt } from '../amounts.ts'
import type { SendingOptions } from '../options.ts'
import { withChain } from '../session.ts'
import { messageFees } from './fees.ts'
import { type BridgeOptions, openBridge } from './open-bridge.ts'

export function bridgeSupply(options: SendingOptions & BridgeOptions): Promise<void> {
  return withChain('bridge supply', options, async (session) => {
    const bridge = await openBridge(session, options)
    const { l1, bridgeL1, bridgeL2 } = bridge
    const [sender, to] = [bridgeL1.addresses.L1LPTDataCache, bridgeL2.addresses.L2LPTDataCache]
    const fees = await messageFees(bridge, { sender, to, data: await bridgeL1.supplyMessage() })
    const supply = await bridgeL1.token.totalSupply()
    const says = `tell L2 that L1 has ${formatLpt(supply)}, with ${formatEth(messageValue(fees))} for the message`
    await session.perform({ steps: [{ call: bridgeL1.pushSupply(fees), says }] }, l1)
    return {
      result: { l1TotalSupply: supply, messageValue: messageValue(fees) },
      lines: session.isDryRun ? [] : ['The message is on its way.'],
      next: ['tessera bridge status shows what L2 knows; the Minter reckons with it from the next round on.'],
    }
  })
}
