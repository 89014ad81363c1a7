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
  const shortSide = (profile: Profile): number => Math.min(profile.width, profile.height)
  const smallest = Math.min(...ladder.map(shortSide))
  return ladder
    .filter((profile) => shortSide(profile) <= sourceShort || shortSide(profile) === smallest)
    .map((profile) => {
      const short = shortSide(profile)
      const long = even((short * Math.max(source.width, source.height)) / sourceShort)
      return source.width >= source.height
        ? { ...profile, width: long, height: short }
        : { ...profile, width: short, height: long }
    })
}

function even(value: number): number {
  return Math.max(16, 2 * Math.round(value / 2))
}
