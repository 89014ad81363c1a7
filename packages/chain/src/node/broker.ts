/** @module The TicketBroker as payments want it: funds, redemption, and what redemption costs. */
import type { Address } from '@tessera/protocol/address'
import type { WinningTicket } from '@tessera/protocol/ticket'
import { type Wei, wei } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'
import type { ChainClient } from '../client.ts'
import type { SenderInfo, TicketBroker } from '../contracts/ticket-broker.ts'
import type { TransactionManager } from './transaction-manager.ts'

/**
 * Gas of a redemption. Measured on our contracts: 210,238 for a recipient's first ticket of a round, 168,755 for the
 * next, both from the deposit; a claim on the reserve writes more.
 */
const REDEMPTION_GAS = 300_000n

/** Fits the ports `Broker` and `RedemptionCost` of payments. */
export class RedeemingBroker {
  readonly #deps: {
    readonly client: ChainClient
    readonly ticketBroker: TicketBroker
    readonly transactions: TransactionManager
  }

  constructor(deps: {
    readonly client: ChainClient
    readonly ticketBroker: TicketBroker
    /** Of the account that pays the gas; the money goes to the ticket's recipient, whoever sends. */
    readonly transactions: TransactionManager
  }) {
    this.#deps = deps
  }

  senderInfo(sender: Address): Promise<SenderInfo> {
    return this.#deps.ticketBroker.senderInfo(sender)
  }

  claimableReserve(sender: Address, recipient: Address): Promise<Wei> {
    return this.#deps.ticketBroker.claimableReserve(sender, recipient)
  }

  isUsed(ticketHash: Hex): Promise<boolean> {
    return this.#deps.ticketBroker.isUsed(ticketHash)
  }

  /** Once per `key`, over restarts. @throws as `TransactionManager.execute`. */
  async redeem(
    ticket: WinningTicket,
    options: { readonly key: string; readonly signal: AbortSignal },
  ): Promise<{ readonly transaction: Hex }> {
    const call = this.#deps.ticketBroker.redeemWinningTicket(ticket)
    const receipt = await this.#deps.transactions.execute(call, options)
    return { transaction: receipt.hash }
  }

  /** At the node's current gas price. */
  async redemptionCost(): Promise<Wei> {
    const { client } = this.#deps
    const price = await client.guard(client.viem.getGasPrice(), { what: 'eth_gasPrice' })
    return wei(price * REDEMPTION_GAS)
  }
}
