/** @module What Solidity sources declare for the world outside, with the comments as they stand there. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export type Value = {
  /** Empty where the source gives none. */
  readonly name: string
  /** As written: `uint256`, `IController`, `bytes32[]`. */
  readonly type: string
}

export type Declaration = {
  /** From the root of the repository. */
  readonly source: string
  readonly owner: string
  readonly kind: 'contract' | 'function' | 'event' | 'error'
  readonly name: string
  /** What stands in the comment, without its slashes and stars; empty without one. */
  readonly comment: string
  /** Whether it takes the place of a declaration of an interface. */
  readonly overrides: boolean
  readonly parameters: readonly Value[]
  readonly returns: readonly Value[]
}

type Node = {
  readonly nodeType: string
  /** Offset in bytes, length, number of the source. */
  readonly src: string
  readonly name?: string
  readonly kind?: string
  readonly contractKind?: string
  readonly visibility?: string
  readonly documentation?: { readonly text: string } | string
  readonly overrides?: unknown
  readonly parameters?: { readonly parameters: readonly Node[] }
  readonly returnParameters?: { readonly parameters: readonly Node[] }
  readonly typeName?: Node
  readonly baseType?: Node
  readonly valueType?: Node
  readonly pathNode?: Node
  readonly nodes?: readonly Node[]
}

type File = { readonly source: string; readonly bytes: Buffer }

type Output = {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[]
  readonly sources?: Readonly<Record<string, { readonly ast: Node }>>
}

/** Declarations of all sources below `folder`, in the order of their paths and lines. */
export function declarationsUnder(folder: string): readonly Declaration[] {
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sol'))
    .map((file) => join(folder, file))
    .toSorted()
  return declarationsOf(
    Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')])),
  )
}

/** Parses only, so imports need not be there and nothing is compiled. */
export function declarationsOf(sources: Readonly<Record<string, string>>): readonly Declaration[] {
  const request = {
    language: 'Solidity',
    sources: Object.fromEntries(Object.entries(sources).map(([path, content]) => [path, { content }])),
    settings: { stopAfter: 'parsing', outputSelection: { '*': { '': ['ast'] } } },
  }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'contracts/tools/solc-js.mjs'), '--standard-json'],
    { input: JSON.stringify(request), encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  if (status !== 0) throw new Error(`the compiler failed: ${stderr}`)
  const output = JSON.parse(stdout) as Output
  const faults = (output.errors ?? []).filter(({ severity }) => severity === 'error')
  if (!output.sources || faults.length > 0) {
    throw new Error(`the compiler refuses: ${faults.map((one) => one.formattedMessage).join('\n')}`)
  }
  return Object.entries(output.sources).flatMap(([source, { ast }]) => {
    const file: File = { source, bytes: Buffer.from(sources[source] ?? '') }
    return (ast.nodes ?? []).flatMap((node) => declarationsIn(node, file))
  })
}

function declarationsIn(node: Node, file: File): readonly Declaration[] {
  if (node.nodeType !== 'ContractDefinition') return seenFromOutside(node, file, '', 'file')
  const owner = node.name ?? ''
  const itself: Declaration = { ...common(node, file, owner), kind: 'contract' }
  const inside = (node.nodes ?? []).flatMap((part) =>
    seenFromOutside(part, file, owner, node.contractKind ?? ''),
  )
  return [itself, ...inside]
}

/** Calls of a linked library come from its own contract only, so they are not seen. */
function seenFromOutside(node: Node, file: File, owner: string, place: string): readonly Declaration[] {
  const shared = common(node, file, owner)
  if (node.nodeType === 'EventDefinition') return [{ ...shared, kind: 'event' }]
  if (node.nodeType === 'ErrorDefinition') return [{ ...shared, kind: 'error' }]
  const isPublic = node.visibility === 'external' || node.visibility === 'public'
  if (!isPublic || place === 'library' || place === 'file') return []
  if (node.nodeType === 'FunctionDefinition' && node.kind === 'function')
    return [{ ...shared, kind: 'function' }]
  if (node.nodeType === 'VariableDeclaration' && node.typeName)
    return [
      {
        ...shared,
        kind: 'function',
        comment: commentBefore(node, file),
        returns: [returnedBy(node.typeName)],
      },
    ]
  return []
}

function common(node: Node, { source }: File, owner: string): Omit<Declaration, 'kind'> {
  const { documentation } = node
  return {
    source,
    owner,
    name: node.name ?? '',
    comment: typeof documentation === 'string' ? documentation : (documentation?.text ?? ''),
    overrides: node.overrides !== undefined && node.overrides !== null,
    parameters: valuesOf(node.parameters?.parameters),
    returns: valuesOf(node.returnParameters?.parameters),
  }
}

/** The parser keeps no comments of variables: these are the lines that stand right before one. */
function commentBefore({ src }: Node, { bytes }: File): string {
  const lines = bytes.subarray(0, Number.parseInt(src, 10)).toString().split('\n').slice(0, -1)
  const start = lines.findLastIndex((line) => !/^\s*\/\/\//.test(line)) + 1
  return lines
    .slice(start)
    .map((line) => line.replace(/^\s*\/\/\/ ?/, ''))
    .join('\n')
}

/** What a public variable returns. The compiler takes no words for the keys of a mapping. */
function returnedBy(type: Node): Value {
  let inner: Node | undefined = type
  while (inner?.nodeType === 'Mapping') inner = inner.valueType
  return { name: '', type: typeOf(inner) }
}

const valuesOf = (nodes: readonly Node[] | undefined): readonly Value[] =>
  (nodes ?? []).map(({ name, typeName }) => ({ name: name ?? '', type: typeOf(typeName) }))

function typeOf(node: Node | undefined): string {
  if (node?.nodeType === 'ArrayTypeName') return `${typeOf(node.baseType)}[]`
  return node?.name ?? node?.pathNode?.name ?? ''
}
