/** @module A playlist in a video element: hls.js where Media Source Extensions exist, the browser itself elsewhere. */
import Hls, { type ErrorData, type Level } from 'hls.js/light'
import { type RefObject, useEffect, useRef, useState } from 'react'

type Quality = { readonly index: number; readonly label: string }

export type HlsState = {
  /** Best first. */
  readonly qualities: readonly Quality[]
  /** Chosen by the person; -1 lets the player choose. */
  readonly chosen: number
  /** Playing now, -1 before the first segment. */
  readonly current: number
  /** Set while there is nothing to show and the browser does not say so: before the first picture, after a failure. */
  readonly problem?: string
  choose(index: number): void
  /** Seconds on the publisher's timeline of the picture shown; undefined while unknown. */
  readonly sourceTime: () => number | undefined
}

type HlsInput = {
  readonly path: string | undefined
  readonly isLive: boolean
  /** Another player decides how far behind the live edge it plays. */
  readonly isFollower?: boolean
}

const RETRY_MS = 1500

/** Plays `path` while it is set, and from anew when the stream comes back live. Errors are mended or retried. */
export function useHls(
  video: RefObject<HTMLVideoElement | null>,
  { path, isLive, isFollower = false }: HlsInput,
): HlsState {
  const player = useRef<Hls | undefined>(undefined)
  const timeline = useRef<Timeline>({ offsets: new Map(), part: 0 })
  const wanted = useRef<string | undefined>(undefined)
  const [qualities, setQualities] = useState<readonly Quality[]>([])
  const [chosen, setChosen] = useState(-1)
  const [current, setCurrent] = useState(-1)
  const [hasFailed, setHasFailed] = useState(false)
  const isDry = useIsDry(video)
  const comebacks = useComebacks(isLive)

  // biome-ignore lint/correctness/useExhaustiveDependencies: each comeback of the stream begins the playlist anew
  useEffect(() => {
    const element = video.current
    if (!element || path === undefined) return
    if (!Hls.isSupported()) {
      element.src = path
      return () => element.removeAttribute('src')
    }
    const hls = new Hls({
      liveSyncDurationCount: 2,
      liveMaxLatencyDurationCount: isFollower ? Number.POSITIVE_INFINITY : 6,
      maxBufferLength: 20,
      backBufferLength: 30,
    })
    player.current = hls
    timeline.current = followTimeline(hls)
    let retry: ReturnType<typeof setTimeout> | undefined
    hls.on(Hls.Events.MANIFEST_PARSED, (_event, { levels }) => {
      const found = qualitiesOf(levels)
      setQualities(found)
      const again = found.find(({ label }) => label === wanted.current)?.index ?? -1
      setChosen(again)
      if (again >= 0) hls.nextLevel = again
    })
    hls.on(Hls.Events.LEVEL_SWITCHED, (_event, { level }) => setCurrent(level))
    hls.on(Hls.Events.FRAG_BUFFERED, () => setHasFailed(false))
    hls.on(Hls.Events.ERROR, (_event, error: ErrorData) => {
      if (!error.fatal) return
      if (error.type === Hls.ErrorTypes.MEDIA_ERROR) return hls.recoverMediaError()
      setHasFailed(true)
      clearTimeout(retry)
      // What is buffered goes on playing where the playlist was known already.
      retry = setTimeout(() => (hls.levels.length > 0 ? hls.startLoad() : hls.loadSource(path)), RETRY_MS)
    })
    hls.loadSource(path)
    hls.attachMedia(element)
    return () => {
      clearTimeout(retry)
      hls.destroy()
      player.current = undefined
      setQualities([])
      setCurrent(-1)
      setHasFailed(false)
    }
  }, [video, path, isFollower, comebacks])

  // Browsers show by themselves that they wait for data, once there was a picture.
  const waiting = current < 0 ? 'Loading …' : undefined
  const problem = isDry ? (hasFailed ? 'The stream does not come through …' : waiting) : undefined
  return {
    qualities,
    chosen,
    current,
    ...(problem !== undefined && { problem }),
    choose: (index) => {
      setChosen(index)
      wanted.current = qualities.find((quality) => quality.index === index)?.label
      if (player.current) player.current.nextLevel = index
    },
    sourceTime: () => {
      const offset = timeline.current.offsets.get(timeline.current.part)
      return video.current && offset !== undefined ? video.current.currentTime + offset : undefined
    },
  }
}

function qualitiesOf(levels: readonly Level[]): readonly Quality[] {
  return levels
    .map((level, index) => ({ index, level }))
    .sort((a, b) => b.level.height - a.level.height || b.level.bitrate - a.level.bitrate)
    .map(({ index, level }) => ({ index, label: level.name ? String(level.name) : `${level.height}p` }))
}

/** Where the player's time zero lies on the publisher's timeline, in seconds, for each part between discontinuities. */
type Timeline = { readonly offsets: Map<number, number>; part: number }

function followTimeline(hls: Hls): Timeline {
  const timeline: Timeline = { offsets: new Map(), part: 0 }
  hls.on(Hls.Events.INIT_PTS_FOUND, (_event, { frag, initPTS, timescale }) => {
    timeline.offsets.set(frag.cc, initPTS / timescale)
  })
  hls.on(Hls.Events.FRAG_CHANGED, (_event, { frag }) => {
    timeline.part = frag.cc
  })
  return timeline
}

/** True while the element has no picture to show next. */
function useIsDry(video: RefObject<HTMLVideoElement | null>): boolean {
  const [isDry, setIsDry] = useState(true)
  useEffect(() => {
    const element = video.current
    if (!element) return
    const listening = new AbortController()
    const { signal } = listening
    for (const event of ['waiting', 'emptied']) {
      element.addEventListener(event, () => setIsDry(true), { signal })
    }
    for (const event of ['playing', 'canplay', 'ended']) {
      element.addEventListener(event, () => setIsDry(false), { signal })
    }
    return () => listening.abort()
  }, [video])
  return isDry
}

/** How often the stream went live again. */
function useComebacks(isLive: boolean): number {
  const [seen, setSeen] = useState({ isLive, comebacks: 0 })
  if (seen.isLive !== isLive) setSeen({ isLive, comebacks: seen.comebacks + (isLive ? 1 : 0) })
  return seen.comebacks
}
