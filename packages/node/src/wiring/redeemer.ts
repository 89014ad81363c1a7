/** @module The redeemer, wired: in the orchestrator's process, over the same store and transactions. */
import type { TicketBroker } from '@tessera/chain/contracts/ticket-broker'
import { Redeemer, type RedeemerDeps } from '@tessera/payments/redeemer'
import type { Address } from '@tessera/protocol/address'
import type { TaskScope } from '@tessera/runtime/task-scope'

const CONCURRENT_REDEMPTIONS = 4

/** Runs until `scope` closes. The validity of tickets is what the contract says. */
export async function startRedeemer(
  config: { readonly recipient: Address; readonly finalBlocks: bigint },
  deps: RedeemerDeps & { readonly ticketBroker: TicketBroker },
  scope: TaskScope,
): Promise<Redeemer> {
  const validityRounds = await deps.ticketBroker.ticketValidityPeriod()
  const redeemer = new Redeemer({ ...config, validityRounds, concurrency: CONCURRENT_REDEMPTIONS }, deps)
  scope.defer(() => redeemer.close())
  redeemer.start()
  return redeemer
}
