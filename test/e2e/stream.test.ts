import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UpProcess } from './support/network.ts'
import {
  countTo,
  type Delivered,
  delivered,
  ended,
  FPS,
  playlist,
  publish,
  text,
  variants,
} from './support/stream.ts'
import { until } from './support/until.ts'

const SECONDS = 12
const SOUND_RATE = 48_000
const LADDER = ['480p', '360p'] as const

describe('a stream through the whole network', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-e2e-'))
  const renditions = new Map<string, Delivered>()
  let network: UpProcess
  let frames: number
  let source: Delivered

  beforeAll(async () => {
    network = await UpProcess.start({ args: ['--data', folder] })
    frames = (await publish(network, { seconds: SECONDS, width: 854, height: 480 })).frames
    await ended(network, frames)
    source = await delivered(network, 'source')
    for (const name of LADDER) renditions.set(name, await delivered(network, name))
  })
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })

  it('lists the source and the ladder that fits it in the master playlist', async () => {
    expect(await variants(network)).toEqual(['source', ...LADDER])
    const master = await text(network.url('/stream/demo.m3u8'))
    expect(master.match(/RESOLUTION=\d+x\d+/g)).toEqual([
      'RESOLUTION=854x480',
      'RESOLUTION=854x480',
      'RESOLUTION=640x360',
    ])
    expect(master.match(/CODECS="avc1\.[0-9a-f]{6},mp4a\.40\.2"/g)).toHaveLength(3)
  })

  it('delivers each frame once, with its number and its time, in every rendition', () => {
    expect(frames).toBe(SECONDS * FPS)
    expect(source.counters).toEqual(countTo(frames))
    expect(source.pts).toEqual(countTo(frames).map((i) => source.pts[0]! + (i * 90_000) / FPS))
    for (const [name, rendition] of renditions) {
      expect(rendition.counters).toEqual(source.counters)
      expect(rendition.pts).toEqual(source.pts)
      expect(rendition.segments).toHaveLength(source.segments.length)
      for (const segment of rendition.segments) {
        expect(`${segment.height}p`).toBe(name)
        expect(segment.frames[0]?.isKeyframe).toBe(true)
      }
    }
  })

  it('keeps the sound, beside the same pictures', () => {
    expect(source.soundSamples / SOUND_RATE).toBeGreaterThan(SECONDS - 0.5)
    for (const { segments, soundSamples } of renditions.values()) {
      expect(soundSamples).toBe(source.soundSamples)
      expect(segments.map(({ audio }) => audio?.firstPts)).toEqual(
        source.segments.map(({ audio }) => audio?.firstPts),
      )
    }
  })

  it('delivers what real-time AI made of the frames, at their times, as a rendition of its own', async () => {
    await until('the end of the AI playlist', async () => (await playlist(network, 'ai')).hasEnded)
    const ai = await delivered(network, 'ai')
    // How many it keeps up with depends on the machine; those that it made must all be there.
    expect(ai.frames).toBeGreaterThan(FPS)
    expect(ai.frames).toBe((await network.stream())?.ai?.framesOut)
    expect(source.pts).toEqual(expect.arrayContaining([...ai.pts]))
    expect(ai.pts).toEqual([...new Set(ai.pts)].sort((a, b) => a - b))
  })

  it('loses nothing on the way', async () => {
    expect(await network.stream()).toMatchObject({ framesIn: frames, segmentsLost: 0, isLive: false })
  })
})
