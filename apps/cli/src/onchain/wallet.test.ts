import { expect, test } from 'vitest'
import { othersText } from './wallet.ts'

test.each([
  [3, 4, 'The transaction with nonce 3 of this account still waits'],
  [3, 6, 'The transactions with nonces 3 to 5 of this account still wait'],
])('says which transactions wait for a block: nonces %d to below %d', (mined, pending, text) => {
  expect(othersText(mined, pending)).toContain(text)
})
