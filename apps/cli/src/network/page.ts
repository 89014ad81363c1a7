/** @module The built page: made by Vite when its sources changed, served by the gateway as files. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BaseError } from '@tessera/runtime/errors'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
const WEB = join(ROOT, 'apps/web')
const OUT = join(ROOT, '.tessera/page')
const STAMP = join(OUT, 'built-from')

class PageBuildError extends BaseError {
  constructor(output: string) {
    super({
      code: 'PAGE_BUILD_FAILED',
      message: `The page could not be built: ${output.trim().split('\n').slice(-5).join(' ')}`,
      advice: 'If its sources were not changed, remove .tessera and start again.',
    })
  }
}

/** The folder with the built page; builds it (about a second) when its sources or the packages changed. */
export async function builtPage(): Promise<string> {
  const wanted = digestOfSources()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return OUT
  mkdirSync(OUT, { recursive: true })
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  await run(process.execPath, [vite, 'build', WEB, '--outDir', OUT, '--emptyOutDir', '--logLevel', 'error'])
  writeFileSync(STAMP, wanted)
  return OUT
}

function digestOfSources(): string {
  const files = readdirSync(join(WEB, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const hash = createHash('sha256')
  for (const file of [
    ...files,
    join(WEB, 'index.html'),
    join(WEB, 'vite.config.ts'),
    join(ROOT, 'package-lock.json'),
  ]) {
    hash.update(file).update('\0').update(readFileSync(file))
  }
  return hash.digest('hex')
}

function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // Whatever the caller's NODE_ENV (tests have their own): React's development build is slow and three times as large.
    const env = { ...process.env, NODE_ENV: 'production' }
    const child = spawn(program, args, { cwd: WEB, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes: Uint8Array) => {
        output += new TextDecoder().decode(bytes)
      })
    }
    child.once('error', reject)
    child.once('exit', (status) => (status === 0 ? resolve() : reject(new PageBuildError(output))))
  })
}
