/** @module A gateway and an orchestrator that pay each other over the wire's bytes, for tests. */
import type { Address } from '@tessera/protocol/address'
import { privateKeySigner } from '@tessera/protocol/private-key-signer'
import type { Signer } from '@tessera/protocol/signer'
import type { Payment } from '@tessera/protocol/ticket'
import { wei } from '@tessera/protocol/units'
import { decodePaymentHeader, encodePaymentHeader } from '@tessera/protocol/wire/payment'
import { noopMetrics } from '@tessera/runtime/metrics'
import { seededRandom } from '@tessera/runtime/random'
import { VirtualClock } from '@tessera/testing/virtual-clock'
import { FakeChain } from './fake-chain.suite.ts'
import { MemoryTicketStore } from './memory-ticket-store.ts'
import type { Work } from './payee.ts'
import type { PaymentTerms } from './payer.ts'
import { TicketRecipient } from './recipient.ts'
import { TicketSender } from './sender.ts'
import type { SenderLimits } from './sender-checks.ts'
import type { TicketPolicy } from './ticket-params.ts'
import type { TicketStore } from './ticket-store.ts'

const key = (byte: number): Signer => privateKeySigner(new Uint8Array(32).fill(byte))
export const GATEWAY: Signer = key(1)
export const STRANGER: Signer = key(2)
export const RECIPIENT: Address = key(3).address

/** Tickets worth 1e13 wei that win with probability 1/3. */
export const POLICY: TicketPolicy = {
  ticketEv: wei(10n ** 13n),
  txCostMultiplier: 100n,
  maxFaceValue: wei(3n * 10n ** 13n),
  expirationBlocks: 6n,
  addsRedemptionCost: true,
}

export const LIMITS: SenderLimits = {
  maxTicketEv: wei(10n ** 14n),
  maxTotalEv: wei(10n ** 16n),
  depositMultiplier: 1n,
  staleBlocks: 2n,
}

export const WORK: Work = {
  sender: GATEWAY.address,
  balanceKey: 'f1405ced',
  purpose: 'transcode',
  basePrice: { wei: 1000n, units: 1n },
}

export type World = {
  readonly chain: FakeChain
  readonly store: TicketStore
  readonly clock: VirtualClock
  readonly sender: TicketSender
  readonly recipient: TicketRecipient
  /** The orchestrator again, as after a restart. */
  reopen(): Promise<TicketRecipient>
}

/** `seed` decides which tickets win. */
export async function createWorld(options: { seed?: number; store?: TicketStore } = {}): Promise<World> {
  const chain = new FakeChain()
  const store = options.store ?? new MemoryTicketStore()
  const clock = new VirtualClock()
  const random = seededRandom(options.seed ?? 1)
  const deps = { broker: chain, cost: chain, chain, store, clock, random, metrics: noopMetrics }
  const config = { recipient: RECIPIENT, policy: POLICY, accountIdleMs: 600_000 }
  const recipient = await TicketRecipient.open(config, deps)
  const sender = new TicketSender(LIMITS, { signer: GATEWAY, funds: chain, chain })
  return { chain, store, clock, sender, recipient, reopen: () => TicketRecipient.open(config, deps) }
}

export async function termsOf(
  recipient: TicketRecipient,
  work: Work = WORK,
): Promise<Required<PaymentTerms>> {
  const quoted = await recipient.quote(work)
  if (quoted.kind !== 'quoted' || !quoted.terms.ticketParams || !quoted.terms.price) {
    throw new Error(`no quote: ${JSON.stringify(quoted)}`)
  }
  return { ticketParams: quoted.terms.ticketParams, price: quoted.terms.price }
}

/** Through the header and back, as between two processes. */
export function overTheWire(payment: Payment | undefined): Payment {
  return decodePaymentHeader(payment && encodePaymentHeader(payment))
}
