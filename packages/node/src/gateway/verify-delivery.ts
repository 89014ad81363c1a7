/** @module Checks that renditions are what was asked for, from their bytes alone. Pure. */
import { measureSegment, type SegmentMeasure } from '@tessera/media/verify/measure'
import type { Profile } from '@tessera/protocol/profile'
import type { Pixels } from '@tessera/protocol/units'
import { BaseError } from '@tessera/runtime/errors'
import { BadResultError } from './failure.ts'

export type ClaimedRendition = { readonly name: string; readonly bytes: Uint8Array; readonly pixels: Pixels }

export type VerifiedRendition = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly measure: SegmentMeasure
}

/**
 * Every rendition must have the size of its profile, the pixels that are charged for, audio if the source has it, start
 * with a keyframe, and (unless the profile changes the frame rate) exactly the source's pictures at the source's times.
 *
 * @throws {BadResultError} naming the first difference.
 */
export function verifyDelivery(
  source: SegmentMeasure,
  profiles: readonly Profile[],
  claimed: readonly ClaimedRendition[],
): readonly VerifiedRendition[] {
  if (claimed.length !== profiles.length) {
    throw new BadResultError('another number of renditions', { wanted: profiles.length, got: claimed.length })
  }
  return profiles.map((profile, i) => {
    const { bytes, pixels } = claimed[i]!
    const measure = measured(profile.name, bytes)
    checkPicture(profile, measure, pixels)
    if (!profile.fps) checkTimes(profile.name, source, measure)
    if (source.audio && !measure.audio)
      throw new BadResultError('a rendition without the audio', { name: profile.name })
    return { name: profile.name, bytes, measure }
  })
}

function measured(name: string, bytes: Uint8Array): SegmentMeasure {
  try {
    return measureSegment(bytes)
  } catch (error) {
    const why = BaseError.isInstance(error) ? error.message : String(error)
    throw new BadResultError('a rendition that cannot be read', { name, why, bytes: bytes.length })
  }
}

function checkPicture(profile: Profile, measure: SegmentMeasure, claimedPixels: Pixels): void {
  const { name } = profile
  if (measure.width !== profile.width || measure.height !== profile.height) {
    const got = `${measure.width}x${measure.height}`
    throw new BadResultError('a rendition of another size', {
      name,
      wanted: `${profile.width}x${profile.height}`,
      got,
    })
  }
  if (measure.pixels !== claimedPixels) {
    throw new BadResultError('another number of pixels than it charges for', {
      name,
      charged: claimedPixels,
      got: measure.pixels,
    })
  }
  if (!measure.startsWithKeyframe)
    throw new BadResultError('a rendition without a keyframe at its start', { name })
}

function checkTimes(name: string, source: SegmentMeasure, measure: SegmentMeasure): void {
  if (measure.frames !== source.frames) {
    throw new BadResultError('another number of frames', { name, wanted: source.frames, got: measure.frames })
  }
  const at = source.pts.findIndex((pts, i) => pts !== measure.pts[i])
  if (at >= 0) {
    throw new BadResultError('other timestamps', {
      name,
      frame: at,
      wanted: source.pts[at],
      got: measure.pts[at],
    })
  }
}
