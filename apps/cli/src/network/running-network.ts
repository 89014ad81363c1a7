/** @module Networks of ./tessera that run on this machine, by what they left in their folders. Imports only Node itself. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Of folders of `up --ephemeral`, within the system's folder for temporary files. */
export const EPHEMERAL_PREFIX = 'tessera-'

export type RunningNetwork = {
  readonly folder: string
  /** Of the process that holds the folder and started the others. */
  readonly pid: number
  /** On which its processes listen, as they were told; ascending. */
  readonly ports: readonly number[]
}

/** Holds the id of the process that uses the folder. */
export const lockFile = (folder: string): string => join(folder, 'in-use-by')

/** The live process that holds the folder. A lock left by a killed one does not count. */
export function ownerOf(folder: string): number | undefined {
  if (!existsSync(lockFile(folder))) return undefined
  const pid = Number(readFileSync(lockFile(folder), 'utf8'))
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return undefined
  try {
    process.kill(pid, 0)
    return pid
  } catch {
    return undefined
  }
}

/** The network that runs in this folder. */
export function networkIn(folder: string): RunningNetwork | undefined {
  try {
    const pid = ownerOf(folder)
    if (pid === undefined) return undefined
    const config = join(folder, 'config')
    const ports = readdirSync(config)
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => portsIn(JSON.parse(readFileSync(join(config, file), 'utf8'))))
    return { folder, pid, ports: [...new Set(ports)].toSorted((a, b) => a - b) }
  } catch {
    // Somebody else's folder, or one that is being set up or removed.
    return undefined
  }
}

/** Those in the given folder and in folders of `up --ephemeral`. */
export function runningNetworks(folder: string): readonly RunningNetwork[] {
  const ephemeral = readdirSync(tmpdir())
    .filter((name) => name.startsWith(EPHEMERAL_PREFIX))
    .map((name) => join(tmpdir(), name))
  return [folder, ...ephemeral].map(networkIn).filter((network) => network !== undefined)
}

/** What to add to a command so that it finds the networks that run elsewhere; nothing when there is none. */
export function dataHint(
  looked: string,
  networks: readonly Pick<RunningNetwork, 'folder'>[] = runningNetworks(looked),
): string | undefined {
  const others = networks.map(({ folder }) => folder).filter((folder) => resolve(folder) !== resolve(looked))
  if (others.length === 0) return undefined
  return `A network runs here: add ${others.map((folder) => `--data ${folder}`).join(' or ')} to reach it.`
}

/** Of settings of a role: each `port`, and those of the chains' URLs. */
function portsIn(settings: unknown): readonly number[] {
  if (typeof settings !== 'object' || settings === null) return []
  return Object.entries(settings).flatMap(([name, value]) => {
    if (name === 'port' && Number.isInteger(value)) return [Number(value)]
    if (name === 'rpcUrl' && typeof value === 'string' && URL.canParse(value))
      return [Number(new URL(value).port)]
    return portsIn(value)
  })
}
