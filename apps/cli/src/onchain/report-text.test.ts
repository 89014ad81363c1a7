import { expect, it } from 'vitest'
import { failureDocument, failureText } from './failure.ts'
import type { Envelope } from './report.ts'
import { successDocument } from './report.ts'
import { successText } from './report-text.ts'

const sent = { what: 'create Controller', says: 'create Controller', to: null, value: 0n }
const envelope: Envelope = {
  command: 'protocol deploy',
  dryRun: false,
  transactions: [{ ...sent, hash: '0x1', block: 1n, gas: 5n, cost: 7n }],
  changes: [],
}
const report = { result: {}, lines: ['Done.'] }

it('does not repeat transactions that were told as they were mined', () => {
  const told = { ...envelope, told: true }
  expect(successText(envelope, report)).toContain('create Controller')
  expect(successText(told, report)).toBe('Done.')
  expect(failureText(envelope, new Error('refused'))).toContain('create Controller')
  expect(failureText(told, new Error('refused'))).not.toContain('create Controller')
})

it('has them in the document all the same', () => {
  const told = { ...envelope, told: true }
  expect(successDocument(told, report)).toBe(successDocument(envelope, report))
  expect(successDocument(told, report)).toContain('create Controller')
  expect(failureDocument(told, new Error('refused'))).toContain('create Controller')
})
