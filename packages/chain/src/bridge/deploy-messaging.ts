/** @module What stands in for Arbitrum between two development chains: inbox and outbox on L1, execution on L2. */
import type { Address } from '@tessera/protocol/address'
import { encodeDeployData } from 'viem'
import { devAliasBytecode } from '../abis/bytecode/dev-alias.ts'
import { devArbSysBytecode } from '../abis/bytecode/dev-arb-sys.ts'
import { devBridgeBytecode } from '../abis/bytecode/dev-bridge.ts'
import { devInboxBytecode } from '../abis/bytecode/dev-inbox.ts'
import { devOutboxBytecode } from '../abis/bytecode/dev-outbox.ts'
import { devRetryablesBytecode } from '../abis/bytecode/dev-retryables.ts'
import { devAliasAbi } from '../abis/dev-alias.ts'
import { devBridgeAbi } from '../abis/dev-bridge.ts'
import { devInboxAbi } from '../abis/dev-inbox.ts'
import { devOutboxAbi } from '../abis/dev-outbox.ts'
import { devRetryablesAbi } from '../abis/dev-retryables.ts'
import type { ChainClient } from '../client.ts'
import { Contract } from '../contract.ts'
import { createContract, type Deployer } from '../deploy/deployer.ts'
import { ARB_SYS } from './messages.ts'

export type MessagingConfig = {
  /** Carries the messages: submits them on L2, confirms them on L1. */
  readonly relayer: Address
  /** Seconds between the confirmation of a message to L1 and its claim; a week on Arbitrum. */
  readonly challengeSeconds: number
}

/** @returns the inbox; the rest is found by its name at the Controller. */
export async function deployL1Messaging(l1: Deployer, config: MessagingConfig): Promise<Address> {
  const bridge = await l1.ensure('ArbitrumBridge', devBridgeBytecode)
  const [inbox, outbox] = await Promise.all([
    l1.ensure(
      'ArbitrumInbox',
      encodeDeployData({ abi: devInboxAbi, bytecode: devInboxBytecode, args: [bridge] }),
    ),
    l1.ensure(
      'ArbitrumOutbox',
      encodeDeployData({
        abi: devOutboxAbi,
        bytecode: devOutboxBytecode,
        args: [bridge, config.relayer, BigInt(config.challengeSeconds)],
      }),
    ),
  ])
  const contract = new Contract(l1.client, { name: 'Bridge', address: bridge, abi: devBridgeAbi })
  await l1.configure([
    {
      isDone: async () => BigInt(await contract.read('inbox', [])) !== 0n,
      call: () => contract.write('connect', [inbox, outbox]),
    },
  ])
  return inbox
}

export async function deployL2Messaging(l2: Deployer, config: MessagingConfig): Promise<void> {
  const executor = await l2.ensure(
    'RetryableExecutor',
    encodeDeployData({ abi: devRetryablesAbi, bytecode: devRetryablesBytecode, args: [config.relayer] }),
  )
  await l2.ensure(
    'RetryableAlias',
    encodeDeployData({ abi: devAliasAbi, bytecode: devAliasBytecode, args: [executor] }),
  )
  if (await l2.client.hasCode(ARB_SYS)) return
  await copyCode(l2.client, await createContract(l2.transactions, 'ArbSys', devArbSysBytecode), ARB_SYS)
}

/** Puts the code of one contract, not its state, at another address. Only development nodes do it. */
export async function copyCode(client: ChainClient, from: Address, to: Address): Promise<void> {
  const code = await client.guard(client.viem.getCode({ address: from }), { what: 'eth_getCode' })
  await client.raw('anvil_setCode', [to, code ?? '0x'])
}
