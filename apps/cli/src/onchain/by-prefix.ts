/** @module Long ids by their first characters, as far as those name one thing only. */

import { NotFoundError, UsageError } from './problems.ts'
import { shownText } from './shown-text.ts'

/** Fewer are as easily a slip as an id. */
export const LEAST_PREFIX = 4
/** Shown for an id; more where that is not enough to tell it from the others. */
const SHOWN = 10
const LISTED = 10

export type Named = {
  readonly id: string
  /** For people, beside the id. */
  readonly title: string
}

/**
 * The one with this id, or the only one whose id begins so.
 *
 * @throws {NotFoundError} when there is none.
 * @throws {UsageError} that lists the candidates when there are several.
 */
export function byPrefix<T extends Named>(
  prefix: string,
  all: readonly T[],
  texts: { readonly what: string; readonly list: string },
): T {
  const found = all.filter(({ id }) => id.startsWith(prefix))
  const only = found.find(({ id }) => id === prefix) ?? (found.length === 1 ? found[0] : undefined)
  if (only) return only
  if (found.length === 0) {
    throw new NotFoundError(
      `There is no ${texts.what} ${prefix}.`,
      `${texts.list} shows those that there are.`,
    )
  }
  const shorts = shortIds(found.map(({ id }) => id))
  const lines = found.slice(0, LISTED).map(({ title }, k) => `${shorts[k]} (${shownText(title)})`)
  const more = found.length > LISTED ? ` and ${found.length - LISTED} more` : ''
  throw new UsageError(
    `${found.length} ${texts.what}s begin with ${prefix}: ${lines.join(', ')}${more}.`,
    'Give more of the id.',
    { candidates: found.map(({ id }) => id).join(' ') },
  )
}

/** The shortest beginnings, of at least `SHOWN` characters, that tell these ids apart. */
export function shortIds(ids: readonly string[]): readonly string[] {
  return ids.map((id) => {
    let length = SHOWN
    while (length < id.length && ids.some((other) => other !== id && other.startsWith(id.slice(0, length)))) {
      length++
    }
    return id.slice(0, length)
  })
}

/** Of an id alone; enough unless somebody looks for a collision. */
export function shortId(id: bigint | string): string {
  return String(id).slice(0, SHOWN)
}
