/** @module One supervised role process: started, told apart by name, ready or failed, ended with its parent. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, type WriteStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Clock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'

/** What a role process tells its parent over IPC. */
export type RoleMessage =
  | { readonly kind: 'ready'; readonly facts: Readonly<Record<string, string | number>> }
  | { readonly kind: 'failed'; readonly error: string }

export class RoleFailedError extends BaseError {
  constructor(name: string, reason: string, logFile: string) {
    super({
      code: 'ROLE_FAILED',
      message: `The ${name} did not start: ${reason}`,
      advice: `Its log: ${logFile}`,
    })
  }
}

export type RoleProcessConfig = {
  /** For people, e.g. `orchestrator 1`. */
  readonly name: string
  /** The command and its arguments, e.g. `['gateway', '--config', 'x.json']`. */
  readonly args: readonly string[]
  readonly logFile: string
  /** Also copy the log to standard error. */
  readonly verbose: boolean
}

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))
const READY_WITHIN_MS = 30_000
const STOP_WITHIN_MS = 5_000

export class RoleProcess {
  readonly name: string
  readonly logFile: string
  readonly facts: Readonly<Record<string, string | number>>
  readonly #child: ChildProcess
  readonly #clock: Clock
  readonly exited: Promise<void>

  private constructor(
    config: RoleProcessConfig,
    child: ChildProcess,
    facts: Readonly<Record<string, string | number>>,
    clock: Clock,
  ) {
    this.name = config.name
    this.logFile = config.logFile
    this.facts = facts
    this.#child = child
    this.#clock = clock
    this.exited = new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve()
      else child.once('exit', () => resolve())
    })
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** Starts the process and waits until it serves. @throws {RoleFailedError} */
  static async start(config: RoleProcessConfig, clock: Clock): Promise<RoleProcess> {
    const log = createWriteStream(config.logFile, { flags: 'a' })
    log.on('error', () => undefined) // a full disk must not end the network
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...config.args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Own process group: Ctrl-C reaches only the parent, which then ends the roles in order.
      detached: true,
    })
    pipeLog(child, log, config.verbose)
    const facts = await ready(child, config, clock)
    return new RoleProcess(config, child, facts, clock)
  }

  /** Asks it to finish its work and leave; after five seconds it is killed. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    this.#child.kill('SIGTERM')
    const timer = new AbortController()
    await Promise.race([
      this.exited,
      this.#clock.sleep(STOP_WITHIN_MS, { signal: timer.signal }).then(
        () => this.kill(),
        () => undefined,
      ),
    ])
    timer.abort()
    await this.exited
  }

  /** Ends it and everything it started, at once, as a power cut would. */
  kill(): void {
    try {
      process.kill(-this.pid, 'SIGKILL')
    } catch {
      this.#child.kill('SIGKILL')
    }
  }
}

function pipeLog(child: ChildProcess, log: WriteStream, verbose: boolean): void {
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes: Uint8Array) => {
      log.write(bytes)
      if (verbose) process.stderr.write(bytes)
    })
  }
  child.once('exit', () => log.end())
}

function ready(
  child: ChildProcess,
  config: RoleProcessConfig,
  clock: Clock,
): Promise<Readonly<Record<string, string | number>>> {
  const timer = new AbortController()
  return new Promise<Readonly<Record<string, string | number>>>((resolve, reject) => {
    const fail = (reason: string) => reject(new RoleFailedError(config.name, reason, config.logFile))
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code, signal) => fail(`it ended with ${signal ?? `status ${code}`}.`))
    child.on('message', (message) => {
      const told = message as RoleMessage // our own process at the other end
      if (told.kind === 'ready') resolve(told.facts)
      else fail(told.error)
    })
    clock.sleep(READY_WITHIN_MS, { signal: timer.signal }).then(
      () => {
        child.kill('SIGKILL')
        fail(`it was not ready within ${READY_WITHIN_MS / 1000} s.`)
      },
      () => undefined,
    )
  }).finally(() => timer.abort())
}
