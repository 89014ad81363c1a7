/** @module From a list of accounts and an allocation to the tree and the report. */
import { type Allocation, checkAllocation } from './allocation.ts'
import { GenesisTree } from './genesis-tree.ts'
import { type ListPorts, readRecipients } from './recipients.ts'
import { type GenesisReport, makeReport } from './report.ts'

export type BuildPorts = ListPorts & {
  readonly maxRows?: number
  /** While the tree is computed: hashes done and in all. */
  onHashed?(done: number, total: number): void
}

export type BuiltGenesis = { readonly report: GenesisReport; readonly tree: GenesisTree }

/**
 * The whole genesis. Memory: about 100 bytes an account, whatever the length of the list's lines.
 *
 * @throws {GenesisCsvError | GenesisPlanError}
 */
export async function buildGenesis(
  list: AsyncIterable<Uint8Array>,
  allocation: Allocation,
  ports: BuildPorts,
): Promise<BuiltGenesis> {
  checkAllocation(allocation)
  const recipients = await readRecipients(
    list,
    {
      balanceThreshold: allocation.balanceThreshold,
      ...(ports.maxRows !== undefined && { maxRows: ports.maxRows }),
    },
    ports,
  )
  const tree = GenesisTree.fromSorted(recipients.leaves, ports.onHashed)
  return { tree, report: makeReport(allocation, recipients, tree.root) }
}
