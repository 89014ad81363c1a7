/** @module What a message to L2 may cost, with room for changes until it arrives. */
import type { MessageFees } from '@tessera/chain/bridge/l1'
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import type { OpenBridge } from './open-bridge.ts'

/** @throws {RevertedError} when L2 would refuse the message now. */
export async function messageFees(
  { bridgeL1, bridgeL2 }: OpenBridge,
  message: { readonly sender: Address; readonly to: Address; readonly data: Hex },
): Promise<MessageFees> {
  const [gas, maxSubmissionCost] = await Promise.all([
    bridgeL2.messageGas(message),
    bridgeL1.submissionCost(message.data),
  ])
  return { ...gas, maxSubmissionCost }
}
