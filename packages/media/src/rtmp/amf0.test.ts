import { fromHex, toHex } from '@tessera/runtime/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AmfValue, amfObject, decodeAmf0, encodeAmf0 } from './amf0.ts'

const scalar = fc.oneof(
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constant(null),
  fc.constant(undefined),
)

const value: fc.Arbitrary<AmfValue> = fc.letrec<{ value: AmfValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), tie('value')), {
        maxLength: 4,
        selector: ([key]) => key,
      })
      .map((entries) => new Map(entries)),
  ),
})).value

describe('AMF0', () => {
  it('writes a command byte for byte', () => {
    const bytes = encodeAmf0('_result', 1, amfObject({ code: 'ok', live: true }), null, undefined)
    expect(toHex(bytes)).toBe(
      '0x0200075f726573756c74' +
        '003ff0000000000000' +
        '030004636f6465' +
        '0200026f6b' +
        '00046c697665' +
        '0101' +
        '000009' +
        '0506',
    )
  })

  it('reads what encoders send: ECMA arrays whose count is wrong, dates, long strings', () => {
    const bytes = fromHex(
      '08000000ff' +
        '0001610041200000000000000000'.slice(0, 24) +
        '000009' +
        '0b40000000000000000000' +
        '0c0000000161',
    )
    const [array, date, text] = decodeAmf0(bytes)
    expect(array).toEqual(new Map([['a', 524288]]))
    expect(date).toBe(2)
    expect(text).toBe('a')
  })

  it('gives back what was written', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), (values) => {
        expect(decodeAmf0(encodeAmf0(...values))).toEqual(values)
      }),
      { seed: 3, numRuns: 300 },
    )
  })

  it('refuses values that are nested too deep, or too many', () => {
    let deep: AmfValue = 1
    for (let i = 0; i < 20; i++) deep = [deep]
    expect(() => decodeAmf0(encodeAmf0(deep))).toThrow('too deep')
    expect(() => decodeAmf0(new Uint8Array(5000).fill(5))).toThrow('too many')
    expect(() => decodeAmf0(fromHex('0affffffff'))).toThrow('AMF0 array')
  })

  it('never answers noise with anything but MalformedError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const noise of [bytes, bytes.map((byte) => byte % 13)]) {
          try {
            decodeAmf0(noise)
          } catch (error) {
            expect(error).toMatchObject({ code: 'MALFORMED' })
          }
        }
      }),
      { seed: 4, numRuns: 2000 },
    )
  })
})
