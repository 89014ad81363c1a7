/** @module Finds both ends of the bridge. */
import { findBridge } from '@tessera/chain/bridge/addresses'
import { BridgeL1 } from '@tessera/chain/bridge/l1'
import { BridgeL2 } from '@tessera/chain/bridge/l2'
import type { ChainClient } from '@tessera/chain/client'
import { LivepeerToken } from '@tessera/chain/contracts/token'
import { RpcUnreachableError } from '@tessera/chain/errors'
import { type Address, address } from '@tessera/protocol/address'
import { dataHint, runningNetworks } from '../../network/running-network.ts'
import { connectTo, type LocalEnd, localEnd } from '../local-end.ts'
import type { ReadingOptions } from '../options.ts'
import type { Watch } from '../plan.ts'
import { NoChainError } from '../problems.ts'
import type { ChainSession } from '../session.ts'
import { watchLpt } from '../watched.ts'

export type BridgeOptions = Pick<ReadingOptions, 'data'> & {
  readonly l1Rpc?: string
  readonly l1Controller?: string
}

export type OpenBridge = {
  readonly l1: ChainClient
  readonly bridgeL1: BridgeL1
  readonly bridgeL2: BridgeL2
}

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
  const token = new LivepeerToken(end.client, end.token)
  return watchLpt(`LPT of ${end.account} on ${end.chain}`, token.balanceQuery(end.account))
}

/** The two Controllers of a development network have the same address: each is the deployer's first contract. */
function whereIsL1(session: ChainSession, options: BridgeOptions): LocalEnd {
  const local = localEnd(options.data, 'relayer', 'l1')
  const rpcUrl = options.l1Rpc ?? local?.rpcUrl
  if (rpcUrl === undefined) {
    throw new NoChainError(
      'There is no L1 to talk to.',
      hintOfL1(options.data) ?? 'Start one with ./tessera up --bridge, or say where it is with --l1-rpc URL.',
    )
  }
  const known = options.l1Rpc === undefined ? local?.controller : undefined
  return { rpcUrl, controller: options.l1Controller ?? known ?? session.controller }
}

/** Networks that run elsewhere with an L1. */
function hintOfL1(data: string): string | undefined {
  return dataHint(
    data,
    runningNetworks(data).filter(({ folder }) => localEnd(folder, 'relayer', 'l1') !== undefined),
  )
}

async function connect(url: string): Promise<ChainClient> {
  try {
    return await connectTo(url, '--l1-rpc')
  } catch (error) {
    if (!(error instanceof RpcUnreachableError)) throw error
    throw new NoChainError(
      'The L1 does not answer.',
      'Start the network with ./tessera up --bridge, or say where the L1 is with --l1-rpc URL.',
      error,
    )
  }
}
