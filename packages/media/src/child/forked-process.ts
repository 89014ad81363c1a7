/** @module A child process that answers calls: where codecs run, so that their crashes are not ours. */
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BaseError } from '@tessera/runtime/errors'
import { type FromChild, fromPlainError } from './messages.ts'

const STDERR_TAIL_CHARS = 2000

/** The process ended, or was killed, while a call was waiting for its answer. */
export class ProcessDiedError extends BaseError {
  constructor(facts: {
    exitCode?: number | undefined
    signal?: string | undefined
    stderr?: string | undefined
  }) {
    super({ code: 'CHILD_DIED', message: 'The codec process ended unexpectedly.', facts, retryable: true })
  }
}

type Waiting<Reply> = { resolve(reply: Reply): void; reject(error: Error): void }

/**
 * One child running `entry`, which must call `serveParent`. It gets no environment variables, hence no secrets. It
 * ends when this process does, however that ends, because the channel closes.
 */
export class ForkedProcess<Request, Reply, Event = never> implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #exited: Promise<void>
  #waiting: Waiting<Reply> | undefined
  #died: ProcessDiedError | undefined
  #stderr = ''
  /** Settles when the child answers calls. Rejects with `ProcessDiedError` when it never does. */
  readonly ready: Promise<void>

  constructor(entry: URL, onEvent?: (event: Event) => void) {
    this.#child = fork(fileURLToPath(entry), [], {
      // Structured clone: bytes travel as bytes.
      serialization: 'advanced',
      execArgv: [],
      env: {},
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_TAIL_CHARS)
    })
    const ready = Promise.withResolvers<void>()
    this.ready = ready.promise
    this.ready.catch(() => undefined)
    this.#child.on('message', (message: FromChild<Reply, Event>) => {
      if (message.kind === 'ready') ready.resolve()
      else if (message.kind === 'event') onEvent?.(message.event)
      else this.#settle(message)
    })
    this.#exited = new Promise((resolve) => {
      const onEnd = (exitCode?: number | null, signal?: string | null): void => {
        const facts = { exitCode: exitCode ?? undefined, signal: signal ?? undefined }
        this.#died ??= new ProcessDiedError({ ...facts, stderr: this.#stderr || undefined })
        ready.reject(this.#died)
        this.#waiting?.reject(this.#died)
        this.#waiting = undefined
        resolve()
      }
      this.#child.on('close', onEnd)
      // The process could not be started, or not be reached.
      this.#child.on('error', (error) => {
        this.#stderr += error.message
        if (this.#child.pid === undefined) onEnd()
        else this.#child.kill('SIGKILL')
      })
    })
  }

  /**
   * One call at a time.
   * @throws {ProcessDiedError} and whatever `BaseError` the child's handler threw, with its code.
   */
  async call(request: Request): Promise<Reply> {
    if (this.#died) throw this.#died
    if (this.#waiting)
      throw new BaseError({ code: 'CHILD_BUSY', message: 'A codec process takes one call at a time.' })
    return await new Promise<Reply>((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#child.send({ kind: 'call', request })
    })
  }

  /** Resident memory in bytes; undefined where the platform does not tell (it is read from `/proc`). */
  rssBytes(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, 'latin1')
      const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(status)?.[1]
      return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
    } catch {
      return undefined
    }
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Ends the child at once, whatever it does; resolves when it is gone. */
  async kill(): Promise<void> {
    if (!this.#died) this.#child.kill('SIGKILL')
    await this.#exited
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill()
  }

  #settle(message: Extract<FromChild<Reply, Event>, { kind: 'reply' | 'error' }>): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (message.kind === 'reply') waiting?.resolve(message.reply)
    else waiting?.reject(fromPlainError(message.error))
  }
}
