/** @module Collects leaves in any order, puts them in order, finds the same account twice. */
import { GenesisCsvError } from './errors.ts'
import { compareHashes, HASH_BYTES } from './genesis-tree.ts'

const BLOCK = 1 << 16

/** 40 bytes of memory a leaf until it is sorted, 72 while it is. */
export class LeafCollector {
  #leaves: Uint8Array[] = []
  #lines: Uint32Array[] = []
  #count = 0

  get count(): number {
    return this.#count
  }

  /** @param line where the account stands, for the error about a duplicate. */
  add(leaf: Uint8Array, line: number): void {
    const at = this.#count % BLOCK
    if (at === 0) {
      this.#leaves.push(new Uint8Array(BLOCK * HASH_BYTES))
      this.#lines.push(new Uint32Array(BLOCK))
    }
    this.#leaves.at(-1)!.set(leaf, at * HASH_BYTES)
    this.#lines.at(-1)![at] = line
    this.#count++
  }

  /**
   * All leaves, ascending; the collector is empty afterwards, as the tree needs the memory.
   *
   * @throws {GenesisCsvError} `duplicate`, for the earliest line that repeats another.
   */
  takeSorted(): Uint8Array {
    const order = this.#order()
    const sorted = new Uint8Array(this.#count * HASH_BYTES)
    let repeated: { line: number; earlier: number } | undefined
    for (let at = 0; at < order.length; at++) {
      const leaf = this.#leaf(order[at]!)
      if (at > 0 && compareHashes(this.#leaf(order[at - 1]!), leaf) === 0) {
        const lines = [this.#line(order[at - 1]!), this.#line(order[at]!)]
        const [earlier, line] = [Math.min(...lines), Math.max(...lines)]
        if (!repeated || line < repeated.line) repeated = { line, earlier }
      }
      sorted.set(leaf, at * HASH_BYTES)
    }
    if (repeated) throw new GenesisCsvError('duplicate', repeated.line, { earlierLine: repeated.earlier })
    this.#leaves = []
    this.#lines = []
    this.#count = 0
    return sorted
  }

  /**
   * Indices of the leaves in their order: leaves are hashes and spread evenly, so sorting by the first two bytes leaves
   * small groups.
   */
  #order(): Uint32Array {
    const starts = new Uint32Array(BLOCK + 1)
    const prefix = (index: number) => (this.#leaf(index)[0]! << 8) | this.#leaf(index)[1]!
    for (let i = 0; i < this.#count; i++) starts[prefix(i) + 1]!++
    for (let i = 0; i < BLOCK; i++) starts[i + 1]! += starts[i]!
    const order = new Uint32Array(this.#count)
    const next = starts.slice()
    for (let i = 0; i < this.#count; i++) order[next[prefix(i)]!++] = i
    for (let i = 0; i < BLOCK; i++) {
      const group = order.subarray(starts[i], starts[i + 1])
      if (group.length > 1) group.sort((a, b) => compareHashes(this.#leaf(a), this.#leaf(b)) || a - b)
    }
    return order
  }

  #leaf(index: number): Uint8Array {
    const at = (index % BLOCK) * HASH_BYTES
    return this.#leaves[Math.floor(index / BLOCK)]!.subarray(at, at + HASH_BYTES)
  }

  #line(index: number): number {
    return this.#lines[Math.floor(index / BLOCK)]![index % BLOCK]!
  }
}
