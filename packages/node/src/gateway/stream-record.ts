/** @module One stream as viewers and the network view see it, live or ended; survives the publisher and the gateway. */
import type { IngestInfo } from '@tessera/media/ingest/ingest-stream'
import type { ObjectStore } from '@tessera/media/store/object-store'
import type {
  RealtimeView,
  RenditionView,
  SegmentView,
  StreamView,
  SwapView,
} from '@tessera/protocol/network-view'
import { describeError, MalformedError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { z } from 'zod'
import type { HlsTrack } from './hls-track.ts'
import { type TrackState, trackStateSchema } from './hls-track.ts'

/** Newest segments and swaps kept for the view. */
const SEGMENT_VIEWS = 60
const SWAP_VIEWS = 20

/** Counts over all times that the stream was published. */
type Counts = {
  startedAtMs: number
  source: { width: number; height: number; hasAudio: boolean }
  segmentsIn: number
  framesIn: number
  durationMs: number
  segmentsLost: number
  firstPlayableMs?: number | undefined
}

type Saved = { counts: Counts; main?: TrackState | undefined; ai?: TrackState | undefined }

const count = z.number().nonnegative()
const savedSchema: z.ZodType<Saved> = z.object({
  counts: z.object({
    startedAtMs: count,
    source: z.object({ width: count, height: count, hasAudio: z.boolean() }),
    segmentsIn: count,
    framesIn: count,
    durationMs: count,
    segmentsLost: count,
    firstPlayableMs: count.optional(),
  }),
  main: trackStateSchema.optional(),
  ai: trackStateSchema.optional(),
})

/** Mutable on purpose: its live session is the only writer, the HTTP side reads. */
export class StreamRecord {
  readonly id: string
  readonly counts: Counts
  main: HlsTrack | undefined
  ai: HlsTrack | undefined
  isLive = false
  /** Saved playlists of earlier times that were not opened yet. */
  savedMain: TrackState | undefined
  savedAi: TrackState | undefined
  /** Tells about the realtime session, while there is one. */
  realtimeView: (() => RealtimeView) | undefined
  #segments: SegmentView[] = []
  #swaps: SwapView[] = []

  constructor(id: string, startedAtMs: number, saved?: Saved) {
    this.id = id
    this.counts = saved?.counts ?? {
      startedAtMs,
      source: { width: 0, height: 0, hasAudio: false },
      segmentsIn: 0,
      framesIn: 0,
      durationMs: 0,
      segmentsLost: 0,
    }
    this.savedMain = saved?.main
    this.savedAi = saved?.ai
  }

  begin(info: IngestInfo): void {
    this.isLive = true
    this.counts.source = { ...info.video, hasAudio: info.audio !== undefined }
  }

  /** Replaces the view of the segment with the same number. */
  showSegment(view: SegmentView): void {
    const index = this.#segments.findIndex((other) => other.seq === view.seq)
    if (index >= 0) this.#segments[index] = view
    else this.#segments = [view, ...this.#segments].slice(0, SEGMENT_VIEWS)
  }

  showSwaps(swaps: readonly SwapView[]): void {
    this.#swaps = [...swaps, ...this.#swaps].slice(0, SWAP_VIEWS)
  }

  view(): StreamView {
    const { counts, main } = this
    const ai = this.realtimeView?.()
    return {
      id: this.id,
      isLive: this.isLive,
      startedAtMs: counts.startedAtMs,
      source: counts.source,
      segmentsIn: counts.segmentsIn,
      framesIn: counts.framesIn,
      durationMs: counts.durationMs,
      segmentsLost: counts.segmentsLost,
      ...(counts.firstPlayableMs !== undefined && { firstPlayableMs: counts.firstPlayableMs }),
      hlsPath: `/stream/${this.id}.m3u8`,
      renditions: main?.state.renditions.flatMap((name) => renditionView(main, name)) ?? [],
      segments: this.#segments,
      swaps: this.#swaps,
      ...(ai && { ai }),
    }
  }

  /** Writes what a restart needs. A failure costs only the memory of a restart, so it is logged, not thrown. */
  async save(store: ObjectStore, log: Log): Promise<void> {
    const saved: Saved = {
      counts: this.counts,
      main: this.main?.state ?? this.savedMain,
      ai: this.ai?.state ?? this.savedAi,
    }
    try {
      await store.put(stateKey(this.id), new TextEncoder().encode(JSON.stringify(saved)))
    } catch (error) {
      log.warn({ stream: this.id, error: describeError(error) }, 'state of the stream could not be saved')
    }
  }

  /** Undefined when nothing was saved. @throws {MalformedError} when it is damaged. */
  static async load(id: string, store: ObjectStore): Promise<StreamRecord | undefined> {
    const bytes = await store.get(stateKey(id))
    if (!bytes) return undefined
    try {
      const saved = savedSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
      return new StreamRecord(id, saved.counts.startedAtMs, saved)
    } catch (cause) {
      throw new MalformedError('saved state of a stream', { id }, cause)
    }
  }
}

function stateKey(id: string): string {
  return `${id}/state.json`
}

function renditionView(track: HlsTrack, name: string): RenditionView[] {
  const total = track.total(name)
  return total ? [{ name, ...total }] : []
}
