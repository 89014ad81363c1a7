import { type Address, address } from '@tessera/protocol/address'
import { expect, test } from 'vitest'
import { tallyPoll } from './poll-tally.ts'

const at = (index: number): Address => address(index.toString(16).padStart(40, '0'))
const [ORCHESTRATOR, SUPPORTER, OPPONENT, STRANGER] = [at(1), at(2), at(3), at(4)]
const OWN: Readonly<Record<Address, bigint>> = { [ORCHESTRATOR]: 100n, [SUPPORTER]: 30n, [OPPONENT]: 20n }

// Of the 150 bonded to the orchestrator, 100 are its own.
const stakes = {
  delegator: async (who: Address) => ({ delegate: who === STRANGER ? at(9) : ORCHESTRATOR }),
  pendingStake: async (who: Address) => OWN[who] ?? 0n,
  isRegistered: async (who: Address) => who === ORCHESTRATOR,
  orchestrator: async () => ({ stake: 150n }),
} as unknown as Parameters<typeof tallyPoll>[1]

test('an orchestrator votes for all who are bonded to it', async () => {
  expect(await tallyPoll(new Map([[ORCHESTRATOR, 'yes']]), stakes)).toEqual({ yes: 150n, no: 0n })
})

test('a delegator who votes is taken out of the vote of its orchestrator, whatever it votes', async () => {
  const votes = new Map([
    [ORCHESTRATOR, 'yes'],
    [SUPPORTER, 'yes'],
    [OPPONENT, 'no'],
  ] as const)
  expect(await tallyPoll(votes, stakes)).toEqual({ yes: 130n, no: 20n })
})

test('a voter without stake and a choice that does not exist count nothing', async () => {
  const votes = new Map([
    [STRANGER, 'no'],
    [OPPONENT, undefined],
  ] as const)
  expect(await tallyPoll(votes, stakes)).toEqual({ yes: 0n, no: 0n })
})
