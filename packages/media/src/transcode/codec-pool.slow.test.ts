import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { DEFAULT_LADDER, type Profile } from '@tessera/protocol/profile'
import type { Rendition } from '@tessera/protocol/rendition'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { seededRandom } from '@tessera/runtime/random'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demuxMpegTs } from '../container/mpegts-demuxer.ts'
import { sampleSegments } from '../source/segments.fixture.ts'
import { decodeMedia } from '../verify/decode.ts'
import { CodecPool } from './codec-pool.ts'

const DEPS = { clock: systemClock, log: silentLog }
const LIVE = { seconds: 4, width: 1280, height: 720, fps: 25 }

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    if (condition()) return
    await systemClock.sleep(20)
  }
  throw new Error(`waited too long for: ${what}`)
}

describe('CodecPool with real codecs', () => {
  let pool: CodecPool
  let source: readonly Uint8Array[]
  let renditions: (readonly Rendition[])[]

  beforeAll(async () => {
    source = sampleSegments(LIVE)
    pool = await CodecPool.start({ size: 2 }, DEPS)
    renditions = await Promise.all(source.map((bytes) => transcode(bytes)))
  })
  afterAll(() => pool[Symbol.asyncDispose]())

  const transcode = (bytes: Uint8Array, profiles: readonly Profile[] = DEFAULT_LADDER, durationMs = 2000) =>
    pool.transcode({ bytes, durationMs, profiles })
  const column = (index: number): Uint8Array[] => renditions.map((segment) => segment[index]!.bytes)

  it.each([0, 1, 2])('keeps every frame and its time, tick for tick (profile %d)', (index) => {
    column(index).forEach((bytes, segment) => {
      const times = (ts: Uint8Array) => demuxMpegTs(ts).video.map((unit) => unit.pts)
      expect(times(bytes)).toEqual(times(source[segment]!))
      expect(renditions[segment]![index]!.frames).toBe(50)
    })
  })

  it('starts each segment with its only keyframe', () => {
    for (const bytes of DEFAULT_LADDER.flatMap((_, index) => column(index))) {
      expect(demuxMpegTs(bytes).video.map((unit) => unit.isKeyframe)).toEqual([
        true,
        ...Array(49).fill(false),
      ])
    }
  })

  it('has decoding times that rise across joins', () => {
    for (const index of [0, 1, 2]) {
      const dts = column(index).flatMap((bytes) => demuxMpegTs(bytes).video.map((unit) => unit.dts))
      expect(dts).toEqual(dts.toSorted((a, b) => a - b))
      expect(new Set(dts).size).toBe(100)
    }
  })

  it('copies the audio byte for byte and tick for tick', () => {
    for (const index of [0, 1, 2]) {
      column(index).forEach((bytes, segment) => {
        const expected = demuxMpegTs(source[segment]!).audio
        expect(expected.length).toBeGreaterThan(90)
        expect(demuxMpegTs(bytes).audio).toEqual(expected)
      })
    }
  })

  it('decodes to the size asked for and to the pictures of the source, in order', async () => {
    for (const [index, { width, height }] of DEFAULT_LADDER.entries()) {
      const decoded = await decodeMedia(column(index))
      for (const segment of decoded) expect(segment).toMatchObject({ width, height })
      const counters = decoded.flatMap(({ frames }) => frames.map((frame) => frame.counter))
      expect(counters).toEqual(Array.from({ length: 100 }, (_, i) => i))
      expect(decoded[0]!.audio).toMatchObject({ sampleRate: 48_000 })
    }
  })

  it('counts pixels as width × height × frames', () => {
    expect(renditions[0]!.map(({ pixels }) => pixels)).toEqual([46_080_000n, 20_496_000n, 11_520_000n])
  })

  it('obeys the bitrate', () => {
    for (const segment of renditions) {
      segment.forEach(({ bytes }, index) => {
        const audioBytes = demuxMpegTs(bytes).audio.reduce((sum, unit) => sum + unit.data.length, 0)
        const videoBps = ((bytes.length - audioBytes) * 8) / 2
        const { bitrateBps } = DEFAULT_LADDER[index]!
        expect(videoBps).toBeLessThan(1.3 * bitrateBps)
        expect(videoBps).toBeGreaterThan(0.4 * bitrateBps)
      })
    }
  })

  it('places keyframes and frames where a profile asks for them', async () => {
    const [base] = DEFAULT_LADDER.slice(2)
    const [fast] = await transcode(source[0]!, [
      { ...base!, gopMs: 500, fps: { numerator: 50, denominator: 1 } },
    ])
    const { video } = demuxMpegTs(fast!.bytes)
    expect(fast!.frames).toBe(100)
    expect(video.map((unit) => unit.pts - video[0]!.pts)).toEqual(video.map((_, i) => i * 1800))
    expect(video.flatMap((unit, i) => (unit.isKeyframe ? [i] : []))).toEqual([0, 25, 50, 75])
  })

  describe('given bad input', () => {
    const refusal = (bytes: Uint8Array, durationMs = 2000) =>
      transcode(bytes, DEFAULT_LADDER.slice(2), durationMs).then(
        () => 'transcoded',
        (error: { code: string; livepeerText: string }) => `${error.code}: ${error.livepeerText}`,
      )

    it('says what is wrong in words that gateways know', async () => {
      expect(await refusal(new Uint8Array())).toBe('TRANSCODE_EMPTY: EmptyData')
      expect(await refusal(new Uint8Array(10_000).fill(7))).toMatch('TRANSCODE_INVALID_INPUT')
      const playlist = new TextEncoder().encode('#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n'.repeat(99))
      expect(await refusal(playlist)).toMatch('TRANSCODE_INVALID_INPUT')
      expect(await refusal(source[0]!, 100)).toMatch('TRANSCODE_LIMIT')
      expect(await refusal(withoutKeyframe(source[0]!))).toBe('TRANSCODE_NO_KEYFRAME: No keyframes in input')
    })

    it('ends every mutated segment with a result or a typed error, and lives on', async () => {
      const random = seededRandom(7)
      const mutants = Array.from({ length: 30 }, () => {
        const bytes = source[0]!.slice(0, 188 * Math.floor(40 + 400 * random.uniform()))
        for (let i = 0; i < 60; i++) bytes[Math.floor(random.uniform() * bytes.length)] = random.bytes(1)[0]!
        return bytes
      })
      const outcomes: string[] = []
      for (const mutant of mutants) outcomes.push(await refusal(mutant))
      for (const outcome of outcomes) expect(outcome).toMatch(/^transcoded|^TRANSCODE_/)
      expect(await refusal(source[0]!)).toBe('transcoded')
    })
  })

  it('finishes the segment whose process was killed under it', async () => {
    const running = transcode(source[0]!)
    await systemClock.sleep(300)
    for (const pid of pool.pids) process.kill(pid!, 'SIGKILL')
    expect((await running).map(({ frames }) => frames)).toEqual([50, 50, 50])
  })
})

