/** @module The settings of each process of a local network. */
import { DEVNET_PRICE, DEVNET_SENDER_LIMITS, DEVNET_TICKET_POLICY } from '@tessera/payments/devnet-terms'
import type { Hex } from '@tessera/runtime/bytes'
import type { NetworkPorts } from './ports.ts'

export type NetworkFacts = {
  readonly ports: NetworkPorts
  readonly controller: Hex
  readonly page: string
  /** Real-time AI on every stream. */
  readonly realtime: boolean
  /** Makes the folder and gives its path. */
  readonly dataFolder: (name: string) => string
  readonly keys: { readonly gateway: Hex; orchestrator(index: number): Hex }
}

export type NetworkSettings = {
  readonly gateway: unknown
  readonly orchestrators: readonly unknown[]
  readonly workers: readonly unknown[]
}

/** Real-time AI that every stream of a local network gets. */
export const LOCAL_PIPELINE = 'tessera/edge-sketch'

/** Between the two processes of one node on this machine; not a secret worth keeping. */
const WORKER_SECRET = 'local-network'

/** JSON has no bigint: amounts are decimal text. */
const PRICE = { wei: String(DEVNET_PRICE.wei), units: String(DEVNET_PRICE.units) }

export function networkSettings(facts: NetworkFacts): NetworkSettings {
  const { ports } = facts
  const chain = { rpcUrl: `http://127.0.0.1:${ports.rpc}`, controller: facts.controller }
  return {
    gateway: {
      rtmp: { host: '127.0.0.1', port: ports.rtmp },
      http: { host: '127.0.0.1', port: ports.http },
      dataFolder: facts.dataFolder('gateway'),
      pageFolder: facts.page,
      chain: {
        ...chain,
        privateKey: facts.keys.gateway,
        maxTicketEv: String(DEVNET_SENDER_LIMITS.maxTicketEv),
        maxTotalEv: String(DEVNET_SENDER_LIMITS.maxTotalEv),
      },
      ...(facts.realtime && { realtime: { modelId: LOCAL_PIPELINE } }),
    },
    orchestrators: ports.orchestrators.map(({ service }, k) => ({
      port: service,
      dataFolder: facts.dataFolder(`orchestrator-${k + 1}`),
      secret: WORKER_SECRET,
      price: PRICE,
      chain: { ...chain, privateKey: facts.keys.orchestrator(k), ...TICKETS },
    })),
    workers: ports.orchestrators.map(({ service, runner }) => ({
      orchestratorUrl: `https://127.0.0.1:${service}`,
      secret: WORKER_SECRET,
      runner: { port: runner },
    })),
  }
}

/** Small sums and short waits, so that a person sees tickets win, be redeemed and be paid out within half a minute. */
const TICKETS = {
  ticketEv: String(DEVNET_TICKET_POLICY.ticketEv),
  maxFaceValue: String(DEVNET_TICKET_POLICY.maxFaceValue),
  txCostMultiplier: String(DEVNET_TICKET_POLICY.txCostMultiplier),
  ticketBlocks: String(DEVNET_TICKET_POLICY.expirationBlocks),
  finalBlocks: '3',
  openRoundDelayMs: 1_000,
  withdrawAboveWei: '10000000000000000',
}
