/** @module TicketBroker: senders' deposits and reserves, and the redemption of winning tickets. */
import type { Address } from '@tessera/protocol/address'
import type { Ticket, WinningTicket } from '@tessera/protocol/ticket'
import { type Round, round, type Wei, wei } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'
import { ticketBrokerAbi as abi } from '../abis/ticket-broker.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import type { TransactionCall } from '../transaction-call.ts'
import { ticketStruct } from './ticket-struct.ts'

export type SenderInfo = {
  /** Pays winning tickets first. */
  readonly deposit: Wei
  /** Round from which the sender may withdraw; 0 when it never asked to. */
  readonly withdrawRound: Round
  /** What is left of the reserve, shared equally between the orchestrators active in this round. */
  readonly reserve: Wei
  /** Already taken from the reserve in the current round, by all. */
  readonly claimedInCurrentRound: Wei
}

/** Reads, and writes as values. */
export class TicketBroker {
  readonly address: Address
  readonly #contract: Contract<typeof abi>

  constructor(client: ChainClient, address: Address) {
    this.address = address
    this.#contract = new Contract(client, { name: 'TicketBroker', address, abi })
  }

  async senderInfo(sender: Address): Promise<SenderInfo> {
    const [{ deposit, withdrawRound }, { fundsRemaining, claimedInCurrentRound }] = await this.#contract.read(
      'getSenderInfo',
      [sender],
    )
    return {
      deposit: wei(deposit),
      withdrawRound: round(withdrawRound),
      reserve: wei(fundsRemaining),
      claimedInCurrentRound: wei(claimedInCurrentRound),
    }
  }

  /** What `recipient` can still take from the sender's reserve in this round; 0 when it is not active. */
  async claimableReserve(sender: Address, recipient: Address): Promise<Wei> {
    return wei(await this.#contract.read('claimableReserve', [sender, recipient]))
  }

  /** What `recipient` took from the sender's reserve in this round. */
  async claimedReserve(sender: Address, recipient: Address): Promise<Wei> {
    return wei(await this.#contract.read('claimedReserve', [sender, recipient]))
  }

  isUsed(ticketHash: Hex): Promise<boolean> {
    return this.#contract.read('usedTickets', [ticketHash])
  }

  /** In rounds after the creation round. */
  ticketValidityPeriod(): Promise<bigint> {
    return this.#contract.read('ticketValidityPeriod', [])
  }

  unlockPeriod(): Promise<bigint> {
    return this.#contract.read('unlockPeriod', [])
  }

  /** The contract's own hash of a ticket; `protocol` computes the same without a call. */
  ticketHash(ticket: Ticket): Promise<Hex> {
    return this.#contract.read('getTicketHash', [ticketStruct(ticket)])
  }

  /** Pays the face value to the recipient. Anyone may send it; needs an initialised round and an active recipient. */
  redeemWinningTicket(winning: WinningTicket): TransactionCall {
    const { ticket, signature, recipientRand } = winning
    return this.#contract.write('redeemWinningTicket', [ticketStruct(ticket), signature, recipientRand])
  }

  /** Adds to the sender's own deposit and reserve and cancels a pending unlock. */
  fundDepositAndReserve(deposit: Wei, reserve: Wei): TransactionCall {
    return this.#contract.write('fundDepositAndReserve', [deposit, reserve], deposit + reserve)
  }

  /** Starts the unlock period after which `withdraw` is allowed. */
  unlock(): TransactionCall {
    return this.#contract.write('unlock', [])
  }

  cancelUnlock(): TransactionCall {
    return this.#contract.write('cancelUnlock', [])
  }

  /** Takes deposit and reserve out. */
  withdraw(): TransactionCall {
    return this.#contract.write('withdraw', [])
  }
}
