/** @module Anvil, Foundry's development chain, as a supervised child process. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Clock, deadline } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'

export type AnvilConfig = {
  /** 0 takes a free port. Always on 127.0.0.1. */
  readonly port: number
  readonly chainId: number
  /** Chain state: loaded when the file exists, written every 5 s and at the end. Absent: the chain is forgotten. */
  readonly stateFile?: string
  /** BIP-39 mnemonic of the accounts that start with 10,000 ETH. */
  readonly mnemonic: string
  /** Begins with the state of the chain at this URL instead of an empty one. */
  readonly forkUrl?: string
  /** A path of the project from which the npm packages of anvil can be resolved; default this package. */
  readonly resolveFrom?: string
}

/** `ANVIL_MISSING`: the npm package with the binary for this platform is not installed. */
export class AnvilMissingError extends BaseError {
  constructor(facts: { package: string }, cause?: unknown) {
    super({
      code: 'ANVIL_MISSING',
      message: 'The development chain (anvil) is not installed for this platform.',
      advice: 'Run npm ci without --omit=optional; on other platforms use an RPC of your own.',
      facts,
      cause,
    })
  }
}

/** `PORT_IN_USE`: another process listens on the port. */
export class AnvilPortInUseError extends BaseError {
  constructor(facts: { port: number }) {
    super({
      code: 'PORT_IN_USE',
      message: `The chain cannot listen on port ${facts.port}: another process does.`,
      advice: 'Stop that process, or choose other ports with --port-base.',
      facts,
    })
  }
}

/** `ANVIL_STATE_UNREADABLE`: the state file is damaged or of an incompatible version. */
export class AnvilStateError extends BaseError {
  constructor(facts: { stateFile: string; output: string }) {
    super({
      code: 'ANVIL_STATE_UNREADABLE',
      message: `The saved chain state ${facts.stateFile} cannot be read.`,
      advice: 'Delete the data folder to start a new chain.',
      facts,
    })
  }
}

/** `ANVIL_ENDED`: the process did not come up, or ended though nobody asked it to. */
export class AnvilEndedError extends BaseError {
  constructor(facts: { exit: string; output: string }) {
    super({ code: 'ANVIL_ENDED', message: `The development chain ended (${facts.exit}).`, facts })
  }
}

/** The slowest start seen on a loaded machine took 0.3 s; a big state file takes seconds. */
const START_TIMEOUT_MS = 20_000
/** Writing a big state file takes a while; afterwards the process is killed. */
const STOP_TIMEOUT_MS = 10_000
const STATE_INTERVAL_S = 5
const OUTPUT_KEPT = 2_000

/**
 * Runs anvil (`$@`) and stops it cleanly as soon as standard input ends. Our end of that pipe closes when we close it
 * or when this process dies in whatever way, `kill -9` included, so no anvil outlives its parent.
 */
const GUARD = `
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
( while read -r _ <&3; do :; done; kill -TERM $child 2>/dev/null ) >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait $child
status=$?
kill $watcher 2>/dev/null
exit $status
`

