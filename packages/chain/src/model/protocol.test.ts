import { address } from '@tessera/protocol/address'
import { expect, test } from 'vitest'
import type { bondingManagerAbi } from '../abis/bonding-manager.ts'
import type { bondingVotesAbi } from '../abis/bonding-votes.ts'
import type { controllerAbi } from '../abis/controller.ts'
import type { errorsAbi } from '../abis/errors.ts'
import type { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import type { minterAbi } from '../abis/minter.ts'
import type { roundsManagerAbi } from '../abis/rounds-manager.ts'
import type { ticketBrokerAbi } from '../abis/ticket-broker.ts'
import { mainnetParams } from '../deploy/params.ts'
import type { ProtocolEvent } from './events.ts'
import { createProtocol } from './protocol.ts'
import type { RevertName } from './revert.ts'

const LPT = 10n ** 18n
const [owner, minter, alice, bob] = ['1', '2', '3', '4'].map((digit) => address(digit.repeat(40))) as [
  `0x${string}`,
  `0x${string}`,
  `0x${string}`,
  `0x${string}`,
]

function start() {
  const balances = [
    [alice, 100n * LPT],
    [bob, 100n * LPT],
  ] as const
  const protocol = createProtocol(mainnetParams, { accounts: { owner, minter }, balances })
  protocol.apply({ by: alice, call: 'initializeRound' })
  return protocol
}

test('previews without a trace, and forks stay apart', () => {
  const protocol = start()
  const bond = { by: alice, call: 'bond', amount: 10n * LPT, to: alice } as const
  expect(protocol.preview(bond).ok).toBe(true)
  expect(protocol.read.pendingStake(alice)).toBe(0n)
  const fork = protocol.fork()
  fork.apply(bond)
  expect(fork.read.pendingStake(alice)).toBe(10n * LPT)
  expect(protocol.read.pendingStake(alice)).toBe(0n)
})

test('tells why it refuses, with values, and leaves no trace', () => {
  const protocol = start()
  protocol.apply({ by: alice, call: 'bond', amount: 10n * LPT, to: alice })
  protocol.moveToRound(protocol.read.round + 1n)
  protocol.apply({ by: alice, call: 'initializeRound' })
  const refused = protocol.apply({ by: alice, call: 'unbond', amount: 11n * LPT })
  expect(refused).toMatchObject({
    ok: false,
    error: { errorName: 'UnbondAmountExceedsBonded', args: { amount: 11n * LPT, bonded: 10n * LPT } },
  })
  // The claim that comes first is undone with the rest.
  expect(protocol.read.delegator(alice).lastClaimRound).toBe(protocol.read.round - 1n)
})

test('lets only the owner change parameters, and only to valid values', () => {
  const protocol = start()
  expect(protocol.apply({ by: bob, call: 'setRoundLength', roundLength: 0n })).toMatchObject({
    ok: false,
    error: { errorName: 'CallerMustBeControllerOwner' },
  })
  expect(protocol.apply({ by: owner, call: 'setRoundLength', roundLength: 0n })).toMatchObject({
    ok: false,
    error: { errorName: 'RoundLengthIsZero' },
  })
})

test('counts votes of a delegator with the rewards of its delegate', () => {
  const protocol = start()
  protocol.apply({ by: alice, call: 'bond', amount: 10n * LPT, to: alice })
  protocol.apply({ by: alice, call: 'transcoder', rewardCut: 0n, feeShare: 0n })
  protocol.apply({ by: bob, call: 'bond', amount: 10n * LPT, to: alice })
  protocol.moveToRound(protocol.read.round + 1n)
  protocol.apply({ by: alice, call: 'initializeRound' })
  protocol.apply({ by: alice, call: 'reward' })
  const { round } = protocol.read
  expect(protocol.read.votesAtRoundStart(bob, round + 1n)).toEqual({
    votes: protocol.read.pendingStake(bob),
    delegate: alice,
  })
  expect(protocol.read.votesAtRoundStart(bob, round).votes).toBe(10n * LPT)
  expect(() => protocol.read.votesAtRoundStart(bob, round + 2n)).toThrow('FutureLookup')
})

type Names<Items extends readonly { readonly type: string }[], Type extends string> = Extract<
  Items[number],
  { readonly type: Type; readonly name: string }
>['name']

type ContractEvents = Names<
  readonly [
    ...typeof bondingManagerAbi,
    ...typeof bondingVotesAbi,
    ...typeof controllerAbi,
    ...typeof livepeerTokenAbi,
    ...typeof minterAbi,
    ...typeof roundsManagerAbi,
    ...typeof ticketBrokerAbi,
  ],
  'event'
>

test('names errors and events as the contracts do', () => {
  // Checked by the compiler: an unknown name would make the type `false`.
  const knowsErrors: [Exclude<RevertName, Names<typeof errorsAbi, 'error'> | 'Panic'>] extends [never]
    ? true
    : false = true
  const knowsEvents: [Exclude<ProtocolEvent['name'], ContractEvents>] extends [never] ? true : false = true
  expect([knowsErrors, knowsEvents]).toEqual([true, true])
})
