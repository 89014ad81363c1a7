/**
 * @module Adds to package-lock.json the platform packages that the registry in use did not offer when it was written.
 *
 * `npm ci` refuses a lockfile that leaves out optional dependencies, even those of other platforms, and some mirrors
 * carry only the platforms of their users. Run it after `npm install`.
 */
import { readFileSync, writeFileSync } from 'node:fs'

type Entry = {
  readonly version?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const FILE = new URL('../package-lock.json', import.meta.url)
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const PROCESSORS = ['arm64', 'x64', 'armv7', 'arm', 'ppc64', 'riscv64', 's390x', 'ia32']

const lock = JSON.parse(readFileSync(FILE, 'utf8')) as { packages: Record<string, Entry> }

for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`
    if (lock.packages[key] || !/^\d/.test(version)) continue
    const words = name.split('/').at(-1)!.split('-')
    const os = SYSTEMS.filter((system) => words.includes(system))
    const cpu = PROCESSORS.filter((processor) => words.includes(processor)).map((word) =>
      word === 'armv7' ? 'arm' : word,
    )
    // Without both it cannot be told whose platform it is, and npm would fetch it everywhere.
    if (os.length !== 1 || cpu.length !== 1) continue
    lock.packages[key] = { version, cpu, ...(entry.dev && { dev: true }), optional: true, os }
    console.log(`added ${name} ${version}`)
  }
}

const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(FILE, `${JSON.stringify({ ...lock, packages: sorted }, undefined, 2)}\n`)
