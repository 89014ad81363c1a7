import { VirtualClock } from '@tessera/testing/virtual-clock'
import { expect, test } from 'vitest'
import { OrchestratorBook } from './orchestrator-book.ts'

const URL = 'https://one'

function book(clock = new VirtualClock()): OrchestratorBook {
  const random = { bytes: (length: number) => new Uint8Array(length), uniform: () => 0.5 }
  const made = new OrchestratorBook({ clock, random })
  made.update([{ url: URL, stake: 0n }])
  return made
}

test('counts won tickets from where the orchestrator stood before it was sent any', () => {
  const made = book()
  made.reported(URL, { ticketsWon: 20 })
  expect(made.get(URL)?.ticketsWon).toBe(0)
  made.paid(URL, { tickets: 6, feeWei: 1n })
  made.reported(URL, { ticketsWon: 22 })
  expect(made.get(URL)?.ticketsWon).toBe(2)
})

test('counts all won tickets when the first report comes after the first payment', () => {
  const made = book()
  made.paid(URL, { tickets: 6, feeWei: 1n })
  made.reported(URL, { ticketsWon: 2 })
  expect(made.get(URL)?.ticketsWon).toBe(2)
})

test('goes on counting when the orchestrator began to count anew', () => {
  const made = book()
  made.paid(URL, { tickets: 6, feeWei: 1n })
  made.reported(URL, { ticketsWon: 3 })
  made.reported(URL, { ticketsWon: 1 })
  expect(made.get(URL)?.ticketsWon).toBe(4)
})

test('takes an orchestrator for reachable again when it answers after its pause', async () => {
  const clock = new VirtualClock()
  const made = book(clock)
  made.failed(URL, 'unreachable')
  made.reported(URL, { ticketsWon: 0 })
  expect(made.get(URL)?.lastFailure).toBe('unreachable')
  await clock.advance(1_000)
  made.reported(URL, { ticketsWon: 0 })
  expect(made.get(URL)?.lastFailure).toBeUndefined()
})
