/** @module Reads what forge says about coverage, in the lcov format (geninfo(1)). */

export type Covered = { readonly hit: number; readonly found: number }

type CoveredFile = {
  readonly path: string
  readonly lines: Covered
  readonly branches: Covered
  /** numbers of lines that no test reached, or of which a test took one way only */
  readonly missing: readonly number[]
}

/** Per cent of what was found that was hit; all of nothing is 100. */
export function share({ hit, found }: Covered): number {
  return found === 0 ? 100 : (100 * hit) / found
}

export function total(parts: readonly Covered[]): Covered {
  return {
    hit: parts.reduce((sum, part) => sum + part.hit, 0),
    found: parts.reduce((sum, part) => sum + part.found, 0),
  }
}

/** Records `SF:path`, `DA:line,hits`, `BRDA:line,block,branch,hits or -`, `end_of_record`; others are passed over. */
export function parseLcov(text: string): readonly CoveredFile[] {
  return text
    .split('end_of_record')
    .map((record) => record.trim())
    .filter((record) => record !== '')
    .map((record) => {
      const entries = (kind: string): readonly string[][] =>
        record
          .split('\n')
          .filter((line) => line.startsWith(`${kind}:`))
          .map((line) => line.slice(kind.length + 1).split(','))
      const lines = entries('DA').map(([line, hits]) => ({ line: Number(line), hit: Number(hits) > 0 }))
      const branches = entries('BRDA').map(([line, , , hits]) => ({
        line: Number(line),
        hit: hits !== '-' && Number(hits) > 0,
      }))
      const covered = (items: readonly { readonly hit: boolean }[]): Covered => ({
        hit: items.filter(({ hit }) => hit).length,
        found: items.length,
      })
      const missing = [...lines, ...branches].filter(({ hit }) => !hit).map(({ line }) => line)
      return {
        path: entries('SF')[0]?.join(',') ?? '',
        lines: covered(lines),
        branches: covered(branches),
        missing: [...new Set(missing)].sort((a, b) => a - b),
      }
    })
}
