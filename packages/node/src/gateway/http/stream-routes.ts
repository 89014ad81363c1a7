/** @module HLS: `/stream/{id}.m3u8`, `/stream/{id}/{rendition}.m3u8`, `/stream/{id}/{rendition}/{n}.ts`. */
import { createHash } from 'node:crypto'
import type { ObjectStore } from '@tessera/media/store/object-store'
import { type Context, Hono } from 'hono'
import { type HlsTrack, segmentKey } from '../hls-track.ts'
import type { StreamRecord } from '../stream-record.ts'
import type { StreamRegistry } from '../stream-registry.ts'
import { HTTP_ERRORS, sendError } from './http-error.ts'

export type StreamRouteDeps = {
  readonly registry: Pick<StreamRegistry, 'get'>
  readonly store: Pick<ObjectStore, 'get'>
}

const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl'
const SEGMENT_TYPE = 'video/mp2t'
/** A live playlist changes with each segment; caches may answer for part of one. */
const PLAYLIST_CACHING = 'public, max-age=1'
/** A segment never changes, but a network that was reset gives its number to another one. */
const SEGMENT_CACHING = 'public, max-age=60'

export function streamRoutes(deps: StreamRouteDeps): Hono {
  const app = new Hono()
  app.get('/stream/:file{[A-Za-z0-9_-]+\\.m3u8}', (context) => {
    const record = deps.registry.get(stem(context.req.param('file')))
    if (!record) return sendError(context, HTTP_ERRORS.unknownStream)
    return sendPlaylist(context, record.main?.masterPlaylist())
  })
  app.get('/stream/:id/:file{[A-Za-z0-9_-]+\\.m3u8}', (context) => {
    const record = deps.registry.get(context.req.param('id'))
    if (!record) return sendError(context, HTTP_ERRORS.unknownStream)
    const rendition = stem(context.req.param('file'))
    const track = trackOf(record, rendition)
    if (!track) return sendError(context, HTTP_ERRORS.unknownRendition)
    return sendPlaylist(context, track.mediaPlaylist(rendition))
  })
  app.get('/stream/:id/:rendition/:file{[0-9]{1,15}\\.ts}', async (context) => {
    const { id, rendition, file } = context.req.param()
    const bytes = await deps.store.get(segmentKey(id, rendition, Number.parseInt(file, 10)))
    return bytes ? sendSegment(context, bytes) : sendError(context, HTTP_ERRORS.segmentGone)
  })
  return app
}

function stem(file: string): string {
  return file.slice(0, file.lastIndexOf('.'))
}

function trackOf(record: StreamRecord, rendition: string): HlsTrack | undefined {
  return [record.main, record.ai].find((track) => track?.state.renditions.includes(rendition))
}

function sendPlaylist(context: Context, playlist: string | undefined): Response {
  if (playlist === undefined) return sendError(context, HTTP_ERRORS.notPlayableYet, { 'Retry-After': '1' })
  return context.body(playlist, 200, { 'Content-Type': PLAYLIST_TYPE, 'Cache-Control': PLAYLIST_CACHING })
}

/** Honours If-None-Match and one byte range (RFC 9110 14.2); other ranges get the whole. */
function sendSegment(context: Context, bytes: Uint8Array): Response {
  const etag = `"${createHash('sha1').update(bytes).digest('base64url')}"`
  const headers = {
    'Content-Type': SEGMENT_TYPE,
    'Cache-Control': SEGMENT_CACHING,
    'Accept-Ranges': 'bytes',
    ETag: etag,
  }
  if (context.req.header('If-None-Match') === etag) return context.body(null, 304, headers)
  const range = byteRange(context.req.header('Range'), bytes.length)
  if (range === 'unsatisfiable') {
    return sendError(context, HTTP_ERRORS.rangeNotSatisfiable, { 'Content-Range': `bytes */${bytes.length}` })
  }
  if (!range) return context.body(plain(bytes), 200, headers)
  const part = bytes.subarray(range.first, range.last + 1)
  const contentRange = `bytes ${range.first}-${range.last}/${bytes.length}`
  return context.body(plain(part), 206, { ...headers, 'Content-Range': contentRange })
}

/** Bytes of a store are never shared memory; the types of the web cannot know. */
function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>
}

type ByteRange = { readonly first: number; readonly last: number }

function byteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return first > last ? 'unsatisfiable' : { first, last }
}
