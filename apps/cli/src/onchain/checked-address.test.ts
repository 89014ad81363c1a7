import { expect, test } from 'vitest'
import { checkedAddress } from './checked-address.ts'

const CHECKED = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

test.each([CHECKED, CHECKED.toLowerCase(), `0x${CHECKED.slice(2).toUpperCase()}`])(
  '%s is an address',
  (text) => {
    expect(checkedAddress(text)).toBe(CHECKED)
  },
)

test.each([
  CHECKED.replace('C8', 'c8'),
  CHECKED.replace('0d17', '0d18'),
  CHECKED.slice(0, -1),
  `${CHECKED}0`,
  CHECKED.slice(2),
  '',
])('%s is refused, because a digit may be wrong', (text) => {
  expect(() => checkedAddress(text)).toThrow(expect.objectContaining({ code: 'CLI_USAGE' }))
})
