/** @module Whose account a command uses. Private keys come from files or the public test phrase, never from arguments. */
import { readFile } from 'node:fs/promises'
import type { ChainClient } from '@tessera/chain/client'
import { DEVNET_CHAIN_ID, DEVNET_MNEMONIC, devnetConfig } from '@tessera/chain/deploy/devnet-config'
import { readKeyFile } from '@tessera/chain/node/keystore'
import { LocalSigner } from '@tessera/chain/node/signer'
import type { Address } from '@tessera/protocol/address'
import { askSecret } from './ask.ts'
import { checkedAddress } from './checked-address.ts'
import type { ReadingOptions } from './options.ts'
import { UsageError } from './problems.ts'
import { reasonOf } from './reason-of.ts'

/** Ids of chains whose coins are worth nothing: the devnet, anvil's own, and the L1 next to the devnet. */
const DEVELOPMENT_CHAINS = [DEVNET_CHAIN_ID, 31_337, 1337]
const MAX_ACCOUNT_INDEX = 99

type Who = Pick<ReadingOptions, 'keystore' | 'passwordFile' | 'account'>

/** The key that signs. @throws {UsageError | MalformedError | WrongPasswordError} */
export async function findSigner(client: ChainClient, options: Who): Promise<LocalSigner> {
  if (options.keystore !== undefined && options.account !== undefined) {
    throw new UsageError('Give either --keystore or --account.')
  }
  if (options.keystore !== undefined) return fromKeystore(options.keystore, options.passwordFile)
  if (options.account === undefined) {
    throw new UsageError(
      'No account is given.',
      'Give --keystore FILE, or on a development chain --account NAME (gateway, orchestrator1, delegator, …).',
    )
  }
  if (!DEVELOPMENT_CHAINS.includes(client.chainId)) {
    throw new UsageError(
      `--account names public test keys; chain ${client.chainId} is no development chain.`,
      'Use a keystore of your own: --keystore FILE.',
    )
  }
  return LocalSigner.fromMnemonic(DEVNET_MNEMONIC, accountIndex(options.account))
}

/** For verbs that only read: whom they are about can be named as their argument. @throws {UsageError} when nobody is. */
export function assertNamed({ keystore, account }: Who, given: string | undefined): void {
  if (given !== undefined || keystore !== undefined || account !== undefined) return
  throw new UsageError(
    'No account is given.',
    'Name it behind the command: an address, or on a development chain a name like gateway.',
  )
}

/** Whom a command is about: an address, the name of a development account, or who signs. */
export async function findAddress(client: ChainClient, options: Who, given?: string): Promise<Address> {
  if (given === undefined) return (await findSigner(client, options)).address
  if (/^0x/.test(given)) return checkedAddress(given)
  return (await findSigner(client, { account: given })).address
}

/** Index under the test phrase of a development account. @throws {UsageError} */
export function accountIndex(name: string): number {
  if (/^\d{1,2}$/.test(name)) return Number(name)
  const { gateway, orchestrators, delegator } = devnetConfig(['', ''])
  const names: Readonly<Record<string, number>> = {
    deployer: 0,
    gateway: gateway.accountIndex,
    ...Object.fromEntries(orchestrators.map(({ accountIndex: at }, k) => [`orchestrator${k + 1}`, at])),
    delegator: delegator.accountIndex,
  }
  const index = names[name]
  if (index !== undefined) return index
  throw new UsageError(
    `There is no development account ${JSON.stringify(name)}.`,
    `They are called ${Object.keys(names).join(', ')}, or 0 to ${MAX_ACCOUNT_INDEX}.`,
  )
}

async function fromKeystore(file: string, passwordFile: string | undefined): Promise<LocalSigner> {
  await readText(file)
  return readKeyFile(file, async () =>
    passwordFile === undefined
      ? await askSecret(`Password of ${file}: `)
      : (await readText(passwordFile)).replace(/\r?\n$/, ''),
  )
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${reasonOf(error)}.`)
  }
}
