/** @module What the comments of a declaration must say, and what is missing. */
import type { Declaration, Value } from './declarations.ts'

/** What a number counts. A number that has none of these words beside it could be anything. */
const UNITS =
  /\b(wei|rounds?|blocks?|seconds|millionths|billionths|bytes?|gas|index|number|ids?|position|version|smallest unit|ignored)\b|\b0 [=a-z]|10\^-27|2\^256/i

/** When an error occurs, and what to do then. */
const TWO_STATEMENTS = /[.:;]\s[^.]+\.$/s

type Tags = {
  readonly notice: string
  readonly inherits: boolean
  readonly params: ReadonlyMap<string, string>
  readonly returns: readonly string[]
}

/**
 * One line for each thing that is missing. What overrides another declaration may only point there (`@inheritdoc`);
 * everything else has a notice, and words for each parameter and each value it returns, with the unit of each number. The
 * notice of an error says when it occurs and, in a further sentence, what to do.
 */
export function missingWords(declaration: Declaration): readonly string[] {
  const { source, owner, name, kind } = declaration
  const full = kind === 'contract' || owner === '' ? name : `${owner}.${name}`
  return faultsOf(declaration).map((fault) => `${source}: ${kind} ${full}: ${fault}`)
}

function faultsOf({ kind, comment, overrides, parameters, returns }: Declaration): readonly string[] {
  const tags = tagsOf(comment)
  if (overrides && tags.inherits) return []
  if (tags.notice === '') return ['no @notice']
  if (kind === 'contract') return []
  const ofParameters = parameters
    .filter(({ name }) => name !== '')
    .flatMap((value) => faultOf(value, tags.params.get(value.name), `@param ${value.name}`))
  const ofReturns = returns.flatMap((value, place) =>
    faultOf(value, tags.returns[place], `@return ${value.name}`.trim()),
  )
  const ofAdvice = kind === 'error' && !TWO_STATEMENTS.test(tags.notice) ? ['does not say what to do'] : []
  return [...ofParameters, ...ofReturns, ...ofAdvice]
}

function faultOf({ type }: Value, words: string | undefined, tag: string): readonly string[] {
  if (words === undefined || words === '') return [`no ${tag}`]
  return /^u?int/.test(type) && !UNITS.test(words) ? [`${tag} has no unit`] : []
}

/** The title of a contract stands for its notice. */
function tagsOf(comment: string): Tags {
  const tags = comment
    .split(/(?:^|\s)@(?=[a-z])/)
    .slice(1)
    .map((part) => splitWord(part))
  const wordsOf = (wanted: string) => tags.filter(([tag]) => tag === wanted).map(([, words]) => words)
  return {
    notice: [...wordsOf('title'), ...wordsOf('notice')].join(' ').trim(),
    inherits: wordsOf('inheritdoc').length > 0,
    params: new Map(wordsOf('param').map(splitWord)),
    returns: wordsOf('return'),
  }
}

function splitWord(text: string): readonly [first: string, rest: string] {
  const [, first = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? []
  return [first, rest.trim()]
}
