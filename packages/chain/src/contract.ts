/** @module One contract: typed reads, and writes described as values. */
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import {
  type Abi,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  type DecodeFunctionResultParameters,
  decodeFunctionResult,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
  type ReadContractParameters,
} from 'viem'
import type { ChainClient } from './client.ts'
import type { TransactionCall } from './transaction-call.ts'

/** A view function's call, and how to read what it returns. `decode` throws viem's errors on other bytes. */
export type Query<T> = { readonly to: Address; readonly data: Hex; readonly decode: (returned: Hex) => T }

type View = 'pure' | 'view'
type Write = 'nonpayable' | 'payable'

/** Names, arguments and results are checked against the ABI by the compiler. */
export class Contract<const abi extends Abi> {
  readonly #client: ChainClient
  readonly #contract: { readonly name: string; readonly address: Address; readonly abi: abi }

  constructor(
    client: ChainClient,
    contract: { readonly name: string; readonly address: Address; readonly abi: abi },
  ) {
    this.#client = client
    this.#contract = contract
  }

  /** @param atBlock reads the state after that block; the newest when absent. Throws as `ChainClient.read`. */
  async read<
    name extends ContractFunctionName<abi, View>,
    const args extends ContractFunctionArgs<abi, View, name>,
  >(
    functionName: name,
    args: args,
    atBlock?: bigint,
  ): Promise<ContractFunctionReturnType<abi, View, name, args>> {
    const { abi, address } = this.#contract
    const block = atBlock === undefined ? {} : { blockNumber: atBlock }
    // The parameters above tie name and arguments to the ABI; viem's own union type cannot follow a generic ABI.
    const call = { abi, address, functionName, args, ...block } as unknown as ReadContractParameters<
      abi,
      name,
      args
    >
    return this.#client.read(call)
  }

  /** A read as a value: encoded, with its decoder, for simulations and batches. */
  query<
    name extends ContractFunctionName<abi, View>,
    const args extends ContractFunctionArgs<abi, View, name>,
  >(functionName: name, args: args): Query<ContractFunctionReturnType<abi, View, name, args>> {
    const { abi, address } = this.#contract
    // As in `read`.
    const data = encodeFunctionData({ abi, functionName, args } as unknown as EncodeFunctionDataParameters)
    const decode = (returned: Hex): ContractFunctionReturnType<abi, View, name, args> => {
      const decoding = { abi, functionName, args, data: returned } as unknown
      const decoded: unknown = decodeFunctionResult(decoding as DecodeFunctionResultParameters)
      return decoded as ContractFunctionReturnType<abi, View, name, args>
    }
    return { to: address, data, decode }
  }

  write<
    name extends ContractFunctionName<abi, Write>,
    const args extends ContractFunctionArgs<abi, Write, name>,
  >(functionName: name, args: args, value = 0n): TransactionCall {
    const { abi, address, name } = this.#contract
    // As in `read`.
    const data = encodeFunctionData({ abi, functionName, args } as unknown as EncodeFunctionDataParameters)
    return { to: address, data, value, what: `${name}.${functionName}` }
  }
}
