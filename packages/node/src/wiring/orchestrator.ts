/** @module A whole orchestrator from its settings. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { freePayee } from '@tessera/payments/free'
import { SqliteTicketStore } from '@tessera/payments/sqlite-ticket-store'
import type { TicketStore } from '@tessera/payments/ticket-store'
import type { Address } from '@tessera/protocol/address'
import { privateKeySigner } from '@tessera/protocol/private-key-signer'
import { fromHex } from '@tessera/runtime/bytes'
import { TaskScope } from '@tessera/runtime/task-scope'
import { adminRoutes } from '../orchestrator/admin.ts'
import { type OrchestratorConfig, parseOrchestratorConfig } from '../orchestrator/config.ts'
import { Orchestrator, type OrchestratorDeps } from '../orchestrator/orchestrator.ts'
import { believeEverybody, demandSignatures } from '../orchestrator/ports.ts'
import { anonymousSigner } from '../rpc/anonymous-signer.ts'
import type { NodeDeps } from './node-deps.ts'
import { openOrchestratorChain } from './orchestrator-chain.ts'

export type RunningOrchestrator = AsyncDisposable & {
  readonly port: number
  /** Base URL for gateways and workers. */
  readonly url: string
  /** Address zero off chain. */
  readonly address: Address
}

/**
 * Resolves when the port serves. With `chain` in the settings it takes payment; without, it works for free.
 *
 * @param settings as JSON; see `orchestrator/config.ts`
 * @throws {BaseError} wrong settings, unreachable chain, a port in use: nothing is left running then
 */
export async function startOrchestrator(settings: unknown, deps: NodeDeps): Promise<RunningOrchestrator> {
  const config = parseOrchestratorConfig(settings)
  const scope = new TaskScope({
    onFailure: ({ task, error }) => deps.log.error({ task, error }, 'task failed'),
  })
  try {
    await mkdir(config.dataFolder, { recursive: true, mode: 0o700 })
    const money = await openMoney(config, deps, scope)
    const orchestrator = await Orchestrator.start(config, { ...deps, ...money })
    scope.defer(() => orchestrator.close())
    return {
      port: orchestrator.port,
      url: orchestrator.serviceUrl,
      address: money.signer.address,
      [Symbol.asyncDispose]: () => scope.close(),
    }
  } catch (error) {
    await scope.close()
    throw error
  }
}

/** On chain or off: the same ports, filled differently. */
async function openMoney(
  config: OrchestratorConfig,
  deps: NodeDeps,
  scope: TaskScope,
): Promise<Omit<OrchestratorDeps, keyof NodeDeps>> {
  if (!config.chain) {
    const store = SqliteTicketStore.open(join(config.dataFolder, 'off-chain.sqlite'))
    scope.defer(() => store[Symbol.asyncDispose]())
    return {
      payee: freePayee,
      signer: anonymousSigner,
      isSignedBy: believeEverybody,
      authSecret: await authSecret(store, deps),
    }
  }
  const chain = await openOrchestratorChain({ ...config.chain, dataFolder: config.dataFolder }, deps, scope)
  return {
    payee: chain.payee,
    signer: privateKeySigner(fromHex(config.chain.privateKey)),
    isSignedBy: demandSignatures,
    authSecret: await authSecret(chain.store, deps),
    routes: adminRoutes(config, { fees: chain.fees }),
    extraStatus: chain.status,
  }
}

/** Kept over restarts, so that the sessions of gateways survive one. */
function authSecret(store: TicketStore, deps: NodeDeps): Promise<Uint8Array> {
  return store.secret('auth-token', () => deps.random.bytes(32))
}
