/** @module A whole network on this machine: chain, contracts, gateway, orchestrators, workers. */
import { join } from 'node:path'
import { ChainClient } from '@tessera/chain/client'
import { devPrivateKey } from '@tessera/chain/deploy/dev-key'
import { type Devnet, setUpDevnet } from '@tessera/chain/deploy/devnet'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from '@tessera/chain/deploy/devnet-config'
import { Anvil } from '@tessera/chain/node/anvil'
import type { Address } from '@tessera/protocol/address'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { TaskScope } from '@tessera/runtime/task-scope'
import { RoleProcess } from './child-process.ts'
import type { DataFolder } from './data-folder.ts'
import { LocalBridge, type Neighbour, noNeighbour } from './local-bridge.ts'
import { builtPage } from './page.ts'
import { assertPortsFree, type NetworkPorts } from './ports.ts'
import { type NetworkSettings, networkSettings } from './settings.ts'

export type LocalNetworkConfig = {
  readonly ports: NetworkPorts
  readonly data: DataFolder
  /** Copy the processes' logs to standard error. */
  readonly verbose: boolean
  /** Real-time AI on every stream. Default true. */
  readonly realtime?: boolean
}

export type LocalNetworkDeps = {
  /** Told what is being done, for people. */
  readonly progress: (step: string) => void
}

/** An orchestrator with the worker behind it. */
export type LocalNode = {
  readonly address: Address
  orchestrator: RoleProcess
  worker: RoleProcess
}

/** Everything runs in processes of its own, which end with this one. */
export class LocalNetwork implements AsyncDisposable {
  readonly ports: NetworkPorts
  readonly anvil: Anvil
  readonly devnet: Devnet
  readonly client: ChainClient
  /** The bridge with its L1, when the ports have a place for it. */
  readonly neighbour: Neighbour
  readonly nodes: LocalNode[] = []
  readonly #config: LocalNetworkConfig
  readonly #settings: NetworkSettings
  readonly #scope = new TaskScope()
  #gateway: RoleProcess | undefined

  private constructor(
    config: LocalNetworkConfig,
    chain: StartedChain & { readonly neighbour: Neighbour },
    settings: NetworkSettings,
  ) {
    this.#config = config
    this.ports = config.ports
    this.anvil = chain.anvil
    this.devnet = chain.devnet
    this.client = chain.client
    this.neighbour = chain.neighbour
    this.#settings = settings
    this.#scope.defer(() => chain.anvil.close())
    this.#scope.defer(() => chain.neighbour[Symbol.asyncDispose]())
  }

