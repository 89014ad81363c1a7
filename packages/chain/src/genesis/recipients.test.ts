import fc from 'fast-check'
import { expect, test } from 'vitest'
import { account, accounts, build } from './test-list.suite.ts'

const A = account(1)
const B = account(2)
const plain = accounts(3).join('\n')

test('the same accounts give the same root, whatever the order, the line ends, the quotes, the header', async () => {
  const { tree } = (await build(plain)).report
  const [a, b, c] = accounts(3)
  const same = [
    `${c}\n${a}\n${b}\n`,
    `${a}\r\n${b}\r\n${c}\r\n`,
    `\ufeff${a}\n${b}\n${c}`,
    `address\n"${a}"\n"${b}"\n${c}\n\n\n`,
    `Address,Balance\n${a},0\n${b},"12"\n${c},340282366920938463463374607431768211455`,
    `${a?.toLowerCase()},1\n0x${b?.slice(2).toUpperCase()},2\n${c},3`,
    `address,amount\n${a},1\n${b},1\n${c},1\n`,
  ]
  for (const text of same) {
    for (const chunkSize of [1, 7, 64, 4096]) {
      expect((await build(text, { chunkSize })).report.tree.root, text).toBe(tree.root)
    }
  }
  expect(tree.recipients).toBe(3)
})

test.each([
  ['a wrong digit', `${A}\n${A.slice(0, -1)}`, 'address', 2],
  ['a long address', `${A}0`, 'address', 1],
  ['a space', `${A} `, 'address', 1],
  ['no 0x', `${A}\n${B.slice(2)}`, 'address', 2],
  ['a letter beyond f', `${A.slice(0, -1)}g`, 'address', 1],
  ['a wrong checksum', `${A}\n${flipCase(B)}`, 'checksum', 2],
  ['an unknown header', `wallet\n${A}`, 'header', 1],
  ['a header in the middle', `${A}\naddress\n`, 'address', 2],
  ['another column', `${A}\n${B},5`, 'columns', 2],
  ['a missing column', `${A},5\n${B}`, 'columns', 2],
  ['three columns', `${A},5\n${B},5,5`, 'columns', 2],
  ['no balance', `${A},`, 'balance', 1],
  ['a fraction', `${A},1.5`, 'balance', 1],
  ['a sign', `${A},-1`, 'balance', 1],
  ['a leading zero', `${A},01`, 'balance', 1],
  ['79 digits', `${A},${'9'.repeat(79)}`, 'balance', 1],
  ['an open quote', `"${A}`, 'quotes', 1],
  ['a quote inside', `"${A}"x`, 'quotes', 1],
  ['a lone quote', `",1`, 'header', 1],
  ['a repeated account', `${A}\n${B}\n${A.toLowerCase()}`, 'duplicate', 3],
  ['an empty line between rows', `${A}\n\n${B}`, 'empty-line', 2],
  ['a long line', `${A}\n${B},${'1'.repeat(200)}`, 'line-too-long', 2],
  ['a long line without end', `${A}\n${'x'.repeat(5000)}`, 'line-too-long', 2],
  ['letters of another script', `0x${'é'.repeat(20)}`, 'encoding', 1],
  ['UTF-16', Buffer.from(`\ufeff${A}`, 'utf16le'), 'encoding', 1],
  ['nothing', '', 'empty', 1],
  ['only a header', 'address\n', 'empty', 2],
  ['only the zero address', `0x${'0'.repeat(40)}`, 'no-recipients', 1],
] as const)('refuses %s, naming the line', async (_, text, problem, line) => {
  for (const chunkSize of [1, 13, 4096]) {
    await expect(build(text, { chunkSize })).rejects.toMatchObject({ code: 'GENESIS_CSV', problem, line })
  }
})

test('says of a repeated account where it stood first, and what to do', async () => {
  const error = await build(`${accounts(50).join('\n')}\n${account(20)}\n${account(10)}`).catch(
    (e: unknown) => e,
  )
  expect(error).toMatchObject({ line: 51, facts: { earlierLine: 21 }, advice: 'Keep one of the two lines.' })
})

test('leaves out balances below the threshold and the zero address, and says so', async () => {
  const list = `address,balance\n${account(0)},99\n${account(1)},100\n0x${'0'.repeat(40)},1000\n${account(2)},1000\n${account(3)},20`
  const { report, excluded } = await build(list, { balanceThreshold: 100n })
  expect(report.tree.recipients).toBe(2)
  expect(report.input.rows).toBe(5)
  expect(report.excluded).toMatchObject({ total: 3, zeroAddress: 1, belowThreshold: 2 })
  expect(excluded).toBe(
    `line,address,reason\n2,${account(0).toLowerCase()},below-threshold\n4,0x${'0'.repeat(40)},zero-address\n6,${account(3).toLowerCase()},below-threshold\n`,
  )
})

test('a threshold needs balances, and only so many rows are taken', async () => {
  await expect(build(plain, { balanceThreshold: 1n })).rejects.toMatchObject({
    problem: 'no-balances',
    line: 1,
  })
  await expect(build(plain, { maxRows: 2 })).rejects.toMatchObject({ problem: 'too-many-rows', line: 3 })
  expect((await build(plain, { maxRows: 3 })).report.tree.recipients).toBe(3)
})

test('answers any bytes with a genesis or with the line that is wrong, in whatever pieces they come', async () => {
  const row = fc.oneof(
    fc.constantFrom(A, B, A.toLowerCase(), `"${B}"`, `${A},1`, '', '0x', 'address', ',', '"', '\u0000', 'é'),
    fc.string({ maxLength: 60 }),
  )
  const text = fc.array(row, { maxLength: 6 }).map((rows) => rows.join('\n'))
  const anything = fc.oneof(
    text.map((value) => new TextEncoder().encode(value)),
    fc.uint8Array({ maxLength: 400 }),
  )
  await fc.assert(
    fc.asyncProperty(anything, fc.integer({ min: 1, max: 50 }), async (bytes, chunkSize) => {
      const outcome = (size: number) =>
        build(bytes, { chunkSize: size }).then(
          ({ report }) => report.tree.root,
          (error: { code?: string; line?: number; problem?: string }) =>
            `${error.code} ${error.problem} ${error.line}`,
        )
      const first = await outcome(chunkSize)
      expect(first).toMatch(/^(0x[0-9a-f]{64}|GENESIS_CSV \S+ \d+)$/)
      expect(await outcome(4096)).toBe(first)
    }),
    { numRuns: 300 },
  )
})

function flipCase(text: string): string {
  const at = [...text].findIndex((letter, i) => i > 1 && /[a-f]/.test(letter))
  return text.slice(0, at) + text[at]!.toUpperCase() + text.slice(at + 1)
}
