/** @module `tessera genesis deploy`: the mine, the grants and all LPT of a report, and the hand-over. */
import { join, resolve } from 'node:path'
import { discoverAddresses } from '@tessera/chain/addresses'
import { handOver } from '@tessera/chain/deploy/deploy'
import { deployGenesis, type GenesisContracts } from '@tessera/chain/genesis/deploy-genesis'
import { type Payout, parsePayout } from '@tessera/chain/genesis/parse-payout'
import { type Address, sameAddress } from '@tessera/protocol/address'
import { formatTable } from '../../table.ts'
import { formatEth, formatLpt } from '../amounts.ts'
import type { Rehearsal } from '../deploy/conductor.ts'
import { type Deployment, readDeployment } from '../deploy/deployment-file.ts'
import { DeploymentFileError } from '../deploy/problems.ts'
import { assertBelongs } from '../deploy/report-file.ts'
import type { SendingOptions } from '../options.ts'
import { UsageError } from '../problems.ts'
import type { Report } from '../report.ts'
import { type ChainSession, withChain } from '../session.ts'
import { readText } from './files.ts'
import {
  type GenesisDeployment,
  grantRows,
  readGenesisDeployment,
  writeGenesisDeployment,
} from './genesis-deployment-file.ts'

export type GenesisDeployOptions = SendingOptions & {
  readonly from: string
  readonly deployment: string
  /** Default: deployment.json in the folder of the genesis. */
  readonly out?: string
}

export function genesisDeploy(options: GenesisDeployOptions): Promise<void> {
  return withChain('genesis deploy', options, async (session) => {
    const account = (await session.signer()).address
    const payout = parsePayout(await readText(join(options.from, 'report.json')))
    const protocol = await deployedProtocol(session, options.deployment, account)
    const token = protocol.addresses.LivepeerToken
    if (token === undefined) throw new UsageError(`${options.deployment} names no LivepeerToken.`)
    const out = options.out ?? join(options.from, 'deployment.json')
    const { Controller: controller } = protocol.addresses
    const { chainId, genesisHash } = session.client
    const deployment = (contracts: GenesisContracts, complete: boolean): GenesisDeployment => ({
      ...{ chainId, genesisHash, deployer: account, controller, token },
      ...{ root: payout.tree.root, contracts, complete },
    })
    const known = await begun(session, out, { payout, controller, account })
    const conductor = await session.conductor()
    const done = await conductor.conduct({
      work: async (site) => {
        const contracts = await deployGenesis(payout, { ...site, token }, known)
        if (protocol.params.controllerOwner === 'governor') {
          await handOver(site, await discoverAddresses(site.client, controller))
        }
        return contracts
      },
      warning: ({ steps, cost }) =>
        `${steps.length} transactions cost up to ${formatEth(cost)} and mint ${formatLpt(payout.supply)}. Nobody can take it back.`,
      prepare: ({ outcome }) => writeGenesisDeployment(out, deployment(outcome, false), payout),
    })
    if (!session.isDryRun) await writeGenesisDeployment(out, deployment(done.outcome, true), payout)
    return describe(done, payout, { options, session, out })
  })
}

/** @throws {UsageError | DeploymentFileError} unless the protocol is there, by this account. */
async function deployedProtocol(session: ChainSession, file: string, account: Address): Promise<Deployment> {
  const protocol = await readDeployment(file)
  if (protocol === undefined) {
    throw new UsageError(
      `There is no report of a deployment at ${file}.`,
      'Deploy the protocol first: tessera protocol deploy --keep-control.',
    )
  }
  assertBelongs(file, protocol, { client: session.client, account })
  if (protocol.complete) return protocol
  throw new UsageError(
    `The deployment of ${file} is not complete.`,
    'Go on with it: tessera protocol deploy.',
  )
}

/** What an earlier run created or meant to. @throws {DeploymentFileError} when the file is about another genesis. */
async function begun(
  { client, tell }: ChainSession,
  file: string,
  at: { readonly payout: Payout; readonly controller: Address; readonly account: Address },
): Promise<GenesisContracts | undefined> {
  const known = await readGenesisDeployment(file)
  if (known === undefined) return undefined
  assertBelongs(file, known, { client, account: at.account })
  if (known.root !== at.payout.tree.root || !sameAddress(known.controller, at.controller)) {
    throw new DeploymentFileError(
      `${file} is about a genesis with another tree or Controller.`,
      'Choose another file with --out, or the genesis of the file.',
    )
  }
  tell(`Going on with the genesis of ${file}`)
  return known.contracts
}

function describe(
  { outcome, steps, gas, cost }: Rehearsal<GenesisContracts>,
  payout: Payout,
  at: { readonly options: GenesisDeployOptions; readonly session: ChainSession; readonly out: string },
): Report {
  const { options, session, out } = at
  const grants = grantRows(outcome, payout)
  const report = resolve(out)
  return {
    result: {
      mine: outcome.mine,
      multiMine: outcome.multiMine,
      grants,
      supply: payout.supply,
      root: payout.tree.root,
      transactionCount: steps.length,
      gasEstimate: gas,
      costAtMost: cost,
      ...(!session.isDryRun && { report }),
    },
    lines: [
      ...(session.isDryRun
        ? [`In all ${steps.length} transactions, gas ${gas}, at most ${formatEth(cost)}. It would be`]
        : []),
      ...(!session.isDryRun && steps.length === 0 ? ['There was nothing left to do.'] : []),
      formatTable(
        [],
        [
          ['MerkleMine', outcome.mine, formatLpt(BigInt(payout.mine.totalTokens))],
          ['MultiMerkleMine', outcome.multiMine, ''],
          ...grants.map(({ address, beneficiary, amount }) => [
            `Grant of ${beneficiary}`,
            address,
            formatLpt(amount),
          ]),
        ],
      ),
      ...(session.isDryRun ? [] : [`The report is ${report}.`]),
    ],
    next: session.isDryRun ? [] : [`tessera genesis claim --mine ${outcome.mine} --from ${options.from}`],
  }
}
