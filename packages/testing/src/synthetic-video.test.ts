import { measureSegment } from '@tessera/media/verify/measure'
import { expect, test } from 'vitest'
import { syntheticSegment } from './synthetic-video.ts'

test.each([
  [1280, 720],
  [854, 480],
  [640, 360],
  [160, 90],
])('a synthetic segment of %i x %i measures as asked for', (width, height) => {
  const measure = measureSegment(syntheticSegment({ width, height, frames: 60, startPts: 90_000 }))
  expect(measure).toMatchObject({ width, height, frames: 60, firstPts: 90_000, startsWithKeyframe: true })
  expect(measure.continuityErrors).toBe(0)
})
