/** @module All streams of the gateway, live and ended, found again after a restart. */
import type { ObjectStore } from '@tessera/media/store/object-store'
import type { Clock } from '@tessera/runtime/clock'
import { describeError } from '@tessera/runtime/errors'
import type { Log } from '@tessera/runtime/log'
import { z } from 'zod'
import { HlsTrack } from './hls-track.ts'
import { StreamRecord } from './stream-record.ts'

const INDEX_KEY = 'streams.json'
const indexSchema = z.array(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/))

export type StreamRegistryConfig = {
  /** Ended streams beyond this number are forgotten, the oldest first. */
  readonly maxStreams: number
  readonly windowMs: number
  readonly targetMs: number
  readonly storePatienceMs: number
}

export type StreamRegistryDeps = { readonly store: ObjectStore; readonly clock: Clock; readonly log: Log }

export class StreamRegistry {
  readonly #config: StreamRegistryConfig
  readonly #deps: StreamRegistryDeps
  /** Least recently published first. */
  readonly #streams = new Map<string, StreamRecord>()

  private constructor(config: StreamRegistryConfig, deps: StreamRegistryDeps) {
    this.#config = config
    this.#deps = deps
  }

  /** Finds the streams of earlier runs. One that was live then is ended until its publisher comes back. */
  static async open(config: StreamRegistryConfig, deps: StreamRegistryDeps): Promise<StreamRegistry> {
    const registry = new StreamRegistry(config, deps)
    for (const id of await readIndex(deps.store)) {
      try {
        const record = await StreamRecord.load(id, deps.store)
        if (record) registry.#restore(record)
      } catch (error) {
        deps.log.warn({ stream: id, error: describeError(error) }, 'a saved stream is left out')
      }
    }
    return registry
  }

  get(id: string): StreamRecord | undefined {
    return this.#streams.get(id)
  }

  /** Newest first. */
  all(): readonly StreamRecord[] {
    return [...this.#streams.values()].reverse()
  }

  /** The record to publish into: the existing one of this id, or a new one. It becomes the newest. */
  async open(id: string): Promise<StreamRecord> {
    const record = this.#streams.get(id) ?? new StreamRecord(id, this.#deps.clock.nowMs())
    this.#streams.delete(id)
    this.#streams.set(id, record)
    await this.#forgetOldest()
    await this.#saveIndex()
    return record
  }

  /** The track of a stream for these renditions; it goes on from what there was. */
  track(record: StreamRecord, kind: 'main' | 'ai', renditions: readonly string[]): HlsTrack {
    const before = record[kind]
    const isSame = before?.state.renditions.join() === renditions.join()
    if (before && isSame) {
      before.reopen()
      return before
    }
    const saved = before?.state ?? (kind === 'main' ? record.savedMain : record.savedAi)
    const track = this.#newTrack(record.id, renditions, saved)
    track.reopen()
    record[kind] = track
    return track
  }

  #restore(record: StreamRecord): void {
    for (const kind of ['main', 'ai'] as const) {
      const saved = kind === 'main' ? record.savedMain : record.savedAi
      if (!saved) continue
      const track = this.#newTrack(record.id, saved.renditions, saved)
      track.end()
      record[kind] = track
    }
    this.#streams.set(record.id, record)
  }

  #newTrack(streamId: string, renditions: readonly string[], saved: HlsTrack['state'] | undefined): HlsTrack {
    const { windowMs, targetMs, storePatienceMs } = this.#config
    return new HlsTrack({ streamId, renditions, windowMs, targetMs, storePatienceMs }, this.#deps, saved)
  }

  async #forgetOldest(): Promise<void> {
    for (const record of [...this.#streams.values()]) {
      if (this.#streams.size <= this.#config.maxStreams) return
      if (record.isLive) continue
      this.#streams.delete(record.id)
      await this.#deps.store.deleteUnder(record.id)
    }
  }

  async #saveIndex(): Promise<void> {
    try {
      await this.#deps.store.put(
        INDEX_KEY,
        new TextEncoder().encode(JSON.stringify([...this.#streams.keys()])),
      )
    } catch (error) {
      this.#deps.log.warn({ error: describeError(error) }, 'list of streams could not be saved')
    }
  }
}

async function readIndex(store: ObjectStore): Promise<readonly string[]> {
  const bytes = await store.get(INDEX_KEY)
  if (!bytes) return []
  try {
    return indexSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return []
  }
}
