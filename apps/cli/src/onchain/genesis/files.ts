/** @module The folder of a genesis: report.json, tree.bin (all proofs), excluded.csv. */
import { createReadStream, existsSync } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GenesisTree } from '@tessera/chain/genesis/genesis-tree'
import { parseReport } from '@tessera/chain/genesis/parse-report'
import type { GenesisReport, MineTerms } from '@tessera/chain/genesis/report'
import { type Proof, readProof, treeFileHeader } from '@tessera/chain/genesis/tree-file'
import type { Address } from '@tessera/protocol/address'
import { UsageError } from '../problems.ts'
import { reasonOf } from '../reason-of.ts'

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

/** What `build` writes. The report comes last: a folder with a report is complete. */
export class GenesisFolder implements AsyncDisposable {
  readonly path: string
  readonly #excluded: FileHandle

  private constructor(path: string, excluded: FileHandle) {
    this.path = path
    this.#excluded = excluded
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
      await mkdir(path, { recursive: true })
      await rm(report, { force: true })
      return new GenesisFolder(path, await open(join(path, 'excluded.csv'), 'w'))
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
