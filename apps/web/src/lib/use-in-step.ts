/** @module Keeps one player at the same picture as another, so that the two can be compared. */
import { type RefObject, useEffect } from 'react'

export type Player = {
  readonly video: RefObject<HTMLVideoElement | null>
  /** Seconds on the publisher's timeline of the picture shown. */
  readonly sourceTime: () => number | undefined
}

const CHECK_MS = 250
/** About one picture: nobody sees less. */
const CLOSE_ENOUGH_S = 0.04
/** More than this is jumped, less is made up by playing faster or slower. */
const JUMP_S = 0.8
const MAX_RATE_CHANGE = 0.15
/** After a jump the player needs time to load. */
const PAUSE_AFTER_JUMP_MS = 2_500

/** While both play, the follower is moved to the leader's picture as far as it has that picture. */
export function useInStep(follower: Player, leader: Player): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: refs and functions over refs never grow stale
  useEffect(() => {
    let jumpedAt = Number.NEGATIVE_INFINITY
    const timer = setInterval(() => {
      const [video, led] = [follower.video.current, leader.video.current]
      const behindS = secondsBehind(follower, leader)
      if (!video || !led || behindS === undefined) return
      if (!isPlaying(video) || !isPlaying(led)) {
        video.playbackRate = 1
      } else if (Math.abs(behindS) <= JUMP_S) {
        const change = Math.max(-MAX_RATE_CHANGE, Math.min(MAX_RATE_CHANGE, behindS / 2))
        video.playbackRate = Math.abs(behindS) < CLOSE_ENOUGH_S ? 1 : 1 + change
      } else if (performance.now() - jumpedAt > PAUSE_AFTER_JUMP_MS) {
        video.playbackRate = 1
        if (jump(video, video.currentTime + behindS)) jumpedAt = performance.now()
      }
    }, CHECK_MS)
    return () => clearInterval(timer)
  }, [follower.video, leader.video])
}

function secondsBehind(follower: Player, leader: Player): number | undefined {
  const [at, goal] = [follower.sourceTime(), leader.sourceTime()]
  return at === undefined || goal === undefined ? undefined : goal - at
}

function isPlaying(video: HTMLVideoElement): boolean {
  return (
    !video.paused && !video.ended && !video.seeking && video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA
  )
}

/** False when the picture is not there: left the playlist already, or did not come yet. */
function jump(video: HTMLVideoElement, to: number): boolean {
  const { seekable, buffered } = video
  if (seekable.length === 0 || buffered.length === 0) return false
  if (to < seekable.start(0) || to > buffered.end(buffered.length - 1)) return false
  video.currentTime = to
  return true
}
