import { expect, test } from 'vitest'
import { parsePayout } from './parse-payout.ts'
import { account, accounts, build } from './test-list.suite.ts'

const LPT = 10n ** 18n
const grant = (n: number, amount: bigint) => ({
  beneficiary: account(n),
  amount,
  startSeconds: 1_000_000_000,
  cliffSeconds: 100,
  durationSeconds: 1000,
})
const built = await build(accounts(7).join('\n'), {
  community: 100n * LPT,
  supply: 111n * LPT,
  team: [grant(1, 5n * LPT), grant(2, 5n * LPT)],
  earlyDevelopers: [grant(3, LPT)],
})
type Report = typeof built.report

test('reads what build writes', () => {
  const payout = parsePayout(JSON.stringify(built.report))
  expect(payout).toMatchObject({ supply: 111n * LPT, mine: built.report.mine })
  expect(payout.grants).toEqual([
    { group: 'team', ...grant(1, 5n * LPT) },
    { group: 'team', ...grant(2, 5n * LPT) },
    { group: 'earlyDevelopers', ...grant(3, LPT) },
  ])
})

const other = (change: (report: Report) => object) => JSON.stringify(change(built.report))
const withGrant = (over: object) =>
  other((report) => ({ ...report, grants: [{ ...report.grants[0], ...over }, ...report.grants.slice(1)] }))

test.each([
  ['grants', other((report) => ({ ...report, grants: {} }))],
  ['supply.team', other((report) => ({ ...report, grants: report.grants.slice(1) }))],
  ['supply.total', other((report) => ({ ...report, supply: { ...report.supply, total: '1' } }))],
  ['supply.community', other((report) => ({ ...report, supply: { ...report.supply, community: '1' } }))],
  ['supply', other((report) => ({ ...report, supply: [] }))],
  ['mine.tokensPerAllocation', other((r) => ({ ...r, mine: { ...r.mine, tokensPerAllocation: '1' } }))],
  ['mine.remainder', other((r) => ({ ...r, mine: { ...r.mine, remainder: '1' } }))],
  ['grants[0].group', withGrant({ group: 'friends' })],
  ['grants[0].beneficiary', withGrant({ beneficiary: `0x${'0'.repeat(40)}` })],
  ['grants[0].beneficiary', withGrant({ beneficiary: '0x12' })],
  ['grants[0].beneficiary', withGrant({ beneficiary: '0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed' })],
  ['grants[0].amount', withGrant({ amount: '0' })],
  ['grants[0].amount', withGrant({ amount: 5 })],
  ['grants[0].amount', withGrant({ amount: '1000000000000000000000000000001' })],
  ['grants[0].cliffSeconds', withGrant({ cliffSeconds: 1001 })],
  ['grants[0].startSeconds', withGrant({ startSeconds: -1 })],
  ['grants[0].durationSeconds', withGrant({ durationSeconds: 1.5 })],
])('refuses a report with another %s', (field, text) => {
  expect(() => parsePayout(text)).toThrow(
    expect.objectContaining({ code: 'GENESIS_FILES', facts: expect.objectContaining({ field }) }),
  )
})
