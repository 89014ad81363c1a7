/** @module Profile <-> VideoProfile, and which of the three fields of an order carries them. */
import { create } from '@bufbuild/protobuf'
import { MalformedError } from '@tessera/runtime/errors'
import {
  type VideoProfile,
  VideoProfile_Format,
  VideoProfile_Profile,
  VideoProfile_VideoCodec,
  VideoProfileSchema,
} from '../gen/net/segment_pb.ts'
import { type ContainerFormat, type H264Profile, type Profile, profile, type VideoCodec } from '../profile.ts'

const FORMATS: Readonly<Record<ContainerFormat, VideoProfile_Format>> = {
  mpegts: VideoProfile_Format.MPEGTS,
  mp4: VideoProfile_Format.MP4,
}
const CODECS: Readonly<Record<VideoCodec, VideoProfile_VideoCodec>> = {
  h264: VideoProfile_VideoCodec.H264,
  hevc: VideoProfile_VideoCodec.H265,
  vp8: VideoProfile_VideoCodec.VP8,
  vp9: VideoProfile_VideoCodec.VP9,
}
const H264_PROFILES: Readonly<Record<H264Profile, VideoProfile_Profile>> = {
  baseline: VideoProfile_Profile.H264_BASELINE,
  main: VideoProfile_Profile.H264_MAIN,
  high: VideoProfile_Profile.H264_HIGH,
  'constrained-high': VideoProfile_Profile.H264_CONSTRAINED_HIGH,
}

/** Wire value for "every frame a keyframe"; ours is an interval of 1 ms, shorter than any frame. */
const WIRE_INTRA_ONLY = -1
const INTRA_ONLY_MS = 1

export function profileToWire(value: Profile): VideoProfile {
  const gop = value.gopMs ?? 0
  return create(VideoProfileSchema, {
    name: value.name,
    width: value.width,
    height: value.height,
    bitrate: value.bitrateBps,
    fps: value.fps?.numerator ?? 0,
    fpsDen: value.fps && value.fps.denominator !== 1 ? value.fps.denominator : 0,
    format: FORMATS[value.format],
    profile: value.h264Profile ? H264_PROFILES[value.h264Profile] : VideoProfile_Profile.ENCODER_DEFAULT,
    gop: gop === INTRA_ONLY_MS ? WIRE_INTRA_ONLY : gop,
    encoder: CODECS[value.codec],
  })
}

/** Colour depth, chroma format and quality are not read. @throws {MalformedError} */
export function profileFromWire(message: VideoProfile): Profile {
  const h264Profile = keyOf(H264_PROFILES, message.profile)
  if (!h264Profile && message.profile !== VideoProfile_Profile.ENCODER_DEFAULT) {
    throw new MalformedError('encoder profile', { profile: message.profile })
  }
  return profile({
    name: message.name || `net_${message.width}x${message.height}_${message.bitrate}`,
    width: message.width,
    height: message.height,
    bitrateBps: message.bitrate,
    codec: keyOf(CODECS, message.encoder) ?? refuse('video codec', message.encoder),
    format: keyOf(FORMATS, message.format) ?? refuse('output format', message.format),
    ...frameRate(message),
    ...(h264Profile && { h264Profile }),
    ...keyframeInterval(message.gop),
  })
}

/** 33: MPEG-TS with defaults; 34: the same with an MP4 among them; 35: all else (go-livepeer's rule). */
export function profilesField(
  profiles: readonly VideoProfile[],
): 'fullProfiles' | 'fullProfiles2' | 'fullProfiles3' {
  const isPlain = profiles.every(
    (p) => p.fpsDen === 0 && p.profile === VideoProfile_Profile.ENCODER_DEFAULT && p.gop === 0,
  )
  if (!isPlain) return 'fullProfiles3'
  return profiles.every((p) => p.format === VideoProfile_Format.MPEGTS) ? 'fullProfiles' : 'fullProfiles2'
}

const MAX_FPS = 1000

function frameRate(message: VideoProfile): Pick<Profile, 'fps'> {
  if (message.fps === 0) return {}
  const denominator = message.fpsDen || 1
  if (message.fps / denominator > MAX_FPS) {
    throw new MalformedError('frame rate', { numerator: message.fps, denominator })
  }
  return { fps: { numerator: message.fps, denominator } }
}

function keyframeInterval(gop: number): Pick<Profile, 'gopMs'> {
  if (gop === 0) return {}
  if (gop < WIRE_INTRA_ONLY) throw new MalformedError('GOP', { gop })
  return { gopMs: gop === WIRE_INTRA_ONLY ? INTRA_ONLY_MS : gop }
}

function keyOf<K extends string>(table: Readonly<Record<K, number>>, value: number): K | undefined {
  // Object.entries forgets the key type of a Record.
  return (Object.entries(table) as [K, number][]).find(([, number]) => number === value)?.[0]
}

function refuse(what: string, value: number): never {
  throw new MalformedError(what, { value })
}
