/** @module A playlist in a video element: hls.js where Media Source Extensions exist, the browser itself elsewhere. */
import Hls, { type ErrorData } from 'hls.js/light'
import { type RefObject, useEffect, useRef, useState } from 'react'

type Quality = { readonly index: number; readonly label: string }

export type HlsState = {
  readonly qualities: readonly Quality[]
  /** Chosen by the person; -1 lets the player choose. */
  readonly chosen: number
  /** Playing now, -1 before the first segment. */
  readonly current: number
  readonly problem?: string
  choose(index: number): void
}

const RETRY_MS = 1500

/** Plays `path` while it is set. Fatal errors are mended or retried; `problem` says so meanwhile. */
export function useHls(video: RefObject<HTMLVideoElement | null>, path: string | undefined): HlsState {
  const player = useRef<Hls | undefined>(undefined)
  const [qualities, setQualities] = useState<readonly Quality[]>([])
  const [chosen, setChosen] = useState(-1)
  const [current, setCurrent] = useState(-1)
  const [problem, setProblem] = useState<string>()

  useEffect(() => {
    const element = video.current
    if (!element || path === undefined) return
    if (!Hls.isSupported()) {
      element.src = path
      return () => element.removeAttribute('src')
    }
    const hls = new Hls({
      liveSyncDurationCount: 2,
      liveMaxLatencyDurationCount: 6,
      maxBufferLength: 20,
      backBufferLength: 30,
    })
    player.current = hls
    let retry: ReturnType<typeof setTimeout> | undefined
    hls.on(Hls.Events.MANIFEST_PARSED, (_event, { levels }) => {
      setQualities(
        levels
          .map((level, index) => ({
            index,
            label: level.name ? String(level.name) : `${level.height}p`,
            height: level.height,
            bitrate: level.bitrate,
          }))
          .sort((a, b) => b.height - a.height || b.bitrate - a.bitrate),
      )
      setProblem(undefined)
    })
    hls.on(Hls.Events.LEVEL_SWITCHED, (_event, { level }) => setCurrent(level))
    hls.on(Hls.Events.FRAG_BUFFERED, () => setProblem(undefined))
    hls.on(Hls.Events.ERROR, (_event, error: ErrorData) => {
      if (!error.fatal) return
      if (error.type === Hls.ErrorTypes.MEDIA_ERROR) return hls.recoverMediaError()
      setProblem('Waiting for the stream …')
      retry = setTimeout(() => hls.loadSource(path), RETRY_MS)
    })
    hls.loadSource(path)
    hls.attachMedia(element)
    return () => {
      clearTimeout(retry)
      hls.destroy()
      player.current = undefined
      setQualities([])
      setCurrent(-1)
    }
  }, [video, path])

  return {
    qualities,
    chosen,
    current,
    ...(problem !== undefined && { problem }),
    choose: (index) => {
      setChosen(index)
      if (player.current) player.current.nextLevel = index
    },
  }
}
