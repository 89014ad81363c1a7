/** @module `tessera up`: the network until Ctrl-C. */
import { resolve } from 'node:path'
import { devPrivateKey } from '@tessera/chain/deploy/dev-key'
import { systemClock } from '@tessera/runtime/clock'
import { DataFolder } from '../network/data-folder.ts'
import { systemDiskRoom, watchDiskRoom } from '../network/disk-room.ts'
import { keepRunning } from '../network/keep-running.ts'
import { LocalNetwork } from '../network/local-network.ts'
import { networkPorts } from '../network/ports.ts'
import { writeOut } from '../onchain/output.ts'
import { DEFAULT_DATA } from '../options.ts'
import { formatTable } from '../table.ts'

export type UpOptions = {
  readonly ephemeral: boolean
  readonly data: string
  readonly portBase?: number
  readonly verbose: boolean
  /** Start an L1 with the bridge to it, too. */
  readonly bridge: boolean
}

export async function up(options: UpOptions): Promise<void> {
  await runUntilStopped(options)
  process.stdout.write('Everything has stopped.\n')
  process.exit() // idle connections would hold the event loop for a while
}

/** Everything it holds, the data folder too, is let go of before it resolves: `process.exit` would skip that. */
async function runUntilStopped(options: UpOptions): Promise<void> {
  const start = systemClock.monotonicMs()
  const stopped = stopSignal()
  const ports = networkPorts({ base: options.portBase, orchestrators: 2, bridge: options.bridge })
  using data = DataFolder.open({ path: options.data, ephemeral: options.ephemeral })
  await using network = await LocalNetwork.start({ ports, data, verbose: options.verbose }, { progress })
  if (stopped.signal.aborted) return
  const seconds = (systemClock.monotonicMs() - start) / 1000
  writeOut(welcome(network, data, { seconds, base: options.portBase }))
  const tell = (line: string) => void process.stdout.write(`${line}\n`)
  void watchDiskRoom(data.path, stopped.signal, { ...systemDiskRoom, tell })
  await keepRunning(network, stopped.signal, tell)
}

function progress(step: string): void {
  process.stderr.write(`${step} …\n`)
}

/** Aborts at the first Ctrl-C or termination; a second one ends the process at once. */
function stopSignal(): AbortController {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130)
      process.stdout.write('\nStopping …\n')
      controller.abort()
    })
  }
  return controller
}

function welcome(
  network: LocalNetwork,
  data: DataFolder,
  told: { readonly seconds: number; readonly base: number | undefined },
): string {
  const { seconds, base } = told
  const { urls, ports, devnet } = network
  const processes = [
    [
      'chain',
      String(network.anvil.processGroup),
      `http://127.0.0.1:${ports.rpc}`,
      'a block a second, a round every 20',
    ],
    ['gateway', String(network.gateway.pid), `http://127.0.0.1:${ports.http}`, devnet.gateway.address],
    ...network.nodes.flatMap((node, k) => [
      [
        `orchestrator ${k + 1}`,
        String(node.orchestrator.pid),
        `https://127.0.0.1:${ports.orchestrators[k]?.service}`,
        node.address,
      ],
      [
        `worker ${k + 1}`,
        String(node.worker.pid),
        `http://127.0.0.1:${ports.orchestrators[k]?.runner}`,
        'transcoding, real-time AI',
      ],
    ]),
    ...network.neighbour.rows(),
  ]
  const keys: readonly (readonly [name: string, account: number])[] = [
    ['deployer', 0],
    ['gateway', 1],
    ...devnet.orchestrators.map((_, k) => [`orchestrator ${k + 1}`, 2 + k] as const),
    ['delegator', 2 + devnet.orchestrators.length],
  ]
  return [
    '',
    `Tessera is up after ${seconds.toFixed(1)} s.`,
    '',
    `  Publish   ${urls.publish}`,
    `  Watch     ${urls.watch}`,
    `  HLS       ${urls.hls}`,
    `  RPC       ${urls.rpc}   (chain id ${network.client.chainId})`,
    `            Controller ${devnet.controller}`,
    '',
    formatTable(['Process', 'Pid', 'Address', ''], processes),
    '',
    'Development keys: public knowledge, never send them anything of value.',
    formatTable(
      [],
      keys.map(([name, index]) => [name, devPrivateKey(index)]),
    ),
    '',
    `Data and logs: ${data.path}`,
    `On chain: ./tessera stake show --account delegator${dataOption(data)} and more (docs/cli.md)`,
    `Nothing to publish? ./tessera publish${base === undefined ? '' : ` --port-base ${base}`}`,
    'Ctrl-C stops all of it.',
  ].join('\n')
}

/** What commands in another shell need to find this network; nothing when it is where they look. */
function dataOption({ path }: DataFolder): string {
  return path === resolve(DEFAULT_DATA) ? '' : ` --data ${path}`
}
