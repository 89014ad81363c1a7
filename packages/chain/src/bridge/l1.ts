/** @module The L1 end of the bridge: deposits, and claims of withdrawals. */
import type { Address } from '@tessera/protocol/address'
import { type Lpt, lpt, type Wei, wei } from '@tessera/protocol/units'
import { encodeAbiParameters, size } from 'viem'
import { devInboxAbi } from '../abis/dev-inbox.ts'
import { devOutboxAbi } from '../abis/dev-outbox.ts'
import { l1LPTDataCacheAbi } from '../abis/l1-lptdata-cache.ts'
import { l1LPTGatewayAbi } from '../abis/l1-lptgateway.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { LivepeerToken } from '../contracts/token.ts'
import { logsOf } from '../logs-of.ts'
import type { TransactionCall } from '../transaction-call.ts'
import type { L1BridgeAddresses } from './addresses.ts'
import { type Exit, readTicket, type Ticket } from './messages.ts'

/** What a message may cost on L2. */
export type MessageFees = {
  /** Wei for keeping the message. */
  readonly maxSubmissionCost: bigint
  readonly maxGas: bigint
  /** Wei for a unit of gas. */
  readonly gasPriceBid: bigint
}

export type Deposit = {
  /** Of its message to L2. */
  readonly number: bigint
  readonly from: Address
  readonly to: Address
  readonly amount: Lpt
  readonly block: bigint
}

/** A message to L1 as the Outbox sees it. `executableAt` in seconds since 1970 of L1's clock. */
export type ExitState =
  | { readonly state: 'unconfirmed' }
  | { readonly state: 'challengeable' | 'claimable'; readonly executableAt: bigint }
  | { readonly state: 'claimed' }

/** What goes with each message; L2 gives back what it did not need. */
export function messageValue(fees: MessageFees): Wei {
  return wei(fees.maxSubmissionCost + fees.maxGas * fees.gasPriceBid)
}

export class BridgeL1 {
  readonly addresses: L1BridgeAddresses
  readonly token: LivepeerToken
  readonly #client: ChainClient
  readonly #gateway: Contract<typeof l1LPTGatewayAbi>
  readonly #dataCache: Contract<typeof l1LPTDataCacheAbi>
  readonly #inbox: Contract<typeof devInboxAbi>
  readonly #outbox: Contract<typeof devOutboxAbi>

  constructor(client: ChainClient, at: L1BridgeAddresses) {
    this.#client = client
    this.addresses = at
    this.token = new LivepeerToken(client, at.LivepeerToken)
    this.#gateway = contract(client, 'L1LPTGateway', at.L1LPTGateway, l1LPTGatewayAbi)
    this.#dataCache = contract(client, 'L1LPTDataCache', at.L1LPTDataCache, l1LPTDataCacheAbi)
    this.#inbox = contract(client, 'Inbox', at.ArbitrumInbox, devInboxAbi)
    this.#outbox = contract(client, 'Outbox', at.ArbitrumOutbox, devOutboxAbi)
  }

  /** The call that a deposit makes on L2, to estimate its gas there. */
  depositMessage(transfer: { from: Address; to: Address; amount: Lpt }): Promise<`0x${string}`> {
    const { from, to, amount } = transfer
    return this.#gateway.read('getOutboundCalldata', [this.token.address, from, to, amount, '0x'])
  }

  /** The call that a push of the supply makes on L2. */
  async supplyMessage(): Promise<`0x${string}`> {
    return (await this.#dataCache.read('getCacheTotalSupplyData', []))[1]
  }

  /** Wei for keeping a message on L2: twice the present fee, because the base fee may rise until it is sent. */
  async submissionCost(message: `0x${string}`): Promise<bigint> {
    const block = await this.#client.guard(this.#client.viem.getBlock(), { what: 'eth_getBlockByNumber' })
    const baseFee = block.baseFeePerGas ?? 0n
    const length = BigInt(size(message))
    const fee = await this.#inbox.read('calculateRetryableSubmissionFee', [length, baseFee])
    return fee * 2n + 1n
  }

  /** A message to L2. @throws {MessageNotFoundError} and as `ChainClient.read`. */
  async ticket(number: bigint): Promise<Ticket> {
    const block = await this.#inbox.read('blockOf', [number])
    return readTicket(this.#client, this.addresses.ArbitrumInbox, { number, block })
  }

  /** Sends LPT to L2. The gateway must be allowed to take it: `token.approve(addresses.L1LPTGateway, amount)`. */
  deposit(transfer: { to: Address; amount: Lpt; fees: MessageFees }): TransactionCall {
    const { to, amount, fees } = transfer
    const data = encodeAbiParameters([{ type: 'uint256' }, { type: 'bytes' }], [fees.maxSubmissionCost, '0x'])
    return this.#gateway.write(
      'outboundTransfer',
      [this.token.address, to, amount, fees.maxGas, fees.gasPriceBid, data],
      messageValue(fees),
    )
  }

  /** Tells L2 the supply of L1. */
  pushSupply(fees: MessageFees): TransactionCall {
    const { maxGas, gasPriceBid, maxSubmissionCost } = fees
    return this.#dataCache.write(
      'cacheTotalSupply',
      [maxGas, gasPriceBid, maxSubmissionCost],
      messageValue(fees),
    )
  }

  /** Executes a message from L2, for whomever it pays. */
  claim(exit: Exit): TransactionCall {
    const { position, sender, to, l2Block, l1Block, l2Timestamp, value, data } = exit
    return this.#outbox.write('executeTransaction', [
      [],
      position,
      sender,
      to,
      l2Block,
      l1Block,
      l2Timestamp,
      value,
      data,
    ])
  }

  /** Deposits of an account, oldest first. @throws as `logsOf`. */
  async deposits(from: Address): Promise<readonly Deposit[]> {
    const events = await logsOf(this.#client, {
      address: this.addresses.L1LPTGateway,
      abi: l1LPTGatewayAbi,
      event: 'DepositInitiated',
      args: { from },
    })
    return events.map(({ args, block }) => ({
      number: args.sequenceNumber,
      from: args.from,
      to: args.to,
      amount: lpt(args.amount),
      block,
    }))
  }

  /** Whether a message to L1 can be claimed. */
  async exitState(position: bigint): Promise<ExitState> {
    const [[leaf, executableAt, isSpent], now] = await Promise.all([
      this.#outbox.read('confirmations', [position]),
      this.now(),
    ])
    if (BigInt(leaf) === 0n) return { state: 'unconfirmed' }
    if (isSpent) return { state: 'claimed' }
    return { state: executableAt <= now ? 'claimable' : 'challengeable', executableAt }
  }

  /** Seconds between the confirmation of a message to L1 and its claim. */
  challengePeriod(): Promise<bigint> {
    return this.#outbox.read('challengePeriod', [])
  }

  async escrowBalance(): Promise<Lpt> {
    return this.token.balanceOf(this.addresses.L1Escrow)
  }

  /** Seconds since 1970 of the newest block. */
  async now(): Promise<bigint> {
    const query = this.#client.viem.getBlock()
    return (await this.#client.guard(query, { what: 'eth_getBlockByNumber' })).timestamp
  }
}

function contract<const abi extends ConstructorParameters<typeof Contract>[1]['abi']>(
  client: ChainClient,
  name: string,
  address: Address,
  abi: abi,
): Contract<abi> {
  return new Contract(client, { name, address, abi })
}
