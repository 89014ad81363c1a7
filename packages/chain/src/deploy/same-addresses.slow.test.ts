import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { systemRandom } from '@tessera/runtime/random'
import { expect, test } from 'vitest'
import type { ContractAddresses } from '../addresses.ts'
import type { BridgeAddresses } from '../bridge/addresses.ts'
import { DEVNET_L1_CHAIN_ID, devnetBridgeConfig, setUpDevnetBridge } from '../bridge/devnet.ts'
import { ChainClient } from '../client.ts'
import type { Fetch } from '../json-rpc.ts'
import { Anvil } from '../node/anvil.ts'
import { setUpDevnet } from './devnet.ts'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from './devnet-config.ts'

const deps = { clock: systemClock }
const anvil = (chainId: number) => Anvil.start({ port: 0, chainId, mnemonic: DEVNET_MNEMONIC }, deps)

/** A node that takes no batches and ends simulations in an order of its own: every `period`-th late, none with 0. */
function uneven(period: number): Fetch {
  let count = 0
  return async (url, init) => {
    const body = String(init.body)
    if (period > 0 && body.startsWith('['))
      return Response.json({ error: { code: -32_600, message: 'no batches' } })
    const response = await fetch(url, init)
    const isLate = body.includes('eth_estimateGas') && ++count % period === 0
    if (isLate) await systemClock.sleep(50)
    return response
  }
}

async function freshNetwork(
  period: number,
): Promise<{ readonly protocol: ContractAddresses; readonly bridge: BridgeAddresses }> {
  await using l1Chain = await anvil(DEVNET_L1_CHAIN_ID)
  await using l2Chain = await anvil(DEVNET_CHAIN_ID)
  const connect = ({ url }: Anvil) => ChainClient.connect({ url }, { ...deps, fetch: uneven(period) })
  const [l1, l2] = await Promise.all([connect(l1Chain), connect(l2Chain)])
  const tools = { ...deps, random: systemRandom, log: silentLog }
  const config = devnetConfig(['https://127.0.0.1:8935'])
  const { contracts } = await setUpDevnet(config, { client: l2, ...tools })
  const bridge = await setUpDevnetBridge(devnetBridgeConfig(DEVNET_MNEMONIC), { l1, l2, ...tools })
  return { protocol: contracts.addresses, bridge }
}

test('a fresh network has the same addresses at every start, whatever order the node answers in', async () => {
  const first = await freshNetwork(0)
  const second = await freshNetwork(3)
  expect(second).toEqual(first)
  expect(new Set(Object.values(first.protocol)).size).toBe(Object.keys(first.protocol).length)
}, 60_000)
