/** @module The quick check before a commit: format and lint, types, dependency directions, unused code, unit tests. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'

type Step = { readonly name: string; readonly run: () => boolean }

const tool = (name: string, ...args: string[]): Step => ({
  name: [name, ...args].join(' '),
  run: () => spawnSync(`node_modules/.bin/${name}`, args, { stdio: 'inherit' }).status === 0,
})

const script = (...args: string[]): Step => ({
  name: args.join(' '),
  run: () => spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0,
})

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .filter((path) => !/\/(node_modules|gen|abis|dist)\//.test(path))
}

/** dependency-cruiser reports success when it resolves nothing, so the step asserts that it saw every source file. */
const directions: Step = {
  name: 'dependency directions',
  run: () => {
    const cruise = spawnSync(
      'node_modules/.bin/depcruise',
      ['packages', 'apps', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
      { encoding: 'utf8', maxBuffer: 1 << 28 },
    )
    if (!cruise.stdout.startsWith('{')) {
      console.error(cruise.stderr || cruise.stdout)
      return false
    }
    const report = JSON.parse(cruise.stdout) as {
      modules: { source: string }[]
      summary: { violations: { from: string; to: string; rule: { name: string } }[] }
    }
    for (const { from, to, rule } of report.summary.violations)
      console.error(`${rule.name}: ${from} -> ${to}`)
    const seen = new Set(report.modules.map((module) => module.source))
    const unseen = [...sourceFiles('packages'), ...sourceFiles('apps')].filter((path) => !seen.has(path))
    for (const path of unseen) console.error(`dependency-cruiser did not see ${path}`)
    return report.summary.violations.length === 0 && unseen.length === 0
  },
}

const steps: readonly Step[] = [
  tool('biome', 'check', '.'),
  tool('tsc', '--noEmit'),
  tool('tsc', '--noEmit', '--project', 'apps/web'),
  script('scripts/generate-proto.ts', '--check'),
  directions,
  tool('knip'),
  tool('vitest', 'run', '--project', 'unit'),
]

for (const step of steps) {
  const start = Date.now()
  const ok = step.run()
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${step.name} (${((Date.now() - start) / 1000).toFixed(1)} s)`)
  if (!ok) process.exit(1)
}
