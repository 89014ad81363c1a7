import { DEFAULT_LADDER } from '@tessera/protocol/profile'
import { silentLog } from '@tessera/runtime/log'
import { VirtualClock } from '@tessera/testing/virtual-clock'
import { describe, expect, it } from 'vitest'
import { ProcessDiedError } from '../child/forked-process.ts'
import { CodecPool, type CodecPoolConfig } from './codec-pool.ts'
import type { CodecJob, CodecProcess, EncodedRendition } from './codec-process.ts'
import { TranscodeError } from './transcoder.ts'

const RENDITION: EncodedRendition = { name: 'a', bytes: Uint8Array.of(1), width: 4, height: 2, frames: 3 }

/** A process whose jobs end when the test says so. */
class FakeProcess implements CodecProcess {
  readonly pid = 1
  readonly ready = Promise.resolve()
  readonly jobs: CodecJob[] = []
  rss = 0
  isKilled = false
  #job = Promise.withResolvers<readonly EncodedRendition[]>()

  call(job: CodecJob): Promise<readonly EncodedRendition[]> {
    this.jobs.push(job)
    this.#job = Promise.withResolvers()
    return this.#job.promise
  }

  rssBytes(): number {
    return this.rss
  }

  async kill(): Promise<void> {
    this.isKilled = true
    this.fail(new ProcessDiedError({ signal: 'SIGKILL' }))
  }

  finish(renditions: readonly EncodedRendition[] = [RENDITION]): void {
    this.#job.resolve(renditions)
  }

  fail(error: Error): void {
    this.#job.promise.catch(() => undefined)
    this.#job.reject(error)
  }
}

async function startPool(config: Partial<CodecPoolConfig> = {}) {
  const clock = new VirtualClock()
  const processes: FakeProcess[] = []
  const startProcess = (): FakeProcess => {
    const process = new FakeProcess()
    processes.push(process)
    return process
  }
  const pool = await CodecPool.start({ size: 1, ...config }, { clock, log: silentLog, startProcess })
  const transcode = (first = 7, signal?: AbortSignal) =>
    pool.transcode({ bytes: Uint8Array.of(first), durationMs: 2000, profiles: DEFAULT_LADDER }, { signal })
  return { clock, processes, pool, transcode, settle: () => clock.advance(0) }
}

