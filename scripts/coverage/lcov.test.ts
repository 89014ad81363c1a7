import { describe, expect, it } from 'vitest'
import { parseLcov, share, total } from './lcov.ts'

const text = `TN:
SF:contracts/src/A.sol
FN:3,A.f
DA:3,2
DA:4,0
BRDA:5,0,0,1
BRDA:5,0,1,-
LF:2
end_of_record
SF:contracts/src/B.sol
end_of_record
`

describe('an lcov report', () => {
  it('tells lines and branches, and which lines to look at', () => {
    expect(parseLcov(text)).toEqual([
      {
        path: 'contracts/src/A.sol',
        lines: { hit: 1, found: 2 },
        branches: { hit: 1, found: 2 },
        missing: [4, 5],
      },
      {
        path: 'contracts/src/B.sol',
        lines: { hit: 0, found: 0 },
        branches: { hit: 0, found: 0 },
        missing: [],
      },
    ])
  })

  it('adds up, and calls all of nothing complete', () => {
    expect(
      share(
        total([
          { hit: 1, found: 2 },
          { hit: 2, found: 2 },
        ]),
      ),
    ).toBe(75)
    expect(share({ hit: 0, found: 0 })).toBe(100)
  })
})
