/** @module Bodies of FLV audio and video tags, which are the media messages of RTMP. @see FLV 10.1, Enhanced RTMP v2 */
import { ByteReader } from '@tessera/runtime/bytes'
import { BaseError, MalformedError } from '@tessera/runtime/errors'

export type FlvPacket =
  /** AVCDecoderConfigurationRecord or AudioSpecificConfig. */
  | { readonly kind: 'config'; readonly data: Uint8Array }
  /** One coded frame; it is presented `compositionMs` after the time of its message. */
  | { readonly kind: 'frame'; readonly compositionMs: number; readonly data: Uint8Array }
  /** Nothing to keep: end of sequence, commands, colour metadata. */
  | { readonly kind: 'nothing' }

const NOTHING: FlvPacket = { kind: 'nothing' }

/** The publisher encodes with a codec that is not taken in. */
class UnsupportedCodecError extends BaseError {
  constructor(media: 'video' | 'audio', codec: string) {
    const wanted = media === 'video' ? 'H.264' : 'AAC'
    super({
      code: media === 'video' ? 'UNSUPPORTED_VIDEO_CODEC' : 'UNSUPPORTED_AUDIO_CODEC',
      message: `${codec} is not accepted yet.`,
      advice: `Publish ${wanted} ${media} (ffmpeg: ${media === 'video' ? '-c:v libx264' : '-c:a aac'}).`,
      facts: { codec },
    })
  }
}

const AVC = 7
const VIDEO_CODECS: Readonly<Record<number, string>> = {
  2: 'Sorenson H.263',
  3: 'Screen video',
  4: 'VP6',
  5: 'VP6 with alpha',
  6: 'Screen video 2',
  12: 'HEVC',
  13: 'AV1',
}

const AAC = 10
const EXTENDED_AUDIO = 9
const AUDIO_CODECS: Readonly<Record<number, string>> = {
  0: 'PCM',
  1: 'ADPCM',
  2: 'MP3',
  3: 'PCM',
  4: 'Nellymoser',
  5: 'Nellymoser',
  6: 'Nellymoser',
  7: 'G.711 A-law',
  8: 'G.711 mu-law',
  11: 'Speex',
  13: 'Opus',
  14: 'MP3',
}

const FOURCC_NAMES: Readonly<Record<string, string>> = {
  hvc1: 'HEVC',
  hev1: 'HEVC',
  vvc1: 'VVC',
  av01: 'AV1',
  vp09: 'VP9',
  vp08: 'VP8',
  Opus: 'Opus',
  fLaC: 'FLAC',
  'ac-3': 'AC-3',
  'ec-3': 'E-AC-3',
  '.mp3': 'MP3',
}

/** Frame type 5: seeking hints between a server and a player. */
const COMMAND_FRAME = 5

/** @throws {UnsupportedCodecError} @throws {MalformedError} */
export function parseVideoTag(body: Uint8Array): FlvPacket {
  if (body.length === 0) return NOTHING
  const reader = new ByteReader(body, 'FLV video tag')
  const first = reader.u8()
  const frameType = (first >> 4) & 7
  if (frameType === COMMAND_FRAME) return NOTHING
  if (first & 0x80) return extendedPacket(reader, first & 0x0f, 'video')
  const codec = first & 0x0f
  if (codec !== AVC) throw new UnsupportedCodecError('video', VIDEO_CODECS[codec] ?? `Video codec ${codec}`)
  const type = reader.u8()
  const compositionMs = reader.i24()
  if (type === 0) return { kind: 'config', data: reader.rest() }
  if (type === 1) return { kind: 'frame', compositionMs, data: reader.rest() }
  if (type === 2) return NOTHING
  throw new MalformedError('FLV AVC packet type', { type })
}

/** @throws {UnsupportedCodecError} @throws {MalformedError} */
export function parseAudioTag(body: Uint8Array): FlvPacket {
  if (body.length === 0) return NOTHING
  const reader = new ByteReader(body, 'FLV audio tag')
  const first = reader.u8()
  const codec = first >> 4
  if (codec === EXTENDED_AUDIO) return extendedPacket(reader, first & 0x0f, 'audio')
  if (codec !== AAC) throw new UnsupportedCodecError('audio', AUDIO_CODECS[codec] ?? `Audio codec ${codec}`)
  const type = reader.u8()
  if (type === 0) return { kind: 'config', data: reader.rest() }
  if (type === 1) return frameOrNothing(reader.rest())
  throw new MalformedError('FLV AAC packet type', { type })
}

/** Enhanced RTMP: packet type and FourCC. H.264 and AAC may come this way too. */
function extendedPacket(reader: ByteReader, type: number, media: 'video' | 'audio'): FlvPacket {
  const multitrack = media === 'video' ? 6 : 5
  const modifier = 7
  if (type === multitrack || type === modifier) throw new UnsupportedCodecError(media, 'Multitrack')
  const fourCc = String.fromCharCode(...reader.take(4))
  const isAccepted = fourCc === (media === 'video' ? 'avc1' : 'mp4a')
  if (!isAccepted) {
    const shown = /^[\x20-\x7e]{4}$/.test(fourCc) ? fourCc : 'An unknown codec'
    throw new UnsupportedCodecError(media, FOURCC_NAMES[fourCc] ?? shown)
  }
  if (type === 0) return { kind: 'config', data: reader.rest() }
  if (type === 1) {
    const compositionMs = media === 'video' ? reader.i24() : 0
    return { kind: 'frame', compositionMs, data: reader.rest() }
  }
  if (type === 3 && media === 'video') return { kind: 'frame', compositionMs: 0, data: reader.rest() }
  return NOTHING
}

/** Some encoders send empty audio frames while they are muted. */
const frameOrNothing = (data: Uint8Array): FlvPacket =>
  data.length === 0 ? NOTHING : { kind: 'frame', compositionMs: 0, data }
