/** @module The page of error codes, from the classes that throw them. */
import { sourceFiles } from '../source-files.ts'
import { type ErrorCode, readErrorCodes } from './error-codes.ts'
import { cell, table } from './markdown.ts'

const isThrownInUse = (path: string): boolean =>
  !/\.(test|suite|fixture)\.tsx?$|^packages\/testing\//.test(path)

const areaOf = (path: string): string => path.split('/').slice(0, 2).join('/')

/** Where the same code is thrown in several places of one area, the first place speaks for it. */
function section(area: string, codes: readonly ErrorCode[]): string {
  const rows = [...new Map(codes.toReversed().map((one) => [one.code, one])).values()]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, path, message, advice }) => [
      `[\`${code}\`](../../${path})`,
      cell(message),
      cell(advice) || '—',
    ])
  return `## ${area}\n\n${table(['Code', 'What it means', 'What to do'], rows)}\n`
}

export function errorsPage(): string {
  const codes = readErrorCodes([...sourceFiles('packages'), ...sourceFiles('apps')].filter(isThrownInUse))
  const areas = Map.groupBy(codes, ({ path }) => areaOf(path))
  return `# Error codes

Every error has a code that stays the same; wording may change, so compare codes. ‹names› stand for values. The link
leads to the class. Errors of another node (\`ORCHESTRATOR_…\`) are told apart by Livepeer's texts on the wire.

${[...areas].map(([area, list]) => section(area, list)).join('\n')}`
}
