/** @module One typed door to the RPC: reads with limits, time-outs and errors that say what is wrong. */
import type { Address } from '@tessera/protocol/address'
import { type Wei, wei } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'
import type { Clock } from '@tessera/runtime/clock'
import {
  type Abi,
  type ContractFunctionArgs,
  type ContractFunctionName,
  createPublicClient,
  custom,
  defineChain,
  type PublicClient,
  type ReadContractParameters,
  type ReadContractReturnType,
} from 'viem'
import { WrongChainError } from './errors.ts'
import { type Fetch, JsonRpc } from './json-rpc.ts'
import { checkAnswer } from './rpc-answers.ts'
import { translateChainError } from './translate-error.ts'

export type ChainClientConfig = {
  readonly url: string
  /** When given, connecting to another chain fails. */
  readonly chainId?: number
  /** For one call; default 10 s. */
  readonly timeoutMs?: number
  /** Default 32 MiB. */
  readonly maxResponseBytes?: number
}

export type ChainClientDeps = { readonly clock: Clock; readonly fetch?: Fetch }

/** A connection to one chain. Stateless; needs no closing. */
export class ChainClient {
  readonly chainId: number
  /** Hash of block 0: two devnets share a chain id, never this. */
  readonly genesisHash: Hex
  /** Scheme, host and port of the RPC: safe to log. */
  readonly endpoint: string
  /** viem's client, for this package only; its errors must pass through `translate`. */
  readonly viem: PublicClient
  readonly #rpc: JsonRpc

  private constructor(rpc: JsonRpc, viem: PublicClient, identity: { chainId: number; genesisHash: Hex }) {
    this.#rpc = rpc
    this.viem = viem
    this.endpoint = rpc.endpoint
    this.chainId = identity.chainId
    this.genesisHash = identity.genesisHash
  }

  /** Asks the endpoint for its identity. @throws {RpcUnreachableError | RpcTimeoutError | WrongChainError} */
  static async connect(config: ChainClientConfig, deps: ChainClientDeps): Promise<ChainClient> {
    const rpc = new JsonRpc(
      {
        url: config.url,
        timeoutMs: config.timeoutMs ?? 10_000,
        maxResponseBytes: config.maxResponseBytes ?? 32 * 1024 * 1024,
      },
      deps,
    )
    const transport = custom(
      { request: ({ method, params }) => ask(rpc, method, params ?? []) },
      { retryCount: 0 },
    )
    const probe = createPublicClient({ transport })
    const read = { endpoint: rpc.endpoint, what: 'eth_chainId' }
    const [chainId, genesis] = await Promise.all([
      probe.getChainId(),
      probe.getBlock({ blockNumber: 0n }),
    ]).catch((error: unknown) => {
      throw translateChainError(error, read)
    })
    if (config.chainId !== undefined && config.chainId !== chainId) {
      throw new WrongChainError({ endpoint: rpc.endpoint, expected: config.chainId, actual: chainId })
    }
    const chain = defineChain({
      id: chainId,
      name: `chain ${chainId}`,
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      rpcUrls: { default: { http: [] } },
    })
    const viem = createPublicClient({ chain, transport, cacheTime: 0 })
    return new ChainClient(rpc, viem, { chainId, genesisHash: genesis.hash })
  }

  /** Reads a view function. @throws {RevertedError | ContractMissingError | RpcUnreachableError | RpcTimeoutError | RpcFaultError} */
  async read<
    const abi extends Abi | readonly unknown[],
    name extends ContractFunctionName<abi, 'pure' | 'view'>,
    const args extends ContractFunctionArgs<abi, 'pure' | 'view', name>,
  >(call: ReadContractParameters<abi, name, args>): Promise<ReadContractReturnType<abi, name, args>> {
    return this.guard(this.viem.readContract(call), { what: call.functionName, address: call.address })
  }

  async balance(account: Address): Promise<Wei> {
    return wei(await this.guard(this.viem.getBalance({ address: account }), { what: 'eth_getBalance' }))
  }

  async hasCode(account: Address): Promise<boolean> {
    const code = await this.guard(this.viem.getCode({ address: account }), { what: 'eth_getCode' })
    return code !== undefined && code !== '0x'
  }

  /** Number of the newest block of this chain (on a rollup: its own, not L1's). */
  async headNumber(): Promise<bigint> {
    return this.guard(this.viem.getBlockNumber({ cacheTime: 0 }), { what: 'eth_blockNumber' })
  }

  /** Any method; the result is validated where `checkAnswer` knows its form. For methods that viem has not. */
  async raw(method: string, params: readonly unknown[]): Promise<unknown> {
    return this.guard(ask(this.#rpc, method, params), { what: method })
  }

  /** Turns whatever `work` rejects with into an error of this package. */
  async guard<T>(
    work: Promise<T>,
    about: { readonly what: string; readonly address?: Address | undefined },
  ): Promise<T> {
    try {
      return await work
    } catch (error) {
      throw translateChainError(error, { endpoint: this.endpoint, ...about })
    }
  }
}

/** Nothing is computed with an answer that has not the form of one. */
async function ask(rpc: JsonRpc, method: string, params: unknown): Promise<unknown> {
  return checkAnswer(rpc.endpoint, method, await rpc.call(method, params))
}
