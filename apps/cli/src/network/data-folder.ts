/** @module The folder that a local network keeps everything in, used by one network at a time. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { BaseError } from '@tessera/runtime/errors'
import { EPHEMERAL_PREFIX, lockFile, ownerOf } from './running-network.ts'

class DataFolderInUseError extends BaseError {
  constructor(folder: string, pid: number) {
    super({
      code: 'DATA_FOLDER_IN_USE',
      message: `Another network (process ${pid}) is using ${folder}.`,
      advice:
        'Stop it, or give this one its own folder with --data or --ephemeral, and its own ports with --port-base.',
    })
  }
}

class DataFolderUnusableError extends BaseError {
  constructor(folder: string, cause: unknown) {
    super({
      code: 'DATA_FOLDER_UNUSABLE',
      message: `Cannot write to ${folder}: ${cause instanceof Error ? cause.message : cause}.`,
      advice: 'Check its owner and the free disk space (./tessera doctor), or choose another with --data.',
      cause,
    })
  }
}

/** Holds the folder until disposed. An ephemeral one is new, and removed at the end. */
export class DataFolder implements Disposable {
  readonly path: string
  readonly #isEphemeral: boolean

  private constructor(path: string, isEphemeral: boolean) {
    this.path = path
    this.#isEphemeral = isEphemeral
  }

  /** @throws {DataFolderInUseError | DataFolderUnusableError} */
  static open(options: { readonly path: string; readonly ephemeral: boolean }): DataFolder {
    const path = options.ephemeral ? mkdtempSync(join(tmpdir(), EPHEMERAL_PREFIX)) : resolve(options.path)
    const owner = ownerOf(path)
    if (owner !== undefined) throw new DataFolderInUseError(path, owner)
    try {
      makeFolder(path)
      mkdirSync(join(path, 'logs'), { recursive: true })
      mkdirSync(join(path, 'config'), { recursive: true, mode: 0o700 })
      writeFileSync(lockFile(path), String(process.pid))
    } catch (cause) {
      throw new DataFolderUnusableError(path, cause)
    }
    return new DataFolder(path, options.ephemeral)
  }

  /** A folder within, made if it is not there. */
  folder(name: string): string {
    const path = join(this.path, name)
    mkdirSync(path, { recursive: true, mode: 0o700 })
    return path
  }

  logFile(name: string): string {
    return join(this.path, 'logs', `${name.replaceAll(' ', '-')}.log`)
  }

  /** Writes a role's settings where only its owner can read them. */
  writeConfig(name: string, config: unknown): string {
    const path = join(this.path, 'config', `${name.replaceAll(' ', '-')}.json`)
    writeFileSync(path, `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600 })
    return path
  }

  [Symbol.dispose](): void {
    if (this.#isEphemeral) rmSync(this.path, { recursive: true, force: true })
    else rmSync(lockFile(this.path), { force: true })
  }
}

/** Step by step: Node's own `recursive` never returns where the system answers ENOENT below a folder that is there (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path, { recursive: false })
}
