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
import { type AddressOf, type Creation, createContract, type Deployer } from '../deploy/deployer.ts'
import { ARB_SYS } from './messages.ts'

export type MessagingConfig = {
  /** Carries the messages: submits them on L2, confirms them on L1. */
  readonly relayer: Address
  /** Seconds between the confirmation of a message to L1 and its claim; a week on Arbitrum. */
  readonly challengeSeconds: number
}

/** Inbox and outbox need the bridge. */
export const l1MessagingContracts = (
  config: MessagingConfig,
): { readonly first: readonly Creation[]; readonly second: readonly Creation[] } => ({
  first: [{ name: 'ArbitrumBridge', initCode: devBridgeBytecode }],
  second: [
    {
      name: 'ArbitrumInbox',
      initCode: (addressOf) =>
        encodeDeployData({
          abi: devInboxAbi,
          bytecode: devInboxBytecode,
          args: [addressOf('ArbitrumBridge')],
        }),
    },
    {
      name: 'ArbitrumOutbox',
      initCode: (addressOf) =>
        encodeDeployData({
          abi: devOutboxAbi,
          bytecode: devOutboxBytecode,
          args: [addressOf('ArbitrumBridge'), config.relayer, BigInt(config.challengeSeconds)],
        }),
    },
  ],
})

/** The alias needs the executor. */
export const l2MessagingContracts = (
  config: MessagingConfig,
): { readonly first: readonly Creation[]; readonly second: readonly Creation[] } => ({
  first: [
    {
      name: 'RetryableExecutor',
      initCode: encodeDeployData({
        abi: devRetryablesAbi,
        bytecode: devRetryablesBytecode,
        args: [config.relayer],
      }),
    },
  ],
  second: [
    {
      name: 'RetryableAlias',
      initCode: (addressOf) =>
        encodeDeployData({
          abi: devAliasAbi,
          bytecode: devAliasBytecode,
          args: [addressOf('RetryableExecutor')],
        }),
    },
  ],
})

/** Tells the bridge who may use it. */
export async function connectL1Messaging(l1: Deployer, addressOf: AddressOf): Promise<void> {
  const address = addressOf('ArbitrumBridge')
  const contract = new Contract(l1.client, { name: 'Bridge', address, abi: devBridgeAbi })
  await l1.configure([
    {
      isDone: async () => BigInt(await contract.read('inbox', [])) !== 0n,
      call: () => contract.write('connect', [addressOf('ArbitrumInbox'), addressOf('ArbitrumOutbox')]),
    },
  ])
}

/** On Arbitrum it is part of the chain, at this address. */
export async function ensureArbSys(l2: Deployer): Promise<void> {
  if (await l2.client.hasCode(ARB_SYS)) return
  await copyCode(l2.client, await createContract(l2.transactions, 'ArbSys', devArbSysBytecode), ARB_SYS)
}

/** Puts the code of one contract, not its state, at another address. Only development nodes do it. */
export async function copyCode(client: ChainClient, from: Address, to: Address): Promise<void> {
  const code = await client.guard(client.viem.getCode({ address: from }), { what: 'eth_getCode' })
  await client.raw('anvil_setCode', [to, code ?? '0x'])
}
