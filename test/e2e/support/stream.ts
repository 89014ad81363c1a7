/** @module Publishes with a real encoder, and reads what viewers get with a real demuxer and decoder. */

import { publishSource } from '@tessera/media/source/publish-source'
import type { PublishedSource } from '@tessera/media/source/source'
import { decodeMedia } from '@tessera/media/verify/decode'
import type { DecodedSegment } from '@tessera/media/verify/decoded-media'
import { systemClock } from '@tessera/runtime/clock'
import { silentLog } from '@tessera/runtime/log'
import { type MediaPlaylist, parseMaster, parseMedia } from '../../../apps/cli/src/demo/playlist.ts'
import type { UpProcess } from './network.ts'
import { until } from './until.ts'

export const FPS = 25

export type Shape = { readonly seconds: number; readonly width?: number; readonly height?: number }

/** Resolves when the last frame is sent. */
export function publish(network: UpProcess, shape: Shape, key = 'demo'): Promise<PublishedSource> {
  const url = `rtmp://127.0.0.1:${network.ports.rtmp}/live/${key}`
  return publishSource(
    { url, width: 640, height: 360, fps: FPS, ...shape },
    { clock: systemClock, log: silentLog },
  )
}

export async function segmentsDone(network: UpProcess): Promise<number> {
  const stream = await network.stream()
  return stream?.segments.filter(({ state }) => state === 'done').length ?? 0
}

/** Frames that the gateway took in since it had this stream, over all publications. */
export async function framesIn(network: UpProcess): Promise<number> {
  return (await network.stream())?.framesIn ?? 0
}

/** Until all that was sent is published and the playlists have ended. */
export async function ended(network: UpProcess, frames: number): Promise<void> {
  await until(`the end of the stream after ${frames} frames`, async () => {
    const stream = await network.stream()
    if (!stream || stream.isLive || stream.framesIn < frames) return false
    const { hasEnded } = await playlist(network, 'source')
    return hasEnded
  })
}

export async function variants(network: UpProcess): Promise<readonly string[]> {
  const url = network.url('/stream/demo.m3u8')
  return [...parseMaster(await text(url), url).keys()]
}

/** Throws until there is one. */
export async function playlist(network: UpProcess, rendition: string): Promise<MediaPlaylist> {
  const url = network.url(`/stream/demo/${rendition}.m3u8`)
  return parseMedia(await text(url), url)
}

export type Delivered = {
  readonly segments: readonly DecodedSegment[]
  readonly frames: number
  readonly pts: readonly number[]
  readonly counters: readonly (number | undefined)[]
  readonly soundSamples: number
}

/** Fetches and decodes a rendition, its first `skip` listed segments left out. */
export async function delivered(network: UpProcess, rendition: string, skip = 0): Promise<Delivered> {
  const { segments } = await playlist(network, rendition)
  const bytes: Uint8Array[] = []
  for (const { url } of segments.slice(skip)) bytes.push(await body(url))
  const decoded = await decodeMedia(bytes)
  const frames = decoded.flatMap((segment) => segment.frames)
  return {
    segments: decoded,
    frames: frames.length,
    pts: frames.map(({ pts }) => pts),
    counters: frames.map(({ counter }) => counter),
    soundSamples: decoded.reduce((sum, { audio }) => sum + (audio?.samples ?? 0), 0),
  }
}

/** 0 to count − 1. */
export const countTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

export async function body(url: string | URL): Promise<Uint8Array> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${response.status} for ${url}`)
  return new Uint8Array(await response.arrayBuffer())
}

export async function text(url: URL): Promise<string> {
  return new TextDecoder().decode(await body(url))
}
