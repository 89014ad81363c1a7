/** @module Lists of accounts for tests. */
import { type Address, address } from '@tessera/protocol/address'
import { keccak256 } from '@tessera/protocol/keccak'
import { concatBytes } from '@tessera/runtime/bytes'
import type { Allocation } from './allocation.ts'
import { type BuiltGenesis, buildGenesis } from './build.ts'
import type { ReadAt } from './tree-file.ts'
import { treeFileHeader } from './tree-file.ts'

const LPT = 10n ** 18n

/** Account `n`, always the same. */
export const account = (n: number): Address =>
  address(keccak256(new TextEncoder().encode(`account ${n}`)).subarray(12))

export const accounts = (count: number): readonly Address[] =>
  Array.from({ length: count }, (_, n) => account(n))

export const allocation: Allocation = {
  supply: 1000n * LPT,
  community: 1000n * LPT,
  team: [],
  earlyDevelopers: [],
  balanceThreshold: 0n,
  genesisBlock: 0n,
  cliffBlocks: 100n,
  callerPeriodBlocks: 1000n,
}

/** Text in chunks of `size` bytes. */
export async function* chunks(text: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export type Built = BuiltGenesis & { readonly excluded: string }

/** Builds from text, keeping the excluded rows. */
export async function build(
  text: string | Uint8Array,
  over: Partial<Allocation> & { readonly maxRows?: number; readonly chunkSize?: number } = {},
): Promise<Built> {
  const { maxRows, chunkSize, ...parts } = over
  let excluded = ''
  const built = await buildGenesis(
    chunks(text, chunkSize),
    { ...allocation, ...parts },
    {
      writeExcluded: async (bytes) => {
        excluded += new TextDecoder().decode(bytes)
      },
      ...(maxRows !== undefined && { maxRows }),
    },
  )
  return { ...built, excluded }
}

/** The file of a tree, in memory. */
export function fileOf({ tree }: BuiltGenesis): Uint8Array {
  return concatBytes(treeFileHeader(tree), tree.nodes)
}

export function reader(file: Uint8Array): ReadAt {
  return async (position, length) => file.subarray(position, position + length)
}
