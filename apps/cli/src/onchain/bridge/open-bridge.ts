/** @module Finds both ends of the bridge. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { livepeerTokenAbi } from '@tessera/chain/abis/livepeer-token'
import { findBridge } from '@tessera/chain/bridge/addresses'
import { BridgeL1 } from '@tessera/chain/bridge/l1'
import { BridgeL2 } from '@tessera/chain/bridge/l2'
import { ChainClient } from '@tessera/chain/client'
import { Contract } from '@tessera/chain/contract'
import { RpcUnreachableError } from '@tessera/chain/errors'
import { type Address, address } from '@tessera/protocol/address'
import { systemClock } from '@tessera/runtime/clock'
import { formatLpt } from '../amounts.ts'
import type { ReadingOptions } from '../options.ts'
import { type Watch, watch } from '../plan.ts'
import { NoChainError, UsageError } from '../problems.ts'
import type { ChainSession } from '../session.ts'

export type BridgeOptions = Pick<ReadingOptions, 'data'> & {
  readonly l1Rpc?: string
  readonly l1Controller?: string
}

export type OpenBridge = {
  readonly l1: ChainClient
  readonly bridgeL1: BridgeL1
  readonly bridgeL2: BridgeL2
}

type L1 = { readonly rpcUrl: string; readonly controller: string }

/** @throws {NoChainError | UsageError | ContractMissingError} and as `ChainClient.read`. */
export async function openBridge(session: ChainSession, options: BridgeOptions): Promise<OpenBridge> {
  const { rpcUrl, controller } = whereIsL1(session, options)
  const l1 = await connect(rpcUrl)
  const addresses = await findBridge({
    l1: { client: l1, controller: address(controller) },
    l2: { client: session.client, controller: session.controller },
  })
  return {
    l1,
    bridgeL1: new BridgeL1(l1, addresses.l1),
    bridgeL2: new BridgeL2(session.client, addresses),
  }
}

/** LPT of an account on one chain, before and after. */
export function watchBalance(end: {
  readonly chain: 'L1' | 'L2'
  readonly client: ChainClient
  readonly token: Address
  readonly account: Address
}): Watch {
  const token = new Contract(end.client, {
    name: 'LivepeerToken',
    address: end.token,
    abi: livepeerTokenAbi,
  })
  return watch(`LPT of ${end.account} on ${end.chain}`, token.query('balanceOf', [end.account]), {
    json: (value) => value,
    text: formatLpt,
  })
}

/** The two Controllers of a development network have the same address: each is the deployer's first contract. */
function whereIsL1(session: ChainSession, options: BridgeOptions): L1 {
  const local = localRelayer(options.data)
  const rpcUrl = options.l1Rpc ?? local?.rpcUrl
  if (rpcUrl === undefined) {
    throw new NoChainError(
      'There is no L1 to talk to.',
      'Start one with ./tessera up --bridge, or say where it is with --l1-rpc URL.',
    )
  }
  const known = options.l1Rpc === undefined ? local?.controller : undefined
  return { rpcUrl, controller: options.l1Controller ?? known ?? session.controller }
}

async function connect(url: string): Promise<ChainClient> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError('--l1-rpc must be a URL that starts with http:// or https://.')
  }
  try {
    return await ChainClient.connect({ url }, { clock: systemClock })
  } catch (error) {
    if (!(error instanceof RpcUnreachableError)) throw error
    throw new NoChainError(
      'The L1 does not answer.',
      'Start the network with ./tessera up --bridge, or say where the L1 is with --l1-rpc URL.',
      error,
    )
  }
}

/** What the relayer of the local network was told. */
function localRelayer(data: string): L1 | undefined {
  try {
    const settings: unknown = JSON.parse(readFileSync(join(data, 'config', 'relayer.json'), 'utf8'))
    if (typeof settings !== 'object' || settings === null || !('l1' in settings)) return undefined
    const { rpcUrl, controller } = { rpcUrl: undefined, controller: undefined, ...Object(settings.l1) }
    return typeof rpcUrl === 'string' && typeof controller === 'string' ? { rpcUrl, controller } : undefined
  } catch {
    return undefined
  }
}
