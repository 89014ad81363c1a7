/** @module StablecoinTicketBroker: tickets in one ERC-20, and the delegators' shares of those fees. */
import type { Address } from '@tessera/protocol/address'
import { type Round, round } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'
import { stablecoinTicketBrokerAbi as abi } from '../abis/stablecoin-ticket-broker.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import type { TransactionCall } from '../transaction-call.ts'
import type { StablecoinTicket } from './stablecoin-tickets.ts'
import { ticketStruct } from './ticket-struct.ts'

/** Amounts in the token's smallest unit. */
export type StablecoinSenderInfo = {
  /** Pays winning tickets first. */
  readonly deposit: bigint
  /** Round from which the sender may withdraw; 0 when it never asked to. */
  readonly withdrawRound: Round
  /** What is left of the reserve, shared equally between the orchestrators active in this round. */
  readonly reserve: bigint
  /** Already taken from the reserve in the current round, by all. */
  readonly claimedInCurrentRound: bigint
}

/** Fees of one orchestrator in one round. Amounts in the token's smallest unit, stake in LPT wei. */
export type StablecoinRoundFees = {
  /** For all stakers by stake, the orchestrator among them. */
  readonly shared: bigint
  /** For the orchestrator beforehand. */
  readonly commission: bigint
  /** Already paid out, of both. */
  readonly paid: bigint
  /** Part of each fee that is shared, in millionths. */
  readonly feeShare: bigint
  readonly totalStake: bigint
  /** The orchestrator's own part of that stake. */
  readonly ownStake: bigint
}

export type WinningStablecoinTicket = {
  readonly ticket: StablecoinTicket
  /** 65 bytes r, s, v, see `signStablecoinTicket`. */
  readonly signature: Hex
  readonly recipientRand: bigint
}

/** Reads, and writes as values. */
export class StablecoinBroker {
  readonly address: Address
  readonly #contract: Contract<typeof abi>

  constructor(client: ChainClient, address: Address) {
    this.address = address
    this.#contract = new Contract(client, { name: 'StablecoinTicketBroker', address, abi })
  }

  /** The ERC-20 of this broker. */
  token(): Promise<Address> {
    return this.#contract.read('token', [])
  }

  async senderInfo(sender: Address): Promise<StablecoinSenderInfo> {
    const [{ deposit, withdrawRound }, { fundsRemaining, claimedInCurrentRound }] = await this.#contract.read(
      'getSenderInfo',
      [sender],
    )
    return { deposit, withdrawRound: round(withdrawRound), reserve: fundsRemaining, claimedInCurrentRound }
  }

  /** What `recipient` can still take from the sender's reserve in this round; 0 when it is not active. */
  claimableReserve(sender: Address, recipient: Address): Promise<bigint> {
    return this.#contract.read('claimableReserve', [sender, recipient])
  }

  isUsed(ticketHash: Hex): Promise<boolean> {
    return this.#contract.read('usedTickets', [ticketHash])
  }

  /** The contract's own hash of a ticket; `stablecoinTicketHash` computes the same without a call. */
  ticketHash(ticket: StablecoinTicket): Promise<Hex> {
    return this.#contract.read('getTicketHash', [ticketStruct(ticket)])
  }

  roundFees(orchestrator: Address, inRound: Round): Promise<StablecoinRoundFees> {
    return this.#contract.read('getRoundFees', [orchestrator, inRound])
  }

  /** What `staker` would be paid for a past round; 0 for the current one, and after its claim. */
  claimableFees(staker: Address, orchestrator: Address, inRound: Round): Promise<bigint> {
    return this.#contract.read('claimableFees', [staker, orchestrator, inRound])
  }

  /** Takes both amounts from the sender, who must have approved their sum, and cancels its pending unlock. */
  fundDepositAndReserve(deposit: bigint, reserve: bigint): TransactionCall {
    return this.#contract.write('fundDepositAndReserve', [deposit, reserve])
  }

  /** Books the face value for the recipient and its stakers. Anyone may send it; needs an initialised round. */
  redeemWinningTicket(winning: WinningStablecoinTicket): TransactionCall {
    const { ticket, signature, recipientRand } = winning
    return this.#contract.write('redeemWinningTicket', [ticketStruct(ticket), signature, recipientRand])
  }

  /** Redeems what can be redeemed and skips the rest. */
  batchRedeemWinningTickets(winning: readonly WinningStablecoinTicket[]): TransactionCall {
    return this.#contract.write('batchRedeemWinningTickets', [
      winning.map(({ ticket }) => ticketStruct(ticket)),
      winning.map(({ signature }) => signature),
      winning.map(({ recipientRand }) => recipientRand),
    ])
  }

  /** Pays the caller's shares of past rounds, each once, to `recipient`. */
  claimFees(orchestrator: Address, rounds: readonly Round[], recipient: Address): TransactionCall {
    return this.#contract.write('claimFees', [orchestrator, rounds, recipient])
  }

  /** In rounds. */
  unlockPeriod(): Promise<bigint> {
    return this.#contract.read('unlockPeriod', [])
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
