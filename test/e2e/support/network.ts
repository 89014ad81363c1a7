/** @module `tessera up` as a user runs it: a process whose words are read and whose children are known. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { NetworkView, StreamView } from '@tessera/protocol/network-view'
import { type NetworkPorts, networkPorts } from '../../../apps/cli/src/network/ports.ts'
import { freePortBase } from './free-ports.ts'
import { descendantsOf } from './processes.ts'
import { until } from './until.ts'

const MAIN = fileURLToPath(new URL('../../../apps/cli/src/main.ts', import.meta.url))
/** Six processes and a page build share two cores with whatever else runs. */
const UP_WITHIN_MS = 90_000
const STOP_WITHIN_MS = 40_000

export type UpOptions = {
  /** Any free ones when absent. */
  readonly portBase?: number
  /** Further arguments, e.g. `['--data', folder]`. */
  readonly args: readonly string[]
}

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

export type RoleName = 'chain' | 'gateway' | 'orchestrator 1' | 'orchestrator 2' | 'worker 1' | 'worker 2'

export class UpProcess implements AsyncDisposable {
  readonly ports: NetworkPorts
  readonly exited: Promise<Exit>
  readonly #child: ChildProcess
  #output = ''

  private constructor(portBase: number, args: readonly string[]) {
    this.ports = networkPorts({ base: portBase, orchestrators: 2 })
    this.#child = spawn(process.execPath, [MAIN, 'up', '--port-base', String(portBase), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (bytes: Uint8Array) => {
        this.#output += new TextDecoder().decode(bytes)
      })
    }
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve({ code, signal }))
    })
  }

  /** Started, perhaps in vain. */
  static async spawn({ portBase, args }: UpOptions): Promise<UpProcess> {
    return new UpProcess(portBase ?? (await freePortBase()), args)
  }

  /** Resolves when the network is ready. */
  static async start(options: UpOptions): Promise<UpProcess> {
    const up = await UpProcess.spawn(options)
    try {
      await up.says(/Ctrl-C stops all of it/, UP_WITHIN_MS)
      return up
    } catch (error) {
      await up[Symbol.asyncDispose]()
      throw new Error(`The network did not start:\n${up.output}`, { cause: error })
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** All that it told its user. */
  get output(): string {
    return this.#output
  }

  /** Process id of a role, the newest one when it was started again. */
  pidOf(role: RoleName): number {
    const told = [...this.#output.matchAll(new RegExp(`The ${role} is back \\(pid (\\d+)\\)`, 'g'))].at(-1)
    const listed = new RegExp(`^  ${role}\\s+(\\d+)`, 'm').exec(this.#output)
    return Number(told?.[1] ?? listed?.[1])
  }

  /** Waits until it has told what matches. */
  async says(pattern: RegExp, withinMs = 60_000): Promise<RegExpExecArray> {
    let hasExited = false
    void this.exited.then(() => {
      hasExited = true
    })
    const found = await until<RegExpExecArray | 'ended'>(
      `the words ${pattern}`,
      () => pattern.exec(this.#output) ?? (hasExited && 'ended'),
      withinMs,
    )
    if (found === 'ended') throw new Error(`It ended without the words ${pattern}:\n${this.#output}`)
    return found
  }

  /** Kills a role and all it started, and waits until `up` has started it again. */
  async killAndAwaitReturn(role: RoleName): Promise<void> {
    const old = this.pidOf(role)
    process.kill(-old, 'SIGKILL')
    await until(`the ${role} to be back`, () => this.pidOf(role) !== old)
  }

  url(path: string): URL {
    return new URL(path, `http://127.0.0.1:${this.ports.http}`)
  }

  async view(): Promise<NetworkView> {
    return (await (await fetch(this.url('/api/network'))).json()) as NetworkView
  }

  async stream(id = 'demo'): Promise<StreamView | undefined> {
    return (await this.view()).streams.find((stream) => stream.id === id)
  }

  /** Ids of all processes of the network: `up` and its descendants. */
  allPids(): readonly number[] {
    return [this.pid, ...descendantsOf(this.pid).map(({ pid }) => pid)]
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** As Ctrl-C does, and waits for the end. */
  async interrupt(): Promise<Exit> {
    this.kill('SIGINT')
    const timer = AbortSignal.timeout(STOP_WITHIN_MS)
    return Promise.race([
      this.exited,
      new Promise<never>((_, reject) => {
        timer.addEventListener('abort', () => reject(new Error(`It did not stop:\n${this.#output}`)))
      }),
    ])
  }

  /** Whatever a failed test left behind. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const pids = this.allPids()
    await this.interrupt().catch(() => {
      for (const pid of pids) {
        try {
          process.kill(pid, 'SIGKILL')
        } catch {
          // Gone already.
        }
      }
    })
  }
}
