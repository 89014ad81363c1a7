import { expect, test } from 'vitest'
import { z } from 'zod'
import { settingsProblems } from './settings-problems.ts'

const schema = z.strictObject({
  port: z.int().max(65_535),
  chain: z.strictObject({ privateKey: z.string().min(66) }),
})

function problemsOf(settings: unknown): string {
  const result = schema.safeParse(settings, { reportInput: true })
  return result.success ? '' : settingsProblems(result.error)
}

test('says what is missing, unknown and wrong, each with its place', () => {
  expect(problemsOf({ port: 1, chain: {} })).toBe('chain.privateKey is missing')
  expect(problemsOf({ prot: 1, port: 1, chain: { privateKey: 'x'.repeat(66) } })).toBe(
    'settings has no setting called prot',
  )
  expect(problemsOf({ port: 70_000, chain: { privateKey: 'x'.repeat(66) } })).toMatch(
    /^port is not right \(.*65535\)$/,
  )
})

test('shows no value: it may be a secret', () => {
  expect(problemsOf({ port: 1, chain: { privateKey: 'hunter2' } })).not.toContain('hunter2')
})
