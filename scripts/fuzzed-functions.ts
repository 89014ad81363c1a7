/**
 * @module Checks that a fuzz test or the handler of an invariant calls every function of the contracts that changes state.
 * What counts as called: `.name(` or `.name,` (in `abi.encodeCall`) in a `testFuzz_` function, in a handler, or in a
 * function of the tests that one of those calls. It proves that somebody thought of the function, not how well, and goes
 * by names: `cancel` of one contract stands for that of others. Reads the artifacts of the last build.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { exempt } from './fuzzing/exempt.ts'
import { fuzzedNames } from './fuzzing/reach.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

type Artifact = {
  readonly abi: readonly {
    readonly type: string
    readonly name?: string
    readonly stateMutability?: string
  }[]
  readonly bytecode: { readonly object: string }
}

const sources = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sol'))
    .map((path) => join(folder, path))

/** Names of the functions that change state; none of what is not deployed. */
function changingFunctions(artifact: string): ReadonlySet<string> {
  const { abi, bytecode } = JSON.parse(readFileSync(artifact, 'utf8')) as Artifact
  if (bytecode.object === '0x') return new Set()
  const changing = abi.filter(
    ({ type, stateMutability }) =>
      type === 'function' && (stateMutability === 'nonpayable' || stateMutability === 'payable'),
  )
  return new Set(changing.map((entry) => entry.name ?? ''))
}

const tests = sources('contracts/test')
  .filter((path) => !path.startsWith('contracts/test/gas/'))
  .map((path) => ({ text: readFileSync(join(root, path), 'utf8'), handler: path.includes('/invariant/') }))
const fuzzed = fuzzedNames(tests)

const problems: string[] = []
let functions = 0
for (const path of sources('contracts/src')) {
  const built = join(root, 'contracts/out', basename(path))
  if (!existsSync(built)) {
    // Files of free functions, types and errors make no artifact.
    const declares = /^(abstract )?contract \w|^(library|interface) \w/m
    if (declares.test(readFileSync(join(root, path), 'utf8'))) problems.push(`${path} is not built`)
    continue
  }
  for (const artifact of readdirSync(built)) {
    const name = basename(artifact, '.json')
    for (const called of changingFunctions(join(built, artifact))) {
      functions += 1
      const reason = exempt.get(`${name}.${called}`) ?? exempt.get(`*.${called}`)
      if (!fuzzed.has(called) && reason === undefined) problems.push(`${name}.${called} has no fuzz test`)
      if (fuzzed.has(called) && exempt.has(`${name}.${called}`))
        problems.push(`${name}.${called} is fuzzed and still among the exempt`)
    }
  }
}
for (const problem of problems) console.error(`fuzzing: ${problem}`)
console.log(`${functions - problems.length} of ${functions} functions are fuzzed or exempt with a reason`)
process.exit(functions > 0 && problems.length === 0 ? 0 : 1)
