/**
 * @module What this machine has and how to mend what is missing. Needs only Node itself, because it must work on a
 * machine on which nothing is installed yet.
 */
import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { type RunningNetwork, runningNetworks } from '../network/running-network.ts'

type Finding = {
  readonly state: 'good' | 'note' | 'bad'
  readonly what: string
  readonly found: string
  readonly advice?: string
}

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
/** As in options.ts, which needs a package. */
const DEFAULT_DATA = '.tessera/data'
const GB = 1e9
/** Packages and test tools together take about 1.1 GB; chain and media data grow from there. */
const DISK_NEEDED_BYTES = 2 * GB
const MEMORY_NEEDED_BYTES = 3 * GB
const CUSTOMARY_PORTS: Readonly<Record<string, number>> = {
  RTMP: 1935,
  HTTP: 9935,
  RPC: 8545,
  'orchestrator 1': 8935,
  'AI runner 1': 8936,
  'orchestrator 2': 8937,
  'AI runner 2': 8938,
}

/** Prints the findings; the exit status is 1 when something that the network needs is missing. */
export async function doctor(options: { readonly portBase?: number | undefined }): Promise<void> {
  const networks = runningNetworks(DEFAULT_DATA)
  const findings = [
    node(),
    cores(),
    memory(),
    disk(),
    packages(),
    gpu(),
    browser(),
    ...networks.map(network),
    ...(await ports(options.portBase, networks)),
  ]
  const mark = { good: 'ok  ', note: '–   ', bad: 'BAD ' }
  for (const { state, what, found, advice } of findings) {
    process.stdout.write(`${mark[state]} ${what.padEnd(15)} ${found}\n`)
    if (advice) process.stdout.write(`${' '.repeat(21)}${advice}\n`)
  }
  const bad = findings.filter((finding) => finding.state === 'bad').length
  process.stdout.write(
    bad === 0
      ? `\n${networks.length === 0 ? 'This machine can run the network: ./tessera up' : `A network runs on this machine; --data ${networks[0]?.folder} leads commands to it.`}\n`
      : `\n${bad} to mend before ./tessera up can work.\n`,
  )
  process.exitCode = bad === 0 ? 0 : 1
}

function node(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  return major >= 24
    ? { state: 'good', what: 'Node', found: process.version }
    : {
        state: 'note',
        what: 'Node',
        found: `${process.version}; ./tessera fetches Node 24 from npm on its first run`,
      }
}

function cores(): Finding {
  const count = availableParallelism()
  const model = cpus()[0]?.model.trim() || 'unknown processor'
  const found = `${count} (${model})`
  if (count >= 2) return { state: 'good', what: 'Cores', found }
  return {
    state: 'note',
    what: 'Cores',
    found,
    advice: 'One core transcodes a small stream at best: publish 640x360 or less.',
  }
}

function memory(): Finding {
  const found = `${(freemem() / GB).toFixed(1)} of ${(totalmem() / GB).toFixed(1)} GB free`
  if (totalmem() >= MEMORY_NEEDED_BYTES) return { state: 'good', what: 'Memory', found }
  return {
    state: 'bad',
    what: 'Memory',
    found,
    advice: 'The whole network needs about 3 GB. Close other programs.',
  }
}

function disk(): Finding {
  const { bavail, bsize } = statfsSync(ROOT)
  const free = bavail * bsize
  const found = `${(free / GB).toFixed(1)} GB free in ${ROOT}`
  try {
    accessSync(ROOT, constants.W_OK)
  } catch {
    return {
      state: 'bad',
      what: 'Disk',
      found: `${ROOT} is not writable`,
      advice: 'Change its owner or clone elsewhere.',
    }
  }
  if (free >= DISK_NEEDED_BYTES) return { state: 'good', what: 'Disk', found }
  return { state: 'bad', what: 'Disk', found, advice: 'Packages and data need about 2 GB. Free some space.' }
}

