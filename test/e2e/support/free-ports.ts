/** @module Ports that nobody uses, so that tests do not meet a network that runs on the same machine. */
import { allPorts, isPortFree, networkPorts } from '../../../apps/cli/src/network/ports.ts'

/** Below the ports that systems hand out by themselves. */
const LOWEST = 20_000
const HIGHEST = 32_000
const PORTS_PER_NETWORK = 10

export async function freePortBase(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const slots = (HIGHEST - LOWEST) / PORTS_PER_NETWORK
    const base = LOWEST + PORTS_PER_NETWORK * Math.floor(Math.random() * slots)
    const ports = allPorts(networkPorts({ base, orchestrators: 2 }))
    const free = await Promise.all(ports.map(({ port }) => isPortFree(port)))
    if (free.every(Boolean)) return base
  }
  throw new Error(`No ${PORTS_PER_NETWORK} free ports in a row from ${LOWEST} to ${HIGHEST}.`)
}
