/** @module Updates that an owner stages at the `Governor`: calls that anybody can execute after a delay in blocks. */
import { type Address, address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { type AbiParameterToPrimitiveType, encodeAbiParameters, keccak256 } from 'viem'
import { governorAbi as abi } from '../abis/governor.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { logsOf } from '../logs-of.ts'
import type { TransactionCall } from '../transaction-call.ts'
import { columns, type ProposalAction } from './proposal.ts'

export type Update = {
  /** The Governor makes them in this order; all or none. */
  readonly actions: readonly ProposalAction[]
  /** Tells updates with the same calls apart. */
  readonly nonce: bigint
}

export type ListedUpdate = Update & {
  readonly id: Hex
  /** Blocks between staging and execution. */
  readonly delay: bigint
  /** `staged` until it is executed or cancelled, also when it could be executed. */
  readonly state: 'staged' | 'executed' | 'cancelled'
  /** First block in which it can be executed, as rounds count them; 0 when it is not staged any more. */
  readonly executableAt: bigint
}

type StageFunction = Extract<(typeof abi)[number], { type: 'function'; name: 'stage' }>
type UpdateParameter = StageFunction['inputs'][0]
type UpdateStruct = AbiParameterToPrimitiveType<UpdateParameter>

const updateParameter = abi.find((item): item is StageFunction => 'name' in item && item.name === 'stage')!
  .inputs[0]

/** keccak256 of the encoded update: what the contract remembers of it. */
export function updateId(update: Update): Hex {
  return keccak256(encodeAbiParameters([updateParameter], [structOf(update)]))
}

/** Reads, and writes as values. */
export class StagedUpdates {
  readonly address: Address
  readonly #client: ChainClient
  readonly #contract: Contract<typeof abi>

  constructor(client: ChainClient, governor: Address) {
    this.address = governor
    this.#client = client
    this.#contract = new Contract(client, { name: 'Governor', address: governor, abi })
  }

  /** The only account that can stage and cancel. */
  owner(): Promise<Address> {
    return this.#contract.read('owner', [])
  }

  /** First block in which it can be executed; 0 when it is not staged. */
  executableAt(id: Hex): Promise<bigint> {
    return this.#contract.read('updates', [id])
  }

  /** The lowest nonce with which these calls are not staged. */
  async freeNonce(actions: readonly ProposalAction[]): Promise<bigint> {
    let nonce = 0n
    while ((await this.executableAt(updateId({ actions, nonce }))) > 0n) nonce++
    return nonce
  }

  /** Oldest first, each once, as it was staged last. @throws as `logsOf`. */
  async list(fromBlock?: bigint): Promise<readonly ListedUpdate[]> {
    const search = { address: this.address, abi, fromBlock }
    const [staged, cancelled] = await Promise.all([
      logsOf(this.#client, { ...search, event: 'UpdateStaged' }),
      logsOf(this.#client, { ...search, event: 'UpdateCancelled' }),
    ])
    const lastCancelled = new Map(
      cancelled.map(({ args, block, index }) => [updateId(fromStruct(args.update)), { block, index }]),
    )
    const newest = new Map<Hex, (typeof staged)[number]>()
    for (const log of staged) {
      const id = updateId(fromStruct(log.args.update))
      newest.delete(id)
      newest.set(id, log)
    }
    return Promise.all(
      [...newest].map(async ([id, { args, block, index }]): Promise<ListedUpdate> => {
        const executableAt = await this.executableAt(id)
        const end = lastCancelled.get(id)
        const isCancelled = end && (end.block > block || (end.block === block && end.index > index))
        const state = executableAt > 0n ? 'staged' : isCancelled ? 'cancelled' : 'executed'
        return { ...fromStruct(args.update), id, delay: args.delay, state, executableAt }
      }),
    )
  }

  /** @param delay in blocks. */
  stage(update: Update, delay: bigint): TransactionCall {
    return this.#contract.write('stage', [structOf(update), delay])
  }

  /** Anyone. @param value wei that go along for the calls; the Governor's own are used, too. */
  execute(update: Update, value: bigint): TransactionCall {
    return this.#contract.write('execute', [structOf(update)], value)
  }

  cancel(update: Update): TransactionCall {
    return this.#contract.write('cancel', [structOf(update)])
  }
}

function structOf({ actions, nonce }: Update): UpdateStruct {
  const { targets, values, calldatas } = columns(actions)
  return { target: targets, value: values, data: calldatas, nonce }
}

function fromStruct({ target, value, data, nonce }: UpdateStruct): Update {
  const actions = target.map((to, k) => ({
    target: address(to),
    value: value[k] ?? 0n,
    data: data[k] ?? ('0x' as const),
  }))
  return { actions, nonce }
}
