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
