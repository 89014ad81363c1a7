/** @module The L2 end of the bridge: withdrawals, and what became of deposits. */
import { type Address, address } from '@tessera/protocol/address'
import { type Lpt, lpt } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'
import { devArbSysAbi } from '../abis/dev-arb-sys.ts'
import { devRetryablesAbi } from '../abis/dev-retryables.ts'
import { l2LPTDataCacheAbi } from '../abis/l2-lptdata-cache.ts'
import { l2LPTGatewayAbi } from '../abis/l2-lptgateway.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { LivepeerToken } from '../contracts/token.ts'
import { logsOf } from '../logs-of.ts'
import type { TransactionCall } from '../transaction-call.ts'
import type { BridgeAddresses, L2BridgeAddresses } from './addresses.ts'
import type { MessageFees } from './l1.ts'
import { ARB_SYS, aliasOf, type Exit, readExit, type Ticket } from './messages.ts'

/** `waiting`: not executed yet. `failed`: its first attempt failed; it can be redeemed. */
export type TicketState = 'waiting' | 'failed' | 'arrived'

export type MessageFailure = {
  readonly number: bigint
  /** Revert data of the first attempt; empty when there was no attempt, or it ran out of gas. */
  readonly reason: Hex
}

export type Withdrawal = {
  /** Of its message to L1. */
  readonly position: bigint
  readonly from: Address
  readonly to: Address
  readonly amount: Lpt
  readonly block: bigint
}

/** LPT on both chains as the Minter reckons with it. */
export type SupplyView = {
  readonly l1TotalSupply: Lpt
  readonly l2SupplyFromL1: Lpt
  readonly l1CirculatingSupply: Lpt
}

/** Half as much again: the state may change until the message arrives. */
const GAS_MARGIN_PERCENT = 150n
/** Wei; base fees of development chains fall to nearly nothing and rise from there. */
const LEAST_GAS_PRICE_BID = 100_000_000n

const TICKET_STATES: readonly TicketState[] = ['waiting', 'failed', 'arrived']

export class BridgeL2 {
  readonly addresses: L2BridgeAddresses
  readonly token: LivepeerToken
  readonly #client: ChainClient
  readonly #l1Token: Address
  readonly #gateway: Contract<typeof l2LPTGatewayAbi>
  readonly #dataCache: Contract<typeof l2LPTDataCacheAbi>
  readonly #executor: Contract<typeof devRetryablesAbi>
  readonly #arbSys: Contract<typeof devArbSysAbi>

