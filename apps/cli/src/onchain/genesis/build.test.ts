import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type BuildOptions, genesisBuild } from './build.ts'

const ALONE = `0x${'12'.repeat(20)}`
const PLAN = {
  supply: '90',
  community: '90',
  team: [],
  earlyDevelopers: [],
  balanceThreshold: '5',
  genesisBlock: 0,
  cliffBlocks: 30,
  callerPeriodBlocks: 100,
}
let folder: string
let out: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'genesis-build-'))
  out = join(folder, 'out')
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(async () => {
  vi.restoreAllMocks()
  process.exitCode = 0
  await rm(folder, { recursive: true, force: true })
})

async function build(
  list: string,
  plan: object,
  more: Partial<BuildOptions> = {},
): Promise<typeof process.exitCode> {
  await writeFile(join(folder, 'list.csv'), list)
  await writeFile(join(folder, 'plan.json'), JSON.stringify(plan))
  const options = { plan: join(folder, 'plan.json'), out, force: false, maxRows: 100, json: true, ...more }
  process.exitCode = 0
  await genesisBuild(join(folder, 'list.csv'), options)
  return process.exitCode
}

const filesOf = (path: string): Promise<string[]> => readdir(path).catch(() => [])

test('writes report, proofs and who is left out', async () => {
  expect(await build(`${ALONE},5\n`, PLAN)).toBe(0)
  expect(await filesOf(out)).toEqual(['excluded.csv', 'report.json', 'tree.bin'])
})

test.each([
  ['a plan whose parts are not the supply', `${ALONE},5\n`, { ...PLAN, supply: '91' }],
  ['a list with a malformed line', `${ALONE},4\nx,1\n`, PLAN],
  ['an empty list', '', PLAN],
])('leaves nothing behind after %s', async (_, list, plan) => {
  expect(await build(list, plan)).toBe(2)
  expect(await filesOf(folder)).toEqual(['list.csv', 'plan.json'])
})

test('writes no genesis that differs from the report it is held against, and keeps an older one', async () => {
  await build(`${ALONE},5\n`, PLAN)
  const report = join(out, 'report.json')
  const before = await readFile(report, 'utf8')
  const other = `0x${'34'.repeat(20)},5\n`
  const second = join(folder, 'second')
  expect(await build(other, PLAN, { out: second, check: report })).toBe(1)
  expect(await filesOf(second)).toEqual([])
  expect(await build(other, PLAN, { check: report, force: true })).toBe(1)
  expect(await readFile(report, 'utf8')).toBe(before)
  expect(await filesOf(out)).toEqual(['excluded.csv', 'report.json', 'tree.bin'])
})
