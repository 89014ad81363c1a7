import { TrickleServer } from '@tessera/media/trickle/server'
import { silentLog } from '@tessera/runtime/log'
import { VirtualClock } from '@tessera/testing/virtual-clock'
import { expect, test } from 'vitest'
import { LIVE_PIXELS_PER_SECOND, RealtimeSession } from './realtime-session.ts'
import { RunnerRegistry } from './runner-registry.ts'

function setUp() {
  const clock = new VirtualClock()
  const trickle = new TrickleServer({ basePath: '/ai/trickle/' }, { clock, log: silentLog })
  const runners = new RunnerRegistry({ log: silentLog })
  const leave = runners.join({ url: 'http://runner', models: new Map([['sketch', 1]]) })
  const charged: bigint[] = []
  const ends: string[] = []
  const purse = { isEmpty: false }
  const session = new RealtimeSession(
    { manifestId: 'm', paymentIntervalMs: 5000 },
    {
      trickle,
      lease: runners.lease('sketch')!,
      charge: async (units) => {
        if (!purse.isEmpty) charged.push(units)
        return !purse.isEmpty
      },
      onEnded: (reason) => ends.push(reason),
      clock,
      log: silentLog,
    },
  )
  const input = trickle.channel('m')!
  const segment = (): void => {
    const open = input.openForWrite(-1)
    input.write(open, Uint8Array.of(1))
    input.complete(open)
  }
  return { clock, trickle, runners, leave, charged, ends, purse, session, segment }
}

test('is charged at input segments for the time since, at most once an interval', async () => {
  const { clock, charged, segment } = setUp()
  segment()
  await clock.advance(4000)
  segment()
  expect(charged).toEqual([])
  await clock.advance(2000)
  segment()
  segment()
  await clock.advance(5000)
  segment()
  expect(charged).toEqual([6n * LIVE_PIXELS_PER_SECOND, 5n * LIVE_PIXELS_PER_SECOND])
})

test('is charged for one endless input segment, too', async () => {
  const { clock, charged, ends, purse, session, trickle } = setUp()
  const input = trickle.channel('m')!
  input.write(input.openForWrite(-1), Uint8Array.of(1))
  await clock.advance(5000)
  session.look()
  expect(charged).toEqual([5n * LIVE_PIXELS_PER_SECOND])
  purse.isEmpty = true
  await clock.advance(5000)
  session.look()
  await clock.advance(0)
  expect(ends).toEqual(['insufficient balance'])
})

test('ends when the balance is short, with the reason as the last event', async () => {
  const { clock, trickle, runners, ends, purse, segment } = setUp()
  const events = trickle.channel('m-events')!
  const last = events.openForWrite(-1)
  purse.isEmpty = true
  await clock.advance(5000)
  segment()
  await clock.advance(0)
  expect(ends).toEqual(['insufficient balance'])
  const text: string[] = []
  for await (const bytes of last.read()) text.push(new TextDecoder().decode(bytes))
  expect(JSON.parse(text.join(''))).toMatchObject({ queue_event_type: 'error' })
  expect(['m', 'm-out', 'm-control', 'm-events'].map((name) => trickle.channel(name))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(runners.models.get('sketch')).toEqual({ idle: 1, busy: 0 })
})

test.each([
  ['the runner is lost', 'runner lost', ({ leave }: ReturnType<typeof setUp>) => leave()],
  [
    'the gateway closes its input',
    'input closed',
    ({ trickle }: ReturnType<typeof setUp>) => trickle.closeChannel('m'),
  ],
  [
    'the runner closes its output',
    'output closed',
    ({ trickle }: ReturnType<typeof setUp>) => trickle.closeChannel('m-out'),
  ],
])('ends once when %s', (_, reason, act) => {
  const world = setUp()
  act(world)
  world.session.end('again')
  expect(world.ends).toEqual([reason])
})

test('a gateway that goes silently keeps its place for half a minute', async () => {
  const { clock, session, ends, segment } = setUp()
  segment()
  await clock.advance(29_000)
  session.look()
  expect(ends).toEqual([])
  await clock.advance(1000)
  session.look()
  expect(ends).toEqual(['no input'])
})