/** The first picture replaced by null packets: what is left depends on pictures that are not there. */
function withoutKeyframe(bytes: Uint8Array): Uint8Array {
  const result = bytes.slice()
  let starts = 0
  for (let at = 0; at < result.length; at += 188) {
    const pid = ((result[at + 1]! & 0x1f) << 8) | result[at + 2]!
    if (pid !== 0x100) continue
    if (result[at + 1]! & 0x40) starts++
    if (starts > 1) break
    result[at + 1] = 0x1f
    result[at + 2] = 0xff
  }
  return result
}

describe('the codec processes', () => {
  it('are gone when the pool is closed', async () => {
    const pool = await CodecPool.start({ size: 2 }, DEPS)
    const pids = pool.pids.map((pid) => pid!)
    expect(pids.every(isAlive)).toBe(true)
    await pool[Symbol.asyncDispose]()
    expect(pids.some(isAlive)).toBe(false)
  })

  it('are gone when their parent is killed without warning', async () => {
    const entry = fileURLToPath(new URL('./pool-parent.fixture.ts', import.meta.url))
    const parent = spawn(process.execPath, [entry], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = await once(parent.stdout.setEncoding('utf8'), 'data')
    const pids: number[] = JSON.parse(line)
    expect(pids.every(isAlive)).toBe(true)
    parent.kill('SIGKILL')
    await until(() => !pids.some(isAlive), 'the children to end')
  })

  it('are killed when they pass the deadline', async () => {
    await using pool = await CodecPool.start({ size: 1, deadlineMs: 100 }, DEPS)
    const [bytes] = sampleSegments({ ...LIVE, seconds: 2 })
    const running = pool.transcode({ bytes: bytes!, durationMs: 2000, profiles: DEFAULT_LADDER })
    await expect(running).rejects.toMatchObject({ code: 'TRANSCODE_TIMEOUT' })
  })
})
