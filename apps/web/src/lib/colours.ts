/** @module One colour a node, the same everywhere on the page. */

const PALETTE = [
  'var(--node-1)',
  'var(--node-2)',
  'var(--node-3)',
  'var(--node-4)',
  'var(--node-5)',
  'var(--node-6)',
]

/** Colours by position in the list of orchestrators; more nodes than colours share them. */
export function nodeColours(addresses: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    addresses.map((address, i) => [address.toLowerCase(), PALETTE[i % PALETTE.length] ?? 'var(--line)']),
  )
}
