import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  ByteReader,
  bigintToBytes,
  bigintToMinimalBytes,
  bytesToBigint,
  concatBytes,
  equalBytes,
  fromHex,
  toHex,
} from './bytes.ts'

const bytes = (maxLength = 64) => fc.uint8Array({ maxLength })
const malformed = expect.objectContaining({ code: 'MALFORMED' })
const check = (property: fc.IRawProperty<unknown>) => fc.assert(property, { seed: 1 })

test('reads big-endian numbers, floats, and the one little-endian field of RTMP', () => {
  const reader = new ByteReader(fromHex('0102030405060708090a0102030480000040091eb851eb851f'), 'sample')
  expect(reader.u8()).toBe(0x01)
  expect(reader.u16()).toBe(0x0203)
  expect(reader.u24()).toBe(0x040506)
  expect(reader.u32()).toBe(0x0708090a)
  expect(reader.u32le()).toBe(0x04030201)
  expect(reader.i24()).toBe(-0x800000)
  expect(reader.offset).toBe(17)
  expect(reader.remaining).toBe(8)
  expect(reader.f64()).toBe(3.14)
  expect(reader.rest()).toEqual(new Uint8Array())
})

test('reads a window on a larger buffer, from where the window starts', () => {
  const reader = new ByteReader(Uint8Array.of(9, 9, 1, 2, 9).subarray(2, 4), 'window')
  expect(reader.u16()).toBe(0x0102)
  expect(() => reader.u8()).toThrow(malformed)
})

test('what is taken is a view, not a copy', () => {
  const all = Uint8Array.of(1, 2, 3)
  const reader = new ByteReader(all, 'view')
  reader.skip(1)
  expect(reader.take(2).buffer).toBe(all.buffer)
})

test('never reads past the end, whatever is asked, and stays where it was', () => {
  const sizes = { u8: 1, u16: 2, u24: 3, i24: 3, u32: 4, u32le: 4, f64: 8 } as const
  const names = Object.keys(sizes) as (keyof typeof sizes)[]
  check(
    fc.property(bytes(20), fc.array(fc.constantFrom(...names), { maxLength: 12 }), (input, reads) => {
      const reader = new ByteReader(input, 'fuzz')
      for (const name of reads) {
        const at = reader.offset
        const isWithin = at + sizes[name] <= input.length
        if (isWithin) reader[name]()
        else expect(() => reader[name]()).toThrow(malformed)
        expect(reader.offset).toBe(isWithin ? at + sizes[name] : at)
      }
    }),
  )
})

test.each([-1, 4, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
  'refuses to take %d bytes of three',
  (count) => {
    const reader = new ByteReader(new Uint8Array(3), 'FLV tag')
    expect(() => reader.take(count)).toThrow(malformed)
    expect(() => reader.skip(count)).toThrow('Malformed FLV tag.')
    expect(reader.offset).toBe(0)
  },
)

test('hex and back is the same', () => {
  check(
    fc.property(bytes(), (input) => {
      expect(fromHex(toHex(input))).toEqual(input)
      expect(fromHex(toHex(input).slice(2).toUpperCase())).toEqual(input)
    }),
  )
})

test.each(['0x0', 'abc', '0xzz', '0x 1', 'é1', '0x0x'])('refuses %s as hex', (text) => {
  expect(() => fromHex(text)).toThrow(malformed)
})

test('joined bytes have all parts in order', () => {
  check(
    fc.property(fc.array(bytes(8)), (parts) => {
      expect([...concatBytes(...parts)]).toEqual(parts.flatMap((part) => [...part]))
    }),
  )
})

test('bytes are equal when length and all values are', () => {
  check(
    fc.property(bytes(8), bytes(8), (a, b) => {
      expect(equalBytes(a, a.slice())).toBe(true)
      expect(equalBytes(a, b)).toBe(toHex(a) === toHex(b))
    }),
  )
})

test('whole numbers of a fixed size come back', () => {
  check(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.bigInt({ min: 0n, max: 2n ** 320n }), (size, value) => {
      if (value < 2n ** BigInt(8 * size)) {
        const encoded = bigintToBytes(value, size)
        expect(encoded).toHaveLength(size)
        expect(bytesToBigint(encoded)).toBe(value)
      } else {
        expect(() => bigintToBytes(value, size)).toThrow(malformed)
      }
    }),
  )
})

test('minimal whole numbers come back and have no leading zero; zero is empty', () => {
  expect(bigintToMinimalBytes(0n)).toEqual(new Uint8Array())
  check(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 256n }), (value) => {
      const encoded = bigintToMinimalBytes(value)
      expect(encoded[0]).not.toBe(0)
      expect(bytesToBigint(encoded)).toBe(value)
    }),
  )
})

test('negative numbers are refused', () => {
  expect(() => bigintToBytes(-1n, 8)).toThrow(malformed)
  expect(() => bigintToMinimalBytes(-1n)).toThrow(malformed)
})
