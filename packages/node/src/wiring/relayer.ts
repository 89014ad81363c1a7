/** @module A whole relayer from its settings: two chains, one key, messages both ways. */
import { findBridge } from '@tessera/chain/bridge/addresses'
import { Relayer } from '@tessera/chain/bridge/relayer'
import { ChainClient } from '@tessera/chain/client'
import { MemoryIntentStore } from '@tessera/chain/node/intent-store'
import { LocalSigner } from '@tessera/chain/node/signer'
import { TransactionManager } from '@tessera/chain/node/transaction-manager'
import { type Address, address } from '@tessera/protocol/address'
import type { Hex } from '@tessera/runtime/bytes'
import { TaskScope } from '@tessera/runtime/task-scope'
import { parseRelayerConfig } from '../relayer/config.ts'
import type { NodeDeps } from './node-deps.ts'

export type RunningRelayer = AsyncDisposable & { readonly address: Address }

/**
 * Keeps nothing on disk: what was carried over is known to the contracts.
 *
 * @param settings as JSON; see `relayer/config.ts`
 * @throws {BaseError} wrong settings, a chain that does not answer or has no bridge
 */
export async function startRelayer(
  settings: unknown,
  deps: Omit<NodeDeps, 'metrics'>,
): Promise<RunningRelayer> {
  const config = parseRelayerConfig(settings)
  const signer = LocalSigner.fromPrivateKey(config.privateKey as Hex) // the schema checked the form
  const connect = async ({ rpcUrl, controller }: { rpcUrl: string; controller: string }) => ({
    client: await ChainClient.connect({ url: rpcUrl }, deps),
    controller: address(controller),
  })
  const [l1, l2] = await Promise.all([connect(config.l1), connect(config.l2)])
  const addresses = await findBridge({ l1, l2 })
  const scope = new TaskScope()
  try {
    const manager = async (client: ChainClient) => {
      const own = { ...deps, client, signer, store: new MemoryIntentStore() }
      const started = await TransactionManager.start({ pollMs: config.pollMs }, own)
      scope.defer(() => started.close())
      return started
    }
    const transactions = { l1: await manager(l1.client), l2: await manager(l2.client) }
    const ends = { l1: l1.client, l2: l2.client }
    const relayer = await Relayer.start(config, { ...deps, ...ends, addresses, transactions })
    scope.defer(() => relayer.close())
  } catch (error) {
    await scope.close()
    throw error
  }
  return { address: signer.address, [Symbol.asyncDispose]: () => scope.close() }
}
