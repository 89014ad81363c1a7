/** @module A broker and its chain in memory, with the contract's rules, for tests of both sides. */
import { type Address, sameAddress } from '@tessera/protocol/address'
import type { Ticket, WinningTicket } from '@tessera/protocol/ticket'
import { blockNumber, type Round, round, type Wei, wei } from '@tessera/protocol/units'
import { isSignedBy } from '@tessera/protocol/wire/signatures'
import { recipientRandHash, ticketHash } from '@tessera/protocol/wire/ticket-hash'
import { fromHex, type Hex, toHex } from '@tessera/runtime/bytes'
import { BaseError } from '@tessera/runtime/errors'
import type { Broker, ChainClock, ChainView, RedemptionCost, SenderInfo } from './ports.ts'
import { isWinning } from './win.ts'

class ChainError extends BaseError {
  constructor(message: string) {
    super({ code: 'FAKE_CHAIN', message })
  }
}

/** One sender, one recipient, rounds of 20 blocks. Fields may be changed at will. */
export class FakeChain implements Broker, ChainClock, RedemptionCost {
  block = 1000n
  deposit: Wei = wei(10n ** 18n)
  reserve: Wei = wei(10n ** 18n)
  withdrawRound: Round = round(0n)
  cost: Wei = wei(10n ** 12n)
  isReachable = true
  isRoundInitialized = true
  /** Makes the next redemption fail after the transaction was mined, as a crash does. */
  forgetsAnswer = false
  readonly used: Set<Hex> = new Set()
  readonly paid: Ticket[] = []
  readonly #waiters: { readonly after: bigint; readonly wake: () => void }[] = []

  view(): ChainView {
    const currentRound = round(this.block / 20n)
    const lastInitializedRound = this.isRoundInitialized ? currentRound : round(currentRound - 1n)
    return {
      currentRound,
      lastInitializedRound,
      lastInitializedBlockHash: `0x${lastInitializedRound.toString(16).padStart(64, '0')}`,
      l1Block: blockNumber(this.block),
    }
  }

  mine(blocks = 1n): void {
    this.block += blocks
    for (const waiter of this.#waiters.splice(0)) {
      if (this.block > waiter.after) waiter.wake()
      else this.#waiters.push(waiter)
    }
  }

  blockAfter(after: bigint, { signal }: { readonly signal: AbortSignal }): Promise<void> {
    if (this.block > after) return Promise.resolve()
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
      this.#waiters.push({ after, wake: resolve })
    })
  }

  async senderInfo(_sender: Address): Promise<SenderInfo> {
    this.#ask()
    return { deposit: this.deposit, reserve: this.reserve, withdrawRound: this.withdrawRound }
  }

  async claimableReserve(): Promise<Wei> {
    this.#ask()
    return this.reserve
  }

  async isUsed(hash: Hex): Promise<boolean> {
    this.#ask()
    return this.used.has(hash)
  }

  async redemptionCost(): Promise<Wei> {
    this.#ask()
    return this.cost
  }

  async redeem({ ticket, signature, recipientRand }: WinningTicket): Promise<{ transaction: Hex }> {
    this.#ask()
    const bytes = ticketHash(ticket)
    const hash = toHex(bytes)
    const problem = this.#problem(ticket, hash, { signature, recipientRand, bytes })
    if (problem) throw new ChainError(problem)
    this.used.add(hash)
    this.paid.push(ticket)
    this.deposit = wei(this.deposit - ticket.faceValue)
    if (this.forgetsAnswer) {
      this.forgetsAnswer = false
      throw new ChainError('connection lost')
    }
    return { transaction: hash }
  }

  #problem(
    ticket: Ticket,
    hash: Hex,
    proof: { signature: Hex; recipientRand: bigint; bytes: Uint8Array },
  ): string | undefined {
    const signature = fromHex(proof.signature)
    const { winProb } = ticket
    if (ticket.creationRound + 2n <= this.view().currentRound) return 'ticket is expired'
    if (recipientRandHash(proof.recipientRand) !== ticket.recipientRandHash)
      return 'recipientRand does not match'
    if (this.used.has(hash)) return 'ticket is used'
    if (!isSignedBy(ticket.sender, proof.bytes, signature)) return 'invalid signature'
    if (!isWinning({ winProb, signature, recipientRand: proof.recipientRand })) return 'ticket did not win'
    if (sameAddress(ticket.sender, ticket.recipient) || this.deposit < ticket.faceValue) return 'no funds'
    return undefined
  }

  #ask(): void {
    if (!this.isReachable) throw new ChainError('chain unreachable')
  }
}
