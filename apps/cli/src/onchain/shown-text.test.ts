import { expect, test } from 'vitest'
import { shownText } from './shown-text.ts'

test('text of strangers cannot steer the terminal', () => {
  expect(shownText('https://node:8935')).toBe('https://node:8935')
  expect(shownText('\u001b[2Jgone\r\n\u202eesrever')).toBe('?[2Jgone???esrever')
  expect(shownText('x'.repeat(1_000))).toHaveLength(201)
})
