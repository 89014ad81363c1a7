import { measureSegment } from '@tessera/media/verify/measure'
import { DEFAULT_LADDER } from '@tessera/protocol/profile'
import { pixels } from '@tessera/protocol/units'
import { type SyntheticVideo, syntheticSegment } from '@tessera/testing/synthetic-video'
import { expect, test } from 'vitest'
import { verifyDelivery } from './verify-delivery.ts'

const PROFILES = DEFAULT_LADDER.slice(2)
const SOURCE = measureSegment(
  syntheticSegment({ width: 1280, height: 720, frames: 50, fps: 25, startPts: 9000 }),
)

const delivered = (change: Partial<SyntheticVideo> = {}, charged = 640 * 360 * 50) => ({
  name: '360p',
  bytes: syntheticSegment({ width: 640, height: 360, frames: 50, fps: 25, startPts: 9000, ...change }),
  pixels: pixels(BigInt(charged)),
})

test('passes what is exactly what was asked for', () => {
  const [rendition] = verifyDelivery(SOURCE, PROFILES, [delivered()])
  expect(rendition).toMatchObject({ name: '360p', measure: { frames: 50, width: 640, height: 360 } })
})

test.each([
  ['another number of frames', delivered({ frames: 49 }, 640 * 360 * 49)],
  ['other timestamps', delivered({ startPts: 9003 })],
  ['a rendition of another size', delivered({ width: 320, height: 180 }, 320 * 180 * 50)],
  ['another number of pixels than it charges for', delivered({}, 640 * 360 * 51)],
  ['a rendition that cannot be read', { ...delivered(), bytes: new Uint8Array(188).fill(0x47) }],
])('refuses %s', (what, rendition) => {
  expect(() => verifyDelivery(SOURCE, PROFILES, [rendition])).toThrow(what)
})

test('refuses a missing rendition and one without the audio of the source', () => {
  expect(() => verifyDelivery(SOURCE, PROFILES, [])).toThrow('another number of renditions')
  const audio = {
    frames: 94,
    sampleRate: 48_000,
    channels: 2,
    firstPts: SOURCE.firstPts,
    lastPts: SOURCE.lastPts,
  }
  const withAudio = {
    ...SOURCE,
    audio: { ...audio, durationTicks: SOURCE.durationTicks, codec: 'mp4a.40.2' },
  }
  expect(() => verifyDelivery(withAudio, PROFILES, [delivered()])).toThrow('without the audio')
})
