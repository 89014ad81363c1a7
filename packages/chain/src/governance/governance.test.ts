import { address } from '@tessera/protocol/address'
import { lpt } from '@tessera/protocol/units'
import type { Hex } from '@tessera/runtime/bytes'
import { encodeFunctionData } from 'viem'
import { expect, test } from 'vitest'
import { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import { GOVERNED_NAMES, type GovernedAddresses } from './contract-abis.ts'
import { describeCall } from './describe-call.ts'
import { PARAMETERS, settingCall } from './parameters.ts'
import { proposalId } from './proposal.ts'

const at = (index: number): Hex => address(index.toString(16).padStart(40, '0'))
const known = Object.fromEntries(GOVERNED_NAMES.map((name, k) => [name, at(k + 1)])) as GovernedAddresses
const transfer = (amount: bigint): Hex =>
  encodeFunctionData({ abi: livepeerTokenAbi, functionName: 'transfer', args: [at(99), lpt(amount)] })

test('every parameter has a setter with one number', () => {
  for (const [name, { contract, setter }] of Object.entries(PARAMETERS)) {
    const call = settingCall(name, 7n, known)
    expect(call.to).toBe(known[contract])
    expect(describeCall({ target: known[contract], data: call.data, value: 0n }, known)).toBe(
      `${contract}.${setter}(7)`,
    )
  }
})

test.each(['governor.name', 'constructor', ''])('there is no parameter %j', (name) => {
  expect(() => settingCall(name, 1n, known)).toThrow(RangeError)
})

test('a value that the contract cannot take is refused', () => {
  expect(() => settingCall('staking.unbondingPeriod', 1n << 64n, known)).toThrow()
})

test('says what a known call does, and shows the data of others', () => {
  const data = transfer(15n * 10n ** 17n)
  expect(describeCall({ target: known.LivepeerToken, data, value: 0n }, known)).toBe(
    `LivepeerToken.transfer(${at(99)}, 1.5 LPT)`,
  )
  expect(describeCall({ target: at(98), data: '0x12345678', value: 10n ** 18n }, known)).toBe(
    `${at(98)}.call(0x12345678) with 1 ETH`,
  )
  expect(describeCall({ target: known.Minter, data: '0x12345678', value: 0n }, known)).toBe(
    'Minter.call(0x12345678)',
  )
  expect(describeCall({ target: at(98), data: '0x', value: 5n }, known)).toMatch(/^send with 0\.0+5 ETH to/)
})

test('an id depends on every action, their order and the text', () => {
  const one = { target: at(1), value: 0n, data: '0x01' as Hex }
  const two = { target: at(2), value: 0n, data: '0x02' as Hex }
  const ids = [
    proposalId({ actions: [one, two], description: 'text' }),
    proposalId({ actions: [two, one], description: 'text' }),
    proposalId({ actions: [one], description: 'text' }),
    proposalId({ actions: [one, two], description: 'text ' }),
    proposalId({ actions: [one, { ...two, value: 1n }], description: 'text' }),
  ]
  expect(new Set(ids).size).toBe(ids.length)
})
