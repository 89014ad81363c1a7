/** @module The report of a deployment: what is where. Written before the first transaction, so that it can go on. */
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import type { ChainClient } from '@tessera/chain/client'
import type { ProtocolParams } from '@tessera/chain/deploy/params'
import { paramsDocument, parseParams } from '@tessera/chain/deploy/params-file'
import { type Address, address, sameAddress } from '@tessera/protocol/address'
import { toJson } from '../json.ts'
import { reasonOf } from '../reason-of.ts'
import { DeploymentFileError } from './problems.ts'

const FORMAT = 'tessera-deployment'
const MAX_CHARACTERS = 1_000_000

export type Deployment = {
  readonly chainId: number
  /** Hash of block 0: development chains share ids. */
  readonly genesisHash: string
  readonly deployer: Address
  readonly params: ProtocolParams
  /** While it is not complete, those that it will have. */
  readonly addresses: Readonly<Record<string, Address>> & { readonly Controller: Address }
  readonly complete: boolean
}

/** Replaces the file in one go. @throws {DeploymentFileError} when it cannot be written. */
export async function writeDeployment(file: string, deployment: Deployment): Promise<void> {
  const { params, ...rest } = deployment
  const document = { format: FORMAT, version: 1, ...rest, params: paramsDocument(params) }
  try {
    await writeFile(`${file}.new`, `${toJson(document)}\n`)
    await rename(`${file}.new`, file)
  } catch (error) {
    throw new DeploymentFileError(
      `Cannot write ${file}: ${reasonOf(error)}.`,
      'Choose another file with --out.',
    )
  }
}

/** Nothing when there is no such file. @throws {DeploymentFileError} naming the field. */
export async function readDeployment(file: string): Promise<Deployment | undefined> {
  if (!existsSync(file)) return undefined
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new DeploymentFileError(`Cannot read ${file}: ${reasonOf(error)}.`, 'Choose another file.')
  })
  const wrong = (field: string) =>
    new DeploymentFileError(
      `${file} is no report of a deployment: ${field} is not what it must be.`,
      'Choose another file.',
      { field },
    )
  const report = objectOf(jsonOf(text))
  if (report?.format !== FORMAT || report.version !== 1) throw wrong('format')
  const { chainId, genesisHash, complete } = report
  const deployer = addressOf(report.deployer)
  if (typeof chainId !== 'number' || !Number.isSafeInteger(chainId)) throw wrong('chainId')
  if (typeof genesisHash !== 'string' || !/^0x[0-9a-f]{64}$/.test(genesisHash)) throw wrong('genesisHash')
  if (deployer === undefined) throw wrong('deployer')
  if (typeof complete !== 'boolean') throw wrong('complete')
  const addresses = Object.entries(objectOf(report.addresses) ?? {})
  const at = Object.fromEntries(
    addresses.map(([name, value]) => {
      const found = addressOf(value)
      if (found === undefined) throw wrong(`addresses.${name.slice(0, 60)}`)
      return [name, found]
    }),
  )
  const { Controller } = at
  if (Controller === undefined) throw wrong('addresses.Controller')
  const params = parseParams(JSON.stringify(report.params ?? null))
  return { chainId, genesisHash, deployer, complete, params, addresses: { ...at, Controller } }
}

/** @throws {DeploymentFileError} when the deployment is that of another chain or account. */
export function assertBelongs(
  file: string,
  deployment: Pick<Deployment, 'chainId' | 'genesisHash' | 'deployer'>,
  here: { readonly client: ChainClient; readonly account: Address },
): void {
  const { client, account } = here
  const refuse = (message: string) => {
    throw new DeploymentFileError(message, 'Choose another file with --out, or the right chain and account.')
  }
  if (deployment.chainId !== client.chainId || deployment.genesisHash !== client.genesisHash) {
    refuse(`${file} is about another chain (id ${deployment.chainId}, block 0 ${deployment.genesisHash}).`)
  }
  if (!sameAddress(deployment.deployer, account)) {
    refuse(`${file} is about a deployment by ${deployment.deployer}, not by ${account}.`)
  }
}

function jsonOf(text: string): unknown {
  if (text.length > MAX_CHARACTERS) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
}

function addressOf(value: unknown): Address | undefined {
  return typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value) ? address(value) : undefined
}