describe('CodecPool', () => {
  it('counts the pixels of what the encoder put out', async () => {
    const { processes, transcode, settle } = await startPool()
    const result = transcode()
    await settle()
    processes[0]!.finish()
    expect(await result).toEqual([{ name: 'a', bytes: Uint8Array.of(1), frames: 3, pixels: 24n }])
  })

  it('serves in order of arrival, as many at once as there are processes', async () => {
    const { processes, transcode, settle } = await startPool({ size: 2 })
    const results = [1, 2, 3, 4].map((first) => transcode(first))
    await settle()
    const begun = () => processes.flatMap((process) => process.jobs.map((job) => job.bytes[0])).sort()
    expect(begun()).toEqual([1, 2])
    processes[0]!.finish()
    await settle()
    expect(begun()).toEqual([1, 2, 3])
    processes[1]!.finish()
    await settle()
    for (const process of processes) process.finish()
    await Promise.all(results)
    expect(begun()).toEqual([1, 2, 3, 4])
  })

  it('refuses when the queue is full', async () => {
    const { pool, transcode, settle } = await startPool({ queueLength: 1 })
    const results = [transcode(), transcode()]
    await settle()
    await expect(transcode()).rejects.toMatchObject({ code: 'TRANSCODE_BUSY', retryable: true })
    await pool[Symbol.asyncDispose]()
    await Promise.allSettled(results)
  })

  it('retries once on a fresh process when one dies', async () => {
    const { processes, transcode, settle } = await startPool()
    const result = transcode()
    await settle()
    processes[0]!.fail(new ProcessDiedError({ signal: 'SIGSEGV' }))
    await settle()
    processes[1]!.finish()
    expect(await result).toHaveLength(1)
  })

  it('gives up when the fresh process dies too, and goes on with the next segment', async () => {
    const { processes, transcode, settle } = await startPool()
    const result = transcode()
    result.catch(() => undefined)
    for (const index of [0, 1]) {
      await settle()
      processes[index]!.fail(new ProcessDiedError({ signal: 'SIGSEGV' }))
    }
    await expect(result).rejects.toMatchObject({ code: 'TRANSCODE_CRASHED', facts: { signal: 'SIGSEGV' } })
    const next = transcode()
    await settle()
    processes[2]!.finish()
    expect(await next).toHaveLength(1)
  })

  it('does not repeat a job that fails by itself, and keeps the process', async () => {
    const { processes, transcode, settle } = await startPool()
    const result = transcode()
    await settle()
    processes[0]!.fail(new TranscodeError('TRANSCODE_NO_KEYFRAME', 'No keyframe.'))
    await expect(result).rejects.toMatchObject({
      code: 'TRANSCODE_NO_KEYFRAME',
      livepeerText: 'No keyframes in input',
    })
    expect(processes).toHaveLength(1)
  })

  it('kills a process that passes its deadline', async () => {
    const { clock, processes, transcode, settle } = await startPool({ deadlineMs: 5000 })
    const result = transcode()
    result.catch(() => undefined)
    await settle()
    await clock.advance(5000)
    expect(processes[0]!.isKilled).toBe(true)
    await clock.advance(5000)
    await expect(result).rejects.toMatchObject({ code: 'TRANSCODE_TIMEOUT' })
  })

  it('kills a process that swells', async () => {
    const { clock, processes, transcode, settle } = await startPool({ maxRssBytes: 100 })
    const result = transcode()
    result.catch(() => undefined)
    for (const index of [0, 1]) {
      await settle()
      processes[index]!.rss = 101
      await clock.advance(100)
    }
    await expect(result).rejects.toMatchObject({ code: 'TRANSCODE_LIMIT', retryable: false })
  })

  it('replaces a process after its share of jobs', async () => {
    const { processes, transcode, settle } = await startPool({ jobsPerProcess: 2 })
    for (const _ of [1, 2]) {
      const result = transcode()
      await settle()
      processes[0]!.finish()
      await result
    }
    expect(processes).toHaveLength(2)
    expect(processes[0]!.isKilled).toBe(true)
  })

  it('stops the work when the caller gives up', async () => {
    const { processes, transcode, settle } = await startPool()
    const caller = new AbortController()
    const results = [transcode(1, caller.signal), transcode(2, caller.signal)]
    for (const result of results) result.catch(() => undefined)
    await settle()
    caller.abort(new Error('changed my mind'))
    for (const result of results) await expect(result).rejects.toThrow('changed my mind')
    await settle()
    expect(processes[0]!.isKilled).toBe(true)
    const next = transcode(3)
    await settle()
    processes[1]!.finish()
    expect(await next).toHaveLength(1)
  })

  it('fails what is under way when it closes', async () => {
    const { pool, transcode, settle } = await startPool()
    const results = [transcode(), transcode()]
    for (const result of results) result.catch(() => undefined)
    await settle()
    await pool[Symbol.asyncDispose]()
    for (const result of results) await expect(result).rejects.toMatchObject({ code: 'TRANSCODE_STOPPED' })
  })

  it('leaves no timer behind', async () => {
    const { clock, processes, transcode, settle } = await startPool()
    const result = transcode()
    await settle()
    processes[0]!.finish()
    await result
    expect(clock.sleeping).toBe(0)
  })

  it('says so when the codec does not run here', async () => {
    const broken = new FakeProcess()
    const startProcess = () =>
      Object.assign(broken, { ready: Promise.reject(new ProcessDiedError({ exitCode: 1 })) })
    const start = CodecPool.start({ size: 1 }, { clock: new VirtualClock(), log: silentLog, startProcess })
    await expect(start).rejects.toMatchObject({ code: 'CODEC_UNAVAILABLE' })
  })
})
