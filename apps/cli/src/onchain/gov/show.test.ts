import { expect, test } from 'vitest'
import { quorumText } from './show.ts'

const LPT = 10n ** 18n

test.each([
  [3n, 'reached: 3 LPT cast, 2 LPT needed'],
  [2n, 'reached: 2 LPT cast, 2 LPT needed'],
  [1n, 'not reached: 1 LPT cast, 2 LPT needed'],
])('%d LPT of votes are held against a quorum of 2 LPT', (cast, says) => {
  expect(quorumText(cast * LPT, 2n * LPT)).toBe(says)
})
