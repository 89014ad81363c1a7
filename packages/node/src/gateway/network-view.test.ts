import { seededRandom } from '@tessera/runtime/random'
import { VirtualClock } from '@tessera/testing/virtual-clock'
import { describe, expect, it } from 'vitest'
import { networkView, withPaymentsOf } from './network-view.ts'
import { OrchestratorBook } from './orchestrator-book.ts'

const URL_A = 'https://a:1'

function books() {
  const clock = new VirtualClock()
  const pair = [1, 2].map((seed) => {
    const book = new OrchestratorBook({ clock, random: seededRandom(seed) })
    book.update([{ url: URL_A, stake: 1n }])
    return book
  })
  return { segments: pair[0]!, realtime: pair[1]! }
}

describe('networkView', () => {
  it('counts tickets for real-time work together with those for segments', () => {
    const { segments, realtime } = books()
    segments.paid(URL_A, { tickets: 3, feeWei: 30n })
    realtime.paid(URL_A, { tickets: 4, feeWei: 400n })
    const view = networkView({
      atMs: 0,
      nowMonotonicMs: 0,
      address: '0x0000000000000000000000000000000000000001',
      publishUrl: 'rtmp://localhost/live',
      streams: [],
      orchestrators: withPaymentsOf(realtime, segments.all()),
      chain: undefined,
    })
    expect(view.payments.ticketsSent).toBe(7)
    expect(view.orchestrators[0]).toMatchObject({ ticketsSent: 7, feesWei: '430' })
  })
})
