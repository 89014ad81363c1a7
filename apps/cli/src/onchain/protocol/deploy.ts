/** @module `tessera protocol deploy`: all contracts, their parameters, and the hand-over. */
import { resolve } from 'node:path'
import type { ContractAddresses } from '@tessera/chain/addresses'
import { deployProtocol } from '@tessera/chain/deploy/deploy'
import type { ProtocolParams } from '@tessera/chain/deploy/params'
import { PARAM_SETS, paramsDocument, parseParams } from '@tessera/chain/deploy/params-file'
import type { Address } from '@tessera/protocol/address'
import { formatTable } from '../../table.ts'
import { formatEth } from '../amounts.ts'
import { checkedAddress } from '../checked-address.ts'
import type { Rehearsal } from '../deploy/conductor.ts'
import { type Deployment, readDeployment, writeDeployment } from '../deploy/deployment-file.ts'
import { DeploymentFileError } from '../deploy/problems.ts'
import { assertBelongs } from '../deploy/report-file.ts'
import { readText } from '../genesis/files.ts'
import { toJson } from '../json.ts'
import type { SendingOptions } from '../options.ts'
import type { Report } from '../report.ts'
import { type ChainSession, withChain } from '../session.ts'

export type ProtocolDeployOptions = SendingOptions & {
  readonly params: string
  readonly out: string
  readonly keepControl: boolean
}

export function protocolDeploy(options: ProtocolDeployOptions): Promise<void> {
  return withChain('protocol deploy', options, async (session) => {
    const params = await readParams(options.params)
    const account = (await session.signer()).address
    const begun = await beginning(session, params, { account, options })
    const wanted: ProtocolParams = options.keepControl ? { ...params, controllerOwner: 'deployer' } : params
    const { chainId, genesisHash } = session.client
    const deployment = (addresses: ContractAddresses, complete: boolean): Deployment => ({
      ...{ chainId, genesisHash, deployer: account, params, complete },
      addresses: { ...addresses },
    })
    const conductor = await session.conductor()
    const done = await conductor.conduct({
      work: (site) => deployProtocol(wanted, site, begun),
      warning: ({ steps, cost }) =>
        `${steps.length} transactions cost up to ${formatEth(cost)}. ${whoIsInCharge(wanted, account)}`,
      prepare: ({ outcome }) => writeDeployment(options.out, deployment(outcome, false)),
    })
    if (!session.isDryRun) await writeDeployment(options.out, deployment(done.outcome, true))
    return describe(done, params, { options, session, wanted })
  })
}

/** @throws {ParamsError | UsageError} */
async function readParams(set: string): Promise<ProtocolParams> {
  if (set === 'mainnet' || set === 'devnet') return PARAM_SETS[set]
  return parseParams(await readText(set))
}

/**
 * The Controller of a deployment that was begun before; nothing when its creation never reached the chain.
 *
 * @throws {DeploymentFileError} when the report is about something else.
 */
async function beginning(
  { client, tell }: ChainSession,
  params: ProtocolParams,
  { account, options }: { readonly account: Address; readonly options: ProtocolDeployOptions },
): Promise<Address | undefined> {
  const known = await readDeployment(options.out)
  if (known === undefined) return options.controller ? checkedAddress(options.controller) : undefined
  assertBelongs(options.out, known, { client, account })
  const [theirs, ours] = [known.params, params].map((one) => toJson(paramsDocument(one)))
  if (theirs !== ours) {
    throw new DeploymentFileError(
      `${options.out} is about a deployment with other parameters.`,
      'Give the same ones to go on with it, or begin another one with another --out.',
    )
  }
  const { Controller } = known.addresses
  if (!(await client.hasCode(Controller))) return undefined
  tell(`Going on with the Controller ${Controller} of ${options.out}`)
  return Controller
}

function whoIsInCharge({ controllerOwner }: ProtocolParams, account: Address): string {
  return controllerOwner === 'governor'
    ? `At the end ${account} is in charge of nothing but the Governor, where changes are staged.`
    : `${account} stays in charge of all contracts.`
}

function describe(
  { outcome, steps, gas, cost }: Rehearsal<ContractAddresses>,
  params: ProtocolParams,
  at: {
    readonly options: ProtocolDeployOptions
    readonly session: ChainSession
    readonly wanted: ProtocolParams
  },
): Report {
  const { options, session, wanted } = at
  const { Controller, ...others } = outcome
  const rows: readonly (readonly string[])[] = [
    ['Controller', Controller],
    ...Object.entries(others).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]
  const report = resolve(options.out)
  const keeps = wanted.controllerOwner === 'deployer'
  const estimate = `${steps.length} transactions, gas ${gas}, at most ${formatEth(cost)}`
  return {
    result: {
      controller: Controller,
      addresses: { ...outcome },
      params: paramsDocument(params),
      transactionCount: steps.length,
      gasEstimate: gas,
      costAtMost: cost,
      inCharge: keeps ? 'deployer' : 'governor',
      ...(!session.isDryRun && { report }),
    },
    lines: [
      ...(session.isDryRun ? [`In all ${estimate}. The contracts would be at`] : []),
      ...(!session.isDryRun && steps.length === 0 ? ['There was nothing left to do.'] : []),
      formatTable([], rows),
      ...(session.isDryRun ? [] : [`The report is ${report}.`]),
    ],
    next: session.isDryRun
      ? []
      : [
          `tessera round init --controller ${Controller}`,
          ...(options.keepControl ? [`tessera genesis deploy --deployment ${options.out}`] : []),
        ],
  }
}
