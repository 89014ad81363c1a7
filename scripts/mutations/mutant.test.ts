import { describe, expect, it } from 'vitest'
import { applyEdit } from './mutant.ts'

const edit = { file: 'a.sol', find: 'if (x) revert No();', replace: '' }

describe('an edit', () => {
  it('replaces the one text, taken literally', () => {
    expect(applyEdit('a if (x) revert No(); b', edit)).toBe('a  b')
    expect(applyEdit('a b', { file: 'a.sol', find: 'b', replace: '$&' })).toBe('a $&')
  })

  it('refuses code that it was not written for', () => {
    expect(() => applyEdit('nothing', edit)).toThrow('0 times, not once: update the mutant')
    expect(() => applyEdit(`${edit.find} ${edit.find}`, edit)).toThrow('2 times')
  })
})
