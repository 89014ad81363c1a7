/** @module Runs forge on `contracts/`, with its real exit status. */
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Path of the native binary. The launcher in `node_modules/.bin` ends with status 0 even when forge fails, so it must
 * never be used.
 */
export function forgeBinary(): string {
  const cpu = arch() === 'x64' ? 'amd64' : arch()
  const name = `@foundry-rs/forge-${platform()}-${cpu}`
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
  return join(dirname(manifest), 'bin', platform() === 'win32' ? 'forge.exe' : 'forge')
}

/** Runs `forge COMMAND ARGS` on the contracts; its output goes to this terminal unless it is captured. */
export function forge(
  command: string,
  args: readonly string[],
  options: { readonly capture?: boolean; readonly env?: Readonly<Record<string, string>> } = {},
): SpawnSyncReturns<string> {
  return spawnSync(forgeBinary(), [command, '--root', '.', ...args], {
    cwd: root,
    env: { ...process.env, FOUNDRY_CONFIG: 'contracts/foundry.toml', ...options.env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: options.capture === true ? 'pipe' : 'inherit',
  })
}

/** Runs forge in the background, in `folder`, and collects what it says on both streams. */
export function runForge(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly status: number | null; readonly output: string }> {
  const config = { FOUNDRY_CONFIG: join(folder, 'contracts/foundry.toml') }
  return new Promise((resolve, reject) => {
    const child = spawn(forgeBinary(), args, { cwd: folder, env: { ...process.env, ...config, ...env } })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, output }))
  })
}
