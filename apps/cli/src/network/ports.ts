/** @module Which port each part of a local network listens on. */
import { connect, createServer } from 'node:net'
import { BaseError } from '@tessera/runtime/errors'

export type NetworkPorts = {
  readonly rtmp: number
  readonly http: number
  readonly rpc: number
  readonly orchestrators: readonly { readonly service: number; readonly runner: number }[]
  /** Of the L1 beside the network; absent without one. */
  readonly l1Rpc?: number
}

/** Customary ports (those of go-livepeer and anvil), or a dense block from `base` on. */
export function networkPorts(options: {
  readonly base?: number | undefined
  readonly orchestrators: number
  /** With an L1 beside the network. Default false. */
  readonly bridge?: boolean | undefined
}): NetworkPorts {
  const { base, orchestrators, bridge } = options
  const first = base === undefined ? 8935 : base + 3
  return {
    rtmp: base ?? 1935,
    http: base === undefined ? 9935 : base + 1,
    rpc: base === undefined ? 8545 : base + 2,
    orchestrators: Array.from({ length: orchestrators }, (_, k) => ({
      service: first + 2 * k,
      runner: first + 2 * k + 1,
    })),
    ...(bridge && { l1Rpc: base === undefined ? 8546 : first + 2 * orchestrators }),
  }
}

export function allPorts(ports: NetworkPorts): readonly { readonly name: string; readonly port: number }[] {
  return [
    { name: 'RTMP', port: ports.rtmp },
    { name: 'HTTP', port: ports.http },
    { name: 'RPC', port: ports.rpc },
    ...ports.orchestrators.flatMap((node, k) => [
      { name: `orchestrator ${k + 1}`, port: node.service },
      { name: `AI runner ${k + 1}`, port: node.runner },
    ]),
    ...(ports.l1Rpc === undefined ? [] : [{ name: 'L1 RPC', port: ports.l1Rpc }]),
  ]
}

export class PortInUseError extends BaseError {
  constructor(busy: readonly { readonly name: string; readonly port: number }[]) {
    super({
      code: 'PORT_IN_USE',
      message: `In use by another program: ${busy.map(({ name, port }) => `port ${port} (${name})`).join(', ')}.`,
      advice:
        'Stop that program (is another ./tessera running?) or choose other ports, for example --port-base 21000.',
    })
  }
}

/** True when nothing listens on the port of this machine's loopback address. */
export async function isPortFree(port: number): Promise<boolean> {
  const canListen = await new Promise<boolean>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
  if (!canListen) return false
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(false)
    })
    socket.once('error', () => resolve(true))
  })
}

/** @throws {PortInUseError} naming every busy port at once. */
export async function assertPortsFree(ports: NetworkPorts): Promise<void> {
  const checked = await Promise.all(
    allPorts(ports).map(async (entry) => ({ ...entry, free: await isPortFree(entry.port) })),
  )
  const busy = checked.filter((entry) => !entry.free)
  if (busy.length > 0) throw new PortInUseError(busy)
}
