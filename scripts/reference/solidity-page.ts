/** @module The page of one contract, from the natspec that the compiler kept beside its ABI. */
import { keccak256 } from '../../packages/protocol/src/keccak.ts'
import { cell, table } from './markdown.ts'

type Parameter = {
  readonly name: string
  readonly type: string
  readonly indexed?: boolean
  readonly components?: readonly Parameter[]
}

type Entry = {
  readonly type: string
  readonly name: string
  readonly inputs: readonly Parameter[]
  readonly outputs?: readonly Parameter[]
  readonly stateMutability?: string
}

type Words = {
  readonly notice?: string
  readonly details?: string
  readonly params?: Readonly<Record<string, string>>
  readonly returns?: Readonly<Record<string, string>>
}

type Docs = {
  readonly title?: string
  readonly notice?: string
  readonly details?: string
  readonly methods?: Readonly<Record<string, Words>>
  readonly events?: Readonly<Record<string, Words>>
  /** A signature may stand for several errors, hence the list. */
  readonly errors?: Readonly<Record<string, readonly Words[]>>
}

export type SolidityArtifact = {
  readonly abi: readonly (Entry & { readonly name?: string })[]
  readonly deployedBytecode: { readonly object: string }
  /** The compiler's own JSON; forge's `metadata` leaves out titles, events and errors. */
  readonly rawMetadata?: string
}

/**
 * @param source path of the contract from the root of the repository
 * @param face the interface that speaks for the contract, where there is one
 */
export function solidityPage(
  name: string,
  source: string,
  artifact: SolidityArtifact,
  face: SolidityArtifact = artifact,
): string {
  const { userdoc, devdoc } = docsOf(artifact)
  const seen = docsOf(face)
  const about = [seen.devdoc.title, seen.userdoc.notice, devdoc.details]
    .filter((text) => text !== undefined)
    .map(prose)
  const entries = (wanted: (entry: Entry) => boolean) =>
    artifact.abi.filter(wanted).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const isFunction = (entry: Entry) => entry.type === 'function'
  const isView = ({ stateMutability }: Entry) => stateMutability === 'view' || stateMutability === 'pure'
  const methodWords = (entry: Entry): Words => {
    const signature = signatureOf(entry)
    return { ...devdoc.methods?.[signature], ...userdoc.methods?.[signature] }
  }
  return [
    `# ${name}`,
    ...about,
    `Source: [\`${source}\`](../../../${source})`,
    section(
      'Calls',
      entries((entry) => isFunction(entry) && !isView(entry)),
      methodWords,
    ),
    section(
      'Views',
      entries((entry) => isFunction(entry) && isView(entry)),
      methodWords,
    ),
    section(
      'Events',
      entries(({ type }) => type === 'event'),
      (entry) => ({
        ...devdoc.events?.[signatureOf(entry)],
        ...userdoc.events?.[signatureOf(entry)],
      }),
    ),
    section(
      'Errors',
      entries(({ type }) => type === 'error'),
      (entry) => ({
        ...devdoc.errors?.[signatureOf(entry)]?.[0],
        ...userdoc.errors?.[signatureOf(entry)]?.[0],
      }),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

function docsOf({ rawMetadata }: SolidityArtifact): { readonly userdoc: Docs; readonly devdoc: Docs } {
  if (!rawMetadata) return { userdoc: {}, devdoc: {} }
  const { output } = JSON.parse(rawMetadata) as { output: { userdoc: Docs; devdoc: Docs } }
  return output
}

function section(title: string, entries: readonly Entry[], wordsOf: (entry: Entry) => Words): string {
  if (entries.length === 0) return ''
  const parts = entries.map((entry) => entryText(entry, wordsOf(entry)))
  return [`## ${title}`, ...parts].join('\n\n')
}

function entryText(entry: Entry, words: Words): string {
  const inputs = entry.inputs.map((input) => `${shown(input)}`.trim()).join(', ')
  const outputs = (entry.outputs ?? []).map(shown).join(', ')
  const payable = entry.stateMutability === 'payable' ? ' payable' : ''
  const head = `### ${entry.name}\n\n\`${entry.name}(${inputs})${payable}${outputs && ` → (${outputs})`}\` · \`${identifier(entry)}\``
  const rows = [
    ...Object.entries(words.params ?? {}).map(([name, text]) => [`\`${name}\``, cell(prose(text))]),
    ...Object.entries(words.returns ?? {}).map(([name, text]) => [
      /^_\d+$/.test(name) ? 'returns' : `returns \`${name}\``,
      cell(prose(text)),
    ]),
  ]
  return [
    head,
    words.notice ? prose(words.notice) : '',
    words.details ? prose(words.details) : '',
    rows.length > 0 ? table(['Value', 'Meaning'], rows) : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const shown = ({ type, name, indexed }: Parameter): string =>
  `${type}${indexed ? ' indexed' : ''}${name ? ` ${name}` : ''}`

/** Four bytes of a function or error, the whole topic of an event. */
function identifier(entry: Entry): string {
  const hash = keccak256(new TextEncoder().encode(signatureOf(entry)))
  const hex = Buffer.from(hash).toString('hex')
  return `0x${entry.type === 'event' ? hex : hex.slice(0, 8)}`
}

const signatureOf = (entry: Entry): string => `${entry.name}(${entry.inputs.map(canonical).join(',')})`

function canonical({ type, components }: Parameter): string {
  if (!type.startsWith('tuple')) return type
  return `(${(components ?? []).map(canonical).join(',')})${type.slice('tuple'.length)}`
}

/** Natspec keeps the line breaks and indents of the source. */
const prose = (text: string): string => text.replace(/\s+/g, ' ').trim()
