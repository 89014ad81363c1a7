/** @module A copy of the contracts in a folder of its own, in which faults can be tried without touching the sources. */
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runForge } from '../forge.ts'
import { applyEdit, type Mutant } from './mutant.ts'

/** What a run of tests said. `broken` when nothing could be run, with forge's output. */
export type Outcome =
  | { readonly kind: 'ran'; readonly passed: readonly string[]; readonly failed: readonly Failure[] }
  | { readonly kind: 'broken'; readonly output: string }

type Failure = { readonly name: string; readonly reason: string }

type Report = Readonly<
  Record<
    string,
    { readonly test_results: Readonly<Record<string, { status: string; reason: string | null }>> }
  >
>

/** A shorter campaign finds a fault just as well; a found sequence need not be made shorter. */
const settings = {
  FOUNDRY_DYNAMIC_TEST_LINKING: 'true', // a changed contract does not compile the tests again
  FOUNDRY_OPTIMIZER: 'false', // compiles in two thirds of the time
  FOUNDRY_LINT_LINT_ON_BUILD: 'false',
  FOUNDRY_DENY: 'never', // what a guard used may be unused without it
  FOUNDRY_INVARIANT_RUNS: '60',
  FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: '0',
  FOUNDRY_FUZZ_RUNS: '64',
}

/** A folder with the contracts, what was compiled of them, and the packages of the repository. */
export class Workspace implements AsyncDisposable {
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async create(root: string): Promise<Workspace> {
    const folder = await mkdtemp(join(tmpdir(), 'tessera-mutants-'))
    await cp(join(root, 'contracts'), join(folder, 'contracts'), {
      recursive: true,
      filter: (path) => !path.endsWith('node_modules'),
    })
    await rm(join(folder, 'contracts/cache/invariant'), { recursive: true, force: true })
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
    return new Workspace(folder)
  }

  /** Runs the tests of a suite whose names begin with `test`, in the code as it is. */
  async run(suite: string, test: string): Promise<Outcome> {
    const args = ['--match-path', `contracts/test/${suite}`, '--match-test', `^${test}`]
    const { output } = await runForge(['test', '--root', '.', '--json', ...args], this.#folder, settings)
    const line = output.split('\n').find((text) => text.startsWith('{"contracts/'))
    if (line === undefined) return { kind: 'broken', output }
    const results = Object.values(JSON.parse(line) as Report).flatMap(({ test_results }) =>
      Object.entries(test_results),
    )
    return {
      kind: 'ran',
      passed: results.filter(([, { status }]) => status === 'Success').map(([name]) => name),
      failed: results
        .filter(([, { status }]) => status !== 'Success')
        .map(([name, { reason }]) => ({ name, reason: reason ?? '' })),
    }
  }

  /** The same with the fault in, which is out again afterwards. */
  async runWith({ edits, suite, test }: Mutant): Promise<Outcome> {
    const originals = new Map<string, string>()
    try {
      for (const edit of edits) {
        const path = join(this.#folder, 'contracts/src', edit.file)
        const text = await readFile(path, 'utf8')
        if (!originals.has(path)) originals.set(path, text)
        await writeFile(path, applyEdit(text, edit))
      }
      return await this.run(suite, test)
    } finally {
      for (const [path, text] of originals) await writeFile(path, text)
      await rm(join(this.#folder, 'contracts/cache/invariant'), { recursive: true, force: true })
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }
}
