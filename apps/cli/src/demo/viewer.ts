/** @module A viewer that fetches every segment of every rendition over HTTP, as it appears, until the stream ends. */
import type { Clock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import { parseMaster, parseMedia } from './playlist.ts'

export type ViewedSegment = {
  readonly rendition: string
  readonly sequence: number
  readonly durationS: number
  readonly bytes: Uint8Array
}

export type ViewerDeps = {
  readonly clock: Clock
  /** Takes each segment once, in order within its rendition. */
  readonly onSegment: (segment: ViewedSegment) => void
}

const POLL_MS = 250
const PATIENCE_MS = 60_000

class MissedSegmentsError extends BaseError {
  constructor(rendition: string, missed: number) {
    super({
      code: 'VIEWER_MISSED_SEGMENTS',
      message: `${missed} segments of ${rendition} left the playlist before they could be fetched.`,
      advice: 'The machine is too busy for this stream. Close other programs or publish a smaller one.',
    })
  }
}

/** Follows one media playlist to its end. A playlist that is not there yet is asked for again. */
async function followRendition(
  rendition: string,
  url: URL,
  signal: AbortSignal,
  deps: ViewerDeps,
): Promise<void> {
  let next: number | undefined
  let waitedSince = deps.clock.monotonicMs()
  while (true) {
    const playlist = await fetchText(url, signal).then((text) => text && parseMedia(text, url))
    if (playlist) {
      for (const { sequence, url: segmentUrl, durationS } of playlist.segments) {
        if (next !== undefined && sequence < next) continue
        if (next !== undefined && sequence > next) throw new MissedSegmentsError(rendition, sequence - next)
        deps.onSegment({ rendition, sequence, durationS, bytes: await fetchBytes(segmentUrl, signal) })
        next = sequence + 1
        waitedSince = deps.clock.monotonicMs()
      }
      if (playlist.hasEnded) return
    }
    if (deps.clock.monotonicMs() - waitedSince > PATIENCE_MS) throw new StalledError(rendition)
    await deps.clock.sleep(POLL_MS, { signal })
  }
}

class StalledError extends BaseError {
  constructor(rendition: string) {
    super({
      code: 'VIEWER_STALLED',
      message: `No new segment of ${rendition} appeared for ${PATIENCE_MS / 1000} s and the stream did not end.`,
    })
  }
}

/** All renditions of a master playlist, until each has ended. */
export async function watchStream(master: URL, signal: AbortSignal, deps: ViewerDeps): Promise<void> {
  const started = deps.clock.monotonicMs()
  let text = await fetchText(master, signal)
  while (text === undefined) {
    if (deps.clock.monotonicMs() - started > PATIENCE_MS) throw new StalledError('the master playlist')
    await deps.clock.sleep(POLL_MS, { signal })
    text = await fetchText(master, signal)
  }
  const variants = parseMaster(text, master)
  await Promise.all([...variants].map(([name, url]) => followRendition(name, url, signal, deps)))
}

/** One media playlist that is not in the master, such as the AI output. */
export function watchRendition(name: string, url: URL, signal: AbortSignal, deps: ViewerDeps): Promise<void> {
  return followRendition(name, url, signal, deps)
}

/** Absent when the address answers 404: not published yet. */
async function fetchText(url: URL, signal: AbortSignal): Promise<string | undefined> {
  const response = await fetch(url, { signal })
  if (response.status === 404) return undefined
  if (!response.ok) throw new FetchFailedError(url.href, response.status)
  return response.text()
}

async function fetchBytes(url: string, signal: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(url, { signal })
  if (!response.ok) throw new FetchFailedError(url, response.status)
  return new Uint8Array(await response.arrayBuffer())
}

class FetchFailedError extends BaseError {
  constructor(url: string, status: number) {
    super({ code: 'VIEWER_FETCH_FAILED', message: `The gateway answered ${status} to ${url}.` })
  }
}
