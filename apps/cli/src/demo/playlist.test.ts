import { describe, expect, it } from 'vitest'
import { parseMaster, parseMedia } from './playlist.ts'

const base = new URL('http://host/stream/demo.m3u8')

describe('parseMaster', () => {
  it('names each variant after its playlist', () => {
    const text =
      '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\ndemo/720p.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\n/stream/demo/source.m3u8\n'
    expect([...parseMaster(text, base)].map(([name, url]) => [name, url.pathname])).toEqual([
      ['720p', '/stream/demo/720p.m3u8'],
      ['source', '/stream/demo/source.m3u8'],
    ])
  })

  it('refuses what is no playlist', () => {
    expect(() => parseMaster('<html>', base)).toThrow('Malformed playlist')
  })
})

describe('parseMedia', () => {
  it('numbers segments from the media sequence and sees the end', () => {
    const text =
      '#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:7\n#EXTINF:2.000,\n7.ts\n#EXTINF:1.5,\n8.ts\n#EXT-X-ENDLIST\n'
    expect(parseMedia(text, new URL('http://host/stream/demo/720p.m3u8'))).toEqual({
      segments: [
        { sequence: 7, url: 'http://host/stream/demo/7.ts', durationS: 2 },
        { sequence: 8, url: 'http://host/stream/demo/8.ts', durationS: 1.5 },
      ],
      hasEnded: true,
    })
  })
})
