/** @module Finds the chain and its Controller: from options, from a local network's settings, or by the chain's id. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ChainClient } from '@tessera/chain/client'
import { devnetController } from '@tessera/chain/deploy/devnet'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC } from '@tessera/chain/deploy/devnet-config'
import { RpcUnreachableError } from '@tessera/chain/errors'
import { LocalSigner } from '@tessera/chain/node/signer'
import { type Address, address } from '@tessera/protocol/address'
import { systemClock } from '@tessera/runtime/clock'
import { ownerOf } from '../network/running-network.ts'
import { checkedAddress } from './checked-address.ts'
import type { ReadingOptions } from './options.ts'
import { NoChainError, UsageError } from './problems.ts'

/** Livepeer's Controller on Arbitrum One. */
const ARBITRUM_ONE = { chainId: 42_161, controller: '0xD8E8328501E9645d16Cf49539efC04f734606ee4' } as const

type Where = Pick<ReadingOptions, 'rpc' | 'controller' | 'data'>

/** Connects to `--rpc`, or to the local network. @throws {NoChainError} and as `ChainClient.connect`. */
export async function findChain(options: Where): Promise<ChainClient> {
  if (options.rpc) return connect(options.rpc)
  const local = localNetwork(options.data)
  if (!local) {
    throw new NoChainError(
      'There is no chain to talk to.',
      'Start a network with ./tessera up, or say where the chain is with --rpc URL.',
    )
  }
  try {
    return await connect(local.rpcUrl)
  } catch (error) {
    if (!(error instanceof RpcUnreachableError)) throw error
    throw new NoChainError(
      `The network in ${resolve(options.data)} is not running.`,
      'Start it with ./tessera up, or say where the chain is with --rpc URL.',
      error,
    )
  }
}

/** The Controller's address on this chain. @throws {UsageError} when nobody knows it. */
export function findController(client: ChainClient, options: Where): Address {
  if (options.controller) return checkedAddress(options.controller)
  const local = options.rpc ? undefined : localNetwork(options.data)
  if (local) return address(local.controller)
  if (client.chainId === ARBITRUM_ONE.chainId) return ARBITRUM_ONE.controller
  if (client.chainId === DEVNET_CHAIN_ID) {
    return devnetController(LocalSigner.fromMnemonic(DEVNET_MNEMONIC, 0).address)
  }
  throw new UsageError(
    `Nobody knows the Controller of chain ${client.chainId}.`,
    'Give its address with --controller.',
  )
}

/** Whether the chain is that of a network of ours that is running: its orchestrators open rounds by themselves. */
export function isRunningHere(options: Where): boolean {
  const local = ownerOf(options.data) === undefined ? undefined : localNetwork(options.data)
  if (!local) return false
  return options.rpc === undefined || portOf(options.rpc) === portOf(local.rpcUrl)
}

/** Of a URL on this machine. */
function portOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { hostname, port } = new URL(url)
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) ? port : undefined
}

function connect(url: string): Promise<ChainClient> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError('--rpc must be a URL that starts with http:// or https://.')
  }
  return ChainClient.connect({ url }, { clock: systemClock })
}

/** What the gateway of the local network was told; it is there once the network has started for the first time. */
function localNetwork(data: string): { readonly rpcUrl: string; readonly controller: string } | undefined {
  try {
    const settings: unknown = JSON.parse(readFileSync(join(data, 'config', 'gateway.json'), 'utf8'))
    if (typeof settings !== 'object' || settings === null || !('chain' in settings)) return undefined
    const { rpcUrl, controller } = { rpcUrl: undefined, controller: undefined, ...Object(settings.chain) }
    return typeof rpcUrl === 'string' && typeof controller === 'string' ? { rpcUrl, controller } : undefined
  } catch {
    return undefined
  }
}
