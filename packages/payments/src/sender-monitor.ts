/** @module What a sender can pay, read from the chain at most once a block. */
import type { Address } from '@tessera/protocol/address'
import type { BlockNumber, Round, Wei } from '@tessera/protocol/units'
import { maxFloat } from './max-float.ts'
import type { Broker, ChainClock, SenderInfo } from './ports.ts'
import type { TicketStore } from './ticket-store.ts'

type Funds = { readonly info: SenderInfo; readonly claimable: Wei; readonly block: BlockNumber }

/** Senders remembered; the one asked for longest ago is forgotten first. */
const MAX_SENDERS = 10_000

/** While the chain cannot be asked, the last answer counts: work goes on, on funds known to have been there. */
export class SenderMonitor {
  readonly #recipient: Address
  readonly #deps: {
    readonly broker: Broker
    readonly chain: ChainClock
    readonly store: Pick<TicketStore, 'openWinsOf'>
  }
  readonly #funds = new Map<string, Funds>()

  constructor(
    config: { readonly recipient: Address },
    deps: { broker: Broker; chain: ChainClock; store: Pick<TicketStore, 'openWinsOf'> },
  ) {
    this.#recipient = config.recipient
    this.#deps = deps
  }

  /** Largest face value this recipient can count on. Rejects when the chain never answered for the sender. */
  async maxFloat(sender: Address): Promise<Wei> {
    const { info, claimable } = await this.#current(sender)
    const wins = await this.#deps.store.openWinsOf(sender)
    const unredeemed = wins.filter((win) => win.state.kind !== 'mined')
    const pending = unredeemed.reduce((total, win) => total + win.winning.ticket.faceValue, 0n)
    return maxFloat({ claimable, deposit: info.deposit, pending })
  }

  /** True when the sender may take its funds out in this round or the next. */
  async isUnlocking(sender: Address): Promise<boolean> {
    const { info } = await this.#current(sender)
    return unlocksSoon(info, this.#deps.chain.view().currentRound)
  }

  async #current(sender: Address): Promise<Funds> {
    const known = this.#funds.get(sender)
    const block = this.#deps.chain.view().l1Block
    if (known && known.block >= block) return known
    try {
      const { broker } = this.#deps
      const [info, claimable] = await Promise.all([
        broker.senderInfo(sender),
        broker.claimableReserve(sender, this.#recipient),
      ])
      return this.#remember(sender, { info, claimable, block })
    } catch (error) {
      if (known) return known
      throw error
    }
  }

  #remember(sender: Address, funds: Funds): Funds {
    this.#funds.delete(sender)
    this.#funds.set(sender, funds)
    const [oldest] = this.#funds.keys()
    if (this.#funds.size > MAX_SENDERS && oldest !== undefined) this.#funds.delete(oldest)
    return funds
  }
}

/** go-livepeer's rule: unlocked within one round counts as unlocked. */
export function unlocksSoon(info: SenderInfo, currentRound: Round): boolean {
  return info.withdrawRound !== 0n && info.withdrawRound <= currentRound + 1n
}
