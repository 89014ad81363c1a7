/** @module A devnet, and the real command line as a process of its own against it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ChainClient } from '@tessera/chain/client'
import { type Devnet, setUpDevnet } from '@tessera/chain/deploy/devnet'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from '@tessera/chain/deploy/devnet-config'
import { Anvil } from '@tessera/chain/node/anvil'
import { mineAtOnce, mineBlocks } from '@tessera/chain/node/dev-chain'
import { MemoryIntentStore } from '@tessera/chain/node/intent-store'
import type { LocalSigner } from '@tessera/chain/node/signer'
import { TransactionManager } from '@tessera/chain/node/transaction-manager'
import type { TransactionCall } from '@tessera/chain/transaction-call'
import type { Address } from '@tessera/protocol/address'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

export type Run = { readonly status: number; readonly out: string; readonly err: string }
/** As documented in docs/cli.md; the tests look into it. */
export type Document = {
  readonly ok: boolean
  // biome-ignore lint/suspicious/noExplicitAny: each command has its own fields, and each test names those it reads
  readonly result: any
  readonly transactions: readonly { readonly what: string; readonly hash?: string; readonly gas?: string }[]
  readonly changes: readonly { readonly what: string; readonly before: string; readonly after: string }[]
  readonly error: {
    readonly code: string
    readonly message: string
    readonly advice?: string
    readonly facts: Readonly<Record<string, unknown>>
  }
  readonly next?: readonly string[]
}

export class CliWorld implements AsyncDisposable {
  readonly anvil: Anvil
  readonly client: ChainClient
  readonly devnet: Devnet

  private constructor(anvil: Anvil, client: ChainClient, devnet: Devnet) {
    this.anvil = anvil
    this.client = client
    this.devnet = devnet
  }

  /** Every transaction gets a block at once, and no other blocks are made. */
  static async start(): Promise<CliWorld> {
    const anvil = await Anvil.start(
      { port: 0, chainId: DEVNET_CHAIN_ID, mnemonic: DEVNET_MNEMONIC },
      { clock: systemClock },
    )
    const client = await ChainClient.connect({ url: anvil.url }, { clock: systemClock })
    const config = devnetConfig(['https://127.0.0.1:8935', 'https://127.0.0.1:8937'])
    const deps = { client, clock: systemClock, random: systemRandom, log: silentLog }
    const devnet = await setUpDevnet(config, deps)
    await mineAtOnce(client)
    return new CliWorld(anvil, client, devnet)
  }

  /** Without a terminal, and with no settings but these. */
  run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Run> {
    const env = { PATH: process.env.PATH, TESSERA_RPC: this.anvil.url, ...environment }
    return new Promise((resolve) => {
      execFile(process.execPath, [MAIN, ...args], { env, timeout: 60_000 }, (error, out, err) => {
        resolve({ status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err })
      })
    })
  }

  /** Calls back with what was written to standard error so far; the process can be signalled. */
  start(args: readonly string[], onError: (text: string, child: ChildProcess) => void): Promise<Run> {
    const env = { PATH: process.env.PATH, TESSERA_RPC: this.anvil.url }
    const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString()
      onError(err, child)
    })
    return new Promise((resolve) => {
      child.once('close', (status) => resolve({ status: status ?? -1, out, err }))
    })
  }

  /** With `--json`; throws unless the document is the only thing on standard output. */
  async json(
    account: string,
    ...args: readonly string[]
  ): Promise<Document & { readonly status: number; readonly err: string }> {
    const { status, out, err } = await this.run([...args, '--account', account, '--json'])
    return { status, err, ...(JSON.parse(out) as Document) }
  }

  /** Without the command line: for what is not tested. */
  async send(signer: LocalSigner, call: TransactionCall): Promise<void> {
    const deps = { client: this.client, clock: systemClock, random: systemRandom, log: silentLog }
    const store = new MemoryIntentStore()
    await using transactions = await TransactionManager.start({ pollMs: 50 }, { ...deps, signer, store })
    await transactions.execute(call)
  }

  /** Mines until the next round and opens it. */
  async nextRound(): Promise<void> {
    const { roundsManager } = this.devnet.contracts
    const [start, length, now] = await Promise.all([
      roundsManager.currentRoundStartBlock(),
      roundsManager.roundLength(),
      roundsManager.l1Block(),
    ])
    await mineBlocks(this.client, Number(start + length - now))
    await this.send(this.devnet.deployer, roundsManager.initializeRound())
  }

  /** Transactions that the account has sent. */
  async sentBy(account: Address): Promise<number> {
    return Number(await this.client.raw('eth_getTransactionCount', [account, 'latest']))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.anvil.close()
  }
}
