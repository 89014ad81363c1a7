/** @module Watches a running network: a role that ends by itself is started again, the chain's end ends all. */
import { systemClock } from '@tessera/runtime/clock'
import { describeError } from '@tessera/runtime/errors'
import type { Watched } from './local-bridge.ts'
import type { LocalNetwork } from './local-network.ts'

const FIRST_PAUSE_MS = 1_000
const MAX_PAUSE_MS = 30_000

/** Resolves when `signal` aborts. @throws when a chain ends. */
export async function keepRunning(
  network: LocalNetwork,
  signal: AbortSignal,
  tell: (line: string) => void,
): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  const roles: Watched[] = [
    { name: 'gateway', current: () => network.gateway, restart: () => network.restartGateway() },
    ...network.nodes.flatMap((node, k) => [
      {
        name: `orchestrator ${k + 1}`,
        current: () => node.orchestrator,
        restart: () => network.restartOrchestrator(k),
      },
      { name: `worker ${k + 1}`, current: () => node.worker, restart: () => network.restartWorker(k) },
    ]),
    ...network.neighbour.roles,
  ]
  for (const role of roles) void watch(role, signal, tell)
  await Promise.race([stopped, network.anvil.failed, network.neighbour.failed])
}

async function watch(role: Watched, signal: AbortSignal, tell: (line: string) => void): Promise<void> {
  let pause = FIRST_PAUSE_MS
  while (!signal.aborted) {
    const startedAt = systemClock.monotonicMs()
    await role.current().exited
    if (signal.aborted) return
    if (systemClock.monotonicMs() - startedAt > MAX_PAUSE_MS) pause = FIRST_PAUSE_MS
    tell(
      `The ${role.name} ended by itself; it starts again in ${pause / 1000} s. Its log: ${role.current().logFile}`,
    )
    try {
      await systemClock.sleep(pause, { signal })
      await role.restart()
      tell(`The ${role.name} is back (pid ${role.current().pid}).`)
    } catch (error) {
      if (signal.aborted) return
      tell(describeError(error))
    }
    pause = Math.min(MAX_PAUSE_MS, 2 * pause)
  }
}
