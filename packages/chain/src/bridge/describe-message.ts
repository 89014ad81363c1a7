/** @module A message to L2 in words, as far as it is one of LPT's bridge. */
import { sameAddress } from '@tessera/protocol/address'
import { decodeFunctionData } from 'viem'
import { l2LPTDataCacheAbi } from '../abis/l2-lptdata-cache.ts'
import { l2LPTGatewayAbi } from '../abis/l2-lptgateway.ts'
import { valueText } from '../reverts/value-text.ts'
import type { L2BridgeAddresses } from './addresses.ts'
import type { Ticket } from './messages.ts'

/** e.g. `100 LPT from 0x… to 0x…`; target and raw data of what is not known. */
export function describeMessage({ to, data, l2CallValue }: Ticket, known: L2BridgeAddresses): string {
  const ether = l2CallValue > 0n ? ` with ${valueText(l2CallValue, 'eth')}` : ''
  try {
    if (sameAddress(to, known.L2LPTGateway)) {
      const { functionName, args } = decodeFunctionData({ abi: l2LPTGatewayAbi, data })
      if (functionName === 'finalizeInboundTransfer') {
        return `${valueText(args[3], 'lpt')} from ${args[1]} to ${args[2]}${ether}`
      }
    }
    if (sameAddress(to, known.L2LPTDataCache)) {
      const { functionName, args } = decodeFunctionData({ abi: l2LPTDataCacheAbi, data })
      if (functionName === 'finalizeCacheTotalSupply') {
        return `the supply of L1: ${valueText(args[0], 'lpt')}${ether}`
      }
    }
  } catch {
    // Anybody can send any bytes.
  }
  return `${to}.call(${data})${ether}`
}
