import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatEth,
  formatEthShort,
  formatLpt,
  formatLptShort,
  formatPercent,
  formatUnits,
  parseEthOrMax,
  parseLpt,
  parseLptOrMax,
  parsePercent,
  parseUnits,
} from './amounts.ts'

describe('an amount', () => {
  test.each([
    ['10', 10n * 10n ** 18n],
    ['0.5', 5n * 10n ** 17n],
    ['.5', 5n * 10n ** 17n],
    ['0', 0n],
    ['007', 7n * 10n ** 18n],
    ['1_000.25', 1_000_250_000_000_000_000_000n],
    ['0.000000000000000001', 1n],
    ['9007199254740993.000000000000000001', 9_007_199_254_740_993_000_000_000_000_000_001n],
  ])('is read exactly: %s', (text, value) => {
    expect(parseLpt(text)).toBe(value)
  })

  test.each([
    '',
    '.',
    '1.',
    '1e3',
    '-1',
    '+1',
    '1,5',
    '1 000',
    '0x10',
    'ten',
    'max',
    '1.0000000000000000001',
    '1__0',
    '١',
    '1'.repeat(31),
    ' 1',
    '1\n',
    'Infinity',
    'NaN',
  ])('is refused: %j', (text) => {
    expect(() => parseLpt(text)).toThrow(/Write an amount|digits can follow|too large/)
  })

  test('may be max where that makes sense', () => {
    expect([parseLptOrMax('max'), parseEthOrMax('max'), parseEthOrMax('1')]).toEqual([
      'max',
      'max',
      10n ** 18n,
    ])
  })

  test('is written so that it reads back the same', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 45n }),
        fc.integer({ min: 0, max: 30 }),
        (value, decimals) => {
          fc.pre(value / 10n ** BigInt(decimals) < 10n ** 30n)
          expect(parseUnits(formatUnits(value, decimals), decimals)).toBe(value)
        },
      ),
    )
  })

  test('is written without zeros that say nothing', () => {
    expect([formatLpt(10n ** 18n), formatEth(15n * 10n ** 17n), formatEth(1n), formatUnits(-5n, 1)]).toEqual([
      '1 LPT',
      '1.5 ETH',
      '0.000000000000000001 ETH',
      '-0.5',
    ])
  })
})

describe('a percentage', () => {
  test.each([
    ['0', 0n],
    ['12.5', 125_000n],
    ['100', 1_000_000n],
    ['0.0001', 1n],
  ])('%s is exact in millionths', (text, value) => {
    expect(parsePercent(text)).toBe(value)
    expect(formatPercent(value)).toBe(`${text} %`)
  })

  test.each(['100.0001', '101', '-1', '0.00001', '5%'])('%s is refused', (text) => {
    expect(() => parsePercent(text)).toThrow()
  })
})

test.each([
  [0n, '0 ETH'],
  [7n, '0.000000000000000007 ETH'],
  [274_136_001_918_952n, '0.0002742 ETH'],
  [999_999n * 10n ** 18n, '1000000 ETH'],
])('a cost of %i wei is shown short as %s, never as less', (value, text) => {
  expect(formatEthShort(value)).toBe(text)
})

test('stake in a list has four digits after the point, never too much', () => {
  expect(formatLptShort(2_006_692_984_391_247_224_431_682n)).toBe('2006692.9843 LPT')
})
