import { expect, it } from 'vitest'
import { hasPlausibleCase } from './address.ts'

const CHECKSUMMED = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed' // an example of EIP-55

it.each([CHECKSUMMED, CHECKSUMMED.toLowerCase(), `0x${CHECKSUMMED.slice(2).toUpperCase()}`])(
  'finds nothing wrong with %s',
  (text) => {
    expect(hasPlausibleCase(text)).toBe(true)
  },
)

it('notices a letter of the other case, and another digit', () => {
  expect(hasPlausibleCase(CHECKSUMMED.replace('aAeb', 'aaeb'))).toBe(false)
  expect(hasPlausibleCase(CHECKSUMMED.replace('6053', '6054'))).toBe(false)
})
