/** @module Where the contracts of a genesis are. Written before the first transaction, so that it can go on. */
import type { GenesisContracts } from '@tessera/chain/genesis/deploy-genesis'
import type { Payout, PayoutGrant } from '@tessera/chain/genesis/parse-payout'
import type { Address } from '@tessera/protocol/address'
import { type Origin, objectOf, ReportFields, writeReportFile } from '../deploy/report-file.ts'

const FORMAT = 'tessera-genesis-deployment'

export type GenesisDeployment = Origin & {
  readonly controller: Address
  readonly token: Address
  /** Of the tree. */
  readonly root: string
  /** While it is not complete, those that it will have. */
  readonly contracts: GenesisContracts
  readonly complete: boolean
}

/** With what each grant is, for readers. @throws {DeploymentFileError} when it cannot be written. */
export function writeGenesisDeployment(
  file: string,
  deployment: GenesisDeployment,
  payout: Payout,
): Promise<void> {
  const { contracts, ...rest } = deployment
  const { mine, multiMine } = contracts
  return writeReportFile(file, FORMAT, { ...rest, mine, multiMine, grants: grantRows(contracts, payout) })
}

export type GrantRow = Pick<PayoutGrant, 'group' | 'beneficiary' | 'amount'> & { readonly address: Address }

/** Of each grant its address and what it is. */
export function grantRows({ grants }: GenesisContracts, payout: Payout): readonly GrantRow[] {
  return payout.grants.map(({ group, beneficiary, amount }, i) => ({
    address: grants[i]!,
    group,
    beneficiary,
    amount,
  }))
}

/** Nothing when there is no such file. @throws {DeploymentFileError} naming the field. */
export async function readGenesisDeployment(file: string): Promise<GenesisDeployment | undefined> {
  const fields = await ReportFields.read(file, FORMAT)
  if (fields === undefined) return undefined
  const [root, grants] = [fields.value('root'), fields.value('grants')]
  if (typeof root !== 'string') throw fields.wrong('root')
  if (!Array.isArray(grants)) throw fields.wrong('grants')
  const contracts = {
    mine: fields.address('mine'),
    multiMine: fields.address('multiMine'),
    grants: grants.map((grant: unknown, i) =>
      fields.asAddress(objectOf(grant)?.address, `grants[${i}].address`),
    ),
  }
  return {
    ...fields.origin(),
    controller: fields.address('controller'),
    token: fields.address('token'),
    root,
    contracts,
    complete: fields.flag('complete'),
  }
}
