/** @module A call in words, as far as its contract is one of ours. */
import { sameAddress } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { decodeFunctionData } from 'viem'
import { valueText } from '../reverts/value-text.ts'
import { GOVERNED_ABIS, GOVERNED_NAMES, type GovernedAddresses, type GovernedName } from './contract-abis.ts'
import type { ProposalAction } from './proposal.ts'

/** e.g. `LivepeerToken.transfer(0x…, 10 LPT)`; the target and the raw data of what is not known. */
export function describeCall({ target, data, value }: ProposalAction, known: GovernedAddresses): string {
  const ether = value > 0n ? ` with ${valueText(value, 'eth')}` : ''
  const name = [...GOVERNED_NAMES, 'Governor' as const].find((one) => {
    const at = known[one]
    return at !== undefined && sameAddress(at, target)
  })
  const call = name === undefined ? undefined : decoded(name, data)
  if (call) return `${call}${ether}`
  return data === '0x' ? `send${ether || ' nothing'} to ${target}` : `${name ?? target}.call(${data})${ether}`
}

function decoded(name: GovernedName, data: Hex): string | undefined {
  try {
    const { functionName, args } = decodeFunctionData({ abi: GOVERNED_ABIS[name], data })
    const isToken = name === 'LivepeerToken'
    const texts = (args ?? []).map((arg) =>
      isToken && typeof arg === 'bigint' ? valueText(arg, 'lpt') : valueText(arg, undefined),
    )
    return `${name}.${functionName}(${texts.join(', ')})`
  } catch {
    return undefined
  }
}
