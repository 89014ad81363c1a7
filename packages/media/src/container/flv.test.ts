import { concatBytes, fromHex } from '@tessera/runtime/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAudioTag, parseVideoTag } from './flv.ts'

const extended = (first: number, fourCc: string, rest = ''): Uint8Array =>
  concatBytes(Uint8Array.of(first), new TextEncoder().encode(fourCc), fromHex(rest))

describe('FLV tags', () => {
  it('of H.264 and AAC are configurations and frames', () => {
    expect(parseVideoTag(fromHex('1700000000aabb'))).toEqual({ kind: 'config', data: fromHex('aabb') })
    expect(parseVideoTag(fromHex('2701000050cc'))).toEqual({
      kind: 'frame',
      compositionMs: 80,
      data: fromHex('cc'),
    })
    expect(parseVideoTag(fromHex('2701ffffffcc'))).toMatchObject({ compositionMs: -1 })
    expect(parseVideoTag(fromHex('1702000000'))).toEqual({ kind: 'nothing' })
    expect(parseAudioTag(fromHex('af001190'))).toEqual({ kind: 'config', data: fromHex('1190') })
    expect(parseAudioTag(fromHex('af0121'))).toEqual({ kind: 'frame', compositionMs: 0, data: fromHex('21') })
  })

  it('may carry H.264 and AAC with the Enhanced RTMP header', () => {
    expect(parseVideoTag(extended(0x90, 'avc1', 'aa'))).toEqual({ kind: 'config', data: fromHex('aa') })
    expect(parseVideoTag(extended(0xa1, 'avc1', '000028bb'))).toMatchObject({
      kind: 'frame',
      compositionMs: 40,
    })
    expect(parseVideoTag(extended(0xa3, 'avc1', 'bb'))).toMatchObject({ kind: 'frame', compositionMs: 0 })
    expect(parseAudioTag(extended(0x91, 'mp4a', '21'))).toMatchObject({ kind: 'frame' })
  })

  it('of other codecs are refused by name', () => {
    const refused = (parse: () => unknown): string => {
      try {
        parse()
      } catch (error) {
        return (error as Error).message
      }
      return 'taken'
    }
    expect(refused(() => parseVideoTag(extended(0x90, 'hvc1')))).toBe('HEVC is not accepted yet.')
    expect(refused(() => parseVideoTag(extended(0x90, 'av01')))).toBe('AV1 is not accepted yet.')
    expect(refused(() => parseVideoTag(extended(0x90, 'zz\x01z')))).toBe(
      'An unknown codec is not accepted yet.',
    )
    expect(refused(() => parseVideoTag(fromHex('1c')))).toBe('HEVC is not accepted yet.')
    expect(refused(() => parseVideoTag(fromHex('12')))).toBe('Sorenson H.263 is not accepted yet.')
    expect(refused(() => parseAudioTag(fromHex('2f')))).toBe('MP3 is not accepted yet.')
    expect(refused(() => parseAudioTag(extended(0x90, 'Opus')))).toBe('Opus is not accepted yet.')
  })

  it('of noise are packets or typed errors', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (noise) => {
        for (const parse of [parseVideoTag, parseAudioTag]) {
          try {
            parse(noise)
          } catch (error) {
            expect((error as { code?: string }).code).toMatch(/^(MALFORMED|UNSUPPORTED_(VIDEO|AUDIO)_CODEC)$/)
          }
        }
      }),
      { seed: 11, numRuns: 2000 },
    )
  })
})
