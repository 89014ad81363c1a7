/**
 * @module The quick check before a commit: format and lint, words and links, types, dependency directions, unused code,
 * generated files, unit tests. Steps do not depend on each other; two run at a time.
 */
import { spawn } from 'node:child_process'
import process from 'node:process'
import { sourceFiles } from './source-files.ts'

type Outcome = { readonly ok: boolean; readonly output: string }
type Step = { readonly name: string; readonly run: () => Promise<Outcome> }

const AT_A_TIME = 2

/** Output is kept until the step ends, so that steps side by side do not mix theirs. */
function execute(command: string, args: readonly string[]): Promise<Outcome & { readonly stdout: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.on('error', (error) => resolve({ ok: false, output: error.message, stdout: '' }))
    child.on('close', (status) => resolve({ ok: status === 0, output, stdout }))
  })
}

const tool = (name: string, ...args: string[]): Step => ({
  name: [name, ...args].join(' '),
  run: () => execute(`node_modules/.bin/${name}`, args),
})

const script = (...args: string[]): Step => ({
  name: args.join(' '),
  run: () => execute(process.execPath, args),
})

/** dependency-cruiser reports success when it resolves nothing, so the step asserts that it saw every source file. */
const directions: Step = {
  name: 'dependency directions',
  run: async () => {
    const args = ['packages', 'apps', '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
    const { stdout, output } = await execute('node_modules/.bin/depcruise', args)
    if (!stdout.startsWith('{')) return { ok: false, output }
    const report = JSON.parse(stdout) as {
      modules: { source: string }[]
      summary: { violations: { from: string; to: string; rule: { name: string } }[] }
    }
    const seen = new Set(report.modules.map((module) => module.source))
    const unseen = [...sourceFiles('packages'), ...sourceFiles('apps')].filter((path) => !seen.has(path))
    const problems = [
      ...report.summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`),
      ...unseen.map((path) => `dependency-cruiser did not see ${path}`),
    ]
    return { ok: problems.length === 0, output: problems.join('\n') }
  },
}

/** Longest first, so that the short ones fill the gap at the end. */
const steps: readonly Step[] = [
  tool('vitest', 'run', '--project', 'unit', '--reporter', 'dot'),
  tool('tsc', '--noEmit'),
  directions,
  tool('tsc', '--noEmit', '--project', 'apps/web'),
  tool('knip'),
  tool('biome', 'check', '.'),
  script('scripts/generate-proto.ts', '--check'),
  script('scripts/generate-reference.ts', '--check'),
  script('scripts/check-words.ts'),
]

const seconds = (sinceMs: number): string => ((Date.now() - sinceMs) / 1000).toFixed(1)

async function runAll(): Promise<readonly string[]> {
  const waiting = [...steps]
  const failed: string[] = []
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const startMs = Date.now()
      const { ok, output } = await step.run()
      if (!ok) failed.push(step.name)
      console.log(`${ok ? 'ok  ' : 'FAIL'} ${step.name} (${seconds(startMs)} s)`)
      if (!ok) console.log(output)
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, lane))
  return failed
}

const startMs = Date.now()
const failed = await runAll()
console.log(failed.length === 0 ? `all ok (${seconds(startMs)} s)` : `failed: ${failed.join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)