function packages(): Finding {
  const require = createRequire(import.meta.url)
  const missing = ['commander', 'viem', 'node-av', 'onnxruntime-node'].filter((name) => {
    return !require.resolve.paths(name)?.some((folder) => existsSync(`${folder}/${name}/package.json`))
  })
  if (missing.length === 0) return { state: 'good', what: 'Packages', found: 'installed' }
  return {
    state: 'note',
    what: 'Packages',
    found: 'not installed yet',
    advice: 'The first ./tessera up brings them (about 530 MB).',
  }
}

function output(command: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(command, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5_000,
    }).trim()
  } catch {
    return undefined
  }
}

/** Names the graphics processors; only NVIDIA's are looked for, because only their encoders are planned for. */
function gpu(): Finding {
  const query = output('nvidia-smi', [
    '--query-gpu=name,driver_version,memory.total',
    '--format=csv,noheader',
  ])
  if (query === undefined || query === '') {
    return { state: 'note', what: 'GPU', found: 'none found; video is encoded on the CPU (H.264 by x264)' }
  }
  const encoder =
    existsSync('/usr/lib/x86_64-linux-gnu/libnvidia-encode.so.1') ||
    (output('ldconfig', ['-p']) ?? '').includes('libnvidia-encode')
  return {
    state: 'good',
    what: 'GPU',
    found: `${query.split('\n').join('; ')}; hardware encoder library ${encoder ? 'present' : 'not present'}`,
    advice: encoder
      ? 'This version encodes on the CPU; the encoder is listed for what comes.'
      : 'Install the driver package with libnvidia-encode to use the hardware encoder.',
  }
}

function browser(): Finding {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const found = names.map((name) => output(name, ['--version'])).find((version) => version)
  if (found) return { state: 'good', what: 'Browser', found }
  return {
    state: 'note',
    what: 'Browser',
    found: 'no Chromium found; ./tessera test brings its own, the page works in any browser',
  }
}

function network({ folder, pid, ports }: RunningNetwork): Finding {
  return {
    state: 'good',
    what: 'Network',
    found: `runs in ${folder} (process ${pid})`,
    advice: `on the ports ${ports.join(', ')}`,
  }
}

async function ports(base: number | undefined, networks: readonly RunningNetwork[]): Promise<Finding[]> {
  const ours = new Set(networks.flatMap((one) => one.ports))
  const entries = Object.entries(CUSTOMARY_PORTS).map(([name, port], k) => ({
    name,
    port: base === undefined ? port : base + k,
  }))
  const busy: string[] = []
  const used: number[] = []
  for (const { name, port } of entries) {
    if (ours.has(port)) used.push(port)
    else if (!(await canListen(port))) busy.push(`${port} (${name})`)
  }
  if (busy.length === 0 && used.length > 0) {
    const found = `${used.join(', ')} are those of your network that runs`
    return [{ state: 'good', what: 'Ports', found, advice: 'A second one needs its own: --port-base 21000.' }]
  }
  const range = entries.map(({ port }) => port).join(', ')
  if (busy.length === 0) return [{ state: 'good', what: 'Ports', found: `${range} are free` }]
  return [
    {
      state: 'bad',
      what: 'Ports',
      found: `in use: ${busy.join(', ')}`,
      advice: 'Stop what uses them, or start with --port-base 21000.',
    },
  ]
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}

if (import.meta.main) {
  const at = process.argv.indexOf('--port-base')
  const unknown = process.argv
    .slice(2)
    .find((word, i) => word !== '--port-base' && at !== i + 1 && !/^(-h|--help)$/.test(word))
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    process.stdout.write(
      'Usage: tessera doctor [--port-base <N>]\n\nSays what this machine has (Node, cores, memory, disk, packages, GPU, browser, free ports)\nand how to mend what is missing. Exit status 1 when the network could not run.\n',
    )
  } else if (unknown !== undefined) {
    process.stderr.write(`tessera: doctor does not know ${unknown}. See ./tessera doctor --help.\n`)
    process.exitCode = 1
  } else {
    const base = at === -1 ? undefined : Number(process.argv[at + 1])
    if (base !== undefined && !(Number.isInteger(base) && base > 0 && base < 65_000)) {
      process.stderr.write('tessera: --port-base must be a whole number from 1 to 65000.\n')
      process.exitCode = 1
    } else {
      await doctor({ portBase: base })
    }
  }
}