/** A running anvil with automatic mining: each transaction gets a block at once. */
export class Anvil implements AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Id of the process group that holds anvil and its guard. */
  readonly processGroup: number
  /** Rejects with `AnvilEndedError` if the process ends by itself; pending otherwise. */
  readonly failed: Promise<never>
  readonly #child: ChildProcess
  readonly #exited: Promise<string>
  readonly #clock: Clock
  #isClosing = false

  private constructor(
    child: ChildProcess,
    start: { port: number; exited: Promise<string>; output: () => string },
    clock: Clock,
  ) {
    this.#child = child
    this.#exited = start.exited
    this.#clock = clock
    this.port = start.port
    this.processGroup = child.pid ?? 0
    this.url = `http://127.0.0.1:${start.port}`
    this.failed = new Promise((_, reject) => {
      void start.exited.then((exit) => {
        if (!this.#isClosing) reject(new AnvilEndedError({ exit, output: start.output() }))
      })
    })
    this.failed.catch(() => undefined)
  }

  /** @throws {AnvilMissingError | AnvilPortInUseError | AnvilStateError | AnvilEndedError} */
  static async start(config: AnvilConfig, deps: { readonly clock: Clock }): Promise<Anvil> {
    const binary = findAnvil(config.resolveFrom ?? import.meta.url)
    if (config.stateFile) await mkdir(dirname(config.stateFile), { recursive: true })
    // Its own process group: Ctrl-C in a terminal goes to us alone, and we end it in order.
    const child = spawn('/bin/sh', ['-c', GUARD, 'anvil-guard', binary, ...anvilArguments(config)], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    child.stdin.on('error', () => undefined)
    const exited = new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `exit status ${code}`))
      child.once('error', (error) => resolve(error.message))
    })
    const lines = watchOutput(child)
    const timer = deadline(deps.clock, START_TIMEOUT_MS, {
      reason: () => new AnvilEndedError({ exit: 'not ready in time', output: lines.recent() }),
    })
    try {
      const port = await Promise.race([
        lines.listening,
        exited.then((exit) => Promise.reject(explainEnd(config, exit, lines.recent()))),
        rejectOnAbort(timer.signal),
      ])
      return new Anvil(child, { port, exited, output: lines.recent }, deps.clock)
    } catch (error) {
      killGroup(child)
      throw error
    } finally {
      timer.clear()
    }
  }

  /** Writes the state and ends the process; kills it after 10 s. Idempotent. */
  async close(): Promise<void> {
    this.#isClosing = true
    this.#child.stdin?.end()
    const patience = new AbortController()
    await Promise.race([
      this.#exited,
      this.#clock.sleep(STOP_TIMEOUT_MS, { signal: patience.signal }),
    ]).finally(() => patience.abort())
    killGroup(this.#child)
    await this.#exited
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

function anvilArguments(config: AnvilConfig): string[] {
  const state = config.stateFile
    ? ['--state', config.stateFile, '--state-interval', String(STATE_INTERVAL_S)]
    : []
  return [
    ...['--host', '127.0.0.1', '--port', String(config.port), '--chain-id', String(config.chainId)],
    ...['--mnemonic', config.mnemonic],
    ...state,
    // Nothing of another chain is kept on disk.
    ...(config.forkUrl === undefined ? [] : ['--fork-url', config.forkUrl, '--no-storage-caching']),
  ]
}

/**
 * The binary inside the platform's package. The launcher of `@foundry-rs/anvil` is not used: it hides exit statuses
 * and puts a process between us and anvil.
 */
function findAnvil(resolveFrom: string): string {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch
  const name = `@foundry-rs/anvil-${process.platform}-${architecture}`
  try {
    const manifest = createRequire(resolveFrom).resolve(`${name}/package.json`)
    return join(dirname(manifest), 'bin', 'anvil')
  } catch (error) {
    throw new AnvilMissingError({ package: name }, error)
  }
}

function watchOutput(child: ChildProcess): { listening: Promise<number>; recent: () => string } {
  let recent = ''
  let onPort: (port: number) => void
  const listening = new Promise<number>((resolve) => {
    onPort = resolve
  })
  const take = (chunk: Buffer): void => {
    recent = (recent + chunk.toString()).slice(-OUTPUT_KEPT)
    const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(recent)?.[1]
    if (port) onPort(Number(port))
  }
  child.stdout?.on('data', take)
  child.stderr?.on('data', take)
  // Anvil prints the accounts' private keys, public test keys or not: only what follows them is ever shown.
  return { listening, recent: () => recent.replace(/[\s\S]*Private Keys[\s\S]*?Wallet/, '').trim() }
}

function explainEnd(config: AnvilConfig, exit: string, output: string): BaseError {
  if (/address already in use/i.test(output)) return new AnvilPortInUseError({ port: config.port })
  if (config.stateFile && /--state|state/i.test(output)) {
    return new AnvilStateError({ stateFile: config.stateFile, output })
  }
  return new AnvilEndedError({ exit, output })
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is gone already.
  }
}
