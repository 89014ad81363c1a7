import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mainnetParams } from '../deploy/params.ts'
import { parseAllocation } from './allocation.ts'
import { parseReport } from './parse-report.ts'
import { compareReports, makeReport } from './report.ts'
import { account, accounts, build } from './test-list.suite.ts'

const LPT = 10n ** 18n
const grant = {
  beneficiary: account(90),
  amount: '2000000',
  startSeconds: 1_525_132_800,
  cliffSeconds: 31_536_000,
  durationSeconds: 126_144_000,
}
const plan = {
  supply: '10000000',
  community: '6343700',
  team: [grant, { ...grant, beneficiary: account(91), amount: '1156300.5' }],
  earlyDevelopers: [{ ...grant, beneficiary: account(92).toLowerCase(), amount: '499999.5' }],
  balanceThreshold: '100000000000000000',
  genesisBlock: 5_264_265,
  cliffBlocks: 500_000,
  callerPeriodBlocks: 2_500_000,
}
const parse = (over: object) => parseAllocation(JSON.stringify({ ...plan, ...over }))

describe('the report', () => {
  test('has the figures of the founding genesis', () => {
    const { supply, mineAllocation, mineRecipients, ...rest } = mainnetParams.genesis
    const leaves = new Uint8Array(Number(mineRecipients) * 32)
    const empty = { zeroAddress: 0, belowThreshold: 0, sha256: '' }
    const list = { leaves, rows: 2_598_071, bytes: 0, sha256: '', excluded: empty }
    const report = makeReport(parseAllocation(JSON.stringify(plan)), list, new Uint8Array(32))
    expect(report.supply).toEqual({
      total: String(supply),
      community: String(mineAllocation),
      team: String(3_156_300n * LPT + LPT / 2n),
      earlyDevelopers: String(499_999n * LPT + LPT / 2n),
    })
    expect(report.mine).toEqual({
      totalTokens: '6343700000000000000000000',
      totalRecipients: 2_598_071,
      tokensPerAllocation: '2441696166117092258',
      remainder: '165682',
      balanceThreshold: String(rest.mineBalanceThreshold),
      genesisBlock: String(rest.mineGenesisBlock),
      callerStartBlock: '5764265',
      callerEndBlock: '8264265',
    })
    expect(rest.mineCliff).toBe(500_000n)
    expect(rest.mineCallerPeriod).toBe(2_500_000n)
  })

  test('adds up: parts to the supply, shares and remainder to the mine', async () => {
    const { report } = await build(accounts(7).join('\n'))
    const { mine, supply } = report
    expect(BigInt(supply.community) + BigInt(supply.team) + BigInt(supply.earlyDevelopers)).toBe(
      BigInt(supply.total),
    )
    expect(BigInt(mine.tokensPerAllocation) * 7n + BigInt(mine.remainder)).toBe(BigInt(mine.totalTokens))
  })

  test('names the list and the excluded rows by their SHA-256', async () => {
    const text = `${accounts(3).join('\n')}\n0x${'0'.repeat(40)}\n`
    const { report, excluded } = await build(text)
    expect(report.input).toEqual({ sha256: sha256(text), bytes: text.length, rows: 4 })
    expect(report.excluded.sha256).toBe(sha256(excluded))
  })

  test('is the same when another person builds it, and else tells where it differs', async () => {
    const { report } = await build(accounts(5).join('\n'))
    const again = JSON.parse(JSON.stringify((await build(accounts(5).join('\n'))).report))
    expect(compareReports(report, again)).toEqual([])
    again.mine.remainder = '1'
    again.extra = true
    again.grants = [{ group: 'team' }]
    expect(compareReports(report, again).map(({ field }) => field)).toEqual([
      'mine.remainder',
      'grants.0',
      'extra',
    ])
    expect(compareReports(report, null)).toHaveLength(1)
    const disguised = { ...JSON.parse(JSON.stringify(report)), grants: { ...report.grants } }
    expect(compareReports(report, disguised).map(({ field }) => field)).toEqual(['grants'])
  })
})

