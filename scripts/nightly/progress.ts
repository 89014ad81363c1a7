/**
 * @module How far the long tests are, kept in a file between nights. Runs count for the sources they were made with: after
 * a change of the contracts or their tests the count starts again.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/** Runs done without a failure, by campaign. */
const schema = z.strictObject({
  sources: z.string(),
  done: z.record(z.string(), z.int().nonnegative()),
})

/** Digest of every file under the folders, by path and content. */
export function digestOf(folders: readonly string[]): string {
  const hash = createHash('sha256')
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
    for (const file of files) hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

export class Progress {
  readonly #path: string
  readonly #sources: string
  readonly #done: Map<string, number>

  /** Goes on with what the file says, or from nothing where it is missing, unreadable or of other sources. */
  constructor(path: string, sources: string) {
    this.#path = path
    this.#sources = sources
    this.#done = new Map(Object.entries(Progress.#read(path, sources)))
  }

  done(campaign: string): number {
    return this.#done.get(campaign) ?? 0
  }

  /** Counts runs and writes the file at once, so that an interrupted night loses one slice at most. */
  add(campaign: string, runs: number): void {
    this.#done.set(campaign, this.done(campaign) + runs)
    mkdirSync(dirname(this.#path), { recursive: true })
    const content = { sources: this.#sources, done: Object.fromEntries(this.#done) }
    writeFileSync(this.#path, `${JSON.stringify(content, undefined, 2)}\n`)
  }

  static #read(path: string, sources: string): Readonly<Record<string, number>> {
    try {
      const content = schema.parse(JSON.parse(readFileSync(path, 'utf8')))
      return content.sources === sources ? content.done : {}
    } catch {
      return {}
    }
  }
}

/**
 * The next slice: of the campaign that is the least far, so that a short night is not spent on one of them.
 *
 * @param busy Campaigns that are being run now, or have failed
 */
export function nextSlice(
  names: readonly string[],
  progress: Pick<Progress, 'done'>,
  busy: ReadonlySet<string>,
  limits: { readonly runs: number; readonly slice: number },
): { readonly name: string; readonly before: number; readonly runs: number } | undefined {
  const open = names.filter((name) => !busy.has(name) && progress.done(name) < limits.runs)
  const [name] = open.toSorted((a, b) => progress.done(a) - progress.done(b))
  if (name === undefined) return undefined
  const before = progress.done(name)
  return { name, before, runs: Math.min(limits.slice, limits.runs - before) }
}
