/** @module One contract: typed reads, and writes described as values. */
import type { Address } from '@tessera/protocol/address'
import {
  type Abi,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  type EncodeFunctionDataParameters,
  encodeFunctionData,
  type ReadContractParameters,
} from 'viem'
import type { ChainClient } from './client.ts'
import type { TransactionCall } from './transaction-call.ts'

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
