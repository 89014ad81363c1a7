/**
 * @module Writes `packages/chain/src/abis`: the ABI of each contract as a typed constant and, apart from it, the bytecode
 * to deploy, so that neither a client nor a devnet compiles Solidity. `--check` writes nothing and fails when a file is
 * stale.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { keccak256, toHex } from 'viem'
import { forge } from './forge.ts'

/** Contracts with bytecode are deployed; the ABI of an interface is enough for the rest. */
const contracts = [
  'BondingManager',
  'BondingVotes',
  'BridgeMinter',
  'Controller',
  'CreateAndCall',
  'DevAlias',
  'DevArbSys',
  'DevBridge',
  'DevInbox',
  'DevOutbox',
  'DevRetryables',
  'Governor',
  'L1Escrow',
  'L1LPTDataCache',
  'L1LPTGateway',
  'L2LPTDataCache',
  'L2LPTGateway',
  'LivepeerGovernor',
  'LivepeerToken',
  'ManagerProxy',
  'MerkleMine',
  'MerkleSnapshot',
  'Minter',
  'MultiMerkleMine',
  'Poll',
  'PollCreator',
  'PoolLens',
  'RoundsManager',
  'ServiceRegistry',
  'Slashing',
  'StablecoinTicketBroker',
  'Terms',
  'TestStablecoin',
  'TicketBroker',
  'Treasury',
  'UnbondingLocks',
  'Verifier',
  'VestingGrant',
] as const

/** Their errors only: no client of ours calls them, but a message that failed may tell of one. */
const toldOf = ['DelegatorPool', 'L1Migrator', 'L2Migrator'] as const

/** EIP-170 bounds deployed code; a kibibyte is kept free so that a small fix never needs a redesign. */
const maxDeployedBytes = 24_576 - 1024

type Code = {
  readonly object: string
  /** By source file and name of the library: where its address goes. */
  readonly linkReferences: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

type Artifact = {
  readonly abi: readonly unknown[]
  readonly bytecode: Code
  readonly deployedBytecode: { readonly object: string }
}

const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(root, 'packages/chain/src/abis')
const header = '// Generated from contracts/ by scripts/generate-abis.ts. Do not edit.\n'

const camel = (name: string): string => name[0]!.toLowerCase() + name.slice(1)
const kebab = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()

function readArtifact(name: string): Artifact {
  const path = join(root, `contracts/out/${name}.sol/${name}.json`)
  return JSON.parse(readFileSync(path, 'utf8')) as Artifact
}

/** Parameters without the compiler's `internalType`, which no client reads. */
function slim(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(slim)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'internalType')
      .map(([key, inner]) => [key, slim(inner)]),
  )
}

function generate(name: string): ReadonlyMap<string, string> {
  const { abi, bytecode, deployedBytecode } = readArtifact(name)
  const size = (deployedBytecode.object.length - 2) / 2
  if (size > maxDeployedBytes)
    throw new Error(`${name} has ${size} bytes, more than ${maxDeployedBytes}: split it or make it smaller`)
  const entries = abi.map((entry) => `  ${JSON.stringify(slim(entry))},\n`).join('')
  console.log(`${name.padEnd(16)} ${String(size).padStart(6)} bytes`)
  return new Map([
    [`${kebab(name)}.ts`, `${header}export const ${camel(name)}Abi = [\n${entries}] as const\n`],
    [`bytecode/${kebab(name)}.ts`, `${header}${bytecodeSource(name, bytecode)}`],
  ])
}

type ErrorEntry = {
  readonly type: string
  readonly name: string
  readonly inputs: readonly { type: string }[]
}

/** Every error that some contract can raise, once: it puts a name to revert data whichever contract it came from. */
function generateErrors(): string {
  const found = new Map<string, unknown>()
  for (const name of [...contracts, ...toldOf]) {
    for (const entry of readArtifact(name).abi.map(slim) as readonly ErrorEntry[]) {
      if (entry.type !== 'error') continue
      const signature = `${entry.name}(${entry.inputs.map(({ type }) => type).join(',')})`
      if (!found.has(signature)) found.set(signature, entry)
    }
  }
  const lines = [...found.keys()].sort().map((signature) => `  ${JSON.stringify(found.get(signature))},\n`)
  return `${header}export const errorsAbi = [\n${lines.join('')}] as const\n`
}

/**
 * Creation code as a constant, or, for a contract with linked libraries, as a function of their addresses: code that is
 * not linked can't be deployed by mistake.
 */
function bytecodeSource(name: string, { object, linkReferences }: Code): string {
  const libraries = Object.entries(linkReferences).flatMap(([source, names]) =>
    Object.keys(names).map((library) => ({ library, placeholder: placeholderOf(`${source}:${library}`) })),
  )
  if (libraries.length === 0) return `export const ${camel(name)}Bytecode =\n  '${object}' as const\n`
  const type = libraries.map(({ library }) => `readonly ${library}: \`0x\${string}\``).join('; ')
  const code = libraries.reduce(
    (text, { library, placeholder }) => text.replaceAll(placeholder, `\${libraries.${library}.slice(2)}`),
    object,
  )
  if (code.includes('__$')) throw new Error(`${name} has a placeholder of an unknown library`)
  const signature = `(libraries: { ${type} }): \`0x\${string}\``
  return `export const ${camel(name)}Bytecode = ${signature} =>\n  \`${code}\`\n`
}

/** What the compiler puts where an address is missing: 17 bytes of the hash of the library's full name. */
function placeholderOf(fullName: string): string {
  return `__$${keccak256(toHex(fullName)).slice(2, 36)}$__`
}

function existing(): readonly string[] {
  if (!existsSync(target)) return []
  return readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
}

const build = forge('build', ['--skip', 'test'], { capture: true })
if (build.status !== 0) {
  console.error(build.stdout, build.stderr)
  process.exit(build.status ?? 1)
}

const files = new Map([
  ...contracts.flatMap((name) => [...generate(name)]),
  ['errors.ts', generateErrors()] as const,
])
const stale = [
  ...[...files].filter(([path, text]) => {
    const at = join(target, path)
    return !existsSync(at) || readFileSync(at, 'utf8') !== text
  }),
].map(([path]) => path)
const left = existing().filter((path) => !files.has(path))

if (process.argv.includes('--check')) {
  for (const path of [...stale, ...left]) console.error(`stale: packages/chain/src/abis/${path}`)
  if (stale.length + left.length > 0) {
    console.error('run: node scripts/generate-abis.ts')
    process.exit(1)
  }
} else {
  mkdirSync(join(target, 'bytecode'), { recursive: true })
  for (const path of stale) writeFileSync(join(target, path), files.get(path) ?? '')
  for (const path of left) rmSync(join(target, path))
}
