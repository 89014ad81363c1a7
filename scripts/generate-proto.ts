/** @module Generates `packages/protocol/src/gen` from the .proto files; with `--check` fails when it is not fresh. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

const PROTO = resolve('packages/protocol/proto')
const GENERATED = resolve('packages/protocol/src/gen')
const BIN = resolve('node_modules/.bin')

function generate(folder: string): void {
  const template = JSON.stringify({
    version: 'v2',
    plugins: [
      {
        local: 'protoc-gen-es',
        out: folder,
        opt: ['target=ts', 'import_extension=ts', 'erasable_syntax=true'],
      },
    ],
  })
  const buf = spawnSync(join(BIN, 'buf'), ['generate', '--template', template], {
    cwd: PROTO,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}` },
  })
  if (buf.status !== 0) throw new Error('buf generate failed')
}

function filesIn(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  )
}

function staleFiles(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-proto-'))
  try {
    generate(folder)
    const fresh = filesIn(folder)
    const committed = filesIn(GENERATED)
    return [...new Set([...fresh.keys(), ...committed.keys()])].filter(
      (name) => fresh.get(name) !== committed.get(name),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (process.argv.includes('--check')) {
  const stale = staleFiles()
  for (const name of stale) console.error(`${name} is not what the .proto files say`)
  if (stale.length > 0) {
    console.error('Run: node scripts/generate-proto.ts')
    process.exit(1)
  }
} else {
  rmSync(GENERATED, { recursive: true, force: true })
  generate(GENERATED)
}
