import { encodeAbiParameters, encodeErrorResult, type Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import { bondingManagerAbi } from '../abis/bonding-manager.ts'
import { errorsAbi } from '../abis/errors.ts'
import { livepeerGovernorAbi } from '../abis/livepeer-governor.ts'
import { livepeerTokenAbi } from '../abis/livepeer-token.ts'
import { ticketBrokerAbi } from '../abis/ticket-broker.ts'
import { RevertedError } from '../errors.ts'
import { PLACEHOLDER } from './explain.ts'
import { decodeRevert, revertWithText } from './revert.ts'
import { explanationOf, explanations } from './table.ts'

const UNIT = 10n ** 18n
const ACCOUNT = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const UNITS = [
  'lpt',
  'eth',
  'millionths',
  'billionths',
  'ray',
  'time',
  'id',
  'proposalState',
  'revert',
  undefined,
]

const refused = (data: Hex): RevertedError => new RevertedError({ what: 'It', revert: decodeRevert(data) })
const signatureOf = (error: (typeof errorsAbi)[number]): string =>
  `${error.name}(${error.inputs.map(({ type }) => type).join(',')})`
const names = (inputs: readonly { readonly name?: string }[]): (string | undefined)[] =>
  inputs.map(({ name }) => name)

describe('the table of explanations', () => {
  test('says what every error of the contracts means and what to do', () => {
    const missing = errorsAbi.map(signatureOf).filter((signature) => explanationOf(signature) === undefined)
    expect(missing, 'each needs an entry in a table of packages/chain/src/reverts').toEqual([])
  })

  test('has no entry for an error that no contract raises', () => {
    const known = errorsAbi.flatMap((error) => [error.name as string, signatureOf(error)])
    expect(Object.keys(explanations).filter((key) => !known.includes(key))).toEqual([])
  })

  test('names only values that the error has, in units that there are', () => {
    const wrong = errorsAbi.flatMap((error) => {
      const placeholders = [...(explanationOf(signatureOf(error))?.says ?? '').matchAll(PLACEHOLDER)]
      return placeholders
        .filter(([, name, unit]) => !names(error.inputs).includes(name) || !UNITS.includes(unit))
        .map(([text]) => `${error.name}: ${text}`)
    })
    expect(wrong).toEqual([])
  })

  test('writes clauses that end without a full stop, and advice that ends with one', () => {
    for (const [name, { says, advice }] of Object.entries(explanations)) {
      expect([name, says]).toEqual([name, expect.stringMatching(/[^.]$/)])
      expect([name, advice]).toEqual([name, expect.stringMatching(/^[A-Z0-9].*\.$|^tessera .*\.$/)])
    }
  })
})

describe('a refused call', () => {
  test('tells amounts in LPT, and what to do', () => {
    const error = refused(
      encodeErrorResult({
        abi: bondingManagerAbi,
        errorName: 'UnbondAmountExceedsBonded',
        args: [20n * UNIT, 10n * UNIT + 1n],
      }),
    )
    expect(error.message).toBe(
      'It was refused by the contract: 20 LPT is more than the 10.000000000000000001 LPT that are bonded ' +
        '(UnbondAmountExceedsBonded).',
    )
    expect(error.advice).toMatch(/Take out less, or max/)
    expect(error.reason).toBe('UnbondAmountExceedsBonded')
    expect(error.facts).toMatchObject({ amount: 20n * UNIT, bonded: 10n * UNIT + 1n })
  })

  test('tells amounts of ETH, percentages and times', () => {
    const funds = encodeErrorResult({
      abi: ticketBrokerAbi,
      errorName: 'InsufficientFunds',
      args: [ACCOUNT, UNIT / 2n, UNIT],
    })
    expect(refused(funds).message).toContain(`${ACCOUNT} could pay 0.5 ETH now, less than the 1 ETH`)
    const cut = encodeErrorResult({
      abi: bondingManagerAbi,
      errorName: 'InvalidRewardCut',
      args: [1_005_000n],
    })
    expect(refused(cut).message).toContain('100.5 %')
    const permit = encodeErrorResult({
      abi: livepeerTokenAbi,
      errorName: 'ERC2612ExpiredSignature',
      args: [1_700_000_000n],
    })
    expect(refused(permit).message).toContain('until 2023-11-14 22:13 UTC')
  })

  test('names a proposal by the digits that commands take', () => {
    const args = [10n ** 76n, 3, `0x${'00'.repeat(32)}`] as const
    const state = encodeErrorResult({
      abi: livepeerGovernorAbi,
      errorName: 'GovernorUnexpectedProposalState',
      args,
    })
    expect(refused(state).message).toContain('proposal 1000000000 is in state defeated')
    expect(refused(state).facts).toMatchObject({ proposalId: 10n ** 76n })
  })

  test('explains panics', () => {
    const data = encodeAbiParameters([{ type: 'uint256' }], [0x11n])
    const error = refused(`0x4e487b71${data.slice(2)}`)
    expect(error.reason).toBe('Panic(0x11)')
    expect(error.message).toContain('a number became too large or negative')
  })

  test('knows what the strings of the original contracts mean', () => {
    const data = encodeAbiParameters([{ type: 'string' }], ['current round is not initialized'])
    const error = refused(`0x08c379a0${data.slice(2)}`)
    expect(error.reason).toBe('current round is not initialized')
    expect(error.advice).toContain('tessera round init')
  })

  test.each([
    ['0x', 'it gave no reason', ''],
    ['0xdeadbeef', 'unknown error 0xdeadbeef', 'unknown error 0xdeadbeef'],
    // A selector that is known, with too few bytes after it.
    ['0xfb8f41b200', 'unknown error 0xfb8f41b2', 'unknown error 0xfb8f41b2'],
  ] as const)('survives the bytes %s', (data, words, reason) => {
    expect(refused(data).message).toContain(words)
    expect(refused(data).reason).toBe(reason)
    expect(refused(data).advice).toBeUndefined()
  })

  test('does not mistake names of JavaScript for entries of a table', () => {
    for (const text of ['constructor', 'toString', '__proto__']) {
      const error = new RevertedError({ what: 'It', revert: revertWithText(text) })
      expect(error.message).toBe(`It was refused by the contract: ${text}.`)
    }
  })
})