describe('the allocation', () => {
  test('must add up to the wei', () => {
    expect(() => parse({ supply: '10000000.000000000000000001' })).toThrow(
      expect.objectContaining({ code: 'GENESIS_PLAN', facts: expect.objectContaining({ difference: 1n }) }),
    )
  })

  test.each([
    ['supply', { supply: 10_000_000 }],
    ['supply', { supply: '1e7' }],
    ['supply', { supply: '1.0000000000000000001' }],
    ['supply', { supply: '010' }],
    ['community', { community: '0', supply: '3656300' }],
    ['team', { team: {} }],
    ['team[0]', { team: ['x'] }],
    ['team[0].beneficiary', { team: [{ ...grant, beneficiary: `0x${'0'.repeat(40)}` }] }],
    ['team[0].beneficiary', { team: [{ ...grant, beneficiary: 'me' }] }],
    ['team[0].beneficiary', { team: [{ ...grant, beneficiary: `0xA${account(1).slice(3).toLowerCase()}` }] }],
    ['team[0].amount', { team: [{ ...grant, amount: '0' }] }],
    ['team[0].cliffSeconds', { team: [{ ...grant, cliffSeconds: grant.durationSeconds + 1 }] }],
    ['team[0].startSeconds', { team: [{ ...grant, startSeconds: -1 }] }],
    ['team[0].notes', { team: [{ ...grant, notes: '' }] }],
    ['balanceThreshold', { balanceThreshold: '0.1' }],
    ['genesisBlock', { genesisBlock: 1.5 }],
    ['cliffBlocks', { cliffBlocks: 0 }],
    ['callerPeriodBlocks', { callerPeriodBlocks: '1' }],
    ['plan.treasury', { treasury: '1' }],
  ])('names %s when it is wrong', (field, over) => {
    expect(() => parse(over)).toThrow(
      expect.objectContaining({ code: 'GENESIS_PLAN', facts: expect.objectContaining({ field }) }),
    )
  })

  test('is refused when it is no JSON, no object, or far too long', () => {
    for (const text of ['', '{', '[]', 'null', `"${'x'.repeat(5_000_000)}"`]) {
      expect(() => parseAllocation(text)).toThrow(expect.objectContaining({ code: 'GENESIS_PLAN' }))
    }
  })
})

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

test('any JSON is a plan or an error of it, and a report or an error of it', () => {
  const mutated = fc
    .record({ field: fc.constantFrom(...Object.keys(plan)), value: fc.jsonValue() })
    .map(({ field, value }) => ({ ...plan, [field]: value }))
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), mutated), (value) => {
      for (const [parser, code] of [
        [parseAllocation, 'GENESIS_PLAN'],
        [parseReport, 'GENESIS_FILES'],
      ] as const) {
        try {
          parser(JSON.stringify(value))
        } catch (error) {
          expect(error).toMatchObject({ code })
        }
      }
    }),
    { numRuns: 500 },
  )
})

describe('a report that was read', () => {
  test('has what the mine needs, or is refused with the field', async () => {
    const { report } = await build(accounts(5).join('\n'))
    const { root, recipients } = report.tree
    expect(parseReport(JSON.stringify(report))).toEqual({ tree: { root, recipients }, mine: report.mine })
    const cases: [string, unknown][] = [
      ['report', []],
      ['format', { ...report, version: 2 }],
      ['tree', { ...report, tree: null }],
      ['tree.root', { ...report, tree: { ...report.tree, root: root.slice(2) } }],
      ['tree.recipients', { ...report, tree: { root, recipients: 0 } }],
      ['mine.totalRecipients', { ...report, mine: { ...report.mine, totalRecipients: 4 } }],
      ['mine.remainder', { ...report, mine: { ...report.mine, remainder: '01' } }],
      ['mine.callerEndBlock', { ...report, mine: { ...report.mine, callerEndBlock: undefined } }],
    ]
    for (const [field, value] of cases) {
      expect(() => parseReport(JSON.stringify(value)), field).toThrow(
        expect.objectContaining({ code: 'GENESIS_FILES', facts: { field } }),
      )
    }
    expect(() => parseReport('{')).toThrow(expect.objectContaining({ code: 'GENESIS_FILES' }))
  })
})
