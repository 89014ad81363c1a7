/** @module The report of a deployment: what is where. Written before the first transaction, so that it can go on. */
import type { ProtocolParams } from '@tessera/chain/deploy/params'
import { paramsDocument, parseParams } from '@tessera/chain/deploy/params-file'
import type { Address } from '@tessera/protocol/address'
import { type Origin, ReportFields, writeReportFile } from './report-file.ts'

const FORMAT = 'tessera-deployment'

export type Deployment = Origin & {
  readonly params: ProtocolParams
  /** While it is not complete, those that it will have. */
  readonly addresses: Readonly<Record<string, Address>> & { readonly Controller: Address }
  readonly complete: boolean
}

/** @throws {DeploymentFileError} when it cannot be written. */
export function writeDeployment(file: string, { params, ...rest }: Deployment): Promise<void> {
  return writeReportFile(file, FORMAT, { ...rest, params: paramsDocument(params) })
}

/** Nothing when there is no such file. @throws {DeploymentFileError | ParamsError} naming the field. */
export async function readDeployment(file: string): Promise<Deployment | undefined> {
  const fields = await ReportFields.read(file, FORMAT)
  if (fields === undefined) return undefined
  const addresses = fields.addresses('addresses')
  const { Controller } = addresses
  if (Controller === undefined) throw fields.wrong('addresses.Controller')
  return {
    ...fields.origin(),
    params: parseParams(JSON.stringify(fields.value('params') ?? null)),
    addresses: { ...addresses, Controller },
    complete: fields.flag('complete'),
  }
}
