/** @module What a local network may have beside it: nothing, or an L1 with the bridge to it. */
import { join } from 'node:path'
import {
  DEVNET_L1_CHAIN_ID,
  devnetBridgeConfig,
  RELAYER_ACCOUNT_INDEX,
  setUpDevnetBridge,
} from '@tessera/chain/bridge/devnet'
import { ChainClient } from '@tessera/chain/client'
import { devPrivateKey } from '@tessera/chain/deploy/dev-key'
import { DEVNET_MNEMONIC } from '@tessera/chain/deploy/devnet-config'
import { Anvil } from '@tessera/chain/node/anvil'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { RoleProcess } from './child-process.ts'
import type { DataFolder } from './data-folder.ts'

/** A role process that is started again when it ends by itself. */
export type Watched = {
  readonly name: string
  readonly current: () => RoleProcess
  readonly restart: () => Promise<void>
}

export type Neighbour = AsyncDisposable & {
  readonly processIds: readonly number[]
  readonly roles: readonly Watched[]
  /** For the table of processes: name, pid, address, remark. */
  readonly rows: () => readonly (readonly [string, string, string, string])[]
  /** Rejects when it can't go on. */
  readonly failed: Promise<never>
}

/** The network alone. */
export const noNeighbour: Neighbour = {
  processIds: [],
  roles: [],
  rows: () => [],
  failed: new Promise(() => undefined),
  [Symbol.asyncDispose]: async () => undefined,
}

export type LocalBridgeConfig = {
  readonly l1Rpc: number
  readonly data: DataFolder
  readonly verbose: boolean
}

/** An L1 of its own, both ends of the bridge, and the relayer as a process. */
export class LocalBridge implements Neighbour {
  readonly failed: Promise<never>
  readonly #anvil: Anvil
  readonly #restart: () => Promise<RoleProcess>
  #relayer: RoleProcess

  private constructor(anvil: Anvil, relayer: RoleProcess, restart: () => Promise<RoleProcess>) {
    this.#anvil = anvil
    this.#relayer = relayer
    this.#restart = restart
    this.failed = anvil.failed
  }

  /** @param l2 has the protocol. @throws {BaseError} saying what is in the way; nothing is left running then. */
  static async start(
    config: LocalBridgeConfig,
    l2: { readonly client: ChainClient; readonly controller: string },
  ): Promise<LocalBridge> {
    const stateFile = join(config.data.folder('l1'), 'state.json')
    const anvil = await Anvil.start(
      { port: config.l1Rpc, chainId: DEVNET_L1_CHAIN_ID, mnemonic: DEVNET_MNEMONIC, stateFile },
      { clock: systemClock },
    )
    try {
      const l1 = await ChainClient.connect({ url: anvil.url }, { clock: systemClock })
      const deps = { l1, l2: l2.client, clock: systemClock, random: systemRandom, log: silentLog }
      const { l1: at } = await setUpDevnetBridge(devnetBridgeConfig(DEVNET_MNEMONIC), deps)
      const settings = {
        l1: { rpcUrl: anvil.url, controller: at.Controller },
        l2: { rpcUrl: l2.client.endpoint, controller: l2.controller },
        privateKey: devPrivateKey(RELAYER_ACCOUNT_INDEX),
      }
      const relayer = () => startRelayer(config, settings)
      return new LocalBridge(anvil, await relayer(), relayer)
    } catch (error) {
      await anvil.close()
      throw error
    }
  }

  get processIds(): readonly number[] {
    return [this.#anvil.processGroup, this.#relayer.pid]
  }

  get roles(): readonly Watched[] {
    const restart = async () => {
      await this.#relayer.stop()
      this.#relayer = await this.#restart()
    }
    return [{ name: 'relayer', current: () => this.#relayer, restart }]
  }

  rows(): readonly (readonly [string, string, string, string])[] {
    return [
      ['L1', String(this.#anvil.processGroup), this.#anvil.url, 'a block a second, LPT on L1'],
      ['relayer', String(this.#relayer.pid), '', 'carries messages between L1 and the chain'],
    ]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#relayer.stop()
    await this.#anvil.close()
  }
}

function startRelayer({ data, verbose }: LocalBridgeConfig, settings: unknown): Promise<RoleProcess> {
  const name = 'relayer'
  const args = [name, '--config', data.writeConfig(name, settings)]
  return RoleProcess.start({ name, args, logFile: data.logFile(name), verbose }, systemClock)
}
