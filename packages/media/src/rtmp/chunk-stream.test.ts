import { fromHex, joinBytes } from '@tessera/runtime/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChunkReader } from './chunk-reader.ts'
import { writeChunks } from './chunk-writer.ts'
import type { RtmpMessage } from './messages.ts'

const messages = fc.array(
  fc.record({
    type: fc.constantFrom(8, 9, 18, 20),
    streamId: fc.nat(5),
    timestamp: fc.oneof(fc.nat(100_000), fc.integer({ min: 0xfffffe, max: 0xffffffff })),
    payload: fc.uint8Array({ maxLength: 700 }),
  }),
  { maxLength: 8 },
)

const readAll = (...pieces: readonly Uint8Array[]): RtmpMessage[] => {
  const reader = new ChunkReader()
  return pieces.flatMap((piece) => [...reader.push(piece)])
}

const short = ({ type, timestamp, payload }: RtmpMessage): string =>
  `${type}@${timestamp}:${Buffer.from(payload).toString('hex')}`

describe('RTMP chunks', () => {
  it('become the same messages wherever the network cuts them', () => {
    fc.assert(
      fc.property(messages, fc.array(fc.nat(4000), { maxLength: 20 }), (sent, cuts) => {
        const bytes = joinBytes(sent.map((message) => writeChunks(message, 128)))
        const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
        const pieces = at.slice(1).map((end, i) => bytes.subarray(at[i], end))
        expect(readAll(...pieces)).toEqual(sent)
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('repeat headers, differences and extended timestamps as the specification has it', () => {
    const bytes = fromHex(
      // Full header at 1000 ms, then differences: 40 ms with a new length, 20 ms, and twice "as before".
      '040003e8' +
        '00000208' +
        '01000000' +
        'aaaa' +
        '44000028' +
        '00000108' +
        'bb' +
        '84000014' +
        'cc' +
        'c4dd' +
        'c4ee',
    )
    expect(readAll(bytes).map(short)).toEqual([
      '8@1000:aaaa',
      '8@1040:bb',
      '8@1060:cc',
      '8@1080:dd',
      '8@1100:ee',
    ])
    const extended = fromHex(
      '05ffffff' + '00000109' + '01000000' + '01000000' + 'aa' + '45ffffff' + '00000109' + '01000001' + 'bb',
    )
    expect(readAll(extended).map(short)).toEqual(['9@16777216:aa', '9@33554433:bb'])
  })

  it('take later chunks with and without the repeated extended timestamp', () => {
    const start = '05ffffff' + '00008409' + '01000000' + '01000000' + '00'.repeat(128)
    const withIt = fromHex(`${start}c501000000` + '11223344')
    const without = fromHex(`${start}c5` + '11223344')
    for (const bytes of [withIt, without]) {
      const [message] = readAll(bytes)
      expect(message?.payload.subarray(128)).toEqual(Uint8Array.of(0x11, 0x22, 0x33, 0x44))
    }
  })

  it('follow a change of the chunk size and drop an aborted message', () => {
    const setSize = writeChunks({ type: 1, streamId: 0, timestamp: 0, payload: fromHex('00000400') }, 128)
    const long = { type: 9, streamId: 1, timestamp: 5, payload: new Uint8Array(1000).fill(7) }
    expect(readAll(setSize, writeChunks(long, 1024))).toEqual([long])
    const begun = writeChunks(long, 128).subarray(0, 12 + 128)
    const abort = writeChunks({ type: 2, streamId: 0, timestamp: 0, payload: fromHex('00000003') }, 128)
    expect(readAll(begun, abort, writeChunks(long, 128))).toEqual([long])
  })

  it('read two-byte and three-byte chunk stream ids', () => {
    const bytes = fromHex(
      '0001' +
        '000000' +
        '000001' +
        '08' +
        '00000000' +
        'aa' +
        '010101' +
        '000000' +
        '000001' +
        '09' +
        '00000000' +
        'bb',
    )
    expect(readAll(bytes).map(short)).toEqual(['8@0:aa', '9@0:bb'])
  })

  it('are refused when they would take too much memory', () => {
    expect(() => readAll(fromHex('03000000' + 'ffffff09' + '00000000'))).not.toThrow()
    const many = Array.from({ length: 70 }, (_, i) =>
      fromHex(`00${i.toString(16).padStart(2, '0')}` + '000000' + '000001' + '08' + '00000000' + 'aa'),
    )
    expect(() => readAll(...many)).toThrow('too many streams')
    expect(() => readAll(fromHex('c3'))).toThrow('no header to repeat')
    expect(() => readAll(fromHex('02000000' + '00000401' + '00000000' + '00000000'))).toThrow('chunk size')
  })

  it('never make anything but messages or MalformedError of noise', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 }), (pieces) => {
        try {
          readAll(...pieces)
        } catch (error) {
          expect(error).toMatchObject({ code: 'MALFORMED' })
        }
      }),
      { seed: 6, numRuns: 2000 },
    )
  })
})