  constructor(client: ChainClient, { l1, l2 }: BridgeAddresses) {
    this.#client = client
    this.addresses = l2
    this.#l1Token = l1.LivepeerToken
    this.token = new LivepeerToken(client, l2.LivepeerToken)
    this.#gateway = new Contract(client, {
      name: 'L2LPTGateway',
      address: l2.L2LPTGateway,
      abi: l2LPTGatewayAbi,
    })
    this.#dataCache = new Contract(client, {
      name: 'L2LPTDataCache',
      address: l2.L2LPTDataCache,
      abi: l2LPTDataCacheAbi,
    })
    this.#executor = new Contract(client, {
      name: 'RetryableExecutor',
      address: l2.RetryableExecutor,
      abi: devRetryablesAbi,
    })
    this.#arbSys = new Contract(client, { name: 'ArbSys', address: ARB_SYS, abi: devArbSysAbi })
  }

  /** Sends LPT to L1. The gateway must be allowed to burn it: `token.approve(addresses.L2LPTGateway, amount)`. */
  withdraw(transfer: { to: Address; amount: Lpt }): TransactionCall {
    return this.#gateway.write('outboundTransfer', [this.#l1Token, transfer.to, transfer.amount, '0x'])
  }

  /** Gas and its price for a message that `sender` of L1 sends to `to`. @throws {RevertedError} if it would fail. */
  async messageGas(call: {
    sender: Address
    to: Address
    data: `0x${string}`
  }): Promise<Pick<MessageFees, 'maxGas' | 'gasPriceBid'>> {
    const from = aliasOf(call.sender)
    const [estimate, block] = await Promise.all([
      this.#client.raw('eth_estimateGas', [{ from, to: call.to, data: call.data, gasPrice: '0x0' }]),
      this.#client.guard(this.#client.viem.getBlock(), { what: 'eth_getBlockByNumber' }),
    ])
    const twice = 2n * (block.baseFeePerGas ?? 0n)
    return {
      maxGas: (BigInt(String(estimate)) * GAS_MARGIN_PERCENT) / 100n,
      gasPriceBid: twice > LEAST_GAS_PRICE_BID ? twice : LEAST_GAS_PRICE_BID,
    }
  }

  async ticketState(number: bigint): Promise<TicketState> {
    return TICKET_STATES[await this.#executor.read('statusOf', [number])] ?? 'waiting'
  }

  /** Messages from L1 taken so far: the number of the next one. */
  ticketCount(): Promise<bigint> {
    return this.#executor.read('submittedCount', [])
  }

  /** Messages whose first attempt failed and that nobody has redeemed since, oldest first. @throws as `logsOf`. */
  async failures(): Promise<readonly MessageFailure[]> {
    const search = { address: this.addresses.RetryableExecutor, abi: devRetryablesAbi }
    const logs = await logsOf(this.#client, { ...search, event: 'TicketFailed' })
    const states = await Promise.all(logs.map(({ args }) => this.ticketState(args.sequenceNumber)))
    return logs
      .map(({ args }) => ({ number: args.sequenceNumber, reason: args.reason }))
      .filter((_, k) => states[k] === 'failed')
  }

  /** Executes a message whose first attempt failed; refused as long as the message is. Anyone, at own cost. */
  redeem(number: bigint, ticket: Ticket): TransactionCall {
    return this.#executor.write('redeem', [number, ticket])
  }

  /** Withdrawals of an account, whoever gets them on L1, oldest first. @throws as `logsOf`. */
  withdrawals(from: Address): Promise<readonly Withdrawal[]> {
    return this.#withdrawals({ from })
  }

  /** Withdrawals that an account gets on L1, whoever made them, oldest first. @throws as `logsOf`. */
  withdrawalsTo(to: Address): Promise<readonly Withdrawal[]> {
    return this.#withdrawals({ to })
  }

  async #withdrawals(args: { from: Address } | { to: Address }): Promise<readonly Withdrawal[]> {
    const events = await logsOf(this.#client, {
      address: this.addresses.L2LPTGateway,
      abi: l2LPTGatewayAbi,
      event: 'WithdrawalInitiated',
      args,
    })
    return events.map(({ args: found, block }) => ({
      position: found.l2ToL1Id,
      from: address(found.from),
      to: address(found.to),
      amount: lpt(found.amount),
      block,
    }))
  }

  /** Messages sent to L1 so far: the position of the next one. */
  exitCount(): Promise<bigint> {
    return this.#arbSys.read('messageCount', [])
  }

  /** The message at a position below `exitCount`. @throws {MessageNotFoundError} and as `ChainClient.read`. */
  async exit(position: bigint): Promise<Exit> {
    const block = await this.#arbSys.read('blockOf', [position])
    return readExit(this.#client, { position, block })
  }

  async supply(): Promise<SupplyView> {
    const [l1TotalSupply, l2SupplyFromL1, l1CirculatingSupply] = await Promise.all([
      this.#dataCache.read('l1TotalSupply', []),
      this.#dataCache.read('l2SupplyFromL1', []),
      this.#dataCache.read('l1CirculatingSupply', []),
    ])
    return {
      l1TotalSupply: lpt(l1TotalSupply),
      l2SupplyFromL1: lpt(l2SupplyFromL1),
      l1CirculatingSupply: lpt(l1CirculatingSupply),
    }
  }
}
