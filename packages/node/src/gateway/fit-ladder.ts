/** @module The ladder for one source: its shape, and nothing larger than it. Pure. */
import type { Profile } from '@tessera/protocol/profile'

/**
 * Each rendition keeps the source's shape: its short side is the profile's short side, the long side follows, both even.
 * Renditions larger than the source are left out, but never all: the smallest stays.
 * Worked: 1080×1920 with 720p (1280×720) gives 720×1280.
 */
export function fitLadder(
  ladder: readonly Profile[],
  source: { readonly width: number; readonly height: number },
): readonly Profile[] {
  const sourceShort = Math.min(source.width, source.height)
  const smallest = Math.min(...ladder.map(shortSide))
  const fitting = ladder.filter(
    (profile) => shortSide(profile) <= sourceShort || shortSide(profile) === smallest,
  )
  return reshape(fitting, { ...source, sampleAspect: 1 })
}

/**
 * The same renditions for a source of this shape: a publisher may change it in the middle, and one with oblong samples
 * is seen wider or narrower than it is coded. Orchestrators give renditions that shape, too.
 */
export function reshape(
  profiles: readonly Profile[],
  source: { readonly width: number; readonly height: number; readonly sampleAspect: number },
): readonly Profile[] {
  const aspect = (source.width * source.sampleAspect) / source.height
  return profiles.map((profile) => {
    const short = shortSide(profile)
    const long = even(short * Math.max(aspect, 1 / aspect))
    return aspect >= 1
      ? { ...profile, width: long, height: short }
      : { ...profile, width: short, height: long }
  })
}

function shortSide(profile: Profile): number {
  return Math.min(profile.width, profile.height)
}

function even(value: number): number {
  return Math.max(16, 2 * Math.round(value / 2))
}
