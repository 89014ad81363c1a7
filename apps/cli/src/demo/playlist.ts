/** @module Reads HLS playlists as a player does (RFC 8216), no more than a viewer needs. */
import { MalformedError } from '@tessera/runtime/errors'

export type MediaPlaylist = {
  readonly segments: readonly {
    readonly sequence: number
    readonly url: string
    readonly durationS: number
  }[]
  readonly hasEnded: boolean
}

/** Address of each variant's playlist by its name (`NAME` or the file's name). */
export function parseMaster(text: string, base: URL): ReadonlyMap<string, URL> {
  assertPlaylist(text)
  const variants = new Map<string, URL>()
  for (const line of uris(text)) {
    const url = new URL(line, base)
    const name =
      url.pathname
        .split('/')
        .pop()
        ?.replace(/\.m3u8$/, '') ?? line
    variants.set(name, url)
  }
  return variants
}

export function parseMedia(text: string, base: URL): MediaPlaylist {
  assertPlaylist(text)
  const first = Number(/^#EXT-X-MEDIA-SEQUENCE:(\d+)$/m.exec(text)?.[1] ?? 0)
  const durations = [...text.matchAll(/^#EXTINF:([\d.]+)/gm)].map(([, seconds]) => Number(seconds))
  const segments = uris(text).map((line, i) => ({
    sequence: first + i,
    url: new URL(line, base).href,
    durationS: durations[i] ?? 0,
  }))
  return { segments, hasEnded: /^#EXT-X-ENDLIST$/m.test(text) }
}

function uris(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

function assertPlaylist(text: string): void {
  if (!text.startsWith('#EXTM3U')) throw new MalformedError('playlist', { start: text.slice(0, 40) })
}
