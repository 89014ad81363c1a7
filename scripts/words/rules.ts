/** @module What `check-words` looks for, as functions of a path and its text. */
import { posix } from 'node:path'

export type Finding = { readonly path: string; readonly line: number; readonly problem: string }

type Rule = {
  readonly pattern: RegExp
  readonly problem: string
  /** Paths where the word is right, with the reason. */
  readonly allowed: readonly (readonly [path: RegExp, reason: string])[]
}

const RULES: readonly Rule[] = [
  {
    pattern: /broadcasters?(?![a-z])/i,
    problem: 'say gateway (GLOSSARY.md)',
    allowed: [
      [/^GLOSSARY\.md$/, 'explains the word'],
      [/^packages\/protocol\/(proto|fixtures|src\/wire)\//, "Livepeer's messages"],
      [/^contracts\//, "Livepeer's ABI"],
    ],
  },
  {
    pattern: /transcoders?(?![a-z])/i,
    problem:
      'say orchestrator or worker (GLOSSARY.md); Transcoder is the codec engine of packages/media only',
    allowed: [
      [/^GLOSSARY\.md$/, 'explains the word'],
      [/^docs\/(decisions|plans|reference)\//, 'tell of the port, the wire, and codes as they are'],
      [/^docs\/protocol\/(reference\/|abi-differences\.md$)/, "Livepeer's ABI"],
      [/^scripts\/mutations\//, 'text of the contracts'],
      [/^packages\/protocol\/(proto|fixtures|src\/wire)\//, "Livepeer's messages and texts"],
      [/^(contracts|packages\/chain)\//, "Livepeer's ABI"],
      [/^packages\/media\//, 'the codec engine'],
      [/^apps\/cli\/src\/demo\/run\.ts$/, 'the argument of an event of the ABI'],
      [
        /^packages\/node\/src\/(orchestrator|worker|rpc|wiring)\//,
        'the codec engine; texts that other nodes compare',
      ],
    ],
  },
  { pattern: /\b(TODO|FIXME)\b/, problem: 'do it, or open an issue', allowed: [] },
  {
    pattern: /(?<![\w.:/-])\/(root|home|work|Users)\//,
    problem: 'a path of one machine',
    allowed: [],
  },
  {
    pattern: /https?:\/\/[\w.-]*(registry|npmjs|npmmirror|artifactory)\b/,
    problem: 'the registry is a setting of the machine, not of the project',
    allowed: [],
  },
]

/** The rules name what they forbid. */
const OWN_FILES = /^scripts\/words\//

const MEANINGLESS = /(^|\/)(utils?|helpers?|commons?|misc)(\/|\.[^/]+$)/i

export function forbiddenWords(path: string, text: string): readonly Finding[] {
  if (OWN_FILES.test(path)) return []
  const rules = RULES.filter(({ allowed }) => !allowed.some(([where]) => where.test(path)))
  return text.split('\n').flatMap((line, index) =>
    rules
      .filter(({ pattern }) => pattern.test(line))
      .map(({ pattern, problem }) => ({
        path,
        line: index + 1,
        problem: `"${pattern.exec(line)?.[0]}": ${problem}`,
      })),
  )
}

/** A file or folder is named for what is in it. */
export function meaninglessName(path: string): readonly Finding[] {
  return MEANINGLESS.test(path)
    ? [{ path, line: 1, problem: 'the name says nothing: name it for its main export' }]
    : []
}

/** Relative links that lead nowhere. `exists` is asked for paths from the root of the repository. */
export function brokenLinks(
  path: string,
  markdown: string,
  exists: (path: string) => boolean,
): readonly Finding[] {
  const text = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, ' '))
  const links = text.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)/gm)
  return [...links].flatMap((link) => {
    const target = (link[1] ?? link[2] ?? '').split('#')[0]!
    if (target === '' || /^[a-z][a-z0-9+.-]*:/i.test(target)) return []
    const resolved = posix.normalize(posix.join(posix.dirname(path), decodeURI(target)))
    if (!resolved.startsWith('..') && exists(resolved)) return []
    const line = text.slice(0, link.index).split('\n').length
    return [{ path, line, problem: `the link to ${target} leads nowhere` }]
  })
}