  get gateway(): RoleProcess {
    if (!this.#gateway) throw new Error('The gateway is started before the network is handed out.')
    return this.#gateway
  }

  get urls(): Readonly<Record<'publish' | 'watch' | 'hls' | 'rpc', string>> {
    const { rtmp, http, rpc } = this.ports
    return {
      publish: `rtmp://localhost:${rtmp}/live/demo`,
      watch: `http://localhost:${http}/`,
      hls: `http://localhost:${http}/stream/demo.m3u8`,
      rpc: `http://localhost:${rpc}`,
    }
  }

  /** Of all processes; those that they start themselves are their descendants. */
  get processIds(): readonly number[] {
    const nodes = this.nodes.flatMap(({ orchestrator, worker }) => [orchestrator.pid, worker.pid])
    return [this.anvil.processGroup, this.gateway.pid, ...nodes, ...this.neighbour.processIds]
  }

  /** @throws {BaseError} saying what is in the way; nothing is left running then. */
  static async start(config: LocalNetworkConfig, deps: LocalNetworkDeps): Promise<LocalNetwork> {
    await assertPortsFree(config.ports)
    deps.progress('building the page')
    const page = await builtPage()
    deps.progress('starting the chain')
    const chain = await startChain(config)
    const settings = networkSettings({
      ports: config.ports,
      controller: chain.devnet.controller,
      dataFolder: (name) => config.data.folder(name),
      page,
      realtime: config.realtime ?? true,
      keys: { gateway: devPrivateKey(1), orchestrator: (k) => devPrivateKey(2 + k) },
    })
    const neighbour = await startNeighbour(config, chain)
    const network = new LocalNetwork(config, { ...chain, neighbour }, settings)
    try {
      deps.progress('starting the nodes')
      await network.#startNodes()
      return network
    } catch (error) {
      await network[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Starts an ended orchestrator again, with the data it had. */
  async restartOrchestrator(index: number): Promise<void> {
    const node = this.nodes[index]
    if (!node) throw new RangeError(`There is no orchestrator ${index}.`)
    await node.orchestrator.stop()
    node.orchestrator = await this.#start(
      `orchestrator ${index + 1}`,
      'orchestrator',
      this.#settings.orchestrators[index],
    )
  }

  async restartWorker(index: number): Promise<void> {
    const node = this.nodes[index]
    if (!node) throw new RangeError(`There is no worker ${index}.`)
    await node.worker.stop()
    node.worker = await this.#start(`worker ${index + 1}`, 'worker', this.#settings.workers[index])
  }

  async restartGateway(): Promise<void> {
    await this.gateway.stop()
    this.#gateway = await this.#start('gateway', 'gateway', this.#settings.gateway)
  }

  /** Ends all processes: those that give out work first. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#gateway?.stop()
    await Promise.all(this.nodes.map((node) => node.worker.stop()))
    await Promise.all(this.nodes.map((node) => node.orchestrator.stop()))
    await this.#scope.close()
  }

  async #startNodes(): Promise<void> {
    const { devnet } = this
    const gateway = this.#start('gateway', 'gateway', this.#settings.gateway)
    const nodes = devnet.orchestrators.map(async ({ address }, k): Promise<LocalNode> => {
      // The worker dials until its orchestrator answers, so the two can start side by side.
      const worker = this.#start(`worker ${k + 1}`, 'worker', this.#settings.workers[k])
      const orchestrator = this.#start(
        `orchestrator ${k + 1}`,
        'orchestrator',
        this.#settings.orchestrators[k],
      )
      return { address, orchestrator: await orchestrator, worker: await worker }
    })
    const [started, ...rest] = await Promise.allSettled([gateway, ...nodes])
    if (started.status === 'fulfilled') this.#gateway = started.value as RoleProcess
    for (const result of rest) if (result.status === 'fulfilled') this.nodes.push(result.value as LocalNode)
    for (const result of [started, ...rest]) if (result.status === 'rejected') throw result.reason
  }

  #start(name: string, role: string, settings: unknown): Promise<RoleProcess> {
    const { data, verbose } = this.#config
    const args = [role, '--config', data.writeConfig(name, settings)]
    return RoleProcess.start({ name, args, logFile: data.logFile(name), verbose }, systemClock)
  }
}

type StartedChain = { readonly anvil: Anvil; readonly devnet: Devnet; readonly client: ChainClient }

/** Ends the chain too when it can't start. */
async function startNeighbour(config: LocalNetworkConfig, chain: StartedChain): Promise<Neighbour> {
  const { l1Rpc } = config.ports
  if (l1Rpc === undefined) return noNeighbour
  const { client, devnet } = chain
  try {
    return await LocalBridge.start({ ...config, l1Rpc }, { client, controller: devnet.controller })
  } catch (error) {
    await chain.anvil.close()
    throw error
  }
}

async function startChain(config: LocalNetworkConfig): Promise<StartedChain> {
  const stateFile = join(config.data.folder('chain'), 'state.json')
  const anvil = await Anvil.start(
    { port: config.ports.rpc, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC, stateFile },
    { clock: systemClock },
  )
  try {
    const client = await ChainClient.connect(
      { url: anvil.url, chainId: DEVNET_CHAIN_ID },
      { clock: systemClock },
    )
    const uris = config.ports.orchestrators.map(({ service }) => `https://127.0.0.1:${service}`)
    const devnet = await setUpDevnet(devnetConfig(uris), {
      client,
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
    })
    return { anvil, devnet, client }
  } catch (error) {
    await anvil.close()
    throw error
  }
}
