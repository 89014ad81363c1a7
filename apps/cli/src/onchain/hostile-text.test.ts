import { RevertedError } from '@tessera/chain/errors'
import { decodeRevert } from '@tessera/chain/reverts/revert'
import { encodeErrorResult, parseAbi } from 'viem'
import { expect, test } from 'vitest'
import { failureDocument, failureText } from './failure.ts'
import type { Envelope } from './report.ts'
import { successDocument } from './report.ts'
import { successText } from './report-text.ts'

/** Clears the screen in both forms (ESC [ and the single C1 character), goes back a line, turns the text round. */
const HOSTILE = '\u001b[2J\u009b2J\r\u202e'
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const STEERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/

const envelope: Envelope = {
  command: 'gov execute',
  dryRun: true,
  transactions: [{ what: 'execute', says: `call ${HOSTILE}`, to: null, value: 0n }],
  changes: [{ what: 'address', before: HOSTILE, after: '', text: HOSTILE }],
}
const report = { result: { text: HOSTILE }, lines: [`Calls ${HOSTILE}`], next: [HOSTILE] }
const data = encodeErrorResult({
  abi: parseAbi(['error Error(string)']),
  errorName: 'Error',
  args: [HOSTILE],
})
const error = new RevertedError({ what: 'execute', revert: decodeRevert(data) })

test.each([
  ['a report', () => successText(envelope, report)],
  ['a document', () => successDocument(envelope, report)],
  ['a failure', () => failureText(envelope, error)],
  ['a document of a failure', () => failureDocument(envelope, error)],
])('text of the chain in %s cannot steer the terminal', (_, print) => {
  expect(print()).not.toMatch(STEERS)
})

test('a document keeps the text of the chain as it is', () => {
  expect(JSON.parse(successDocument(envelope, report)).result.text).toBe(HOSTILE)
})
