/** @module Where and on what a bench ran: without it its figures mean nothing. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Machine = {
  readonly cores: number
  readonly cpu: string
  readonly memoryGb: number
  readonly node: string
  /** The codec library's npm package and version. */
  readonly codecs: string
  /** Load average over a minute before the bench began: what else the machine was doing. */
  readonly loadBefore: number
}

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))

export function machine(): Machine {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() || 'unknown',
    memoryGb: Number((totalmem() / 1e9).toFixed(1)),
    node: process.version,
    codecs: `node-av ${packageVersion('node-av')}`,
    loadBefore: Number((loadavg()[0] ?? 0).toFixed(1)),
  }
}

/** The commit of the checkout; `-dirty` when files differ from it, `unknown` outside a repository. */
export function commit(): string {
  try {
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim()
    return git('rev-parse', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') ? '-dirty' : '')
  } catch {
    return 'unknown'
  }
}

/** Found by its folder: packages need not export their package.json. */
function packageVersion(name: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? []
  for (const folder of folders) {
    try {
      const { version } = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')) as {
        version?: unknown
      }
      return String(version)
    } catch {
      // not in this folder
    }
  }
  return 'not installed'
}

/** The file in which the last result of a bench is kept. */
export function resultFile(name: string): string {
  return join(ROOT, 'bench', 'results', `${name}.json`)
}
