import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compareLayouts, type StorageLayout, storageLines } from './layout.ts'

const variable = (label: string, slot: string, type: string, offset = 0) => ({
  label,
  slot,
  offset,
  type,
  contract: 'a.sol:A',
})

const layout: StorageLayout = {
  storage: [variable('controller', '0', 'address'), variable('_accounts', '1', 'mapping')],
  types: {
    address: { label: 'address', numberOfBytes: '20' },
    mapping: { label: 'mapping(address => struct Account)', numberOfBytes: '32', value: 'struct' },
    struct: {
      label: 'struct Account',
      numberOfBytes: '32',
      members: [variable('amount', '0', 'uint96'), variable('round', '0', 'uint32', 12)],
    },
    uint96: { label: 'uint96', numberOfBytes: '12' },
    uint32: { label: 'uint32', numberOfBytes: '4' },
  },
}

describe('storage lines', () => {
  it('name every variable and the fields of structs in mappings', () => {
    expect(storageLines(layout)).toEqual([
      '0.0 controller: address (20 bytes)',
      '1.0 _accounts: mapping(address => struct Account) (32 bytes)',
      '1.0 _accounts[]: struct Account (32 bytes)',
      '1.0 _accounts[].amount@0.0: uint96 (12 bytes)',
      '1.0 _accounts[].round@0.12: uint32 (4 bytes)',
    ])
  })

  it('refuse a layout that names a type and does not describe it', () => {
    expect(() => storageLines({ ...layout, types: {} })).toThrow('does not describe it')
  })
})

/** The layouts that the contracts behind proxies have now. */
const recorded = new URL('../../contracts/snapshots/storage/', import.meta.url)
const targets = readdirSync(recorded).map((file): [string, readonly string[]] => [
  file,
  JSON.parse(readFileSync(new URL(file, recorded), 'utf8')) as readonly string[],
])

const slotOf = (line: string): number => Number(line.slice(0, line.indexOf('.')))
const inSlot = (line: string, slot: number): string => `${slot}${line.slice(line.indexOf('.'))}`

describe.each(targets)('the layout of %s', (_, present) => {
  it('loses every variable behind one that is put in, and every one that is taken out', () => {
    for (const slot of new Set(present.map(slotOf))) {
      const behind = present.filter((line) => slotOf(line) >= slot)
      const inserted = present.map((line) => (slotOf(line) < slot ? line : inSlot(line, slotOf(line) + 1)))
      expect(compareLayouts(present, inserted).lost.length).toBeGreaterThan(0)
      expect(behind).toEqual(expect.arrayContaining([...compareLayouts(present, inserted).lost]))
      const removed = present
        .filter((line) => slotOf(line) !== slot)
        .map((line) => (slotOf(line) < slot ? line : inSlot(line, slotOf(line) - 1)))
      expect(compareLayouts(present, removed).lost.length).toBeGreaterThan(0)
    }
  })

  it('loses what becomes narrower, wider or another type', () => {
    for (const line of present) {
      const resized = line.replace(/\((\d+) bytes\)$/, (_match, bytes) => `(${Number(bytes) + 1} bytes)`)
      const retyped = line.replace(/: .* \(/, ': another type (')
      for (const changed of [resized, retyped]) {
        const lines = present.map((other) => (other === line ? changed : other))
        expect(compareLayouts(present, lines).lost).toEqual([line])
      }
    }
  })
})

describe('a comparison of layouts', () => {
  const lines = storageLines(layout)

  it('finds nothing between equal layouts', () => {
    expect(compareLayouts(lines, lines)).toEqual({ lost: [], added: [] })
  })

  it('calls a new variable added and a moved one lost', () => {
    expect(compareLayouts(lines, [...lines, '2.0 x: bool (1 bytes)'])).toEqual({
      lost: [],
      added: ['2.0 x: bool (1 bytes)'],
    })
    const moved = lines.map((line) => line.replace('@0.12', '@0.16'))
    expect(compareLayouts(lines, moved).lost).toEqual(['1.0 _accounts[].round@0.12: uint32 (4 bytes)'])
  })
})
