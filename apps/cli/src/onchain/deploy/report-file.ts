/** @module JSON files in which deployments report, and from which they go on. */
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import type { ChainClient } from '@tessera/chain/client'
import { type Address, address, sameAddress } from '@tessera/protocol/address'
import { toJson } from '../json.ts'
import { reasonOf } from '../reason-of.ts'
import { DeploymentFileError } from './problems.ts'

const MAX_CHARACTERS = 8_000_000

/** On which chain, and by whom. Development chains share ids, so the hash of block 0 tells them apart. */
export type Origin = { readonly chainId: number; readonly genesisHash: string; readonly deployer: Address }

/** Replaces the file in one go. @throws {DeploymentFileError} when it cannot be written. */
export async function writeReportFile(file: string, format: string, fields: object): Promise<void> {
  try {
    await writeFile(`${file}.new`, `${toJson({ format, version: 1, ...fields })}\n`)
    await rename(`${file}.new`, file)
  } catch (error) {
    throw new DeploymentFileError(
      `Cannot write ${file}: ${reasonOf(error)}.`,
      'Choose another file with --out.',
    )
  }
}

/** Fields of a file, each read as what it must be. */
export class ReportFields {
  readonly #file: string
  readonly #fields: Readonly<Record<string, unknown>>

  private constructor(file: string, fields: Readonly<Record<string, unknown>>) {
    this.#file = file
    this.#fields = fields
  }

  /** Nothing when there is no such file. @throws {DeploymentFileError} when it is none of this format. */
  static async read(file: string, format: string): Promise<ReportFields | undefined> {
    if (!existsSync(file)) return undefined
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      throw new DeploymentFileError(`Cannot read ${file}: ${reasonOf(error)}.`, 'Choose another file.')
    })
    const fields = new ReportFields(file, objectOf(jsonOf(text)) ?? {})
    if (fields.value('format') !== format || fields.value('version') !== 1) throw fields.wrong('format')
    return fields
  }

  value(name: string): unknown {
    return this.#fields[name]
  }

  address(name: string): Address {
    return this.asAddress(this.#fields[name], name)
  }

  flag(name: string): boolean {
    const value = this.#fields[name]
    if (typeof value !== 'boolean') throw this.wrong(name)
    return value
  }

  origin(): Origin {
    const { chainId, genesisHash } = this.#fields
    if (typeof chainId !== 'number' || !Number.isSafeInteger(chainId)) throw this.wrong('chainId')
    if (typeof genesisHash !== 'string' || !/^0x[0-9a-f]{64}$/.test(genesisHash))
      throw this.wrong('genesisHash')
    return { chainId, genesisHash, deployer: this.address('deployer') }
  }

  /** Values of an object, each an address. */
  addresses(name: string): Readonly<Record<string, Address>> {
    const found = objectOf(this.#fields[name])
    if (found === undefined) throw this.wrong(name)
    return Object.fromEntries(
      Object.entries(found).map(([key, value]) => [
        key,
        this.asAddress(value, `${name}.${key.slice(0, 60)}`),
      ]),
    )
  }

  asAddress(value: unknown, field: string): Address {
    if (typeof value !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(value)) throw this.wrong(field)
    return address(value)
  }

  wrong(field: string): DeploymentFileError {
    return new DeploymentFileError(
      `${this.#file} is no report of such a deployment: ${field} is not what it must be.`,
      'Choose another file.',
      { field },
    )
  }
}

/** @throws {DeploymentFileError} when the deployment is that of another chain or account. */
export function assertBelongs(
  file: string,
  origin: Origin,
  here: { readonly client: ChainClient; readonly account: Address },
): void {
  const { client, account } = here
  const refuse = (message: string): never => {
    throw new DeploymentFileError(message, 'Choose another file, or the right chain and account.')
  }
  if (origin.chainId !== client.chainId || origin.genesisHash !== client.genesisHash) {
    refuse(`${file} is about another chain (id ${origin.chainId}, block 0 ${origin.genesisHash}).`)
  }
  if (!sameAddress(origin.deployer, account)) {
    refuse(`${file} is about a deployment by ${origin.deployer}, not by ${account}.`)
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

export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
}
