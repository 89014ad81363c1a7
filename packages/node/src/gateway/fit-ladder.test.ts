import { DEFAULT_LADDER } from '@tessera/protocol/profile'
import { expect, test } from 'vitest'
import { fitLadder, reshape } from './fit-ladder.ts'

const sizes = (width: number, height: number) =>
  fitLadder(DEFAULT_LADDER, { width, height }).map(
    (profile) => `${profile.name} ${profile.width}x${profile.height}`,
  )

test('keeps the sizes of the ladder for a source of its own shape', () => {
  expect(sizes(1920, 1080)).toEqual(['720p 1280x720', '480p 854x480', '360p 640x360'])
})

test('turns with a phone that is held upright', () => {
  expect(sizes(1080, 1920)).toEqual(['720p 720x1280', '480p 480x854', '360p 360x640'])
})

test('keeps the shape of any source', () => {
  expect(sizes(1440, 1080)).toEqual(['720p 960x720', '480p 640x480', '360p 480x360'])
})

test('never makes a picture larger than its source, except that one rendition always is there', () => {
  expect(sizes(854, 480)).toEqual(['480p 854x480', '360p 640x360'])
  expect(sizes(320, 180)).toEqual(['360p 640x360'])
})

test('keeps its renditions when a source changes its shape or has oblong samples', () => {
  const ladder = fitLadder(DEFAULT_LADDER, { width: 854, height: 480 })
  const reshaped = (width: number, height: number, sampleAspect: number) =>
    reshape(ladder, { width, height, sampleAspect }).map(
      (profile) => `${profile.name} ${profile.width}x${profile.height}`,
    )
  expect(reshaped(854, 480, 1)).toEqual(['480p 854x480', '360p 640x360'])
  expect(reshaped(320, 240, 1)).toEqual(['480p 640x480', '360p 480x360'])
  expect(reshaped(320, 240, 4 / 3)).toEqual(['480p 854x480', '360p 640x360'])
  expect(reshaped(240, 320, 1)).toEqual(['480p 480x640', '360p 360x480'])
})
