import fc from 'fast-check'
import { expect, test } from 'vitest'
import { widthFor, wrapped } from './output.ts'

test('long lines end at a space, and go on further in', () => {
  expect(wrapped('Next: tessera stake fees', 14)).toBe('Next: tessera\n  stake fees')
  expect(wrapped('  a bb ccc', 6)).toBe('  a bb\n    ccc')
})

test('a word that is too long is not broken: it may be an address to copy', () => {
  expect(wrapped('to 0x1234567890 and on', 8)).toBe('to\n  0x1234567890\n  and on')
  expect(wrapped('0x1234567890', 8)).toBe('0x1234567890')
})

test('no word is lost, and no line is too long unless it is one word', () => {
  const text = fc.array(fc.constantFrom('a', 'bbbb', 'cccccccccccc', '', '\n'), { maxLength: 40 })
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 20 }), (words, width) => {
      const before = words.join(' ')
      const after = wrapped(before, width)
      const content = (lines: string) => lines.split(/\s+/).filter(Boolean)
      expect(content(after)).toEqual(content(before))
      for (const line of after.split('\n')) {
        if (line.length > width) expect(content(line).length).toBeLessThanOrEqual(1)
      }
    }),
  )
})

test.each([
  [0, 80],
  [60, 60],
  [200, 100],
])('a terminal that says %i columns gets lines of at most %i', (columns, width) => {
  expect(widthFor(columns)).toBe(width)
})
