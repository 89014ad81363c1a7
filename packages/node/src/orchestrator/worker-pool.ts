/** @module The remote workers of an orchestrator: who gets a segment, and what happens when a worker fails. */
import { AsyncQueue } from '@tessera/runtime/async-queue'
import { type Clock, deadline } from '@tessera/runtime/clock'
import type { Log } from '@tessera/runtime/log'
import type { TranscodeJob, WorkerAnswer, WorkerResult } from './transcode-job.ts'
import { WorkError } from './work-error.ts'

/** A segment pushed to a worker. The worker fetches the bytes by `sourceKey`, which only it is told. */
export type WorkerTask = { readonly taskId: number; readonly sourceKey: string; readonly job: TranscodeJob }

export type WorkerOffer = {
  /** Segments at a time, at least 1. */
  readonly capacity: number
  /** Bits of what it can do. */
  readonly capabilities: bigint
}

/** A registered worker, as the link that serves it sees it. */
export type WorkerSeat = {
  readonly id: number
  /** Ends when the pool drops the worker. */
  readonly tasks: AsyncQueue<WorkerTask>
  /** The worker is gone: its tasks go to others at once. */
  leave(): void
}

/** Workers one segment is tried on: what kills two workers is more likely the segment's fault. */
const MAX_ATTEMPTS = 3
/** A worker takes as many segments again as it works on; more are refused, so that a gateway goes elsewhere. */
const QUEUE_FACTOR = 2
const TASK_QUEUE = 1024

type Worker = WorkerSeat & WorkerOffer & { readonly active: Set<Task> }
type Task = WorkerTask & {
  readonly worker: Worker
  readonly settle: (answer: WorkerAnswer | WorkError) => void
}

/**
 * Sessions stick to a worker; new ones go to the least loaded that can do the job. A worker that dies, or delivers
 * what does not pass `check`, costs the gateway nothing: the segment moves on within the same deadline.
 * (go-livepeer lets such a task run into its timeout.)
 */
export class WorkerPool {
  readonly #deps: { readonly clock: Clock; readonly log: Log; readonly newSourceKey: () => string }
  readonly #workers = new Map<number, Worker>()
  readonly #tasks = new Map<number, Task>()
  readonly #sources = new Map<string, Uint8Array>()
  readonly #workerOfSession = new Map<string, number>()
  #nextWorkerId = 1
  #nextTaskId = 0
  #retried = 0

  constructor(deps: { readonly clock: Clock; readonly log: Log; readonly newSourceKey: () => string }) {
    this.#deps = deps
  }

  get workers(): readonly (WorkerOffer & { readonly id: number; readonly active: number })[] {
    return [...this.#workers.values()].map(({ id, capacity, capabilities, active }) => ({
      id,
      capacity,
      capabilities,
      active: active.size,
    }))
  }

  /** Segments that moved to another worker. */
  get retried(): number {
    return this.#retried
  }

  register(offer: WorkerOffer): WorkerSeat {
    const id = this.#nextWorkerId++
    const worker: Worker = {
      ...offer,
      id,
      tasks: new AsyncQueue({ capacity: TASK_QUEUE, overflow: 'block' }),
      active: new Set(),
      leave: () => this.#remove(worker),
    }
    this.#workers.set(id, worker)
    this.#deps.log.info({ worker: id, capacity: offer.capacity }, 'worker joined')
    return worker
  }

  /** Bytes of a task that is under way. */
  source(key: string): Uint8Array | undefined {
    return this.#sources.get(key)
  }

  /** Unknown ids (late answers of tasks given up) change nothing. */
  settle(taskId: number, answer: WorkerAnswer): void {
    this.#tasks.get(taskId)?.settle(answer)
  }

  forgetSession(sessionId: string): void {
    this.#workerOfSession.delete(sessionId)
  }

  /**
   * Renditions in the order of the job's profiles, measured.
   * @throws {WorkError} when no worker could, or the segment is at fault
   */
  async run(
    job: TranscodeJob,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<WorkerResult> {
    const limit = deadline(this.#deps.clock, job.timeoutMs, {
      signal: options.signal,
      reason: () => new WorkError('Remote transcoder took too long'),
    })
    const tried = new Set<number>()
    let failure: WorkError | undefined
    try {
      while (tried.size < MAX_ATTEMPTS) {
        const worker = this.#choose(job, tried, failure)
        tried.add(worker.id)
        const answer = await this.#attempt(worker, job, limit.signal)
        const result = answer instanceof WorkError ? answer : job.check(answer)
        if (!(result instanceof WorkError)) return result
        if (!result.retryable) throw result
        failure = result
        this.#retried++
        this.#deps.log.warn({ worker: worker.id, reason: result.message }, 'segment moves to another worker')
      }
      throw failure ?? new WorkError('no transcoders available')
    } finally {
      limit.clear()
    }
  }

  #choose(job: TranscodeJob, tried: ReadonlySet<number>, failure: WorkError | undefined): Worker {
    const able = [...this.#workers.values()].filter(
      ({ capabilities }) => (capabilities & job.capabilities) === job.capabilities,
    )
    if (this.#workers.size === 0) throw failure ?? new WorkError('no transcoders available')
    if (able.length === 0) throw failure ?? new WorkError('no transcoders can provide requested capabilities')
    const open = able.filter(
      ({ id, active, capacity }) => !tried.has(id) && active.size < capacity * QUEUE_FACTOR,
    )
    if (open.length === 0) throw failure ?? new WorkError('TranscoderBusy')
    const sticky = open.find(({ id }) => id === this.#workerOfSession.get(job.sessionId))
    const load = (worker: Worker): number => worker.active.size / worker.capacity
    const worker = sticky ?? open.reduce((best, other) => (load(other) < load(best) ? other : best))
    this.#workerOfSession.set(job.sessionId, worker.id)
    return worker
  }

  async #attempt(worker: Worker, job: TranscodeJob, signal: AbortSignal): Promise<WorkerAnswer | WorkError> {
    signal.throwIfAborted()
    const taskId = this.#nextTaskId++
    const sourceKey = this.#deps.newSourceKey()
    this.#sources.set(sourceKey, job.bytes)
    const { promise, resolve, reject } = Promise.withResolvers<WorkerAnswer | WorkError>()
    const task: Task = { taskId, sourceKey, job, worker, settle: resolve }
    const onAbort = (): void => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    this.#tasks.set(taskId, task)
    worker.active.add(task)
    try {
      if (!worker.tasks.offer(task)) return new WorkError('TranscoderBusy')
      return await promise
    } catch (error) {
      // A worker that let the deadline pass hangs: it is dropped and may register anew.
      if (error instanceof WorkError) this.#remove(worker)
      throw error
    } finally {
      signal.removeEventListener('abort', onAbort)
      worker.active.delete(task)
      this.#tasks.delete(taskId)
      this.#sources.delete(sourceKey)
    }
  }

  #remove(worker: Worker): void {
    if (!this.#workers.delete(worker.id)) return
    worker.tasks.end()
    for (const [session, id] of this.#workerOfSession) {
      if (id === worker.id) this.#workerOfSession.delete(session)
    }
    for (const task of [...worker.active]) task.settle(new WorkError('worker left', { retryable: true }))
    this.#deps.log.info({ worker: worker.id, tasks: worker.active.size }, 'worker left')
  }
}
