import { addressBytes } from '@tessera/protocol/address'
import { fromHex, toHex } from '@tessera/runtime/bytes'
import fc from 'fast-check'
import { concatHex, keccak256 as viemKeccak } from 'viem'
import { describe, expect, test } from 'vitest'
import { isProven, levelsOf } from './genesis-tree.ts'
import { account, accounts, build, fileOf, reader } from './test-list.suite.ts'
import { readProof } from './tree-file.ts'

const pair = (a: `0x${string}`, b: `0x${string}`) => viemKeccak(concatHex(a < b ? [a, b] : [b, a]))

describe('the tree', () => {
  test('has the root that the rules give for three accounts: the third moves up', async () => {
    const leaves = accounts(3)
      .map((one) => viemKeccak(one))
      .sort()
    const [a, b, c] = leaves
    const { report } = await build(accounts(3).join('\n'))
    expect(report.tree.root).toBe(pair(pair(a!, b!), c!))
  })

  test('of one account is its leaf, with an empty proof', async () => {
    const built = await build(account(1))
    expect(built.report.tree.root).toBe(viemKeccak(account(1)))
    expect((await readProof(reader(fileOf(built)), account(1), built.report.tree)).proof).toBe('0x')
  })

  test('has the root that the rules give, written down once more, for any number of accounts', async () => {
    for (const size of [1, 2, 4, 5, 6, 7, 8, 9, 15, 16, 17, 33]) {
      const leaves = accounts(size).map((one) => viemKeccak(one))
      expect((await build(accounts(size).join('\n'))).report.tree.root).toBe(naiveRoot(leaves.sort()))
    }
  })

  // A change of the rules would orphan every published proof.
  test.each([
    [7, '0x9c0a034664e9fdd7a6a295396de33fb148bfea5b6a70721369b23117cc00023a'],
    [1000, '0x0725cca85084101b90f1d80e650d3c934a269e594b27f71a213a0888ffc8e958'],
  ])('of the first %i accounts keeps its root', async (count, root) => {
    expect((await build(accounts(count).join('\n'))).report.tree.root).toBe(root)
  })

  test('needs twice the leaves and a few nodes at most', () => {
    for (const size of [1, 2, 3, 5, 8, 1000, 2_598_071]) {
      const levels = levelsOf(size)
      expect(levels.at(-1)!.count).toBe(1)
      expect(levels.reduce((sum, { count }) => sum + count, 0)).toBeLessThan(2 * size + 32)
    }
  })
})

describe('proofs', () => {
  test('lead every account of trees of any size to the root, and no other account', async () => {
    const anySize = fc.integer({ min: 1, max: 70 })
    await fc.assert(
      fc.asyncProperty(anySize, fc.nat(), fc.nat(), async (size, nth, stranger) => {
        const { built, proof, root } = await proven(size, nth % size)
        expect(isProven(addressBytes(proof.account), fromHex(proof.proof), root)).toBe(true)
        const other = account(size + stranger)
        expect(isProven(addressBytes(other), fromHex(proof.proof), root)).toBe(false)
        await expect(readProof(reader(fileOf(built)), other, built.report.tree)).rejects.toMatchObject({
          code: 'GENESIS_NOT_LISTED',
        })
      }),
      { numRuns: 60 },
    )
  })

  test('fail when any bit is changed, when a sibling is missing, or when one is added', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 70 }), fc.nat(), fc.nat(), async (size, nth, bit) => {
        const { proof, root } = await proven(size, nth % size)
        const bytes = fromHex(proof.proof)
        const who = addressBytes(proof.account)
        const changed = bytes.slice()
        changed[(bit >> 3) % bytes.length]! ^= 1 << (bit & 7)
        expect(isProven(who, changed, root)).toBe(false)
        expect(isProven(who, bytes.subarray(32), root)).toBe(false)
        expect(isProven(who, bytes.subarray(0, -32), root)).toBe(false)
        expect(isProven(who, new Uint8Array([...bytes, ...root]), root)).toBe(false)
        expect(isProven(who, bytes.subarray(1), root)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the file of a tree', () => {
  test('is refused when it belongs to another report, is cut, changed, or something else', async () => {
    const built = await build(accounts(9).join('\n'))
    const other = await build(accounts(8).join('\n'))
    const { tree } = built.report
    const file = fileOf(built)
    const changed = file.slice()
    changed[16 + 8 * 32]! ^= 1
    const cases = [
      [file, other.report.tree],
      [file, { ...tree, root: other.report.tree.root }],
      [file.subarray(0, -1), tree],
      [file.subarray(0, 10), tree],
      [new Uint8Array(64), tree],
      [new Uint8Array(0), tree],
    ] as const
    for (const [bytes, expected] of cases) {
      await expect(readProof(reader(bytes), account(1), expected)).rejects.toMatchObject({
        code: 'GENESIS_FILES',
      })
    }
    const refusals = await Promise.all(
      accounts(9).map((who) =>
        readProof(reader(changed), who, tree).catch((error: { code: string }) => error.code),
      ),
    )
    expect(refusals.filter((refusal) => typeof refusal === 'string').length).toBeGreaterThan(0)
  })
})

function naiveRoot(level: readonly `0x${string}`[]): `0x${string}` {
  if (level.length === 1) return level[0]!
  const above: `0x${string}`[] = []
  for (let i = 0; i < level.length; i += 2)
    above.push(i + 1 < level.length ? pair(level[i]!, level[i + 1]!) : level[i]!)
  return naiveRoot(above)
}

async function proven(size: number, nth: number) {
  const built = await build(accounts(size).join('\n'))
  const proof = await readProof(reader(fileOf(built)), account(nth), built.report.tree)
  expect(toHex(built.tree.root)).toBe(built.report.tree.root)
  return { built, proof, root: built.tree.root }
}
