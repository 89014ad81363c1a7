/** @module Runs a plan without sending it: does every step pass, what does it cost, what does it change. */
import type { ChainClient } from '@tessera/chain/client'
import { RevertedError } from '@tessera/chain/errors'
import { estimateGas } from '@tessera/chain/node/receipts'
import { type SimulatedCall, simulate } from '@tessera/chain/node/simulate'
import { decodeRevert } from '@tessera/chain/reverts/revert'
import type { Address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import type { Change, Plan, Step, Watch } from './plan.ts'

export type Simulation = {
  /** Of each step; undefined where it can't be known before an earlier one is mined. */
  readonly gas: readonly (bigint | undefined)[]
  readonly changes: readonly Change[]
}

type Deps = {
  readonly client: ChainClient
  readonly signer: { readonly address: Address }
  readonly tell: (line: string) => void
}

/** @throws {RevertedError} naming the step that a contract would refuse. */
export async function simulatePlan(plan: Plan, { client, signer, tell }: Deps): Promise<Simulation> {
  const watch = plan.watch ?? []
  const looks = watch.map(({ query }) => ({ to: query.to, data: query.data, value: 0n }))
  const steps = plan.steps.map(({ call }) => call)
  const results = await simulate(client, signer.address, [...looks, ...steps, ...looks])
  if (!results) {
    const [first] = steps
    if (steps.length > 1) tell('This RPC has no eth_simulateV1: only the first transaction is checked now.')
    return { gas: first ? [await estimateGas(client, signer.address, first)] : [], changes: [] }
  }
  const done = results.slice(looks.length, looks.length + steps.length)
  for (const [k, step] of plan.steps.entries()) assertSucceeds(step, done[k]!)
  const before = results.slice(0, looks.length).map(returned)
  const after = results.slice(looks.length + steps.length).map(returned)
  return { gas: done.map(({ gas }) => gas), changes: changesOf(watch, before, after) }
}

/** The watched values now; undefined where the contract refuses the question. */
export function look(client: ChainClient, watch: readonly Watch[]): Promise<readonly (Hex | undefined)[]> {
  return Promise.all(
    watch.map(async ({ query }) => {
      const request = [{ to: query.to, data: query.data }, 'latest']
      const answer = await client.raw('eth_call', request).catch(() => undefined)
      return typeof answer === 'string' && /^0x[0-9a-f]*$/i.test(answer) ? (answer as Hex) : undefined
    }),
  )
}

/** Those that differ. */
export function changesOf(
  watch: readonly Watch[],
  before: readonly (Hex | undefined)[],
  after: readonly (Hex | undefined)[],
): readonly Change[] {
  return watch.flatMap(({ what, query, json, text }, k) => {
    const [was, is] = [before[k], after[k]]
    if (was === undefined || is === undefined || was === is) return []
    // A watch holds the decoder and the formats of one type: see `watch`.
    const [old, now] = [query.decode(was) as never, query.decode(is) as never]
    return [{ what, before: json(old), after: json(now), text: `${text(old)} → ${text(now)}` }]
  })
}

function assertSucceeds({ call }: Step, result: SimulatedCall): void {
  if (!result.succeeded) throw new RevertedError({ what: call.what, revert: decodeRevert(result.returned) })
}

function returned({ succeeded, returned: bytes }: SimulatedCall): Hex | undefined {
  return succeeded ? bytes : undefined
}
