/**
 * @module The nodes of a tree as a file, from which the proof of one account is read without loading the rest.
 * Layout: "TSGT", version (32 bits), number of accounts (64 bits), then all nodes, leaves first; big endian.
 */
import { type Address, addressBytes } from '@tessera/protocol/address'
import { concatBytes, type Hex, toHex } from '@tessera/runtime/bytes'
import { GenesisFilesError, NotListedError } from './errors.ts'
import {
  compareHashes,
  type GenesisTree,
  HASH_BYTES,
  isProven,
  leafOf,
  levelsOf,
  siblingsOf,
} from './genesis-tree.ts'

const MAGIC = 0x54534754
const VERSION = 1
const HEADER_BYTES = 16

/** Reads bytes at a place; returns fewer at the end. */
export type ReadAt = (position: number, length: number) => Promise<Uint8Array>

export type Proof = {
  readonly account: Address
  readonly leaf: Hex
  /** Place among the leaves. */
  readonly index: number
  /** 32-byte siblings from the leaf up, as `MerkleMine.generate` takes them. */
  readonly proof: Hex
}

export function treeFileHeader(tree: GenesisTree): Uint8Array {
  const header = new DataView(new ArrayBuffer(HEADER_BYTES))
  header.setUint32(0, MAGIC)
  header.setUint32(4, VERSION)
  header.setBigUint64(8, BigInt(tree.size))
  return new Uint8Array(header.buffer)
}

/**
 * Finds the account and its proof; about 60 short reads for millions of accounts.
 *
 * @param expected number of accounts and root of the report.
 * @throws {NotListedError} when the account is not in the tree.
 * @throws {GenesisFilesError} when the file is none of a tree, or not that of this report.
 */
export async function readProof(
  readAt: ReadAt,
  account: Address,
  expected: { readonly recipients: number; readonly root: Hex },
): Promise<Proof> {
  const size = await readSize(readAt)
  if (size !== expected.recipients) {
    throw new GenesisFilesError('The tree has another number of accounts than the report.', {
      tree: size,
      report: expected.recipients,
    })
  }
  const nodeAt = async (index: number) => {
    const node = await readAt(HEADER_BYTES + index * HASH_BYTES, HASH_BYTES)
    if (node.length !== HASH_BYTES)
      throw new GenesisFilesError('The file of the tree ends early.', { node: index })
    return node
  }
  const root = await nodeAt(levelsOf(size).at(-1)!.start)
  if (toHex(root) !== expected.root.toLowerCase()) {
    throw new GenesisFilesError('The tree has another root than the report.', {
      tree: toHex(root),
      report: expected.root,
    })
  }
  const leaf = leafOf(addressBytes(account))
  const index = await findLeaf(nodeAt, size, leaf)
  if (index === undefined) throw new NotListedError({ account, root: expected.root })
  const siblings: Uint8Array[] = []
  for (const sibling of siblingsOf(size, index)) siblings.push(await nodeAt(sibling))
  const proof = concatBytes(...siblings)
  if (!isProven(addressBytes(account), proof, root)) {
    throw new GenesisFilesError('The file of the tree was changed: a proof does not lead to its root.', {
      index,
    })
  }
  return { account, leaf: toHex(leaf), index, proof: toHex(proof) }
}

async function readSize(readAt: ReadAt): Promise<number> {
  const header = await readAt(0, HEADER_BYTES)
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  if (header.length !== HEADER_BYTES || view.getUint32(0) !== MAGIC || view.getUint32(4) !== VERSION) {
    throw new GenesisFilesError('This is not the file of a genesis tree.', { bytes: header.length })
  }
  const size = Number(view.getBigUint64(8))
  if (size < 1 || size > 2 ** 32) throw new GenesisFilesError('The tree has an impossible size.', { size })
  return size
}

/** Leaves are in ascending order. */
async function findLeaf(
  nodeAt: (index: number) => Promise<Uint8Array>,
  size: number,
  leaf: Uint8Array,
): Promise<number | undefined> {
  let low = 0
  let high = size
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const order = compareHashes(await nodeAt(middle), leaf)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle
  }
  return undefined
}
