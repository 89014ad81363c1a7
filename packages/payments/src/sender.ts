/** @module Pays with tickets: the gateway's side on chain. */
import type { Address } from '@tessera/protocol/address'
import type { Price } from '@tessera/protocol/price'
import type { Signer } from '@tessera/protocol/signer'
import type { Payment, Ticket, TicketParams } from '@tessera/protocol/ticket'
import type { BlockNumber, Wei } from '@tessera/protocol/units'
import { MAX_TICKETS_PER_PARAMS } from '@tessera/protocol/wire/limits'
import { ticketHash } from '@tessera/protocol/wire/ticket-hash'
import { toHex } from '@tessera/runtime/bytes'
import { type Credit, credit, ticketValue, weiToCredit } from './credit.ts'
import type { Payer, PaymentTerms, StagedPayment } from './payer.ts'
import { PaymentError } from './payment-error.ts'
import type { ChainClock, SenderFunds, SenderInfo } from './ports.ts'
import { checkTickets, type SenderLimits } from './sender-checks.ts'
import { SenderLedger, ticketsNeeded, type Withdrawal } from './sender-ledger.ts'

/**
 * Keeps no state across restarts: new quotes bring new parameters, so nonces start anew, and at most a few tickets'
 * worth of credit is forgotten.
 */
export class TicketSender implements Payer {
  readonly address: Address
  readonly #limits: SenderLimits
  readonly #deps: { readonly signer: Signer; readonly funds: SenderFunds; readonly chain: ChainClock }
  readonly #ledger = new SenderLedger()
  /** Last nonce used with each set of parameters, kept until they expire. */
  readonly #nonces = new Map<string, { readonly last: number; readonly expirationBlock: BlockNumber }>()
  #funds: { readonly info: SenderInfo; readonly block: BlockNumber } | undefined

  constructor(limits: SenderLimits, deps: { signer: Signer; funds: SenderFunds; chain: ChainClock }) {
    this.#limits = limits
    this.#deps = deps
    this.address = deps.signer.address
  }

  isQuoteStale({ ticketParams }: PaymentTerms): boolean {
    if (!ticketParams || ticketValue(ticketParams) === 0n) return false
    return ticketParams.expirationBlock - this.#deps.chain.view().l1Block <= this.#limits.staleBlocks
  }

  /** What the orchestrator owes in work under this key, exact. */
  credit(balanceKey: string): Credit {
    return this.#ledger.credit(balanceKey)
  }

  async stage(request: {
    readonly quote: PaymentTerms
    readonly balanceKey: string
    readonly fee: Wei
  }): Promise<StagedPayment> {
    const { ticketParams: params, price } = request.quote
    if (!params || !price) {
      throw new PaymentError('PAYMENT_TERMS_MISSING', 'The quote has no ticket parameters or no price.')
    }
    const { wei, units } = price
    if (!this.#ledger.acceptsPrice(request.balanceKey, price)) {
      throw new PaymentError('PAYMENT_PRICE_DOUBLED', 'The price has more than doubled.', { wei, units })
    }
    const withdrawal = this.#ledger.withdraw(request.balanceKey, price)
    try {
      return await this.#stage(params, price, { fee: request.fee, withdrawal })
    } catch (error) {
      withdrawal.undo()
      throw error
    }
  }

  async #stage(
    params: TicketParams,
    price: Price,
    { fee, withdrawal }: { readonly fee: Wei; readonly withdrawal: Withdrawal },
  ): Promise<StagedPayment> {
    const value = ticketValue(params)
    const { existing } = withdrawal
    const count = ticketsNeeded({ fee: weiToCredit(fee), ticketValue: value, existing })
    const made = count === 0 ? { tickets: [] } : await this.#makeTickets(params, count)
    return {
      payment: { sender: this.address, expectedPrice: price, ...made },
      tickets: count,
      settle: (outcome) => withdrawal.settle(credit(value * BigInt(count)), outcome),
    }
  }

  async #makeTickets(
    quoted: TicketParams,
    count: number,
  ): Promise<Pick<Payment, 'ticketParams' | 'tickets'>> {
    const view = this.#deps.chain.view()
    checkTickets({ params: quoted, count }, { view, funds: await this.#readFunds() }, this.#limits)
    const params = this.#withExpiration(quoted)
    const first = this.#takeNonces(params, count)
    const tickets = []
    for (let senderNonce = first; senderNonce < first + count; senderNonce++) {
      const ticket: Ticket = { ...params, ...params.expirationParams, sender: this.address, senderNonce }
      const signature = await this.#deps.signer.signMessageHash(ticketHash(ticket))
      tickets.push({ senderNonce, signature: toHex(signature) })
    }
    return { ticketParams: params, tickets }
  }

  /** Once a block; while the chain cannot be asked, the last answer counts. */
  async #readFunds(): Promise<SenderInfo> {
    const block = this.#deps.chain.view().l1Block
    if (this.#funds && this.#funds.block >= block) return this.#funds.info
    try {
      this.#funds = { info: await this.#deps.funds.senderInfo(this.address), block }
    } catch (error) {
      if (!this.#funds) throw error
    }
    return this.#funds.info
  }

  /** An orchestrator that states no creation round leaves it to the sender. */
  #withExpiration(params: TicketParams): TicketParams {
    const { creationRound, creationRoundBlockHash } = params.expirationParams
    if (creationRound !== 0n && BigInt(creationRoundBlockHash) !== 0n) return params
    const { lastInitializedRound, lastInitializedBlockHash } = this.#deps.chain.view()
    return {
      ...params,
      expirationParams: {
        creationRound: lastInitializedRound,
        creationRoundBlockHash: lastInitializedBlockHash,
      },
    }
  }

  /** The first of `count` nonces in a row, counted from 1 for each set of parameters. */
  #takeNonces({ recipientRandHash, expirationBlock }: TicketParams, count: number): number {
    const { l1Block } = this.#deps.chain.view()
    for (const [hash, used] of this.#nonces) if (used.expirationBlock < l1Block) this.#nonces.delete(hash)
    const last = this.#nonces.get(recipientRandHash)?.last ?? 0
    if (last + count > MAX_TICKETS_PER_PARAMS) {
      throw new PaymentError('PAYMENT_NONCES_EXHAUSTED', 'The ticket parameters are used up.', {
        used: last,
        needed: count,
      })
    }
    this.#nonces.set(recipientRandHash, { last: last + count, expirationBlock })
    return last + 1
  }
}
