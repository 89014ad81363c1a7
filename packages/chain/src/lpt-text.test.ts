import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lptText, parseLptText } from './lpt-text.ts'

it('reads what it writes', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 30n - 1n), (wei) => {
      expect(parseLptText(lptText(wei))).toBe(wei)
    }),
  )
  expect([lptText(5n * 10n ** 17n), lptText(750_000n * 10n ** 18n), lptText(1n)]).toEqual([
    '0.5',
    '750000',
    '0.000000000000000001',
  ])
})

it.each(['', '1.', '.5', '-1', '1e3', '01', '1_000', '1000000000000', '0.1234567890123456789', 5, undefined])(
  'takes %j for no amount',
  (value) => {
    expect(parseLptText(value)).toBeUndefined()
  },
)
