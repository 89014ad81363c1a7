import { FrameDecoder } from '@tessera/media/frames/decoder'
import { FrameEncoder } from '@tessera/media/frames/encoder'
import type { Picture } from '@tessera/media/frames/picture'
import { ticks90k } from '@tessera/protocol/units'
import { concatBytes } from '@tessera/runtime/bytes'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { seededRandom } from '@tessera/runtime/random'
import { describe, expect, it } from 'vitest'
import { parseParams } from '../pipeline.ts'
import { edgeSketch } from '../pipelines/edge-sketch.ts'
import { RealtimeSession } from './realtime-session.ts'

const SIZE = { width: 160, height: 90 } as const
const RED = [200, 60, 50] as const

const startSession = (): RealtimeSession =>
  new RealtimeSession(
    { modelId: edgeSketch.modelId, params: parseParams(edgeSketch, {}), threads: 1, maxPixels: 640 * 360 },
    { clock: systemClock, log: silentLog },
  )

/** Plain red pictures, 30 a second, a keyframe every ten. */
function redUnits(count: number): { readonly bytes: Uint8Array; readonly isKeyframe: boolean }[] {
  using encoder = new FrameEncoder({ ...SIZE, format: 'rgb24', fps: 30, bitrateBps: 500_000, audio: false })
  const data = Uint8Array.from({ length: SIZE.width * SIZE.height * 3 }, (_, i) => RED[i % 3]!)
  return Array.from({ length: count }, (_, i) => {
    const isKeyframe = i % 10 === 0
    const picture = { ...SIZE, format: 'rgb24', pts: ticks90k(i * 3000), data } as const
    return {
      bytes: concatBytes(...encoder.encode(picture, { keyframe: isKeyframe }).map((c) => c.bytes)),
      isKeyframe,
    }
  })
}

async function collect(session: RealtimeSession): Promise<readonly Picture[]> {
  const pieces: Uint8Array[] = []
  for await (const piece of session.output) pieces.push(piece.bytes)
  using decoder = new FrameDecoder({ ...SIZE, format: 'rgb24' })
  const units = [...decoder.push(concatBytes(...pieces)), ...decoder.flush()]
  return units.flatMap((unit) => (unit.kind === 'video' ? [unit.picture] : []))
}

/** Red minus green in the middle of the picture. */
const redness = ({ data }: Picture): number => {
  const at = (45 * SIZE.width + 80) * 3
  return data[at]! - data[at + 1]!
}

describe('real-time session', () => {
  it('applies new parameters while the stream runs', async () => {
    await using session = startSession()
    const pictures = collect(session)
    const units = redUnits(40)
    for (const { bytes, isKeyframe } of units.slice(0, 20)) await session.write(bytes, isKeyframe)
    while (session.stats().framesIn < 19) await systemClock.sleep(5)
    session.update(parseParams(edgeSketch, { colour: 0 }))
    for (const { bytes, isKeyframe } of units.slice(20)) await session.write(bytes, isKeyframe)
    session.end()
    await session.ended
    const seen = await pictures
    expect(seen.map(({ pts }) => pts)).toEqual(units.map((_, i) => i * 3000))
    expect(redness(seen[10]!)).toBeGreaterThan(80)
    expect(redness(seen[35]!)).toBeLessThan(30)
  })

  it('says so when the input never becomes video', async () => {
    await using session = startSession()
    const noise = seededRandom(1).bytes(512 << 10)
    const writing = (async () => {
      for (let i = 0; i < 40; i++) await session.write(noise, i === 0)
    })()
    await expect(session.ended).rejects.toMatchObject({ code: 'AI_NO_VIDEO' })
    await expect(writing).rejects.toMatchObject({ code: 'AI_NO_VIDEO' })
  })

  it('goes on after damaged bytes', async () => {
    await using session = startSession()
    const pictures = collect(session)
    const random = seededRandom(2)
    for (const [i, { bytes, isKeyframe }] of redUnits(60).entries()) {
      const isDamaged = i >= 12 && i < 25
      const sent = isDamaged ? bytes.map((byte) => (random.uniform() < 0.02 ? byte ^ 0x55 : byte)) : bytes
      await session.write(sent, isKeyframe)
    }
    session.end()
    await session.ended
    const seen = await pictures
    expect(seen.at(-1)?.pts).toBe(59 * 3000)
    expect(seen.length).toBeGreaterThanOrEqual(40)
  })

  it('tells its writer and its reader when the process is killed', async () => {
    await using session = startSession()
    await session.ready
    const reading = collect(session)
    process.kill(session.pid ?? 0, 'SIGKILL')
    await expect(session.ended).rejects.toMatchObject({ code: 'AI_PROCESS_DIED', retryable: true })
    await expect(reading).rejects.toMatchObject({ code: 'AI_PROCESS_DIED' })
    await expect(session.write(new Uint8Array(188), true)).rejects.toMatchObject({ code: 'AI_PROCESS_DIED' })
  })
})
