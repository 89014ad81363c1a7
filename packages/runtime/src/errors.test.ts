import { expect, test } from 'vitest'
import { assertNever, BaseError, describeError, MalformedError } from './errors.ts'

class PortError extends BaseError {
  constructor(cause?: unknown) {
    super({
      code: 'PORT',
      message: 'The port is taken.',
      advice: 'Choose another.',
      facts: { port: 80, since: undefined, blocks: 3n },
      cause,
      retryable: true,
    })
  }
}

test('an error carries its code, facts, advice, cause and the name of its class', () => {
  const cause = new Error('EADDRINUSE')
  const error = new PortError(cause)
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({
    name: 'PortError',
    code: 'PORT',
    message: 'The port is taken.',
    advice: 'Choose another.',
    facts: { port: 80 },
    retryable: true,
  })
  expect(error.cause).toBe(cause)
})

test('what is not said is empty: no facts, no advice, no cause, not retryable', () => {
  const error = new BaseError({ code: 'PLAIN', message: 'Plain.' })
  expect(error).toMatchObject({ facts: {}, advice: undefined, retryable: false })
  expect('cause' in error).toBe(false)
})

test('recognises errors of another copy of the package, and nothing else', () => {
  expect(BaseError.isInstance(new PortError())).toBe(true)
  expect(BaseError.isInstance({ isTesseraError: true, code: 'X' })).toBe(true)
  for (const other of [new Error('other'), null, undefined, 'PORT', {}]) {
    expect(BaseError.isInstance(other)).toBe(false)
  }
})

test('describes an error in one line of message, known facts and advice', () => {
  expect(describeError(new PortError())).toBe('The port is taken. (port=80 blocks=3) Choose another.')
  expect(describeError(new MalformedError('FLV tag', { offset: 4 }))).toBe('Malformed FLV tag. (offset=4)')
  expect(describeError(new MalformedError('FLV tag'))).toBe('Malformed FLV tag.')
  expect(describeError(new Error('other'))).toBe('other')
  expect(describeError('text')).toBe('text')
})

test.each([
  ['a text', 'blue', 'Unexpected value: blue.'],
  ['a bigint, which JSON does not know', 5n, 'Unexpected value: 5.'],
  ['undefined', undefined, 'Unexpected value: undefined.'],
  [
    'an object, without the values of its fields',
    { kind: 'key', secret: 'hunter2' },
    'Unexpected value: an object with kind, secret.',
  ],
  ['an object without fields', {}, 'Unexpected value: an object with no fields.'],
])('an unreachable branch that is reached says so for %s', (_, value, message) => {
  expect(() => assertNever(value as never)).toThrow(expect.objectContaining({ code: 'UNREACHABLE', message }))
})
