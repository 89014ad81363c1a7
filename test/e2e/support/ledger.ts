/** @module The money of a running network, as the chain tells it and as the orchestrators' books tell it. */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ChainClient } from '@tessera/chain/client'
import { devPrivateKey } from '@tessera/chain/deploy/dev-key'
import { devnetController } from '@tessera/chain/deploy/devnet'
import { devnetConfig } from '@tessera/chain/deploy/devnet-config'
import type { ChainEvent } from '@tessera/chain/events'
import { eventsInRange } from '@tessera/chain/events-in-range'
import { connectContracts } from '@tessera/chain/livepeer-contracts'
import type { StoredWin } from '@tessera/payments/ticket-store'
import { decodeWin } from '@tessera/payments/win-row'
import type { Address } from '@tessera/protocol/address'
import { privateKeySigner } from '@tessera/protocol/private-key-signer'
import { fromHex } from '@tessera/runtime/bytes'
import { systemClock } from '@tessera/runtime/clock'

const addressOf = (account: number): Address => privateKeySigner(fromHex(devPrivateKey(account))).address

export const GATEWAY: Address = addressOf(1)
export const ORCHESTRATORS: readonly Address[] = [addressOf(2), addressOf(3)]
const DELEGATOR = addressOf(4)

export const INITIAL_SUPPLY: bigint = devnetConfig([]).supply

export type Ledger = {
  readonly events: readonly ChainEvent[]
  readonly deposit: bigint
  readonly reserve: bigint
  /** Earned and not withdrawn yet, of orchestrators and delegator together. */
  readonly pendingFees: bigint
  readonly supply: bigint
}

/** All of one block: the chain stands still meanwhile, and goes on after it. */
export async function chainLedger(rpcPort: number): Promise<Ledger> {
  const client = await ChainClient.connect({ url: `http://127.0.0.1:${rpcPort}` }, { clock: systemClock })
  const contracts = await connectContracts(client, devnetController(addressOf(0)))
  await client.raw('evm_setIntervalMining', [0])
  try {
    const to = await client.headNumber()
    const [events, funds, supply, ...fees] = await Promise.all([
      eventsInRange(client, contracts.addresses, { from: 0n, to }),
      contracts.ticketBroker.senderInfo(GATEWAY),
      contracts.token.totalSupply(),
      ...[...ORCHESTRATORS, DELEGATOR].map((account) => contracts.bondingManager.pendingFees(account)),
    ])
    return {
      events,
      deposit: funds.deposit,
      reserve: funds.reserve,
      pendingFees: fees.reduce((sum, fee) => sum + fee, 0n),
      supply,
    }
  } finally {
    await client.raw('evm_setIntervalMining', [1])
  }
}

/** Every win in an orchestrator's books. Its process must have ended: it lets nobody else in. */
export function winsInBooks(dataFolder: string, orchestrator: number): readonly StoredWin[] {
  return globSync(join(dataFolder, `orchestrator-${orchestrator}`, 'tickets-*.sqlite')).flatMap((path) => {
    const books = new DatabaseSync(path)
    try {
      return books.prepare('SELECT * FROM wins').all().map(decodeWin)
    } finally {
      books.close()
    }
  })
}
