import { expect, test } from 'vitest'
import { refusalCode, transcodeFailureCode } from './orchestrator-error.ts'

test.each([
  ['OrchestratorCapped\n', 'ORCHESTRATOR_FULL'],
  ['Invalid orchestrator request: OrchestratorCapped', 'ORCHESTRATOR_FULL'],
  ['Insufficient balance', 'ORCHESTRATOR_WANTS_PAYMENT'],
  ['TicketParams expired', 'ORCHESTRATOR_QUOTE_STALE'],
  ['expired auth token', 'ORCHESTRATOR_QUOTE_STALE'],
  ['invalid recipientRand for ticket recipientRandHash', 'ORCHESTRATOR_QUOTE_STALE'],
  ['invalid ticket senderNonce: already seen sender=0x1 nonce=3', 'ORCHESTRATOR_NONCE_SEEN'],
  ['invalid ticket signature', 'ORCHESTRATOR_PAYMENT_REFUSED'],
  ['insufficient sender reserve', 'ORCHESTRATOR_SENDER_UNFUNDED'],
  ['ErrSegSig', 'ORCHESTRATOR_REFUSED'],
])('the refusal %j has the code %s', (text, code) => {
  expect(refusalCode(text)).toBe(code)
})

test('a segment that nobody can transcode is told from a failure of one orchestrator', () => {
  expect(transcodeFailureCode('No keyframes in input')).toBe('ORCHESTRATOR_SEGMENT_INVALID')
  expect(transcodeFailureCode('Remote transcoder took too long')).toBe('ORCHESTRATOR_TRANSCODE_FAILED')
  expect(transcodeFailureCode('OrchestratorBusy')).toBe('ORCHESTRATOR_FULL')
})
