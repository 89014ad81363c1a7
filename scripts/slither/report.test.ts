import { describe, expect, it } from 'vitest'
import { contractOf, findingsOf, isAccepted, unreadFunctions } from './report.ts'

const inContract = (name: string) => [
  { type: 'function', name: 'execute', type_specific_fields: { parent: { type: 'contract', name } } },
]

describe('a report of Slither', () => {
  it('has findings, each in a contract', () => {
    const detectors = [
      { check: 'timestamp', impact: 'Low', description: 'late', elements: inContract('DevOutbox') },
    ]
    const [found] = findingsOf(JSON.stringify({ success: true, results: { detectors } }))
    expect(contractOf(found!)).toBe('DevOutbox')
  })

  it('has none when nothing was found, and is refused when it is something else', () => {
    expect(findingsOf('{"results":{}}')).toEqual([])
    expect(() => findingsOf('{"results":{"detectors":[{"check":1}]}}')).toThrow()
  })

  it('knows functions outside of contracts', () => {
    expect(
      contractOf({ elements: [{ type: 'function', name: 'plus', type_specific_fields: { parent: null } }] }),
    ).toBe('')
  })
})

describe('a finding', () => {
  it('is accepted where somebody looked at it, and open in any other contract', () => {
    expect(isAccepted({ check: 'arbitrary-send-eth', elements: inContract('Governor') })).toBe(true)
    expect(isAccepted({ check: 'arbitrary-send-eth', elements: inContract('Minter') })).toBe(false)
  })

  it('of a kind that is harmless everywhere is accepted everywhere', () => {
    expect(isAccepted({ check: 'assembly', elements: inContract('Minter') })).toBe(true)
    expect(isAccepted({ check: 'suicidal', elements: inContract('Minter') })).toBe(false)
  })
})

describe('functions that Slither passes over', () => {
  it('are those of our own sources, once each', () => {
    const log = [
      'Impossible to generate IR for Tally._override (../x/contracts/src/governance/Tally.sol#61-68):',
      "'NoneType' object has no attribute 'parameters'",
      'Impossible to generate IR for Tally._override (../x/contracts/src/governance/Tally.sol#61-68):',
      'Impossible to generate IR for X._name (node_modules/@openzeppelin/contracts/EIP712.sol#1-2):',
      'Impossible to generate IR for BadInput.all (../x/contracts/test/unit/BadInput.sol#4-5):',
    ].join('\n')
    expect(unreadFunctions(log)).toEqual(['Tally._override'])
  })
})
