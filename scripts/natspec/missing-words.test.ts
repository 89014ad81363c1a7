import { describe, expect, it } from 'vitest'
import type { Declaration } from './declarations.ts'
import { missingWords } from './missing-words.ts'

const call: Declaration = {
  source: 'A.sol',
  owner: 'A',
  kind: 'function',
  name: 'a',
  comment: '@notice Pays.',
  overrides: false,
  parameters: [],
  returns: [],
}
const faultsOf = (changes: Partial<Declaration>) => missingWords({ ...call, ...changes })
const amount = { name: 'amount', type: 'uint256' }
const flag = { name: 'flag', type: 'bool' }

describe('what the comments of a contract must say', () => {
  it('finds nothing where all is said', () => {
    expect(faultsOf({})).toEqual([])
    expect(faultsOf({ kind: 'contract', comment: '@title A mine' })).toEqual([])
    expect(
      faultsOf({
        comment: '@notice Pays\n  somebody.\n@dev Last.\n@param amount\n    Wei\n@return flag Yes',
        parameters: [amount],
        returns: [flag],
      }),
    ).toEqual([])
    expect(
      faultsOf({
        kind: 'error',
        comment: '@notice There is less. Pay less.\n@param amount Wei',
        parameters: [amount],
      }),
    ).toEqual([])
  })

  it.each<[string, Partial<Declaration>]>([
    ['no @notice', { comment: '' }],
    ['no @notice', { comment: '@dev For us only.' }],
    ['no @notice', { comment: '@inheritdoc B' }],
    ['no @notice', { comment: '@dev Done.', overrides: true }],
    ['no @param flag', { parameters: [flag] }],
    ['no @param flag', { comment: '@notice Pays.\n@param flag', parameters: [flag] }],
    ['no @return flag', { returns: [flag] }],
    ['no @return', { returns: [{ name: '', type: 'bool' }] }],
    ['no @return amount', { comment: '@notice Pays.\n@return flag Yes', returns: [flag, amount] }],
    ['@param amount has no unit', { comment: '@notice Pays.\n@param amount Much', parameters: [amount] }],
    [
      '@param amount has no unit',
      {
        comment: '@notice Pays.\n@param amount Much of rounding',
        parameters: [{ name: 'amount', type: 'int64[]' }],
      },
    ],
    ['@return amount has no unit', { comment: '@notice Pays.\n@return amount Much', returns: [amount] }],
  ])('says of a call: %s', (fault, changes) => {
    expect(faultsOf(changes)).toEqual([`A.sol: function A.a: ${fault}`])
  })

  it('wants an error to say what to do', () => {
    const error = { kind: 'error', owner: '' } as const
    expect(faultsOf({ ...error, comment: '@notice The account has 0.5 ETH.' })).toEqual([
      'A.sol: error a: does not say what to do',
    ])
    expect(faultsOf({ ...error, comment: '@notice The account is empty: fund it.' })).toEqual([])
  })

  it('takes @inheritdoc for what overrides', () => {
    expect(faultsOf({ comment: '@inheritdoc B', overrides: true, parameters: [flag] })).toEqual([])
  })

  it('asks nothing of a parameter without a name', () => {
    expect(faultsOf({ parameters: [{ name: '', type: 'uint256' }] })).toEqual([])
  })
})
