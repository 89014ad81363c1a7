/** @module `tessera genesis build`: from a list of accounts and a plan to the report and every proof. */
import { parseAllocation } from '@tessera/chain/genesis/allocation'
import { type BuildPorts, type BuiltGenesis, buildGenesis } from '@tessera/chain/genesis/build'
import { readReportJson } from '@tessera/chain/genesis/parse-report'
import { compareReports, type GenesisReport } from '@tessera/chain/genesis/report'
import { systemClock } from '@tessera/runtime/clock'
import { BaseError } from '@tessera/runtime/errors'
import { formatTable } from '../../table.ts'
import { formatLpt } from '../amounts.ts'
import { UsageError } from '../problems.ts'
import type { Report } from '../report.ts'
import { GenesisFolder, readList, readText } from './files.ts'
import { type OfflineOptions, withoutChain } from './offline.ts'
import { Progress } from './progress.ts'

export type BuildOptions = OfflineOptions & {
  readonly plan: string
  readonly out?: string
  readonly check?: string
  readonly force: boolean
  readonly maxRows: number
}

/** `GENESIS_DIFFERS`: the report that was to be checked is not what list and plan give. */
class GenesisDiffersError extends BaseError {
  constructor(file: string, fields: readonly string[]) {
    super({
      code: 'GENESIS_DIFFERS',
      message: `${file} is not the report of this list and plan.`,
      advice: 'Both must be byte for byte those of the report: compare input.sha256 first.',
      facts: { differences: fields.length, fields: fields.slice(0, 20).join(' ') },
    })
  }
}

export function genesisBuild(list: string, options: BuildOptions): Promise<void> {
  return withoutChain('genesis build', options, async () => {
    if (options.out === undefined && options.check === undefined) {
      throw new UsageError(
        'It is not said what for.',
        'Give --out DIR to write the genesis, or --check REPORT to compare.',
      )
    }
    const { report } = await buildAndWrite(list, options)
    return describe(report, options)
  })
}

/** Writes nothing unless all is well, the comparison included. */
async function buildAndWrite(list: string, options: BuildOptions): Promise<BuiltGenesis> {
  const allocation = parseAllocation(await readText(options.plan))
  const check = async (built: BuiltGenesis): Promise<BuiltGenesis> => {
    if (options.check !== undefined) await compare(built.report, options.check)
    return built
  }
  const progress = new Progress(systemClock, (line) => void process.stderr.write(`${line}\n`))
  const ports = {
    maxRows: options.maxRows,
    onRead: ({ rows }) => progress.report(() => `read ${rows.toLocaleString('en')} accounts`),
    onHashed: (done, total) => progress.report(() => `tree: ${Math.floor((100 * done) / total)} %`),
  } satisfies Partial<BuildPorts>
  if (options.out === undefined) {
    const nowhere = { ...ports, writeExcluded: async () => undefined }
    return check(await buildGenesis(readList(list), allocation, nowhere))
  }
  await using folder = await GenesisFolder.create(options.out, options.force)
  const writeExcluded = (text: Uint8Array) => folder.writeExcluded(text)
  const built = await check(await buildGenesis(readList(list), allocation, { ...ports, writeExcluded }))
  await folder.complete(built.tree, built.report)
  return built
}

/** @throws {GenesisDiffersError} naming the fields. */
async function compare(report: GenesisReport, file: string): Promise<void> {
  const differences = compareReports(report, readReportJson(await readText(file)))
  if (differences.length === 0) return
  throw new GenesisDiffersError(
    file,
    differences.map(({ field }) => field),
  )
}

function describe(report: GenesisReport, { out, check }: BuildOptions): Report {
  const { tree, mine, supply, excluded } = report
  const lpt = (text: string) => formatLpt(BigInt(text))
  return {
    result: {
      ...report,
      ...(out !== undefined && { folder: out }),
      ...(check !== undefined && { matches: check }),
    },
    lines: [
      formatTable(
        [],
        [
          ['Root', tree.root],
          [
            'Recipients',
            `${tree.recipients.toLocaleString('en')} of ${report.input.rows.toLocaleString('en')}`,
          ],
          [
            'Left out',
            `${excluded.belowThreshold} below the threshold, ${excluded.zeroAddress} zero address`,
          ],
          ['Each gets', `${lpt(mine.tokensPerAllocation)}; ${mine.remainder} wei remain in the mine`],
          ['Supply', lpt(supply.total)],
          ['  community', lpt(supply.community)],
          ['  team', lpt(supply.team)],
          ['  early developers', lpt(supply.earlyDevelopers)],
          [
            'Others may claim',
            `from block ${mine.callerStartBlock}, all of a share from block ${mine.callerEndBlock}`,
          ],
        ],
      ),
      ...(check === undefined ? [] : [`${check} says exactly this.`]),
    ],
    ...(out !== undefined && { next: [`tessera genesis prove ADDRESS --from ${out}`] }),
  }
}
