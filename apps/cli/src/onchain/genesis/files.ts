/** @module The folder of a genesis: report.json, tree.bin (all proofs), excluded.csv. */
import { createReadStream, existsSync } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GenesisTree } from '@tessera/chain/genesis/genesis-tree'
import { parseReport } from '@tessera/chain/genesis/parse-report'
import type { GenesisReport, MineTerms } from '@tessera/chain/genesis/report'
import { type Proof, readProof, treeFileHeader } from '@tessera/chain/genesis/tree-file'
import type { Address } from '@tessera/protocol/address'
import { UsageError } from '../problems.ts'
import { reasonOf } from '../reason-of.ts'

/** Becomes excluded.csv when the genesis is complete. */
const UNFINISHED = 'excluded.csv.part'
const READ_BYTES = 1 << 18

/** The list in large pieces. @throws {UsageError} from the iteration when it cannot be read. */
export async function* readList(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: READ_BYTES })
  } catch (error) {
    throw cannot('read', file, error)
  }
}

/** @throws {UsageError} when it cannot be read. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw cannot('read', file, error)
  }
}

/**
 * What `build` writes. The report comes last: a folder with a report is complete. Until `complete` is called nothing
 * that was in the folder changes, and a folder that was made for it goes away again.
 */
export class GenesisFolder implements AsyncDisposable {
  readonly path: string
  readonly #excluded: FileHandle
  /** The first folder that was made on the way to it. */
  readonly #made: string | undefined

  private constructor(path: string, excluded: FileHandle, made: string | undefined) {
    this.path = path
    this.#excluded = excluded
    this.#made = made
  }

  /** @throws {UsageError} when a genesis is there already, or nothing can be written. */
  static async create(path: string, overwrite: boolean): Promise<GenesisFolder> {
    const report = join(path, 'report.json')
    if (existsSync(report) && !overwrite) {
      throw new UsageError(
        `${path} holds a genesis already.`,
        'Choose another folder, or overwrite it with --force.',
      )
    }
    try {
      const made = await mkdir(path, { recursive: true })
      return new GenesisFolder(path, await open(join(path, UNFINISHED), 'w'), made)
    } catch (error) {
      throw cannot('write to', path, error)
    }
  }

  async writeExcluded(text: Uint8Array): Promise<void> {
    await this.#excluded.write(text)
  }

  /** @throws {UsageError} when nothing can be written. */
  async complete(tree: GenesisTree, report: GenesisReport): Promise<void> {
    try {
      await rm(join(this.path, 'report.json'), { force: true })
      await rename(join(this.path, UNFINISHED), join(this.path, 'excluded.csv'))
      const file = await open(join(this.path, 'tree.bin'), 'w')
      try {
        await file.writeFile(treeFileHeader(tree))
        await file.writeFile(tree.nodes)
      } finally {
        await file.close()
      }
      await writeFile(join(this.path, 'report.json'), `${JSON.stringify(report, undefined, 2)}\n`)
    } catch (error) {
      throw cannot('write to', this.path, error)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#excluded.close()
    await rm(join(this.path, UNFINISHED), { force: true })
    // Only while nothing is in it.
    if (this.#made !== undefined) await rmdir(this.path).catch(() => undefined)
  }
}

/** Report and proofs of some accounts. @throws {UsageError | GenesisFilesError | NotListedError} */
export async function findProofs(
  folder: string,
  accounts: readonly Address[],
): Promise<{ readonly terms: MineTerms; readonly proofs: readonly Proof[] }> {
  const terms = parseReport(await readText(join(folder, 'report.json')))
  const path = join(folder, 'tree.bin')
  const file = await open(path, 'r').catch((error: unknown) => {
    throw cannot('read', path, error)
  })
  try {
    const readAt = async (position: number, length: number) => {
      const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, position)
      return buffer.subarray(0, bytesRead)
    }
    const proofs: Proof[] = []
    for (const account of accounts) proofs.push(await readProof(readAt, account, terms.tree))
    return { terms, proofs }
  } finally {
    await file.close()
  }
}

function cannot(what: string, file: string, error: unknown): UsageError {
  return new UsageError(`Cannot ${what} ${file}: ${reasonOf(error)}.`)
}
