import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readWinningTickets } from './winning-ticket-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'ticket-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

const good = {
  recipient: `0x${'11'.repeat(20)}`,
  sender: `0x${'22'.repeat(20)}`,
  faceValue: '1000000000000000000',
  winProb: `0x${'ff'.repeat(32)}`,
  senderNonce: 3,
  recipientRandHash: `0x${'33'.repeat(32)}`,
  creationRound: 7,
  creationRoundBlockHash: `0x${'44'.repeat(32)}`,
  signature: `0x${'55'.repeat(65)}`,
  recipientRand: '42',
}

function read(content: unknown): ReturnType<typeof readWinningTickets> {
  const file = join(folder, 'ticket.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return readWinningTickets(file)
}

test('reads one ticket or a list', () => {
  const [ticket] = read(good)
  expect(ticket).toMatchObject({
    ticket: { faceValue: 10n ** 18n, winProb: 2n ** 256n - 1n, senderNonce: 3, creationRound: 7n },
    recipientRand: 42n,
  })
  expect(read([good, good])).toHaveLength(2)
})

test.each([
  ['signature', `0x${'55'.repeat(64)}`, /signature of the ticket must be 0x and 130 hex digits/],
  ['recipient', 'bob', /recipient of the ticket/],
  ['faceValue', '1.5', /faceValue of the ticket must be a whole number/],
  ['faceValue', 1e18, /faceValue/],
  ['faceValue', String(2n ** 256n), /faceValue/],
  ['senderNonce', '9007199254740992', /senderNonce/],
  ['creationRound', -1, /creationRound/],
  ['recipientRand', undefined, /recipientRand/],
])('names the field that is wrong: %s = %s', (field, value, message) => {
  expect(() => read({ ...good, [field]: value })).toThrow(message)
})

test.each(['{', '[]', '7', 'null'])('refuses %s', (content) => {
  expect(() => read(content)).toThrow(/Cannot read|holds 0 tickets|not a JSON object/)
})
