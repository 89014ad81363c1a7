import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bondingManagerAbi } from './abis/bonding-manager.ts'
import { controllerAbi } from './abis/controller.ts'
import { livepeerTokenAbi } from './abis/livepeer-token.ts'
import { minterAbi } from './abis/minter.ts'
import { roundsManagerAbi } from './abis/rounds-manager.ts'
import { serviceRegistryAbi } from './abis/service-registry.ts'
import { ticketBrokerAbi } from './abis/ticket-broker.ts'

type Parameter = {
  readonly type: string
  readonly indexed?: boolean
  readonly components?: readonly Parameter[]
}
type Entry = {
  readonly type: string
  readonly name?: string
  readonly inputs?: readonly Parameter[]
  readonly outputs?: readonly Parameter[]
  readonly stateMutability?: string
}
type Signatures = { readonly functions: readonly string[]; readonly events: readonly string[] }

/** Signatures of Livepeer's deployed contracts: what clients that know nothing of us will call and decode. */
const known = JSON.parse(
  readFileSync(new URL('../../../fixtures/vectors/abi-signatures.json', import.meta.url), 'utf8'),
) as Record<string, Signatures>

const generated: Record<string, readonly Entry[]> = {
  BondingManager: bondingManagerAbi,
  Controller: controllerAbi,
  LivepeerToken: livepeerTokenAbi,
  Minter: minterAbi,
  RoundsManager: roundsManagerAbi,
  ServiceRegistry: serviceRegistryAbi,
  TicketBroker: ticketBrokerAbi,
}

function typeOf({ type, components }: Parameter): string {
  return components ? `(${components.map(typeOf).join(',')})${type.slice('tuple'.length)}` : type
}

const types = (parameters: readonly Parameter[] = []): string => `(${parameters.map(typeOf).join(',')})`

function signatureOf(entry: Entry): string {
  if (entry.type === 'event') {
    const inputs = (entry.inputs ?? []).map((input) => typeOf(input) + (input.indexed ? ' indexed' : ''))
    return `${entry.name}(${inputs.join(',')})`
  }
  return `${entry.name}${types(entry.inputs)}->${types(entry.outputs)} ${entry.stateMutability}`
}

describe('the generated ABIs', () => {
  test.each(Object.keys(known))('%s has every function and event of the public ABI', (name) => {
    const ours = new Set((generated[name] ?? []).map(signatureOf))
    const wanted = [...(known[name]?.functions ?? []), ...(known[name]?.events ?? [])]
    expect(wanted.filter((signature) => !ours.has(signature))).toEqual([])
  })
})
