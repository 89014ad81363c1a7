import { BaseError } from '@tessera/runtime/errors'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { multipartBoundary, parseMultipart, writeMultipart } from './multipart.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('what is written is read back, with or without lengths, whatever the bytes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }),
      fc.boolean(),
      (bodies, tells) => {
        const parts = bodies.map((body, i) => ({
          headers: {
            'Content-Type': `video/mp2t`,
            Pixels: `${i}`,
            ...(tells && { 'Content-Length': `${body.length}` }),
          },
          body,
        }))
        const read = parseMultipart(writeMultipart(parts, 'b0undary'), 'b0undary')
        expect(read.map(({ body }) => [...body])).toEqual(bodies.map((body) => [...body]))
        expect(read.map(({ headers }) => headers.get('pixels'))).toEqual(bodies.map((_, i) => `${i}`))
      },
    ),
    { seed: 1 },
  )
})

test('a wrong length told does not mislead', () => {
  const body = writeMultipart([{ headers: { 'Content-Length': '3' }, body: bytes('longer') }], 'b')
  expect(parseMultipart(body, 'b')[0]?.body).toEqual(bytes('longer'))
})

test('reads the form of Go, which has no line break after the closing boundary', () => {
  const body = bytes('--xyz\r\nContent-Type: video/mp2t\r\nPixels: 12\r\n\r\nABC\r\n--xyz--')
  expect(parseMultipart(body, 'xyz')).toEqual([
    {
      headers: new Map([
        ['content-type', 'video/mp2t'],
        ['pixels', '12'],
      ]),
      body: bytes('ABC'),
    },
  ])
})

test('damaged bytes are malformed, never anything else', () => {
  const good = writeMultipart([{ headers: { Pixels: '1' }, body: bytes('abc') }], 'b')
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.uint8Array({ maxLength: 40 }), (cut, noise) => {
      for (const damaged of [good.slice(0, cut), noise, new Uint8Array([...good.slice(0, cut), ...noise])]) {
        try {
          parseMultipart(damaged, 'b')
        } catch (error) {
          expect(BaseError.isInstance(error) && error.code).toBe('MALFORMED')
        }
      }
    }),
    { seed: 2 },
  )
})

test.each([
  ['multipart/mixed; boundary=abc', 'abc'],
  ['multipart/mixed; boundary="a c"; x=y', 'a c'],
  ['text/plain; boundary=abc', undefined],
  ['multipart/mixed', undefined],
])('the boundary of %j is %j', (contentType, boundary) => {
  expect(multipartBoundary(contentType)).toBe(boundary)
})
